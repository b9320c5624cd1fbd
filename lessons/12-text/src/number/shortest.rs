//! The significant digits of a double: as few as still name it, and the nearest of those. CPython's
//! `repr` (David Gay's `dtoa`, mode 0) and serde_json choose the same digits and differ in how they
//! lay them out, which is left to the caller. `core` rounds up where two are equally near.

use super::big::Big;
use super::float::nearest;

/// So many digits of any decimal survive in a normal double (`DBL_DIG` of C's `<float.h>`): fewer
/// need not be tried, since zeros at the end are dropped.
const CERTAIN: usize = 15;
/// So many digits tell any two doubles apart.
const ENOUGH: usize = 17;
/// One digit more to round by, and one that is not zero if any further digit is not.
const EXACT: usize = ENOUGH + 2;

/// The fewest digits that read back as `value`, which is finite and greater than zero; of anything
/// else the digits mean nothing.
#[must_use]
pub fn shortest(value: f64) -> Digits {
    let mut exact = Digits {
        digits: [b'0'; EXACT],
        len: EXACT,
        point: 0,
    };
    exact.point = Big::of(value).write_digits(&mut exact.digits);
    for len in if value.is_normal() { CERTAIN } else { 1 }..ENOUGH {
        let nearest = exact.nearest(len);
        // Below a power of two the doubles lie closer than above it. So the nearest digits may lie
        // below and name a different double, while the next ones name this one.
        for digits in [nearest, nearest.next()] {
            if digits.reads_as(value) {
                return digits;
            }
        }
    }
    exact.nearest(ENOUGH)
}

/// The significant digits of a double, without its sign, and where its point is.
#[derive(Debug, Clone, Copy)]
pub struct Digits {
    digits: [u8; EXACT],
    len: usize,
    point: i64,
}

impl Digits {
    /// The digits in ASCII, 1 to 17 of them, without zeros at the end.
    #[must_use]
    pub fn ascii(&self) -> &[u8] {
        let mut digits = self.digits.get(..self.len).unwrap_or_default();
        while let [rest @ .., b'0'] = digits {
            digits = rest;
        }
        digits
    }

    /// How many digits are before the point: 2 for 12.5, and 0 or less for 0.125 and smaller
    /// numbers, which have so many zeros between the point and the first digit.
    #[must_use]
    pub fn point(&self) -> i64 {
        self.point
    }

    /// The nearest number of so many digits; of two that are equally near, the one with an even last digit.
    fn nearest(mut self, len: usize) -> Self {
        self.len = len;
        let (kept, rest) = self.digits.split_at_checked(len).unwrap_or_default();
        let is_up = match rest {
            [b'5', rest @ ..] => {
                kept.last().is_some_and(|last| last % 2 == 1)
                    || rest.iter().any(|digit| *digit != b'0')
            }
            [next, ..] => *next > b'5',
            [] => false,
        };
        if is_up { self.next() } else { self }
    }

    /// The next greater number of as many digits.
    fn next(mut self) -> Self {
        for digit in self.digits.iter_mut().take(self.len).rev() {
            if *digit < b'9' {
                *digit = digit.saturating_add(1);
                return self;
            }
            *digit = b'0';
        }
        // 99…9 has become 100…0.
        if let Some(first) = self.digits.first_mut() {
            *first = b'1';
        }
        self.point = self.point.saturating_add(1);
        self
    }

    fn reads_as(&self, value: f64) -> bool {
        let digits = self.ascii();
        let exponent = self.point.saturating_sub_unsigned(digits.len() as u64);
        nearest(digits, &[], exponent) == value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String};

    /// The significant digits as serde_json writes them, and the exponent of the first as `core`
    /// does, which rounds some digits otherwise.
    fn assert_shortest(value: f64) {
        let digits = shortest(value);
        let theirs = serde_json::to_string(&value).unwrap();
        let mantissa = theirs.split('e').next().unwrap().replace('.', "");
        let ascii = String::from_utf8(digits.ascii().to_vec()).unwrap();
        assert_eq!(ascii, mantissa.trim_matches('0'), "{value:e}");
        let exponent = format!("{value:e}")
            .split_once('e')
            .unwrap()
            .1
            .parse::<i64>();
        assert_eq!(digits.point(), exponent.unwrap() + 1, "{value:e}");
    }

    #[test]
    fn the_doubles_around_every_power_of_two_are_named_as_by_serde_json() {
        for exponent in 0..2047_u64 {
            let power = exponent << 52;
            for bits in [power.saturating_sub(1).max(1), power.max(2), power + 1] {
                assert_shortest(f64::from_bits(bits));
            }
        }
        for exponent in 0..52 {
            assert_shortest(f64::from_bits(1 << exponent));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_double_is_named_as_by_serde_json(bits: u64) {
            let value = f64::from_bits(bits).abs();
            if value.is_finite() && value != 0.0 {
                assert_shortest(value);
            }
        }
    }
}
