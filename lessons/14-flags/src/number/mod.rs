//! Numbers the way others read and print them. Two programs read the same filter: one prints 1e-5 as
//! `1e-05`, the other as `0.00001`, and an equality of strings depends on it. What is arithmetic is
//! in the crate `text`.

mod layout;
mod short;

use layout::lay_out;
pub(crate) use short::Short;
use text::number::{float, read, shortest};

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
    match json.strip_prefix('-') {
        Some(json) => read(json).is_some_and(|number| number <= i64::MIN.unsigned_abs()),
        None => read(json).is_some(),
    }
}

/// `None` when `json` is not a number, which only a host can bring about.
fn write_float(json: &str, style: Style, out: &mut Short) -> Option<()> {
    let value = float(json)?;
    if value.is_sign_negative() {
        out.push(b'-');
    }
    if value.is_infinite() {
        out.extend(b"inf");
    } else if value == 0.0 {
        out.extend(b"0.0");
    } else {
        lay_out(&shortest(value.abs()), style, out);
    }
    Some(())
}

/// A filter's text read as a number the way CPython's `float()` reads it: blanks around it, `inf`,
/// `nan` and single underscores between digits are fine.
pub(crate) fn python_float(text: &str) -> Option<f64> {
    let text = text.trim();
    if !text.contains('_') {
        return float(text);
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
    float(&plain)
}

/// A number in PostHog's own grammar, digits with an optional point and exponent: no blanks, no
/// names, and finite.
pub(crate) fn strict_float(text: &str) -> Option<f64> {
    let spelled = text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    float(text).filter(|number| spelled && number.is_finite())
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
            ("4.94e-324", "5e-324"),
            ("1.00000000000000029", "1.0000000000000002"),
            ("9007199254740993.01", "9007199254740994.0"),
            // In the middle of two that have 17 digits.
            ("1.00000762939453125", "1.0000076293945312"),
            // 2^-44, of which the nearest 16 digits end in 1 and name another double.
            ("5.6843418860808015e-14", "5.684341886080802e-14"),
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

    fn assert_printed_as_by_serde_json(value: f64) {
        // More digits than any printer of the shortest would give.
        let json = alloc::format!("{value:.25e}");
        assert_eq!(
            serde(&json),
            serde_json::to_string(&value).unwrap(),
            "{value:e}"
        );
    }

    #[test]
    fn the_doubles_around_every_power_of_two_are_printed_as_by_serde_json() {
        for exponent in 0..2047_u64 {
            let power = exponent << 52;
            for bits in [power.saturating_sub(1).max(1), power.max(2), power + 1] {
                assert_printed_as_by_serde_json(f64::from_bits(bits));
            }
        }
        for exponent in 0..52 {
            assert_printed_as_by_serde_json(f64::from_bits(1 << exponent));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_double_is_printed_as_by_serde_json(bits: u64) {
            let value = f64::from_bits(bits).abs();
            if value.is_finite() && value != 0.0 {
                assert_printed_as_by_serde_json(value);
            }
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
