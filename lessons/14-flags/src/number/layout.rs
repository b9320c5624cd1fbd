//! How a program lays out the digits of a double: with a point and zeros, or with an exponent.
//! CPython's `repr` and serde_json choose the same digits, and differ in this.

use super::{Short, Style};
use text::number::Digits;

/// Writes digits the way this program would.
pub(super) fn lay_out(digits: &Digits, style: Style, out: &mut Short) {
    let point = digits.point();
    let digits = digits.ascii();
    let len = i64::try_from(digits.len()).unwrap_or(0);
    // Both print plainly up to 16 digits before the point; they differ in the zeros after it.
    let smallest_plain = if style == Style::Python { -3 } else { -4 };
    if digits.is_empty() {
        out.extend(b"0.0");
    } else if point < smallest_plain || point > 16 {
        let (lead, rest) = digits.split_at_checked(1).unwrap_or((digits, &[]));
        out.extend(lead);
        if !rest.is_empty() {
            out.push(b'.');
            out.extend(rest);
        }
        write_exponent(point.saturating_sub(1), style, out);
    } else if point <= 0 {
        out.extend(b"0.");
        out.push_zeros(point.saturating_neg());
        out.extend(digits);
    } else {
        let before = usize::try_from(point).unwrap_or(0);
        let (whole, fraction) = digits.split_at_checked(before).unwrap_or((digits, &[]));
        out.extend(whole);
        out.push_zeros(point.saturating_sub(len));
        out.push(b'.');
        out.extend(if fraction.is_empty() { b"0" } else { fraction });
    }
}

fn write_exponent(exponent: i64, style: Style, out: &mut Short) {
    out.extend(if exponent < 0 { b"e-" } else { b"e+" });
    let exponent = exponent.unsigned_abs();
    let digit = |digit: u64| u8::try_from(digit % 10).unwrap_or(0).saturating_add(b'0');
    if exponent >= 100 {
        out.push(digit(exponent / 100));
    }
    if exponent >= 10 || style == Style::Python {
        out.push(digit(exponent / 10));
    }
    out.push(digit(exponent));
}
