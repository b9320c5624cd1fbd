//! Decimal text to the nearest double, exactly: ties go to the even one, subnormal numbers
//! included. The standard library's parser brings tables of 11 KB for speed; this one multiplies.
//! It knows nothing of JSON, and reads what `str::parse::<f64>` reads.

/// Nine decimal digits make a limb.
const DIGITS: i64 = 9;
const BASE: u64 = 1_000_000_000;

/// The most by which a limb can be shifted at once: 2^29 is the largest power below the base.
const STEP: u32 = 29;

/// No two doubles have a middle with more digits than 767, so that digits beyond can only say
/// that the number is not the middle.
const SIGNIFICANT: usize = 768;

/// The 768 digits of the smallest number, the 326 zeros that it may have after the point, and the
/// 18 digits to which it is multiplied.
const LIMBS: usize = 128;

/// From here on every number is infinite: 0.1e310 is 1e309.
const INFINITE: i64 = 310;
/// Below, every number is zero: 1e-326 is less than half of the smallest double.
const ZERO: i64 = -325;

/// The largest power of ten that a double holds exactly, and all integers of so many digits.
const EXACT_POWER: u64 = 22;
const EXACT_DIGITS: usize = 15;

/// Bits of a double's significand; the exponent of its last bit when that is smallest; and the
/// biased exponent that stands for infinity, less one.
const BITS: i32 = 53;
const LOWEST: i32 = -1074;
const LARGEST: i32 = 2046;

/// The double nearest to the number in `text`; `None` when it is not a number as Rust writes
/// them.
pub(crate) fn parse(text: &str) -> Option<f64> {
    let (is_negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let is = |name| unsigned.eq_ignore_ascii_case(name);
    let value = match positive(unsigned) {
        Some(value) => value,
        None if is("inf") || is("infinity") => f64::INFINITY,
        None if is("nan") => f64::NAN,
        None => return None,
    };
    Some(if is_negative { -value } else { value })
}

fn positive(text: &str) -> Option<f64> {
    // Most numbers are small integers.
    if (1..=EXACT_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(exact(text.bytes().map(value_of)));
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, integer(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = whole.bytes().chain(fraction.bytes());
    if mantissa.len() < 2 && whole.is_empty() || !digits.clone().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let zeros = digits.clone().take_while(|digit| *digit == b'0').count();
    let digits = digits.skip(zeros).map(value_of);
    let count = digits.clone().count();
    // How many of the digits stand before the point.
    let point = signed(whole.len())
        .saturating_sub(signed(zeros))
        .saturating_add(exponent);
    let power = point.saturating_sub(signed(count));
    if count == 0 || point < ZERO {
        Some(0.0)
    } else if point >= INFINITE {
        Some(f64::INFINITY)
    } else if count <= EXACT_DIGITS && power.unsigned_abs() <= EXACT_POWER {
        // Both are exact, and one operation rounds once (Clinger 1990).
        let digits = exact(digits);
        let ten = (0..power.unsigned_abs()).fold(1.0, |ten, _| ten * 10.0);
        Some(if power < 0 {
            digits / ten
        } else {
            digits * ten
        })
    } else {
        Some(Big::new(digits, point).nearest())
    }
}

fn value_of(digit: u8) -> u64 {
    u64::from(digit & 0xF)
}

/// At most [`EXACT_DIGITS`] digits as a number.
fn exact(digits: impl Iterator<Item = u64>) -> f64 {
    digits.fold(0_u64, |value, digit| {
        value.wrapping_mul(10).wrapping_add(digit)
    }) as f64
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// An exponent, which stays far beyond every bound when it does not fit.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value = digits.bytes().fold(0_i64, |value, digit| {
        value
            .saturating_mul(10)
            .saturating_add(i64::from(digit & 0xF))
    });
    // Half of the range leaves room for a text's length.
    let value = value.min(i64::MAX / 2);
    Some(if text.starts_with('-') {
        value.wrapping_neg()
    } else {
        value
    })
}

/// A positive decimal number in limbs, the highest first and never zero.
struct Big {
    limbs: [u32; LIMBS],
    len: usize,
    /// How many limbs stand before the point; negative when zeros follow it.
    point: i64,
    /// Something that is not zero was cut off at the end.
    is_cut: bool,
}

impl Big {
    /// `point` counts digits.
    fn new(mut digits: impl Iterator<Item = u64>, point: i64) -> Self {
        let mut big = Big {
            limbs: [0; LIMBS],
            len: 0,
            point: point.wrapping_add(DIGITS - 1).div_euclid(DIGITS),
            is_cut: false,
        };
        let mut room = point.wrapping_sub(1).rem_euclid(DIGITS).wrapping_add(1);
        let mut limb = 0_u64;
        // Zeros at the end fill the last limb.
        for digit in digits.by_ref().take(SIGNIFICANT).chain([0; 8]) {
            limb = limb.wrapping_mul(10).wrapping_add(digit);
            room = room.wrapping_sub(1);
            if room == 0 {
                big.push(limb);
                (room, limb) = (DIGITS, 0);
            }
        }
        big.is_cut |= digits.any(|digit| digit != 0);
        big
    }

    fn used(&mut self) -> &mut [u32] {
        self.limbs.get_mut(..self.len).unwrap_or_default()
    }

    fn push(&mut self, limb: u64) {
        match self.limbs.get_mut(self.len) {
            Some(room) => {
                *room = low(limb);
                self.len = self.len.wrapping_add(1);
            }
            None => self.is_cut |= limb != 0,
        }
    }

    /// Multiplies by a power of two.
    fn double(&mut self, bits: u32) {
        let mut carry = 0;
        for limb in self.used().iter_mut().rev() {
            let value = (u64::from(*limb) << bits).wrapping_add(carry);
            *limb = low(value % BASE);
            carry = value / BASE;
        }
        if carry > 0 {
            let [.., last] = self.limbs;
            self.is_cut |= last != 0;
            self.limbs.copy_within(..LIMBS - 1, 1);
            let [first, ..] = &mut self.limbs;
            *first = low(carry);
            self.len = self.len.wrapping_add(1).min(LIMBS);
            self.point = self.point.wrapping_add(1);
        }
    }

    /// Divides by a power of two.
    fn halve(&mut self, bits: u32) {
        let mask = (1_u64 << bits).wrapping_sub(1);
        let mut rest = 0;
        for limb in self.used() {
            let value = BASE.wrapping_mul(rest).wrapping_add(u64::from(*limb));
            *limb = low(value >> bits);
            rest = value & mask;
        }
        while rest != 0 && self.len < LIMBS {
            let value = BASE.wrapping_mul(rest);
            self.push(value >> bits);
            rest = value & mask;
        }
        self.is_cut |= rest != 0;
        if let [0, ..] = self.limbs {
            self.limbs.copy_within(1.., 0);
            let [.., last] = &mut self.limbs;
            *last = 0;
            self.len = self.len.saturating_sub(1);
            self.point = self.point.wrapping_sub(1);
        }
    }

    /// The whole part, once it has two limbs.
    fn whole(&self) -> u64 {
        let [high, low, ..] = self.limbs;
        u64::from(high)
            .wrapping_mul(BASE)
            .wrapping_add(u64::from(low))
    }

    fn nearest(mut self) -> f64 {
        // The number is always this times two to the power of the exponent.
        let mut exponent = 0_i32;
        while self.point > 2 {
            self.halve(STEP);
            exponent = exponent.wrapping_add_unsigned(STEP);
        }
        while self.point < 2 {
            self.double(STEP);
            exponent = exponent.wrapping_sub_unsigned(STEP);
        }
        // A double's bits and two more, which are enough to round by; below 10^18 in any case.
        let missing = self.whole().leading_zeros().saturating_sub(64 - 55);
        self.double(missing);
        exponent = exponent.wrapping_sub_unsigned(missing);
        let is_inexact = self.is_cut || self.used().iter().skip(2).any(|limb| *limb != 0);
        let whole = self.whole() | u64::from(is_inexact);

        let bits = 64_i32.wrapping_sub_unsigned(whole.leading_zeros());
        let surplus = bits.wrapping_sub(BITS).max(LOWEST.wrapping_sub(exponent));
        if surplus >= 63 {
            return 0.0;
        }
        let half = 1_u64 << surplus.wrapping_sub(1);
        let (kept, rest) = (whole >> surplus, whole & (half << 1).wrapping_sub(1));
        let is_up = rest > half || rest == half && kept & 1 == 1;
        let biased = surplus.wrapping_add(exponent).wrapping_sub(LOWEST);
        match u64::try_from(biased) {
            // The significand's highest bit counts as one of the exponent, and so does its carry.
            Ok(above) if biased < LARGEST => f64::from_bits(
                (above << (BITS - 1))
                    .wrapping_add(kept)
                    .wrapping_add(u64::from(is_up)),
            ),
            _ => f64::INFINITY,
        }
    }
}

/// Limbs are below 2^30, so nothing is lost.
fn low(limb: u64) -> u32 {
    limb as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use proptest::prelude::*;

    fn assert_reads_as_std_does(text: &str) {
        let (ours, theirs) = (parse(text), text.parse::<f64>().ok());
        match (ours, theirs) {
            (Some(ours), Some(theirs)) if theirs.is_nan() => assert!(ours.is_nan(), "{text}"),
            _ => assert_eq!(ours.map(f64::to_bits), theirs.map(f64::to_bits), "{text}"),
        }
    }

    #[test]
    fn what_is_no_number_to_std_is_none_here() {
        for text in [
            "",
            "+",
            "-",
            ".",
            "e5",
            ".e5",
            "1e",
            "1e+",
            "1e-",
            "1.2.3",
            "0x1",
            "1_0",
            " 1",
            "1 ",
            "--1",
            "+-1",
            "infi",
            "nano",
            "1e5e5",
            "1ä",
            "1e1.5",
            "5.",
            ".5",
            "+.5e-1",
            "-0",
            "iNf",
            "-Infinity",
            "NaN",
            "00012.5000",
            "0e999999999999999999999",
            "1e99999999999999999999",
            "1e-99999999999999999999",
            "-0.0e5",
            "0.",
            "1.e3",
        ] {
            assert_reads_as_std_does(text);
        }
    }

    #[test]
    fn the_ends_of_the_range_and_the_middles_next_to_them_are_exact() {
        for text in [
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
            "2.2250738585072014e-308",
            "2.2250738585072011e-308",
            "4.9e-324",
            "2.5e-324",
            "2.4e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "9007199254740993",
            "9007199254740992.99999999999999999999999999",
            "9007199254740993.00000000000000000000001",
            "1e23",
            "8.5e22",
            "1e22",
            "1e-22",
            "123456789012345e22",
            "1e309",
            "1e-325",
            "1e-326",
            "0.1e310",
            "17976931348623157e292",
        ] {
            assert_reads_as_std_does(text);
        }
        // 3 × 2^-1075 is the middle of the two smallest doubles; a digit far behind it decides.
        let middle = half_of(&alloc::format!("{:.1074}", f64::from_bits(3)));
        for tail in ["", "0000001", "00000000000000000000000000000000000"] {
            assert_reads_as_std_does(&alloc::format!("{middle}{tail}"));
        }
    }

    /// Half of a decimal fraction, digit by digit.
    fn half_of(fraction: &str) -> String {
        let mut rest = 0;
        let mut out = String::from("0.");
        for digit in fraction.bytes().skip("0.".len()).chain([b'0']) {
            let value = rest * 10 + (digit - b'0');
            out.push(char::from(b'0' + value / 2));
            rest = value % 2;
        }
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn every_double_is_read_back_from_its_text(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            for text in [alloc::format!("{value}"), alloc::format!("{value:e}"), alloc::format!("{value:.20e}")] {
                assert_reads_as_std_does(&text);
            }
        }

        #[test]
        fn the_middle_of_two_doubles_and_its_neighbours_are_read_as_std_reads_them(
            bits in 0..0x7FE0_0000_0000_0000_u64, tail in "(|0{0,40}[0-9])",
        ) {
            // Of a double below the smallest normal one times two, half is a middle or a double.
            let value = f64::from_bits(bits >> 10);
            let exact = alloc::format!("{value:.1074}");
            assert_reads_as_std_does(&alloc::format!("{exact}{tail}"));
            assert_reads_as_std_does(&alloc::format!("{}{tail}", half_of(&exact)));
            // Of two neighbours between 2^53 and 2^63 the middle is an integer.
            let odd = (bits | 1 << 60) >> (bits % 8);
            assert_reads_as_std_does(&alloc::format!("{odd}.{tail}"));
        }

        #[test]
        fn any_spelling_is_read_as_std_reads_it(text in "[+-]?[0-9]{0,30}(\\.[0-9]{0,800})?([eE][+-]?[0-9]{1,3})?") {
            assert_reads_as_std_does(&text);
        }
    }
}
