//! Reads an instant; the table of what is read is in the parent. A part that may be absent is asked
//! for, one that may not is demanded, and at the end nothing may be left.

use super::reader::Reader;
use super::{Civil, DAY, Instant};

/// A set of the forms that some read and others refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forms(u8);

impl Forms {
    /// A date without a time, in its form with hyphens: midnight, UTC. Without them it would be a
    /// number.
    pub const DATE_ALONE: Self = Self(1);
    /// `z` for UTC.
    pub const LOWER_Z: Self = Self(1 << 1);
    /// What names a zone once more after its offset has told it, and is not looked at: an
    /// abbreviation, a name as the IANA database has it or a suffix of RFC 9557, and what Go prints
    /// after them.
    pub const ZONE_NAMES: Self = Self(1 << 2);

    /// A point in time as a program prints it.
    pub const ISO: Self = Self::LOWER_Z.and(Self::ZONE_NAMES);
    /// What CPython's `datetime.fromisoformat` reads too, from Python 3.11 on.
    pub const PYTHON: Self = Self::DATE_ALONE;
    /// RFC 3339, also without seconds or zone, and a date alone.
    pub const STRICT: Self = Self::DATE_ALONE.and(Self::LOWER_Z);

    /// The forms of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn has(self, form: Self) -> bool {
        self.0 & form.0 != 0
    }
}

/// The instant that some text names, if it does so in one of the forms. `None` for anything else,
/// and for a day before the year 1.
#[must_use]
pub fn read(text: &str, forms: Forms) -> Option<Instant<'_>> {
    let mut reader = Reader(text.as_bytes());
    let (days, has_hyphens) = reader.date()?;
    let midnight = days.wrapping_mul(DAY);
    if reader.0.is_empty() {
        let (seconds, fraction) = (midnight, "");
        let is_read = has_hyphens && forms.has(Forms::DATE_ALONE);
        return is_read.then_some(Instant { seconds, fraction });
    }
    reader.one_of(b"Tt ")?;
    let (of_day, has_seconds) = reader.clock()?;
    let fraction = if has_seconds { reader.fraction()? } else { &[] };
    let offset = reader.zone(forms)?;
    reader.0.is_empty().then_some(Instant {
        seconds: midnight.wrapping_add(of_day.wrapping_sub(offset).into()),
        fraction: core::str::from_utf8(fraction).ok()?,
    })
}

impl<'a> Reader<'a> {
    /// Days since 1970 of `YYYY-MM-DD` or `YYYYMMDD`, and whether there are hyphens.
    fn date(&mut self) -> Option<(i64, bool)> {
        let year = self.number(4)?;
        let has_hyphens = self.one_of(b"-").is_some();
        let month = self.number(2)?;
        if has_hyphens {
            self.literal(b"-")?;
        }
        let day = self.number(2)?;
        let date = Civil { year, month, day };
        date.exists().then(|| (date.days(), has_hyphens))
    }

    /// Seconds since midnight of `HH:MM`, `HH:MM:SS`, `HHMM` or `HHMMSS`, and whether there are
    /// seconds.
    pub(super) fn clock(&mut self) -> Option<(i32, bool)> {
        let hours = self.below(24)?;
        let has_colons = self.one_of(b":").is_some();
        let minutes = self.below(60)?;
        let has_seconds = if has_colons {
            self.one_of(b":").is_some()
        } else {
            self.is_at_digit()
        };
        let seconds = if has_seconds { self.below(60)? } else { 0 };
        let minutes = hours.wrapping_mul(60).wrapping_add(minutes);
        Some((minutes.wrapping_mul(60).wrapping_add(seconds), has_seconds))
    }

    /// The first nine digits behind a point or a comma; none without one.
    fn fraction(&mut self) -> Option<&'a [u8]> {
        if self.one_of(b".,").is_none() {
            return Some(&[]);
        }
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit());
        self.take(count.count())?.chunks(9).next()
    }

    /// Seconds by which the zone is ahead of UTC; 0 without one.
    fn zone(&mut self, forms: Forms) -> Option<i32> {
        let has_blank = self.one_of(b" ").is_some();
        let offset = match self.0 {
            [] if !has_blank => return Some(0),
            [b'U' | b'u', b'T' | b't', b'C' | b'c', rest @ ..] if has_blank => {
                self.0 = rest;
                0
            }
            [b'z', ..] if !forms.has(Forms::LOWER_Z) => return None,
            [b'Z' | b'z', rest @ ..] => {
                self.0 = rest;
                0
            }
            [sign @ (b'+' | b'-'), rest @ ..] => {
                self.0 = rest;
                let offset = self.offset()?;
                if *sign == b'-' {
                    offset.wrapping_neg()
                } else {
                    offset
                }
            }
            _ => return None,
        };
        if forms.has(Forms::ZONE_NAMES) && is_names(self.0) {
            self.0 = &[];
        }
        Some(offset)
    }

    /// Seconds of `HH`, `HHMM` or `HH:MM`.
    fn offset(&mut self) -> Option<i32> {
        let hours = self.below(24)?;
        let has_minutes = self.one_of(b":").is_some() || self.is_at_digit();
        let minutes = if has_minutes { self.below(60)? } else { 0 };
        Some(
            hours
                .wrapping_mul(60)
                .wrapping_add(minutes)
                .wrapping_mul(60),
        )
    }
}

/// Whether this looks like ` CEST`, ` CEST Europe/Berlin`, ` +0200 m=+0.000012`, `[Europe/Berlin]`
/// or any other suffix of RFC 9557 that may be ignored: a `!` marks those that may not.
fn is_names(rest: &[u8]) -> bool {
    matches!(
        rest,
        [b' ', b'A'..=b'Z' | b'+' | b'-', ..] | [b'[', .., b']']
    ) && rest
        .iter()
        .all(|byte| matches!(byte, b' ' | b'+'..=b':' | b'=' | b'A'..=b'_' | b'a'..=b'z'))
}
