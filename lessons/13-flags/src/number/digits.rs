//! The significant digits of a number: read from its text, shortened as far as they still name the
//! same double, and laid out the way a program would print them.

use super::{Short, Style};
use crate::decimal;

/// With so many digits at most, no two decimals are the same double, so the written ones are the
/// shortest (IEEE 754, `DBL_DIG`).
const CERTAIN: usize = 15;
/// So many digits tell any two doubles apart.
const ENOUGH: usize = 17;

/// Significant digits without zeros at either end, and how many of them stand before the point.
pub(super) struct Digits {
    digits: [u8; ENOUGH],
    len: usize,
    point: i64,
}

impl Digits {
    fn digits(&self) -> &[u8] {
        self.digits.get(..self.len).unwrap_or_default()
    }

    /// Reads at most `keep` digits and rounds by the next. `None` when `json` is no number.
    fn read(json: &str, keep: usize) -> Option<Self> {
        let (mantissa, exponent) = json.split_once(['e', 'E']).unwrap_or((json, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let whole = whole.trim_start_matches('0');
        let mut point = i64::try_from(whole.len())
            .ok()?
            .checked_add(decimal::integer(exponent)?)?;
        let mut significant = whole.bytes().chain(fraction.bytes()).peekable();
        if whole.is_empty() {
            while significant.next_if_eq(&b'0').is_some() {
                point = point.checked_sub(1)?;
            }
        }
        let mut read = Digits {
            digits: [b'0'; ENOUGH],
            len: 0,
            point,
        };
        for digit in read.digits.iter_mut().take(keep) {
            let Some(next) = significant.next() else {
                break;
            };
            *digit = next;
            read.len = read.len.saturating_add(1);
        }
        if significant.next().is_some_and(|next| next >= b'5') {
            read.round_up();
        }
        while read.digits().last() == Some(&b'0') {
            read.len = read.len.saturating_sub(1);
        }
        Some(read)
    }

    fn round_up(&mut self) {
        for digit in self.digits.iter_mut().take(self.len).rev() {
            if *digit < b'9' {
                *digit = digit.saturating_add(1);
                return;
            }
            *digit = b'0';
        }
        // 99…9 has become 100…0.
        self.digits = [b'0'; ENOUGH];
        if let Some(first) = self.digits.first_mut() {
            *first = b'1';
        }
        self.point = self.point.saturating_add(1);
    }

    /// The shortest digits that still read as the same double.
    pub(super) fn shortest(json: &str, value: f64) -> Option<Self> {
        let certain = Self::read(json, CERTAIN)?;
        if json.len() <= CERTAIN || certain.reads_as(value) {
            return Some(certain);
        }
        let next = Self::read(json, CERTAIN.saturating_add(1))?;
        if next.reads_as(value) {
            Some(next)
        } else {
            Self::read(json, ENOUGH)
        }
    }

    fn reads_as(&self, value: f64) -> bool {
        let mut short = Short::new();
        self.lay_out(Style::SerdeJson, &mut short);
        decimal::parse(short.as_str()) == Some(value)
    }

    pub(super) fn lay_out(&self, style: Style, out: &mut Short) {
        let digits = self.digits();
        let len = i64::try_from(digits.len()).unwrap_or(0);
        // Both print plainly up to 16 digits before the point; they differ in the zeros after it.
        let smallest_plain = if style == Style::Python { -3 } else { -4 };
        if digits.is_empty() {
            out.extend(b"0.0");
        } else if self.point < smallest_plain || self.point > 16 {
            let (lead, rest) = digits.split_at_checked(1).unwrap_or((digits, &[]));
            out.extend(lead);
            if !rest.is_empty() {
                out.push(b'.');
                out.extend(rest);
            }
            write_exponent(self.point.saturating_sub(1), style, out);
        } else if self.point <= 0 {
            out.extend(b"0.");
            out.push_zeros(self.point.saturating_neg());
            out.extend(digits);
        } else {
            let before = usize::try_from(self.point).unwrap_or(0);
            let (whole, fraction) = digits.split_at_checked(before).unwrap_or((digits, &[]));
            out.extend(whole);
            out.push_zeros(self.point.saturating_sub(len));
            out.push(b'.');
            out.extend(if fraction.is_empty() { b"0" } else { fraction });
        }
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
