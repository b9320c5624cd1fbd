//! The clocks that a host reads, and the timestamp of an event.

use alloc::string::String;
use text::date::{self, Forms};

/// The two clocks a host reads for every call, both in milliseconds.
///
/// They are apart because people and NTP set the wall clock: a wait measured with it would end
/// early or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Now {
    /// A clock that only goes forward, from any start. All waits are measured with it.
    pub monotonic: u64,
    /// Milliseconds since 1970-01-01T00:00:00Z. Written into events and requests.
    pub unix: u64,
}

/// Appends an instant in milliseconds since 1970 as `YYYY-MM-DDTHH:MM:SS.mmmZ`.
pub(crate) fn write_millis(out: &mut String, unix_millis: u64) {
    date::write_millis(out, i64::try_from(unix_millis).unwrap_or(i64::MAX));
}

/// Appends the instant that `text` names, in one of [`Forms::ISO`] with white space of ASCII around
/// it, in UTC and with the fraction as written, at most nine digits: nanoseconds are the finest that
/// chrono keeps, with which the ingestion service reads times. Answers false and appends nothing if
/// the text is anything else, a date alone included.
pub(crate) fn write_normalised(out: &mut String, text: &str) -> bool {
    let instant = date::read(text.trim_ascii(), Forms::ISO).filter(date::Instant::is_writable);
    if let Some(instant) = instant {
        date::write(out, instant);
    }
    instant.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::format;

    fn normalised(text: &str) -> Option<String> {
        let mut out = String::new();
        write_normalised(&mut out, text).then_some(out)
    }

    proptest! {
        /// What is written is read again when an event comes back from a hook.
        #[test]
        fn an_instant_in_any_form_becomes_the_one_that_is_written(
            millis in 0_u64..253_402_300_800_000,
            form in prop::sample::select(&["T.Z", "t.z", " . UTC", "T,+00", " . +0000", "T.-00:00[UTC]", " ."]),
        ) {
            let mut written = String::new();
            write_millis(&mut written, millis);
            let parts: [&str; 2] = [&form[..1], &form[2..]];
            let text = written.replace('T', parts[0]).replace('Z', parts[1]).replace('.', &form[1..2]);
            prop_assert_eq!(normalised(&text), Some(written.clone()), "{}", text);
            prop_assert_eq!(normalised(&format!(" {written}\n")), Some(written));
        }
    }
}
