//! Days and seconds of the Gregorian calendar.
//!
//! The arithmetic is Howard Hinnant's `days_from_civil` and its inverse, in whole eras of 400
//! years. It counts from 0000-03-01, so that nothing it meets is negative and the leap day is the
//! last of its year.

use alloc::string::String;
use text::number::last_digit as digit;

pub(super) const DAY: u64 = 86_400;
/// Days from 0000-03-01, where the count starts, to 1970-01-01.
pub(super) const UNIX_EPOCH: u64 = 719_468 * DAY;
/// 0001-01-01T00:00:00 and 9999-12-31T23:59:59 in seconds from there: the years that RFC 3339 can
/// write.
pub(super) const FIRST_SECOND: u64 = 306 * DAY;
pub(super) const LAST_SECOND: u64 = UNIX_EPOCH + 253_402_300_799;

/// Days since 0000-03-01; `None` for a day that the calendar does not have. No number of four
/// digits can overflow.
pub(super) fn days_from_civil(year: u64, month: u64, day: u64) -> Option<u64> {
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
pub(super) fn write_seconds(out: &mut String, seconds: u64) {
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
