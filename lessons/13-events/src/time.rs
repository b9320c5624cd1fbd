//! Dates as text, without a clock and without a time-zone table: ISO 8601 in, RFC 3339 in UTC out,
//! HTTP dates in.
//!
//! `calendar` has the arithmetic of days, `read` the forms that come from outside.

mod calendar;
mod read;

pub(crate) use read::http_date;

use alloc::string::String;
use calendar::{LAST_SECOND, UNIX_EPOCH, write_seconds};
use read::iso;
use text::number::last_digit as digit;

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

/// Appends the instant that `text` names, in UTC and with the fraction as written, at most nine
/// digits.
///
/// Accepts ISO 8601 date and time, extended or basic, with `Z`, `+05:30`, `+0530`, `+05` or no
/// zone, which means UTC. Answers false and appends nothing if the text is anything else, a date
/// alone included.
pub fn write_normalised(out: &mut String, text: &str) -> bool {
    let Some((seconds, fraction)) = iso(text.trim_ascii()) else {
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
            http_date("Sun, 06 Nov 1994 08:49:37 GMT"),
            Some(784_111_777)
        );
        for text in [
            "06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 8:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 GMT x",
        ] {
            assert_eq!(http_date(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(12), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_reads_back(millis in 0_u64..253_402_300_800_000) {
            let mut text = String::new();
            write_millis(&mut text, millis);
            let (seconds, fraction) = iso(&text).unwrap();
            prop_assert_eq!((seconds - UNIX_EPOCH) * 1000 + fraction.parse::<u64>().unwrap(), millis);
        }
    }
}
