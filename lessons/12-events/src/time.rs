//! Dates as text, without a clock and without a time-zone table: ISO 8601 in, RFC 3339 in UTC out, HTTP dates in.
//!
//! The day arithmetic is Howard Hinnant's `days_from_civil` and its inverse, in whole eras of 400 years. This file
//! must never know what time it is.

use alloc::string::String;

/// The two clocks a host reads for every call, both in milliseconds.
///
/// They are apart because people and NTP set the wall clock: a wait measured with it would end early or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Now {
    /// A clock that only goes forward, from any start. All waits are measured with it.
    pub monotonic: u64,
    /// Milliseconds since 1970-01-01T00:00:00Z. Written into events and requests.
    pub unix: u64,
}

const DAY: i64 = 86_400;
/// 9999-12-31T23:59:59Z, the last second with a four-digit year, which RFC 3339 requires.
const LAST_SECOND: i64 = 253_402_300_799;
/// 0001-01-01T00:00:00Z, the first that the calendar here has.
const FIRST_SECOND: i64 = -62_135_596_800;

/// Appends an instant as `YYYY-MM-DDTHH:MM:SS.mmmZ`.
pub fn write_millis(out: &mut String, unix_millis: u64) {
    let seconds = i64::try_from(unix_millis.div_euclid(1000)).unwrap_or(LAST_SECOND);
    write_seconds(out, seconds.min(LAST_SECOND));
    out.push('.');
    write_digits(
        out,
        i64::try_from(unix_millis.rem_euclid(1000)).unwrap_or(0),
        3,
    );
    out.push('Z');
}

/// Appends the instant that `text` names, in UTC and with the fraction as it was written.
///
/// Accepts ISO 8601 date and time, extended or basic, with `Z`, `+05:30`, `+0530`, `+05` or no zone, which means UTC. Answers false and
/// appends nothing if the text is anything else, a date alone included.
pub fn write_normalised(out: &mut String, text: &str) -> bool {
    match parse_iso(text.trim()) {
        Some((seconds, fraction)) => {
            write_seconds(out, seconds);
            if !fraction.is_empty() {
                out.push('.');
                out.push_str(fraction);
            }
            out.push('Z');
            true
        }
        None => false,
    }
}

/// Seconds since 1970 of an HTTP date (RFC 9110 §5.6.7) in the form servers must send,
/// `Sun, 06 Nov 1994 08:49:37 GMT`. The two forms that only very old servers send are not read.
#[must_use]
pub fn parse_http_date(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_weekday, date) = text.trim().split_once(", ")?;
    let mut parts = date.split(' ');
    let day = digits(parts.next()?, 2)?;
    let name = parts.next()?;
    let month = MONTHS.iter().zip(1..).find(|(month, _)| **month == name)?.1;
    let year = digits(parts.next()?, 4)?;
    let clock = parts.next()?;
    if parts.next() != Some("GMT") || parts.next().is_some() {
        return None;
    }
    days_from_civil(year, month, day)?
        .checked_mul(DAY)?
        .checked_add(parse_clock(clock, Some(':'))?)
}

fn parse_iso(text: &str) -> Option<(i64, &str)> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let days = parse_date(date)?;
    let (clock, rest) = rest.split_at_checked(
        rest.find(|c: char| !c.is_ascii_digit() && c != ':')
            .unwrap_or(rest.len()),
    )?;
    let seconds = parse_clock(clock, clock.contains(':').then_some(':'))?;
    let local = days.checked_mul(DAY)?.checked_add(seconds)?;
    let (fraction, zone) = match rest.strip_prefix(['.', ',']) {
        Some(rest) => {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .filter(|end| *end > 0)
                .unwrap_or(rest.len());
            let (fraction, zone) = rest
                .split_at_checked(end)
                .filter(|(fraction, _)| digits(fraction, fraction.len()).is_some())?;
            // Nanoseconds are the finest that the receiving side keeps.
            (fraction.get(..9).unwrap_or(fraction), zone)
        }
        None => ("", rest),
    };
    let seconds = local.checked_sub(parse_zone(zone)?)?;
    // Another zone may move an instant of year 1 or 9999 out of what RFC 3339 can write.
    (FIRST_SECOND..=LAST_SECOND)
        .contains(&seconds)
        .then_some((seconds, fraction))
}

/// Days since 1970 of `YYYY-MM-DD` or `YYYYMMDD`.
fn parse_date(text: &str) -> Option<i64> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = match rest.strip_prefix('-') {
        Some(rest) => rest.split_once('-')?,
        None => rest.split_at_checked(2)?,
    };
    days_from_civil(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?)
}

/// Seconds east of UTC.
fn parse_zone(text: &str) -> Option<i64> {
    if matches!(text, "" | "Z" | "z") {
        return Some(0);
    }
    let (sign, offset) = match text.split_at_checked(1)? {
        ("+", offset) => (1, offset),
        ("-", offset) => (-1, offset),
        _ => return None,
    };
    let seconds = match offset.len() {
        2 => digits(offset, 2)
            .filter(|hours| *hours < 24)?
            .checked_mul(3600)?,
        4 => parse_clock(offset, None)?,
        5 => parse_clock(offset, Some(':'))?,
        _ => return None,
    };
    seconds.checked_mul(sign)
}

/// Seconds since midnight of `HH:MM:SS` or `HH:MM`, with or without the separator.
fn parse_clock(text: &str, separator: Option<char>) -> Option<i64> {
    let mut seconds: i64 = 0;
    let mut rest = text;
    for (limit, unit) in [(24, 3600), (60, 60), (60, 1)] {
        let (number, tail) = rest.split_at_checked(2)?;
        let number = digits(number, 2).filter(|number| *number < limit)?;
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        if tail.is_empty() {
            return (unit != 3600).then_some(seconds);
        }
        rest = match separator {
            Some(separator) => tail.strip_prefix(separator)?,
            None => tail,
        };
    }
    None
}

fn digits(text: &str, count: usize) -> Option<i64> {
    let all = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if all { text.parse().ok() } else { None }
}

/// Days since 1970-01-01; `None` for a day that the calendar does not have.
fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year.checked_rem(4) == Some(0)
        && (year.checked_rem(100) != Some(0) || year.checked_rem(400) == Some(0));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if year < 1 || !(1..=last).contains(&day) {
        return None;
    }
    // The year starts in March, so that the leap day is its last.
    let year = if month <= 2 {
        year.checked_sub(1)?
    } else {
        year
    };
    let month = if month > 2 {
        month.checked_sub(3)?
    } else {
        month.checked_add(9)?
    };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = month
        .checked_mul(153)?
        .checked_add(2)?
        .div_euclid(5)
        .checked_add(day)?
        .checked_sub(1)?;
    let day_of_era = of_era
        .checked_mul(365)?
        .checked_add(of_era.div_euclid(4))?
        .checked_sub(of_era.div_euclid(100))?
        .checked_add(day_of_year)?;
    era.checked_mul(146_097)?
        .checked_add(day_of_era)?
        .checked_sub(719_468)
}

/// Appends `YYYY-MM-DDTHH:MM:SS`. The caller keeps `seconds` within the years 1 to 9999, so nothing here can wrap.
fn write_seconds(out: &mut String, seconds: i64) {
    let days = seconds.div_euclid(DAY).wrapping_add(719_468);
    let second = seconds.rem_euclid(DAY);
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let leap_days = day_of_era
        .div_euclid(1460)
        .wrapping_sub(day_of_era.div_euclid(36_524))
        .wrapping_add(day_of_era.div_euclid(146_096));
    let of_era = day_of_era.wrapping_sub(leap_days).div_euclid(365);
    let first_day = of_era
        .wrapping_mul(365)
        .wrapping_add(of_era.div_euclid(4))
        .wrapping_sub(of_era.div_euclid(100));
    let day_of_year = day_of_era.wrapping_sub(first_day);
    let march_month = day_of_year.wrapping_mul(5).wrapping_add(2).div_euclid(153);
    let day = day_of_year
        .wrapping_sub(march_month.wrapping_mul(153).wrapping_add(2).div_euclid(5))
        .wrapping_add(1);
    let month = if march_month < 10 {
        march_month.wrapping_add(3)
    } else {
        march_month.wrapping_sub(9)
    };
    let year = of_era
        .wrapping_add(era.wrapping_mul(400))
        .wrapping_add(i64::from(month <= 2));
    for (number, width, after) in [
        (year, 4, '-'),
        (month, 2, '-'),
        (day, 2, 'T'),
        (second.div_euclid(3600), 2, ':'),
        (second.div_euclid(60).rem_euclid(60), 2, ':'),
    ] {
        write_digits(out, number, width);
        out.push(after);
    }
    write_digits(out, second.rem_euclid(60), 2);
}

fn write_digits(out: &mut String, number: i64, width: u32) {
    for place in (0..width).rev() {
        let digit = number.div_euclid(10_i64.pow(place)).rem_euclid(10);
        out.push(
            u32::try_from(digit)
                .ok()
                .and_then(|digit| char::from_digit(digit, 10))
                .unwrap_or('0'),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn normalised(text: &str) -> Option<String> {
        let mut out = String::new();
        write_normalised(&mut out, text).then_some(out)
    }

    #[test]
    fn a_zone_moves_the_instant_to_utc_and_keeps_the_fraction() {
        assert_eq!(
            normalised("2025-01-02T08:34:05+05:30").unwrap(),
            "2025-01-02T03:04:05Z"
        );
        assert_eq!(
            normalised("2025-01-01T00:00:00.123456-0100").unwrap(),
            "2025-01-01T01:00:00.123456Z"
        );
        assert_eq!(
            normalised("2024-02-29 23:59:59").unwrap(),
            "2024-02-29T23:59:59Z"
        );
        assert_eq!(
            normalised("20250102T083405Z").unwrap(),
            "2025-01-02T08:34:05Z"
        );
        assert_eq!(
            normalised("2025-01-02T08:34+01").unwrap(),
            "2025-01-02T07:34:00Z"
        );
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "2025-01-02",
            "20250102",
            "",
            "2025-02-29T00:00:00Z",
            "2025-13-01T00:00:00Z",
            "2025-01-01T24:00:00Z",
            "2025-01-01T00:00:00+24:00",
            "0001-01-01T00:00:00+01:00",
            "2025-01-01T00:00:00.Z",
            "2025-01-01T00:00:00.x",
            "2025-01-01T00",
            "tomorrow",
        ] {
            assert_eq!(normalised(text), None, "{text}");
        }
    }

    #[test]
    fn the_http_date_of_the_standard_is_read() {
        assert_eq!(
            parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"),
            Some(784_111_777)
        );
        for text in [
            "06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 8:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT x",
        ] {
            assert_eq!(parse_http_date(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(12), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_reads_back(millis in 0_u64..253_402_300_800_000) {
            let mut text = String::new();
            write_millis(&mut text, millis);
            let (seconds, fraction) = parse_iso(&text).unwrap();
            prop_assert_eq!(seconds * 1000 + fraction.parse::<i64>().unwrap(), millis as i64);
        }
    }
}
