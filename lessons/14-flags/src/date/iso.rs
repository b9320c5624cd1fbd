//! Dates as ISO text: read in the two dialects of filters and values, and written for a request.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "every part was read from at most four digits, and a year is at most 9999"
)]

use alloc::string::String;

use super::calendar::Civil;
use super::{Bound, DAY, Dialect, SECOND, number_of};

/// ISO text, as a filter or as a value.
pub(crate) fn absolute(text: &str, dialect: Dialect) -> Option<Bound> {
    let mut text = text;
    if dialect == Dialect::Python {
        text = text.trim();
        if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return number_of(text).map(Bound::Year);
        }
    }
    let (text, offset) = zone(text, dialect)?;
    let (date, time) = text.split_at_checked(10)?;
    let of_day = match time.strip_prefix(['T', ' ']) {
        Some(time) => time_of_day(time)?,
        // A date alone takes no zone.
        None if time.is_empty() && offset.is_none() => 0,
        None => return None,
    };
    Some(Bound::Instant(
        civil(date)?.days() * DAY + of_day - offset.unwrap_or(0),
    ))
}

/// Splits the zone off: the rest, and the offset in microseconds when a zone was given.
fn zone(text: &str, dialect: Dialect) -> Option<(&str, Option<i64>)> {
    let cut = |len: usize| text.split_at_checked(text.len().checked_sub(len)?);
    if let Some(rest) = text.strip_suffix('Z') {
        return Some((rest, Some(0)));
    }
    if dialect == Dialect::Python
        && let Some((rest, zone)) = cut(" UTC".len())
        && zone.eq_ignore_ascii_case(" UTC")
    {
        return Some((rest, Some(0)));
    }
    // The last six characters of a date alone, "-01-08", have no colon.
    let Some((rest, offset)) = cut("+00:00".len())
        .filter(|(_, offset)| offset.starts_with(['+', '-']) && offset.contains(':'))
    else {
        return Some((text, None));
    };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let minutes = two(hours, 23)? * 60 + two(minutes, 59)?;
    let rest = match dialect {
        Dialect::Python => rest.strip_suffix(' ').unwrap_or(rest),
        Dialect::Strict => rest,
    };
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    Some((rest, Some(minutes * 60 * SECOND * sign)))
}

fn civil(text: &str) -> Option<Civil> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    let date = Civil {
        year: number_of(year)?,
        month: two(month, 12)?,
        day: two(day, 31)?,
    };
    date.exists().then_some(date)
}

/// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f`; digits beyond microseconds are cut off.
fn time_of_day(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let minutes = two(parts.next()?, 23)? * 60 + two(parts.next()?, 59)?;
    let (seconds, fraction) = match parts.next() {
        None => ("00", 0),
        Some(seconds) => match seconds.split_once('.') {
            None => (seconds, 0),
            Some((seconds, digits)) => (seconds, micros_of(digits)?),
        },
    };
    if parts.next().is_some() {
        return None;
    }
    Some((minutes * 60 + two(seconds, 59)?) * SECOND + fraction)
}

fn micros_of(digits: &str) -> Option<i64> {
    let mut scale = SECOND;
    let mut micros = None;
    for byte in digits.bytes() {
        let digit = i64::from(byte.checked_sub(b'0').filter(|digit| *digit <= 9)?);
        scale /= 10;
        micros = Some(micros.unwrap_or(0) + digit * scale);
    }
    micros
}

fn two(text: &str, most: i64) -> Option<i64> {
    number_of(text).filter(|value| text.len() == 2 && *value <= most)
}

/// RFC 3339 in UTC with whole seconds, for the `sent_at` of a request. `millis` since 1970.
pub(crate) fn rfc3339(millis: i64) -> String {
    let seconds = millis.div_euclid(1000);
    let Civil { year, month, day } = Civil::of_day(seconds.div_euclid(86_400));
    let of_day = seconds.rem_euclid(86_400);
    let mut out = String::new();
    for (part, digits, end) in [
        (year, 4, '-'),
        (month, 2, '-'),
        (day, 2, 'T'),
        (of_day / 3600, 2, ':'),
        (of_day / 60 % 60, 2, ':'),
        (of_day % 60, 2, 'Z'),
    ] {
        let part = part.unsigned_abs();
        (1..digits)
            .rev()
            .filter(|place| part < 10_u64.pow(*place))
            .for_each(|_| out.push('0'));
        text::number::write(&mut out, part);
        out.push(end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Micros;

    fn instant(text: &str) -> Option<Micros> {
        absolute(text, Dialect::Python)?.at(0)
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
