//! Dates without a clock, a calendar library or a time zone: what a filter's date means at a given
//! moment. `core` has no calendar, so the days are counted in `calendar`; ISO text is read in
//! `iso`.

mod calendar;
mod iso;

use calendar::Civil;
pub(crate) use iso::{absolute, rfc3339};

use text::number;

/// Microseconds since 1970-01-01T00:00:00Z: as fine as Python's `datetime`.
pub(crate) type Micros = i64;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// A count from here on is not read as a relative date (posthog-python's guard against overflow).
const RELATIVE_END: i64 = 10_000;

/// Whose dates are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// What posthog-python accepts: ` UTC` and blanks before an offset too, and a year alone.
    Python,
    /// RFC 3339 and its forms without seconds or zone.
    Strict,
}

/// The date of a filter. Only `Instant` stands still; the others wait for a now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Instant(Micros),
    Ago {
        count: i64,
        unit: Unit,
        dialect: Dialect,
    },
    /// A year alone means today's month and day in that year, a legacy oddity.
    Year(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// A filter's date: relative first, then absolute. `None` when it is neither.
pub(crate) fn bound(text: &str, dialect: Dialect) -> Option<Bound> {
    match relative(text) {
        Some((count, unit)) => Some(Bound::Ago {
            count,
            unit,
            dialect,
        }),
        None => absolute(text, dialect),
    }
}

fn relative(text: &str) -> Option<(i64, Unit)> {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (digits, letter) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match letter {
        "h" => Unit::Hour,
        "d" => Unit::Day,
        "w" => Unit::Week,
        "m" => Unit::Month,
        "y" => Unit::Year,
        _ => return None,
    };
    let count = number_of(digits)?;
    (count < RELATIVE_END).then_some((count, unit))
}

impl Bound {
    /// The instant that is meant when it is `now`. `None` when the year does not exist.
    pub(crate) fn at(self, now: Micros) -> Option<Micros> {
        match self {
            Bound::Instant(micros) => Some(micros),
            Bound::Year(year) => {
                let date = Civil {
                    year,
                    ..Civil::of_day(now.div_euclid(DAY))
                };
                date.exists().then(|| date.days().saturating_mul(DAY))
            }
            Bound::Ago {
                count,
                unit,
                dialect,
            } => ago(now, count, unit, dialect),
        }
    }
}

fn ago(now: Micros, count: i64, unit: Unit, dialect: Dialect) -> Option<Micros> {
    let back = |step: i64| now.checked_sub(step.checked_mul(count)?);
    let months = match unit {
        Unit::Hour => return back(3600_i64.saturating_mul(SECOND)),
        Unit::Day => return back(DAY),
        Unit::Week => return back(DAY.saturating_mul(7)),
        Unit::Month => 1,
        Unit::Year => 12,
    };
    let mut date = Civil::of_day(now.div_euclid(DAY));
    match dialect {
        // All at once, then the day is clamped to the month's end: two months before 31 March is
        // 31 January.
        Dialect::Python => date = date.months_back(count.saturating_mul(months))?,
        // A month after the other, clamped at each: two months before 31 March is 28 January.
        Dialect::Strict => {
            for _ in 0..count {
                date = date.months_back(months)?;
            }
        }
    }
    date.days()
        .checked_mul(DAY)?
        .checked_add(now.rem_euclid(DAY))
}

fn number_of(text: &str) -> Option<i64> {
    i64::try_from(number::read(text)?).ok()
}
