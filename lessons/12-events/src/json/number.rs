//! Whether a number fits a 64-bit float, decided on its digits.

use crate::decimal;

/// True if a well-formed number fits a 64-bit float. The float parser of `core` would decide it
/// too, for a third of the module's size.
pub(super) fn is_finite(number: &str) -> bool {
    // f64::MAX is 1.7976931348623157e308.
    const MAX_DIGITS: &[u8] = b"17976931348623157";
    const MAX_EXPONENT: u64 = 308;
    let (mantissa, exponent) = cut(number, |byte| matches!(byte, b'e' | b'E'));
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = cut(mantissa, |byte| byte == b'.');
    let significant = whole
        .bytes()
        .chain(fraction.bytes())
        .skip_while(|digit| *digit == b'0');
    let zeros = fraction.bytes().take_while(|digit| *digit == b'0').count();
    let exponent_digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    // Zero, and what an exponent beyond 64 bits makes of anything else.
    if significant.clone().next().is_none() {
        return true;
    }
    let size =
        decimal::read(exponent_digits).unwrap_or(if exponent.is_empty() { 0 } else { u64::MAX });
    // The power of ten of the first digit that is not zero: `above` places before the point, or
    // `below` behind it.
    let (above, below) = if whole == "0" {
        (0, zeros.saturating_add(1))
    } else {
        (whole.len().saturating_sub(1), 0)
    };
    let (up, down) = if exponent.starts_with('-') {
        (0, size)
    } else {
        (size, 0)
    };
    let power = (above as u64)
        .saturating_add(up)
        .saturating_sub((below as u64).saturating_add(down));
    power < MAX_EXPONENT
        || (power == MAX_EXPONENT
            && significant
                .take(MAX_DIGITS.len())
                .le(MAX_DIGITS.iter().copied()))
}

/// What is before and behind a byte; all is before one that is not there.
fn cut(text: &str, at: fn(u8) -> bool) -> (&str, &str) {
    let place = text.bytes().position(at).unwrap_or(text.len());
    let (before, behind) = text.split_at_checked(place).unwrap_or((text, ""));
    (before, behind.get(1..).unwrap_or_default())
}
