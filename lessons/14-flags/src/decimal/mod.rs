//! Decimal text to the nearest double, and a double to its decimal digits, both exactly: ties go to
//! the even one, subnormal numbers included. The standard library's parser brings tables of 11 KB
//! for speed; this one multiplies. It knows nothing of JSON, and reads what `str::parse::<f64>`
//! reads.

mod big;
#[cfg(test)]
mod tests;

pub(crate) use big::Big;

/// From here on every number is infinite: 0.1e310 is 1e309.
const INFINITE: i64 = 310;
/// Below, every number is zero: 1e-326 is less than half of the smallest double.
const ZERO: i64 = -325;

/// The largest power of ten that a double holds exactly, and all integers of so many digits.
const EXACT_POWER: u64 = 22;
const EXACT_DIGITS: usize = 15;

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
pub(crate) fn integer(text: &str) -> Option<i64> {
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
