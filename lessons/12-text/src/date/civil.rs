//! The Gregorian calendar: days since 1970 to year, month and day, and back. It knows no hours, no
//! zones and no text.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "years are at most 10,000, days at most 4 million; nothing multiplies by more than 400"
)]

/// 0001-01-01 and 9999-12-31 in days since 1970.
const FIRST_DAY: i64 = -719_162;
const LAST_DAY: i64 = 2_932_896;

/// Whether RFC 3339 can write the year, and a `datetime` of Python hold it.
fn is_writable(year: i32) -> bool {
    matches!(year, 1..=9999)
}

/// A day of the Gregorian calendar, which is also counted back into the time before there was one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// 1 to 9999.
    pub year: i32,
    /// 1 to 12.
    pub month: i32,
    /// 1 to 31.
    pub day: i32,
}

impl Civil {
    fn is_leap(year: i32) -> bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    fn month_length(year: i32, month: i32) -> i32 {
        match month {
            2 if Self::is_leap(year) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// Whether the calendar has this day, in the years 1 to 9999.
    #[must_use]
    pub fn exists(self) -> bool {
        is_writable(self.year)
            && matches!(self.month, 1..=12)
            && (1..=Self::month_length(self.year, self.month)).contains(&self.day)
    }

    /// Days since 1970-01-01 of a day that [`exists`](Self::exists), negative before.
    #[must_use]
    pub fn days(self) -> i64 {
        // Years are counted from March, so that the leap day comes last (Howard Hinnant,
        // "chrono-Compatible Low-Level Date Algorithms").
        let from_march = (self.month + 9) % 12;
        let year = self.year - i32::from(self.month <= 2);
        let of_year = (153 * from_march + 2) / 5 + self.day;
        let leap_days = year / 4 - year / 100 + year / 400;
        // From the first of March of the year 0 to 1970 it is 719,468 days, and one because the
        // days of a month count from 1.
        i64::from(365 * year + leap_days + of_year - 719_469)
    }

    /// The inverse of [`days`](Self::days). Before the year 1 and after the year 9999 it is the day
    /// next to them, which does not exist.
    #[must_use]
    pub fn of_day(days: i64) -> Self {
        let days = (days.clamp(FIRST_DAY - 1, LAST_DAY + 1) + 719_468) as u32;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let leap_days = of_era / 1460 - of_era / 36_524 + of_era / 146_096;
        let year = (of_era - leap_days) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = (from_march + 2) % 12 + 1;
        Civil {
            year: (year + era * 400 + u32::from(month <= 2)).cast_signed(),
            month: month.cast_signed(),
            day: (of_year - (153 * from_march + 2) / 5 + 1).cast_signed(),
        }
    }

    /// So many months earlier, the day clamped to the month's end; `None` before the year 1. `count`
    /// is at most a million.
    #[must_use]
    pub fn months_back(self, count: i32) -> Option<Self> {
        let months = self.year * 12 + self.month - 1 - count;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        let day = self.day.min(Self::month_length(year, month));
        is_writable(year).then_some(Civil { year, month, day })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_eight_centuries_is_its_own_inverse() {
        for day in -200_000..100_000 {
            let date = Civil::of_day(day);
            assert!(date.exists());
            assert_eq!(date.days(), day);
        }
    }

    #[test]
    fn beyond_the_years_that_can_be_written_no_day_exists() {
        for (days, exists) in [
            (i64::MIN, false),
            (FIRST_DAY - 1, false),
            (FIRST_DAY, true),
            (LAST_DAY, true),
            (LAST_DAY + 1, false),
            (i64::MAX, false),
        ] {
            assert_eq!(Civil::of_day(days).exists(), exists, "{days}");
        }
    }
}
