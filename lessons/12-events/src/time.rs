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

const DAY: u64 = 86_400;
/// Days from 0000-03-01, where the calendar below starts, to 1970-01-01.
const UNIX_EPOCH: u64 = 719_468 * DAY;
/// 0001-01-01T00:00:00 and 9999-12-31T23:59:59 in seconds from there: the years that RFC 3339 can write.
const FIRST_SECOND: u64 = 306 * DAY;
const LAST_SECOND: u64 = UNIX_EPOCH + 253_402_300_799;

/// Appends an instant as `YYYY-MM-DDTHH:MM:SS.mmmZ`.
pub fn write_millis(out: &mut String, unix_millis: u64) {
    let seconds = (unix_millis / 1000).saturating_add(UNIX_EPOCH);
    write_seconds(out, seconds.min(LAST_SECOND));
    let text = [
        b'.',
        digit(unix_millis / 100),
        digit(unix_millis / 10),
        digit(unix_millis),
        b'Z',
    ];
    out.push_str(core::str::from_utf8(&text).unwrap_or_default());
}

/// Appends the instant that `text` names, in UTC and with the fraction as it was written.
///
/// Accepts ISO 8601 date and time, extended or basic, with `Z`, `+05:30`, `+0530`, `+05` or no zone, which means UTC.
/// Answers false and appends nothing if the text is anything else, a date alone included.
pub fn write_normalised(out: &mut String, text: &str) -> bool {
    let Some((seconds, fraction)) = parse_iso(text.trim_ascii()) else {
        return false;
    };
    write_seconds(out, seconds);
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out.push('Z');
    true
}

/// Seconds since 1970 of an HTTP date (RFC 9110 §5.6.7) in the form servers must send,
/// `Sun, 06 Nov 1994 08:49:37 GMT`. The two forms that only very old servers send are not read.
#[must_use]
pub fn parse_http_date(text: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_weekday, rest) = text.trim_ascii().split_at_checked(3)?;
    let mut reader = Reader(rest);
    reader.literal(", ")?;
    let day = reader.number(2)?;
    reader.literal(" ")?;
    let (name, rest) = reader.0.split_at_checked(3)?;
    let month = MONTHS.iter().zip(1..).find(|(month, _)| **month == name)?.1;
    reader.0 = rest;
    reader.literal(" ")?;
    let days = days_from_civil(reader.number(4)?, month, day)?;
    reader.literal(" ")?;
    let seconds = reader.clock()?;
    reader.literal(" GMT")?;
    let since = days
        .checked_mul(DAY)?
        .checked_add(seconds)?
        .checked_sub(UNIX_EPOCH);
    since.filter(|_| reader.0.is_empty())
}

/// Seconds since 0000-03-01 and the digits of a fraction.
fn parse_iso(text: &str) -> Option<(u64, &str)> {
    let mut reader = Reader(text);
    let year = reader.number(4)?;
    let dashes = reader.literal("-").is_some();
    let month = reader.number(2)?;
    if dashes {
        reader.literal("-")?;
    }
    let days = days_from_civil(year, month, reader.number(2)?)?;
    ["T", "t", " "]
        .into_iter()
        .find_map(|between| reader.literal(between))?;
    let local = days.checked_mul(DAY)?.checked_add(reader.clock()?)?;
    let point = [".", ","]
        .into_iter()
        .find_map(|point| reader.literal(point));
    let fraction = reader.digits();
    if point.is_some() == fraction.is_empty() {
        return None;
    }
    let seconds = match reader.0.split_at_checked(1) {
        None | Some(("Z" | "z", "")) => local,
        Some(("+", offset)) => local.checked_sub(Reader(offset).offset()?)?,
        Some(("-", offset)) => local.checked_add(Reader(offset).offset()?)?,
        _ => return None,
    };
    // Another zone may move an instant of year 1 or 9999 out of what can be written. Nanoseconds are the finest that
    // the receiving side keeps.
    (FIRST_SECOND..=LAST_SECOND)
        .contains(&seconds)
        .then_some((seconds, fraction.get(..9).unwrap_or(fraction)))
}

/// Reads a text from its front.
struct Reader<'a>(&'a str);

impl<'a> Reader<'a> {
    fn literal(&mut self, expected: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    /// As many digits as there are.
    fn digits(&mut self) -> &'a str {
        let count = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(count).unwrap_or_default();
        self.0 = rest;
        digits
    }

    /// A number of exactly so many digits.
    fn number(&mut self, count: usize) -> Option<u64> {
        let (number, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        decimal(number)
    }

    /// Seconds since midnight of `HH:MM`, `HH:MM:SS`, `HHMM` or `HHMMSS`.
    fn clock(&mut self) -> Option<u64> {
        let hours = self.number(2).filter(|hours| *hours < 24)?;
        let colons = self.literal(":").is_some();
        let minutes = self.number(2).filter(|minutes| *minutes < 60)?;
        let more = if colons {
            self.literal(":").is_some()
        } else {
            self.0.starts_with(|next: char| next.is_ascii_digit())
        };
        let seconds = if more {
            self.number(2).filter(|seconds| *seconds < 60)?
        } else {
            0
        };
        hours
            .checked_mul(3600)?
            .checked_add(minutes.checked_mul(60)?)?
            .checked_add(seconds)
    }

    /// Seconds of a zone's offset, which is a clock without seconds or hours alone.
    fn offset(&mut self) -> Option<u64> {
        match self.0.len() {
            2 => self
                .number(2)
                .filter(|hours| *hours < 24)?
                .checked_mul(3600),
            4 | 5 => self.clock().filter(|_| self.0.is_empty()),
            _ => None,
        }
    }
}

/// The number that a text of digits writes; `None` for anything else, and beyond 64 bits.
#[must_use]
pub fn decimal(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.bytes().try_fold(0_u64, |number, byte| {
        let digit = Some(byte.wrapping_sub(b'0')).filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(u64::from(digit))
    })
}

/// Days since 0000-03-01; `None` for a day that the calendar does not have. No number of four digits can overflow.
fn days_from_civil(year: u64, month: u64, day: u64) -> Option<u64> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28_u64.wrapping_add(u64::from(leap)),
        _ => return None,
    };
    if year == 0 || day == 0 || day > last {
        return None;
    }
    // The year starts in March, so that the leap day is its last.
    let year = year.wrapping_sub(u64::from(month <= 2));
    let month = month.wrapping_add(9) % 12;
    let leap_days = (year / 4).wrapping_sub(year / 100).wrapping_add(year / 400);
    let of_year = (month.wrapping_mul(153).wrapping_add(2) / 5)
        .wrapping_add(day)
        .wrapping_sub(1);
    Some(
        year.wrapping_mul(365)
            .wrapping_add(leap_days)
            .wrapping_add(of_year),
    )
}

/// Appends `YYYY-MM-DDTHH:MM:SS` of seconds since 0000-03-01, in the years 1 to 9999.
fn write_seconds(out: &mut String, seconds: u64) {
    let (days, second) = (seconds / DAY, seconds % DAY);
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let leap_days = (day_of_era / 1460)
        .wrapping_sub(day_of_era / 36_524)
        .wrapping_add(day_of_era / 146_096);
    let of_era = day_of_era.wrapping_sub(leap_days) / 365;
    let first_day = of_era
        .wrapping_mul(365)
        .wrapping_add(of_era / 4)
        .wrapping_sub(of_era / 100);
    let day_of_year = day_of_era.wrapping_sub(first_day);
    let march_month = day_of_year.wrapping_mul(5).wrapping_add(2) / 153;
    let day = day_of_year
        .wrapping_sub(march_month.wrapping_mul(153).wrapping_add(2) / 5)
        .wrapping_add(1);
    let month = (march_month.wrapping_add(2) % 12).wrapping_add(1);
    let year = of_era
        .wrapping_add(era.wrapping_mul(400))
        .wrapping_add(u64::from(month <= 2));
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let text = [
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
        b'T',
        digit(hour / 10),
        digit(hour),
        b':',
        digit(minute / 10),
        digit(minute),
        b':',
        digit(second / 10),
        digit(second),
    ];
    out.push_str(core::str::from_utf8(&text).unwrap_or_default());
}

/// The last digit of a number.
fn digit(number: u64) -> u8 {
    b'0'.wrapping_add((number % 10) as u8)
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
            "Sun, 06 Nov 1994 08:49:37 GMT x",
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
            prop_assert_eq!((seconds - UNIX_EPOCH) * 1000 + fraction.parse::<u64>().unwrap(), millis);
        }
    }
}
