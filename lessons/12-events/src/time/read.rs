//! Dates as others write them: ISO 8601 from applications, HTTP dates from servers.

use super::calendar::{DAY, FIRST_SECOND, LAST_SECOND, UNIX_EPOCH, days_from_civil};
use crate::decimal;

/// Seconds since 1970 of an HTTP date (RFC 9110 §5.6.7) in the form servers must send,
/// `Sun, 06 Nov 1994 08:49:37 GMT`. The two forms that only very old servers send are not read.
pub(crate) fn http_date(text: &str) -> Option<u64> {
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
pub(super) fn iso(text: &str) -> Option<(u64, &str)> {
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
    // Another zone may move an instant of year 1 or 9999 out of what can be written. Nanoseconds
    // are the finest that the receiving side keeps.
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
        decimal::read(number)
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
