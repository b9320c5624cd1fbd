//! Numbers as text. Two programs read the same filter: one prints 1e-5 as `1e-05`, the other as
//! `0.00001`, and an equality of texts depends on it. Knows digits, and nothing of operators.

use core::fmt::Write as _;

/// Longest text written here: a sign, 17 digits, a point and `e-308`, with room to spare.
const CAPACITY: usize = 40;

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

    pub(crate) fn as_str(&self) -> &str {
        self.bytes
            .get(..self.len)
            .and_then(|bytes| core::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }

    fn push_zeros(&mut self, count: i32) -> core::fmt::Result {
        (0..count).try_for_each(|_| self.write_char('0'))
    }
}

impl core::fmt::Write for Short {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        let end = self.len.checked_add(text.len()).ok_or(core::fmt::Error)?;
        let room = self.bytes.get_mut(self.len..end).ok_or(core::fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
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
pub(crate) fn is_integer(text: &str) -> bool {
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
    match json.parse() {
        Ok(value) if write_float(value, style, short).is_ok() => short.as_str(),
        _ => json,
    }
}

fn fits_64_bits(json: &str) -> bool {
    json.parse::<i64>().is_ok() || json.parse::<u64>().is_ok()
}

fn write_float(value: f64, style: Style, out: &mut Short) -> core::fmt::Result {
    if !value.is_finite() {
        return out.write_str(if value.is_nan() {
            "nan"
        } else if value > 0.0 {
            "inf"
        } else {
            "-inf"
        });
    }
    // Rust prints the shortest digits that read back as the same double; only the layout is left.
    let mut scientific = Short::new();
    write!(scientific, "{:e}", value.abs())?;
    let (mantissa, exponent) = scientific
        .as_str()
        .split_once('e')
        .ok_or(core::fmt::Error)?;
    let (lead, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i32 = exponent.parse().map_err(|_| core::fmt::Error)?;
    // How many digits stand before the decimal point.
    let point = exponent.saturating_add(1);
    let digits = i32::try_from(rest.len()).unwrap_or(0).saturating_add(1);
    // Both print plainly up to 16 digits before the point; they differ in the zeros after it.
    let smallest_plain = if style == Style::Python { -3 } else { -4 };

    if value.is_sign_negative() {
        out.write_char('-')?;
    }
    if point < smallest_plain || point > 16 {
        out.write_str(lead)?;
        if !rest.is_empty() {
            write!(out, ".{rest}")?;
        }
        let sign = if exponent < 0 { '-' } else { '+' };
        let width = if style == Style::Python { 2 } else { 1 };
        write!(out, "e{sign}{:0width$}", exponent.unsigned_abs())
    } else if point <= 0 {
        out.write_str("0.")?;
        out.push_zeros(point.saturating_neg())?;
        write!(out, "{lead}{rest}")
    } else if point >= digits {
        write!(out, "{lead}{rest}")?;
        out.push_zeros(point.saturating_sub(digits))?;
        out.write_str(".0")
    } else {
        let (whole, fraction) = rest
            .split_at_checked(usize::try_from(exponent).unwrap_or(0))
            .unwrap_or((rest, ""));
        write!(out, "{lead}{whole}.{fraction}")
    }
}

/// A filter's text read as a number the way CPython's `float()` reads it: blanks around it, `inf`,
/// `nan` and single underscores between digits are fine.
pub(crate) fn python_float(text: &str) -> Option<f64> {
    let text = text.trim();
    if !text.contains('_') {
        return text.parse().ok();
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
    plain.parse().ok()
}

/// A number in PostHog's own grammar, digits with an optional point and exponent: no blanks, no
/// names, and finite.
pub(crate) fn strict_float(text: &str) -> Option<f64> {
    let spelled = text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    text.parse()
        .ok()
        .filter(|number: &f64| spelled && number.is_finite())
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
            let theirs: serde_json::Value = serde_json::from_str(json).unwrap();
            assert_eq!(
                serde(json),
                serde_json::to_string(&theirs).unwrap(),
                "{json}"
            );
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
