//! The Gregorian calendar: days since 1970 to year, month and day, and back. It knows no hours, no
//! zones and no text.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "milliseconds in 64 bits span 10^11 days; nothing below multiplies by more than 400"
)]

/// The years that a `datetime` of Python can hold.
const YEARS: core::ops::RangeInclusive<i64> = 1..=9999;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Civil {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
}

impl Civil {
    fn is_leap(year: i64) -> bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    fn month_length(year: i64, month: i64) -> i64 {
        match month {
            2 if Self::is_leap(year) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    pub(super) fn exists(self) -> bool {
        YEARS.contains(&self.year)
            && (1..=12).contains(&self.month)
            && (1..=Self::month_length(self.year, self.month)).contains(&self.day)
    }

    /// Days since 1970-01-01 of a date that exists. Years are counted from March, so that the leap
    /// day comes last (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    pub(super) fn days(self) -> i64 {
        let from_march = (self.month + 9) % 12;
        let year = self.year - i64::from(self.month <= 2);
        let of_year = (153 * from_march + 2) / 5 + self.day;
        let leap_days = year / 4 - year / 100 + year / 400;
        // From the first of March of the year 0 to 1970 it is 719,468 days, and one because the
        // days of a month count from 1.
        365 * year + leap_days + of_year - 719_469
    }

    /// The inverse of [`days`](Self::days), by the same source.
    pub(super) fn of_day(days: i64) -> Self {
        let days = days + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let leap_days = of_era / 1460 - of_era / 36_524 + of_era / 146_096;
        let year = (of_era - leap_days) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = (from_march + 2) % 12 + 1;
        Civil {
            year: year + era * 400 + i64::from(month <= 2),
            month,
            day: of_year - (153 * from_march + 2) / 5 + 1,
        }
    }

    /// So many months earlier, the day clamped to the month's end; `None` before the year 1.
    /// `count` is less than 10^6.
    pub(super) fn months_back(self, count: i64) -> Option<Self> {
        let months = self.year * 12 + self.month - 1 - count;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        let day = self.day.min(Self::month_length(year, month));
        YEARS.contains(&year).then_some(Civil { year, month, day })
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
    fn the_ends_of_time_do_not_overflow() {
        for millis in [i64::MIN, i64::MAX] {
            let date = Civil::of_day(millis.div_euclid(86_400_000));
            assert!(!date.exists());
        }
    }
}
