//! Dates without a clock, a calendar library or a time zone: ISO text to microseconds since 1970
//! UTC, and steps back from a given now. `core` has no calendar, so the days are counted here.

use core::num::Saturating as S;

use alloc::string::String;

/// Microseconds since 1970-01-01T00:00:00Z: as fine as Python's `datetime`.
pub(crate) type Micros = i64;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// The years that a `datetime` of Python can hold.
const YEARS: core::ops::RangeInclusive<i64> = 1..=9999;

/// From this number on, a relative date is no relative date: PostHog's guard against overflow.
const RELATIVE_END: i64 = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Civil {
    year: i64,
    month: i64,
    day: i64,
}

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
    let count = number(digits)?;
    (count < RELATIVE_END).then_some((count, unit))
}

/// ISO text, as a filter or as a value.
pub(crate) fn absolute(text: &str, dialect: Dialect) -> Option<Bound> {
    let mut text = text;
    if dialect == Dialect::Python {
        text = text.trim();
        if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return number(text).map(Bound::Year);
        }
    }
    let (text, offset) = zone(text, dialect)?;
    let (date, time) = match text.split_at_checked(10) {
        Some((date, "")) => (date, None),
        Some((date, time)) => (date, Some(time.strip_prefix(['T', ' '])?)),
        None => return None,
    };
    // A date alone takes no zone.
    if time.is_none() && offset.is_some() {
        return None;
    }
    let days = civil(date)?.days();
    let of_day = time.map_or(Some(0), time_of_day)?;
    let micros = S(days) * S(DAY) + S(of_day) - S(offset.unwrap_or(0));
    Some(Bound::Instant(micros.0))
}

/// Splits the zone off: the rest, and the offset in microseconds when a zone was given.
fn zone(text: &str, dialect: Dialect) -> Option<(&str, Option<i64>)> {
    if let Some(rest) = text.strip_suffix('Z') {
        return Some((rest, Some(0)));
    }
    if dialect == Dialect::Python
        && let Some((rest, zone)) = text.split_at_checked(text.len().saturating_sub(4))
        && zone.eq_ignore_ascii_case(" UTC")
    {
        return Some((rest, Some(0)));
    }
    let Some((rest, offset)) = text.split_at_checked(text.len().saturating_sub(6)) else {
        return Some((text, None));
    };
    let sign = match offset.bytes().next() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return Some((text, None)),
    };
    // The last six characters of a date alone, "-01-08", have no colon.
    let Some((hours, minutes)) = offset.get(1..).and_then(|digits| digits.split_once(':')) else {
        return Some((text, None));
    };
    let minutes = S(two(hours, 23)?) * S(60) + S(two(minutes, 59)?);
    let rest = if dialect == Dialect::Python {
        rest.strip_suffix(' ').unwrap_or(rest)
    } else {
        rest
    };
    Some((rest, Some((minutes * S(sign) * S(60) * S(SECOND)).0)))
}

fn civil(text: &str) -> Option<Civil> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    let date = Civil {
        year: number(year)?,
        month: two(month, 12)?,
        day: two(day, 31)?,
    };
    date.exists().then_some(date)
}

/// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f`; digits beyond microseconds are cut off.
fn time_of_day(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let hours = two(parts.next()?, 23)?;
    let minutes = two(parts.next()?, 59)?;
    let (seconds, fraction) = match parts.next() {
        None => (0, 0),
        Some(seconds) => match seconds.split_once('.') {
            None => (two(seconds, 59)?, 0),
            Some((seconds, digits)) => (two(seconds, 59)?, micros_of(digits)?),
        },
    };
    if parts.next().is_some() {
        return None;
    }
    let total = (S(hours) * S(60) + S(minutes)) * S(60) + S(seconds);
    Some((total * S(SECOND) + S(fraction)).0)
}

fn micros_of(digits: &str) -> Option<i64> {
    number(digits.get(..1)?)?;
    let mut micros = S(0);
    let mut scale = SECOND;
    for byte in digits.bytes() {
        let digit = i64::from(byte.checked_sub(b'0').filter(|digit| *digit <= 9)?);
        scale /= 10;
        micros += S(digit) * S(scale);
    }
    Some(micros.0)
}

fn two(text: &str, most: i64) -> Option<i64> {
    if text.len() == 2 {
        number(text).filter(|value| *value <= most)
    } else {
        None
    }
}

/// Plain decimal digits; `parse` alone would take a sign.
fn number(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
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
        // All at once, then the day is clamped to the month's end: 31 March − 2 months = 31 January.
        Dialect::Python => date = date.months_back(count.saturating_mul(months))?,
        // A month after the other, clamped at each: 31 March − 2 months = 28 January.
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

impl Civil {
    fn is_leap(year: i64) -> bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    fn month_length(year: i64, month: i64) -> i64 {
        match month {
            2 if Self::is_leap(year) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    fn exists(self) -> bool {
        YEARS.contains(&self.year)
            && (1..=12).contains(&self.month)
            && (1..=Self::month_length(self.year, self.month)).contains(&self.day)
    }

    /// Days since 1970-01-01. Years are counted from March, so that the leap day comes last
    /// (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    fn days(self) -> i64 {
        let from_march = S(self.month.saturating_add(9) % 12);
        let year = S(self.year) - S(i64::from(self.month <= 2));
        let of_year = S((S(153) * from_march + S(2)).0 / 5) + S(self.day);
        let leap_days = S(year.0 / 4) - S(year.0 / 100) + S(year.0 / 400);
        // 719,469 days lie between the first of March of the year 0 and 1970, counting both.
        (S(365) * year + leap_days + of_year - S(719_469)).0
    }

    /// The inverse of [`days`](Self::days), by the same source.
    fn of_day(days: i64) -> Self {
        let days = days.saturating_add(719_468);
        let era = S(days.div_euclid(146_097));
        let of_era = days.rem_euclid(146_097);
        let leaps = S(of_era / 1460) - S(of_era / 36_524) + S(of_era / 146_096);
        let year_of_era = (S(of_era) - leaps).0 / 365;
        let first_of_year = S(365) * S(year_of_era) + S(year_of_era / 4) - S(year_of_era / 100);
        let of_year = S(of_era) - first_of_year;
        let from_march = (S(5) * of_year + S(2)).0 / 153;
        let day = of_year - S((S(153) * S(from_march) + S(2)).0 / 5) + S(1);
        let month = S(from_march.saturating_add(2) % 12) + S(1);
        let year = S(year_of_era) + era * S(400) + S(i64::from(month.0 <= 2));
        Civil {
            year: year.0,
            month: month.0,
            day: day.0,
        }
    }

    fn months_back(self, count: i64) -> Option<Self> {
        let months = S(self.year) * S(12) + S(self.month) - S(1) - S(count);
        let year = months.0.div_euclid(12);
        let month = months.0.rem_euclid(12).saturating_add(1);
        let day = self.day.min(Self::month_length(year, month));
        YEARS.contains(&year).then_some(Civil { year, month, day })
    }
}

/// RFC 3339 in UTC with whole seconds, for the `sent_at` of a request. `millis` since 1970.
pub(crate) fn rfc3339(millis: i64) -> String {
    let seconds = millis.div_euclid(1000);
    let Civil { year, month, day } = Civil::of_day(seconds.div_euclid(86_400));
    let of_day = seconds.rem_euclid(86_400);
    alloc::format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        of_day / 3600,
        of_day / 60 % 60,
        of_day % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Option<Micros> {
        absolute(text, Dialect::Python)?.at(0)
    }

    #[test]
    fn every_day_of_eight_centuries_is_its_own_inverse() {
        for day in -200_000..100_000 {
            let date = Civil::of_day(day);
            assert!(date.exists());
            assert_eq!(date.days(), day);
        }
    }

    #[test]
    fn the_forms_of_iso_text_name_the_same_instant() {
        let expected = instant("2025-01-08T10:00:00Z");
        assert_eq!(expected, Some(1_736_330_400 * SECOND));
        for text in [
            "2025-01-08 10:00",
            "2025-01-08T10:00:00.000+00:00",
            "2025-01-08T12:00:00 +02:00",
            " 2025-01-08 10:00 UTC ",
        ] {
            assert_eq!(instant(text), expected, "{text}");
        }
    }

    #[test]
    fn text_that_is_no_date_is_refused() {
        for text in [
            "",
            "2025-02-29",
            "2025-13-01",
            "2025-01-08T24:00",
            "2025-01-08T10:00z",
            "2025-1-8",
            "+025-01-08",
            "0000-01-01",
            "2025-01-08T10:00:00.",
            "2025-01-08Tä",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_is_written_as_rfc_3339() {
        assert_eq!(rfc3339(1_769_938_205_123), "2026-02-01T09:30:05Z");
        assert_eq!(rfc3339(-1), "1969-12-31T23:59:59Z");
    }
}
