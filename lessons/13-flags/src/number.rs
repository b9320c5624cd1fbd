//! Numbers as text. Two programs read the same filter: one prints 1e-5 as `1e-05`, the other as
//! `0.00001`, and an equality of texts depends on it. Works on the digits as they were written:
//! printing a double anew would cost a tenth of the module.

use crate::decimal;

/// Longest text written here: a sign, 17 digits, a point, and four zeros or `e-308`.
const CAPACITY: usize = 32;

/// With so many digits at most, no two decimals are the same double, so the written ones are the
/// shortest (IEEE 754, `DBL_DIG`).
const CERTAIN: usize = 15;
/// So many digits tell any two doubles apart.
const ENOUGH: usize = 17;

/// A short text on the stack, so that printing a number allocates nothing.
#[derive(Clone, Copy)]
pub(crate) struct Short {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Short {
    pub(crate) const fn new() -> Self {
        Short {
            bytes: [0; CAPACITY],
            len: 0,
        }
    }

    fn as_str(&self) -> &str {
        self.bytes
            .get(..self.len)
            .and_then(|bytes| core::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }

    /// Beyond the capacity nothing is written.
    fn push(&mut self, byte: u8) {
        if let Some(room) = self.bytes.get_mut(self.len) {
            *room = byte;
            self.len = self.len.saturating_add(1);
        }
    }

    fn extend(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.push(*byte));
    }

    fn push_zeros(&mut self, count: i32) {
        (0..count).for_each(|_| self.push(b'0'));
    }
}

/// Whose way of printing a float.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// CPython's `repr`.
    Python,
    /// serde_json's, as PostHog's server prints.
    SerdeJson,
}

/// Whether JSON text denotes an integer rather than a float.
fn is_integer(text: &str) -> bool {
    !text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E'))
}

/// The text of the number written as `json`, which is borrowed when it needs no change.
pub(crate) fn text<'a>(json: &'a str, style: Style, short: &'a mut Short) -> &'a str {
    if is_integer(json) {
        match style {
            Style::Python if json == "-0" => return "0",
            Style::Python => return json,
            // serde_json keeps integers of 64 bits and reads any other as a float.
            Style::SerdeJson if json != "-0" && fits_64_bits(json) => return json,
            Style::SerdeJson => {}
        }
    }
    match write_float(json, style, short) {
        Some(()) => short.as_str(),
        None => json,
    }
}

fn fits_64_bits(json: &str) -> bool {
    json.parse::<i64>().is_ok() || json.parse::<u64>().is_ok()
}

/// Significant digits without zeros at either end, and how many of them stand before the point.
struct Decimal {
    digits: [u8; ENOUGH],
    len: usize,
    point: i32,
}

impl Decimal {
    fn digits(&self) -> &[u8] {
        self.digits.get(..self.len).unwrap_or_default()
    }

    /// Reads at most `keep` digits and rounds by the next. `None` when `json` is no number.
    fn read(json: &str, keep: usize) -> Option<Self> {
        let (mantissa, exponent) = json.split_once(['e', 'E']).unwrap_or((json, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let whole = whole.trim_start_matches('0');
        let mut point = i32::try_from(whole.len())
            .ok()?
            .checked_add(exponent.parse().ok()?)?;
        let mut significant = whole.bytes().chain(fraction.bytes()).peekable();
        if whole.is_empty() {
            while significant.next_if_eq(&b'0').is_some() {
                point = point.checked_sub(1)?;
            }
        }
        let mut decimal = Decimal {
            digits: [b'0'; ENOUGH],
            len: 0,
            point,
        };
        for digit in decimal.digits.iter_mut().take(keep) {
            let Some(next) = significant.next() else {
                break;
            };
            *digit = next;
            decimal.len = decimal.len.saturating_add(1);
        }
        if significant.next().is_some_and(|next| next >= b'5') {
            decimal.round_up();
        }
        while decimal.digits().last() == Some(&b'0') {
            decimal.len = decimal.len.saturating_sub(1);
        }
        Some(decimal)
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
    fn shortest(json: &str, value: f64) -> Option<Self> {
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

    fn lay_out(&self, style: Style, out: &mut Short) {
        let digits = self.digits();
        let len = i32::try_from(digits.len()).unwrap_or(0);
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

fn write_exponent(exponent: i32, style: Style, out: &mut Short) {
    out.extend(if exponent < 0 { b"e-" } else { b"e+" });
    let exponent = exponent.unsigned_abs();
    let digit = |digit: u32| u8::try_from(digit % 10).unwrap_or(0).saturating_add(b'0');
    if exponent >= 100 {
        out.push(digit(exponent / 100));
    }
    if exponent >= 10 || style == Style::Python {
        out.push(digit(exponent / 10));
    }
    out.push(digit(exponent));
}

/// `None` when `json` is no number, which only a host can bring about.
fn write_float(json: &str, style: Style, out: &mut Short) -> Option<()> {
    let value = decimal::parse(json)?;
    let unsigned = json.strip_prefix('-').unwrap_or(json);
    if value.is_sign_negative() {
        out.push(b'-');
    }
    if value.is_infinite() {
        out.extend(b"inf");
    } else if value == 0.0 {
        out.extend(b"0.0");
    } else {
        Decimal::shortest(unsigned, value.abs())?.lay_out(style, out);
    }
    Some(())
}

/// A filter's text read as a number the way CPython's `float()` reads it: blanks around it, `inf`,
/// `nan` and single underscores between digits are fine.
pub(crate) fn python_float(text: &str) -> Option<f64> {
    let text = text.trim();
    if !text.contains('_') {
        return decimal::parse(text);
    }
    let (mut plain, mut before) = (alloc::string::String::new(), ' ');
    let mut rest = text.chars().peekable();
    while let Some(now) = rest.next() {
        let between_digits =
            before.is_ascii_digit() && rest.peek().is_some_and(char::is_ascii_digit);
        match now {
            '_' if between_digits => {}
            '_' => return None,
            _ => plain.push(now),
        }
        before = now;
    }
    decimal::parse(&plain)
}

/// A number in PostHog's own grammar, digits with an optional point and exponent: no blanks, no
/// names, and finite.
pub(crate) fn strict_float(text: &str) -> Option<f64> {
    let spelled = text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    decimal::parse(text).filter(|number| spelled && number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn python(json: &str) -> alloc::string::String {
        text(json, Style::Python, &mut Short::new()).into()
    }

    fn serde(json: &str) -> alloc::string::String {
        text(json, Style::SerdeJson, &mut Short::new()).into()
    }

    #[test]
    fn floats_are_laid_out_as_cpython_does() {
        for (json, expected) in [
            ("1", "1"),
            ("-0", "0"),
            ("1.0", "1.0"),
            ("1.50", "1.5"),
            ("1e2", "100.0"),
            ("-0.0", "-0.0"),
            ("0.0001", "0.0001"),
            ("0.00001", "1e-05"),
            ("1e15", "1000000000000000.0"),
            ("1e16", "1e+16"),
            ("1.25e-7", "1.25e-07"),
            ("123.456", "123.456"),
            ("1e999", "inf"),
            ("5e-324", "5e-324"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"),
            ("99999999999999999999", "99999999999999999999"),
        ] {
            assert_eq!(python(json), expected, "{json}");
        }
    }

    #[test]
    fn floats_are_laid_out_as_serde_json_does() {
        for json in [
            "1",
            "323.0",
            "-0.0",
            "1e-7",
            "1e-6",
            "0.00001",
            "1e15",
            "1e16",
            "1.25e-7",
            "123.456",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            "-9223372036854775809",
            "5e-324",
            "-0",
        ] {
            // By type and not as a `Value`, which another crate's features may make keep the text.
            let theirs = match (json.parse::<u64>(), json.parse::<i64>()) {
                (Ok(number), _) => serde_json::to_string(&number),
                (_, Ok(number)) if number != 0 => serde_json::to_string(&number),
                _ => serde_json::to_string(&json.parse::<f64>().unwrap()),
            };
            assert_eq!(serde(json), theirs.unwrap(), "{json}");
        }
    }

    #[test]
    fn python_reads_blanks_names_and_underscores_as_numbers() {
        for (text, expected) in [
            (" 9 ", Some(9.0)),
            ("1_0", Some(10.0)),
            ("1e2", Some(100.0)),
            ("inf", Some(f64::INFINITY)),
            ("_1", None),
            ("1__0", None),
            ("1_", None),
            ("abc", None),
            ("", None),
        ] {
            assert_eq!(python_float(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_strict_grammar_refuses_blanks_names_and_infinities() {
        for (text, expected) in [
            ("+1.5e3", Some(1500.0)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            (" 9", None),
            ("inf", None),
            ("nan", None),
            ("1e999", None),
            ("", None),
            (".", None),
        ] {
            assert_eq!(strict_float(text), expected, "{text:?}");
        }
    }
}
