//! Dates as others write them: ISO 8601 from applications, HTTP dates from servers.

use super::calendar::{DAY, FIRST_SECOND, LAST_SECOND, UNIX_EPOCH, days_from_civil};

/// Seconds since 1970 of an HTTP date (RFC 9110 §5.6.7) in the form servers must send,
/// `Sun, 06 Nov 1994 08:49:37 GMT`. The two forms that only very old servers send are not read.
pub(crate) fn http_date(text: &str) -> Option<u64> {
    const MONTHS: [&[u8; 3]; 12] = [
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
        b"Dec",
    ];
    let mut reader = Reader(text.trim_ascii().as_bytes());
    let _weekday = reader.take(3)?;
    reader.literal(b", ")?;
    let day = reader.number(2)?;
    reader.literal(b" ")?;
    let name = reader.take(3)?;
    let month = MONTHS.iter().zip(1..).find(|(month, _)| **month == name)?.1;
    reader.literal(b" ")?;
    let days = days_from_civil(reader.number(4)?, month, day)?;
    reader.literal(b" ")?;
    let seconds = reader.clock()?;
    reader.literal(b" GMT")?;
    let since = seconds_at(days, seconds).checked_sub(UNIX_EPOCH);
    since.filter(|_| reader.0.is_empty())
}

/// Seconds since 0000-03-01 and the digits of a fraction, at most nine.
pub(super) fn iso(text: &str) -> Option<(u64, &str)> {
    let mut reader = Reader(text.as_bytes());
    let year = reader.number(4)?;
    let dashes = reader.one_of(b"-").is_some();
    let month = reader.number(2)?;
    if dashes {
        reader.one_of(b"-")?;
    }
    let days = days_from_civil(year, month, reader.number(2)?)?;
    reader.one_of(b"Tt ")?;
    let local = seconds_at(days, reader.clock()?);
    let point = reader.one_of(b".,");
    let count = reader.0.iter().take_while(|byte| byte.is_ascii_digit());
    // Nanoseconds are the finest that chrono keeps, with which the ingestion service reads times.
    let fraction = reader.take(count.count())?.chunks(9).next();
    if point.is_some() != fraction.is_some() {
        return None;
    }
    let seconds = match reader.one_of(b"Zz+-") {
        Some(b'+') => local.checked_sub(reader.offset()?)?,
        Some(b'-') => local.checked_add(reader.offset()?)?,
        _ => local,
    };
    // Another zone may move an instant of year 1 or 9999 out of what can be written.
    let writable = (FIRST_SECOND..=LAST_SECOND).contains(&seconds);
    let fraction = core::str::from_utf8(fraction.unwrap_or_default()).ok()?;
    (writable && reader.0.is_empty()).then_some((seconds, fraction))
}

/// No day that the calendar has can overflow.
fn seconds_at(days: u64, seconds: u64) -> u64 {
    days.wrapping_mul(DAY).wrapping_add(seconds)
}

/// Reads a text from its front. What it reads is ASCII, so bytes will do.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn literal(&mut self, expected: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    fn one_of(&mut self, expected: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if !expected.contains(first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }

    /// A number of exactly so many digits, of which no more than four are asked for.
    fn number(&mut self, count: usize) -> Option<u64> {
        let mut number: u64 = 0;
        for byte in self.take(count)? {
            if !byte.is_ascii_digit() {
                return None;
            }
            number = number.wrapping_mul(10).wrapping_add(u64::from(byte & 0xf));
        }
        Some(number)
    }

    /// A number of two digits below a bound.
    fn below(&mut self, bound: u64) -> Option<u64> {
        self.number(2).filter(|number| *number < bound)
    }

    /// Seconds since midnight of `HH:MM`, `HH:MM:SS`, `HHMM` or `HHMMSS`.
    fn clock(&mut self) -> Option<u64> {
        let hours = self.below(24)?;
        let colons = self.one_of(b":").is_some();
        let minutes = self.below(60)?;
        let more = if colons {
            self.one_of(b":").is_some()
        } else {
            self.0.first().is_some_and(u8::is_ascii_digit)
        };
        let seconds = if more { self.below(60)? } else { 0 };
        let minutes = hours.wrapping_mul(60).wrapping_add(minutes);
        Some(minutes.wrapping_mul(60).wrapping_add(seconds))
    }

    /// Seconds of a zone's offset, which is a clock without seconds or hours alone.
    fn offset(&mut self) -> Option<u64> {
        match self.0.len() {
            2 => self.below(24).map(|hours| hours.wrapping_mul(3600)),
            4 | 5 => self.clock(),
            _ => None,
        }
    }
}
