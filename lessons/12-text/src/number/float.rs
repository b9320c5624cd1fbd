//! Decimal text to the nearest double, exactly: ties go to the even one, subnormal numbers
//! included. The standard library's parser brings tables of 11 KB for speed; this one multiplies.

#[cfg(test)]
mod tests;

use super::big::Big;

/// From here on every number is infinite: 0.1e310 is 1e309.
const INFINITE: i64 = 310;
/// Below, every number is zero: 1e-326 is less than half of the smallest double.
const ZERO: i64 = -325;

/// The largest power of ten that a double holds exactly, and the number of digits of which it
/// holds every integer.
const EXACT_POWER: u64 = 22;
const EXACT_DIGITS: usize = 15;

/// The double nearest to the number in `text`, exactly what `str::parse::<f64>` gives.
///
/// A sign, a point and an exponent are optional; so are digits on one side of the point. `inf`,
/// `infinity` and `nan` are read in any case. A number that is too large is infinite, one that is
/// too small is zero. `None` for anything else, a blank or an underscore included.
#[must_use]
pub fn float(text: &str) -> Option<f64> {
    let (is_negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let is = |name| unsigned.eq_ignore_ascii_case(name);
    let value = match positive(unsigned.as_bytes()) {
        Some(value) => value,
        None if is("inf") || is("infinity") => f64::INFINITY,
        None if is("nan") => f64::NAN,
        None => return None,
    };
    Some(if is_negative { -value } else { value })
}

fn positive(text: &[u8]) -> Option<f64> {
    // Most numbers are small integers.
    if (1..=EXACT_DIGITS).contains(&text.len()) && are_digits(text) {
        return Some(exact(text.iter().map(value_of)));
    }
    let (mantissa, behind) = cut(text, |byte| matches!(byte, b'e' | b'E'));
    let (whole, fraction) = cut(mantissa, |byte| byte == b'.');
    let exponent = behind.map_or(Some(0), exponent)?;
    let fraction = fraction.unwrap_or_default();
    if whole.is_empty() && fraction.is_empty() || !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    Some(nearest(whole, fraction, exponent))
}

fn are_digits(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit)
}

/// What is before the first such byte, and what is behind it.
fn cut(text: &[u8], is_cut: fn(u8) -> bool) -> (&[u8], Option<&[u8]>) {
    let mut parts = text.splitn(2, |byte| is_cut(*byte));
    (parts.next().unwrap_or_default(), parts.next())
}

/// The double nearest to the number with these digits, in ASCII, before and behind its point, times
/// ten to the power of the exponent.
pub(super) fn nearest(whole: &[u8], fraction: &[u8], exponent: i64) -> f64 {
    let digits = whole.iter().chain(fraction);
    let zeros = digits.clone().take_while(|digit| **digit == b'0').count();
    let digits = digits.skip(zeros).map(value_of);
    let count = digits.clone().count();
    // How many of the digits are before the point.
    let point = signed(whole.len())
        .saturating_sub(signed(zeros))
        .saturating_add(exponent);
    let power = point.saturating_sub(signed(count));
    if count == 0 || point < ZERO {
        0.0
    } else if point >= INFINITE {
        f64::INFINITY
    } else if count <= EXACT_DIGITS && power.unsigned_abs() <= EXACT_POWER {
        // Both are exact, and one operation rounds once (Clinger 1990).
        let digits = exact(digits);
        let ten = (0..power.unsigned_abs()).fold(1.0, |ten, _| ten * 10.0);
        if power < 0 {
            digits / ten
        } else {
            digits * ten
        }
    } else {
        Big::new(digits, point).nearest()
    }
}

fn value_of(digit: &u8) -> u64 {
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
fn exponent(text: &[u8]) -> Option<i64> {
    let (is_negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    if digits.is_empty() || !are_digits(digits) {
        return None;
    }
    let value = digits.iter().fold(0_i64, |value, digit| {
        value
            .saturating_mul(10)
            .saturating_add(i64::from(digit & 0xF))
    });
    // Half of the range leaves room for the length of the digits.
    let value = value.min(i64::MAX / 2);
    Some(if is_negative {
        value.wrapping_neg()
    } else {
        value
    })
}
