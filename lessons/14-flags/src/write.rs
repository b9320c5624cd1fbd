//! Writing JSON by hand: strings, and a number's digits. It knows no values; how a value is printed
//! is for `printed` to say.

use alloc::string::String;

/// A text as a JSON string, quotes included.
pub(crate) fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..'\u{20}' => {
                out.push_str("\\u");
                write_digits(u32::from(character).into(), 16, 4, out);
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// A number in lower-case digits of this radix, filled up with zeros to `least` digits. Formatting
/// by `core::fmt` would bring its machinery for padding, signs and precision into the module.
pub(crate) fn write_digits(mut number: u64, radix: u64, least: usize, out: &mut String) {
    const LONGEST: usize = 20;
    let mut digits = [b'0'; LONGEST];
    let mut len = 0_usize;
    for place in digits.iter_mut().rev() {
        if number == 0 && len >= least.max(1) {
            break;
        }
        let digit = u8::try_from(number.checked_rem(radix).unwrap_or(0)).unwrap_or(0);
        *place = digit.wrapping_add(if digit < 10 { b'0' } else { b'a' - 10 });
        number = number.checked_div(radix).unwrap_or(0);
        len = len.wrapping_add(1);
    }
    let written = digits.iter().skip(LONGEST.saturating_sub(len));
    out.extend(written.map(|digit| char::from(*digit)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_that_core_writes() {
        for number in [0, 7, 10, 255, 65_535, u64::MAX] {
            let mut out = String::new();
            write_digits(number, 10, 0, &mut out);
            assert_eq!(out, alloc::format!("{number}"));
        }
        for (number, written) in [(0, "0000"), (0x1f, "001f"), (0x1_2345, "12345")] {
            let mut out = String::new();
            write_digits(number, 16, 4, &mut out);
            assert_eq!(out, written);
        }
    }
}
