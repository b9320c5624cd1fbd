//! Writes an instant as RFC 3339, in UTC.

use super::{Civil, DAY, Instant};
use alloc::string::String;

/// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z: the years that RFC 3339 can write.
pub(super) const FIRST: i64 = -62_135_596_800;
pub(super) const LAST: i64 = 253_402_300_799;

/// Appends `YYYY-MM-DDTHH:MM:SS`, the fraction with its point if there is one, and `Z`. An instant
/// outside the years 1 to 9999 becomes the nearest second that is in them.
pub fn write(out: &mut String, instant: Instant<'_>) {
    write_seconds(out, instant.seconds);
    if !instant.fraction.is_empty() {
        out.push('.');
        out.push_str(instant.fraction);
    }
    out.push('Z');
}

/// Appends `YYYY-MM-DDTHH:MM:SS.mmmZ` of milliseconds since 1970. Outside the years 1 to 9999 the
/// seconds are those of [`write()`].
pub fn write_millis(out: &mut String, unix_millis: i64) {
    write_seconds(out, unix_millis.div_euclid(1000));
    let millis = unix_millis.rem_euclid(1000) as u32;
    let text = [
        b'.',
        digit(millis / 100),
        digit(millis / 10),
        digit(millis),
        b'Z',
    ];
    out.push_str(core::str::from_utf8(&text).unwrap_or_default());
}

fn write_seconds(out: &mut String, seconds: i64) {
    let seconds = seconds.clamp(FIRST, LAST);
    let date = Civil::of_day(seconds.div_euclid(DAY));
    let second = seconds.rem_euclid(DAY) as u32;
    let [year, month, day] = [date.year, date.month, date.day].map(i32::unsigned_abs);
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

/// The last digit of a number, in ASCII.
fn digit(number: u32) -> u8 {
    b'0'.wrapping_add((number % 10) as u8)
}
