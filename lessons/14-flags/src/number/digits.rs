//! The significant digits of a double: as few as still name it, the nearest of those, laid out the
//! way a program would print them. CPython's `repr` (David Gay's `dtoa`, mode 0) and serde_json
//! choose the same digits.

use super::{Short, Style};
use crate::decimal::{self, Big};

/// So many digits of any decimal survive in a normal double (`DBL_DIG` of C's `<float.h>`): fewer
/// need not be tried, since zeros at the end are dropped.
const CERTAIN: usize = 15;
/// So many digits tell any two doubles apart.
const ENOUGH: usize = 17;
/// One digit more to round by, and one that is not zero if any further digit is not.
const EXACT: usize = ENOUGH + 2;

/// Significant digits in ASCII, of which `len` count, and how many of them stand before the point.
#[derive(Clone, Copy)]
pub(super) struct Digits {
    digits: [u8; EXACT],
    len: usize,
    point: i64,
}

impl Digits {
    /// Without the zeros at the end.
    fn digits(&self) -> &[u8] {
        let mut digits = self.digits.get(..self.len).unwrap_or_default();
        while let [rest @ .., b'0'] = digits {
            digits = rest;
        }
        digits
    }

    /// The nearest number of so many digits; of two that are equally near, the even one.
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

    /// The fewest digits that read as `value`, which is finite and greater than zero.
    pub(super) fn shortest(value: f64) -> Self {
        let mut exact = Digits {
            digits: [b'0'; EXACT],
            len: EXACT,
            point: 0,
        };
        exact.point = Big::of(value).write_digits(&mut exact.digits);
        for len in if value.is_normal() { CERTAIN } else { 1 }..ENOUGH {
            let nearest = exact.nearest(len);
            // Below a power of two the doubles lie closer than above it. So the nearest digits may
            // lie below and name another double, while the next ones name this one.
            for digits in [nearest, nearest.next()] {
                if digits.reads_as(value) {
                    return digits;
                }
            }
        }
        exact.nearest(ENOUGH)
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
