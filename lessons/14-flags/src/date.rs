//! Dates as filters have them: what one means at a given moment. Relative ones count back from it, a
//! year alone takes its month and day from it; the rest is an instant, which `text` reads.

use text::date::{Civil, Forms, read};
use text::number;

/// Microseconds since 1970-01-01T00:00:00Z: as fine as Python's `datetime`.
pub(crate) type Micros = i64;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// A count from here on is not read as a relative date (posthog-python's guard against overflow).
const RELATIVE_END: i32 = 10_000;

/// Whose dates are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// What posthog-python accepts: [`Forms::PYTHON`], with white space around it, and a year alone.
    Python,
    /// [`Forms::STRICT`].
    Strict,
}

/// The date of a filter. Only `Instant` is fixed; the others wait for a now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Instant(Micros),
    Ago {
        count: i32,
        unit: Unit,
        dialect: Dialect,
    },
    /// A year alone means today's month and day in that year, a legacy oddity.
    Year(i32),
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

fn relative(text: &str) -> Option<(i32, Unit)> {
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

fn ago(now: Micros, count: i32, unit: Unit, dialect: Dialect) -> Option<Micros> {
    let back = |step: i64| now.checked_sub(step.checked_mul(count.into())?);
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

/// An instant or a year, as a filter or as a value has it.
pub(crate) fn absolute(text: &str, dialect: Dialect) -> Option<Bound> {
    let (text, forms) = match dialect {
        Dialect::Python => (text.trim(), Forms::PYTHON),
        Dialect::Strict => (text, Forms::STRICT),
    };
    if dialect == Dialect::Python
        && text.len() == "2025".len()
        && let Some(year) = number_of(text)
    {
        return Some(Bound::Year(year));
    }
    read(text, forms).map(|instant| Bound::Instant(instant.micros()))
}

fn number_of(text: &str) -> Option<i32> {
    i32::try_from(number::read(text)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use proptest::prelude::*;
    use text::date::write_millis;

    proptest! {
        #[test]
        fn an_instant_in_any_form_is_that_instant_in_both_dialects(
            millis in -62_135_596_800_000_i64..253_402_300_800_000,
            form in prop::sample::select(&["T.Z", "t.Z", " . UTC", "T,+00", " . +0000", "T.-00:00", " ."]),
        ) {
            let mut text = String::new();
            write_millis(&mut text, millis);
            let text = text.replace('T', &form[..1]).replace('Z', &form[2..]).replace('.', &form[1..2]);
            for dialect in [Dialect::Python, Dialect::Strict] {
                prop_assert_eq!(absolute(&text, dialect), Some(Bound::Instant(millis * 1000)), "{}", text);
            }
        }
    }

    #[test]
    fn only_python_reads_white_space_around_a_date_and_a_year_alone() {
        let midnight = absolute("2025-01-08", Dialect::Strict);
        for text in [" 2025-01-08 ", "\u{a0}2025-01-08\n"] {
            assert_eq!(absolute(text, Dialect::Python), midnight);
            assert_eq!(absolute(text, Dialect::Strict), None);
        }
        assert_eq!(absolute("2025", Dialect::Python), Some(Bound::Year(2025)));
        assert_eq!(absolute("2025", Dialect::Strict), None);
    }
}
