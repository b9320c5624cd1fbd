//! Whether the server reads a number as a finite 64-bit float, decided on its digits.

/// `f64::MAX` is 1.7976931348623157e308: these digits, the first of them at this power of ten.
const MAX_DIGITS: &[u8] = b"17976931348623157";
const MAX_EXPONENT: u64 = 308;
/// So many of them leave room for the rounding of any reader.
const SAFE_DIGITS: usize = 16;

/// True if the server reads a well-formed number as a finite 64-bit float. The float parser of
/// `core` would decide nearly that, and would be much of the module.
///
/// The ingestion service reads with serde_json, which without its feature `float_roundtrip` rounds
/// twice. Of the numbers that begin with the first 16 digits of `f64::MAX` it reads those that have
/// no more than its 17; with more digits it finds even `f64::MAX` out of range, and refuses the
/// request. So these are not finite here, nor is `1.7976931348623158e308`, which an exact reader
/// would round down.
pub(super) fn is_finite(number: &str) -> bool {
    let (mantissa, exponent) = cut(number, |byte| matches!(byte, b'e' | b'E'));
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = cut(mantissa, |byte| byte == b'.');
    let significant = whole
        .bytes()
        .chain(fraction.bytes())
        .skip_while(|digit| *digit == b'0');
    let zeros = fraction.bytes().take_while(|digit| *digit == b'0').count();
    let exponent_digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    // Zero, whatever its exponent.
    if significant.clone().next().is_none() {
        return true;
    }
    // An exponent beyond 64 bits is as good as the greatest.
    let size = exponent_digits.bytes().fold(0_u64, |size, digit| {
        size.saturating_mul(10)
            .saturating_add(u64::from(digit & 0xf))
    });
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
            && (significant
                .clone()
                .take(SAFE_DIGITS)
                .lt(MAX_DIGITS.iter().copied().take(SAFE_DIGITS))
                || (significant.clone().count() <= MAX_DIGITS.len()
                    && significant.le(MAX_DIGITS.iter().copied()))))
}

/// What is before and behind a byte; all is before one that is not there.
fn cut(text: &str, at: fn(u8) -> bool) -> (&str, &str) {
    let place = text.bytes().position(at).unwrap_or(text.len());
    let (before, behind) = text.split_at_checked(place).unwrap_or((text, ""));
    (before, behind.get(1..).unwrap_or_default())
}
