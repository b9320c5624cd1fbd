//! A decimal number of any length, doubled and halved until its whole part holds a double's bits,
//! or until a double's bits are decimal. It knows no signs, no spellings and no exponents of ten.

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

/// Bits of a double's significand; the exponent of its last bit when that is smallest; and the
/// greatest biased exponent of a finite one.
const BITS: i32 = 53;
const LOWEST: i32 = -1074;
const LARGEST: i32 = 2046;
/// The highest bit of a significand, which is not written where the number is normal.
const IMPLIED: u64 = 1 << (BITS - 1);

/// A positive decimal number in limbs, the highest first and never zero.
pub(super) struct Big {
    limbs: [u32; LIMBS],
    len: usize,
    /// How many limbs are before the point; negative when zeros follow it.
    point: i64,
    /// Something that is not zero was cut off at the end.
    is_cut: bool,
}

impl Big {
    /// `point` counts digits.
    pub(super) fn new(mut digits: impl Iterator<Item = u64>, point: i64) -> Self {
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

    /// A finite number greater than zero, to its last digit.
    pub(super) fn of(value: f64) -> Self {
        let fraction = value.to_bits() & IMPLIED.wrapping_sub(1);
        let biased = i32::try_from(value.to_bits() / IMPLIED).unwrap_or(0);
        // Subnormal numbers share the exponent of the smallest normal ones.
        let (significand, mut exponent) = match biased {
            0 => (fraction, LOWEST),
            _ => (
                fraction | IMPLIED,
                biased.wrapping_sub(1).wrapping_add(LOWEST),
            ),
        };
        let mut big = Big {
            limbs: [0; LIMBS],
            len: 0,
            point: 1,
            is_cut: false,
        };
        if significand >= BASE {
            big.push(significand / BASE);
            big.point = 2;
        }
        big.push(significand % BASE);
        while exponent != 0 {
            let bits = exponent.unsigned_abs().min(STEP);
            if exponent > 0 {
                big.double(bits);
                exponent = exponent.wrapping_sub_unsigned(bits);
            } else {
                big.halve(bits);
                exponent = exponent.wrapping_add_unsigned(bits);
            }
        }
        big
    }

    /// Writes the digits, from the first that is not zero, over a slice of zeros. Those that find no
    /// room are dropped, but if one of them is not zero, the last one written becomes a 1. Returns
    /// how many digits are before the point.
    pub(super) fn write_digits(&self, out: &mut [u8]) -> i64 {
        let mut point = self.point.wrapping_mul(DIGITS);
        let mut len = 0_usize;
        for limb in self.limbs.iter().take(self.len) {
            let mut place = low(BASE / 10);
            while place > 0 {
                let digit = limb.checked_div(place).unwrap_or(0) % 10;
                place /= 10;
                if len == 0 && digit == 0 {
                    point = point.wrapping_sub(1);
                } else if let Some(room) = out.get_mut(len) {
                    *room = b'0'.wrapping_add(digit.to_le_bytes()[0]);
                    len = len.wrapping_add(1);
                } else if let (Some(last), true) = (out.last_mut(), digit != 0) {
                    *last = b'1';
                }
            }
        }
        point
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

    pub(super) fn nearest(mut self) -> f64 {
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
