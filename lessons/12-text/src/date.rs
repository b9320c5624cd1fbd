//! Instants as text: read in the forms that programs really write, and written in one. There is no
//! clock here and no table of time zones.
//!
//! # What is read
//!
//! [`read`] takes a date and a time of day, with or without a zone. Without one it is UTC. A caller
//! names, as [`Forms`], the rows that not everybody reads; blanks around the text are the caller's.
//!
//! | part | read | [`ISO`](Forms::ISO) | [`PYTHON`](Forms::PYTHON) | [`STRICT`](Forms::STRICT) |
//! |---|---|:-:|:-:|:-:|
//! | date | `2026-04-29`, `20260429` | ✓ | ✓ | ✓ |
//! | date without a time, which is midnight | `2026-04-29` | – | ✓ | ✓ |
//! | between date and time | `T`, `t`, a blank | ✓ | ✓ | ✓ |
//! | time | `10:11`, `10:11:12`, `1011`, `101112` | ✓ | ✓ | ✓ |
//! | fraction of a second, of any length | `.5`, `,5` | ✓ | ✓ | ✓ |
//! | zone, with one blank before it or none | `Z`, `+02:00`, `+0200`, `+02` | ✓ | ✓ | ✓ |
//! | the same | `z` | ✓ | – | ✓ |
//! | zone, after one blank | `UTC`, in any case | ✓ | ✓ | ✓ |
//! | the zone's name, after a zone | `[Europe/Berlin]`, ` CEST`, ` CEST Europe/Berlin` | ✓ | – | – |
//! | Go's monotonic clock, after those | ` m=+0.000012` | ✓ | – | – |
//!
//! That is what these print for an instant unless told otherwise: JavaScript's `toISOString`,
//! Python's `str(datetime)`, Ruby's `Time#to_s`, Go's `Time.String`, Java's `Instant`,
//! `OffsetDateTime` and `ZonedDateTime`, .NET's round-trip form, Elixir's `DateTime`, and RFC 3339
//! in either case (its section 5.6).
//!
//! # What is refused
//!
//! - A day or a time that does not exist, hour 24 and second 60 among them.
//! - A fraction of a minute, `10:00.5`. ISO 8601 means half a minute, CPython reads half a second,
//!   and PostHog's server reads nothing.
//! - An hour alone; weeks and days of a year; years of other than four digits; an offset with
//!   seconds.
//! - Forms that are meant for people or depend on a culture: JavaScript's `String(date)`, Java's
//!   `Date`, .NET's `04/29/2026 10:11:12`.

mod civil;
mod http;
mod read;
mod reader;
mod write;

pub use civil::Civil;
pub use http::http;
pub use read::{Forms, read};
pub use write::{write, write_millis};

/// The seconds of a day. No day has a leap second here, as in Unix time.
const DAY: i64 = 86_400;

/// A moment, with its fraction of a second as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant<'a> {
    /// Seconds since 1970-01-01T00:00:00Z, negative before.
    pub seconds: i64,
    /// The decimal digits of the fraction, at most nine, which is nanoseconds; empty without one.
    pub fraction: &'a str,
}

impl Instant<'_> {
    /// Microseconds since 1970-01-01T00:00:00Z; digits beyond are cut off.
    #[must_use]
    pub fn micros(&self) -> i64 {
        let digits = self.fraction.bytes().chain(*b"000000").take(6);
        digits.fold(self.seconds, |micros, digit| {
            micros
                .saturating_mul(10)
                .saturating_add(i64::from(digit & 0xf))
        })
    }

    /// Whether RFC 3339 can write it: in UTC it is in the years 1 to 9999. A zone can move the first
    /// and the last day out of them.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        (write::FIRST..=write::LAST).contains(&self.seconds)
    }
}

#[cfg(test)]
mod tests;
