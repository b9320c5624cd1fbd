//! Whole numbers as digits, both ways. `core::fmt` does it too, and would make the module larger.

use alloc::string::String;

/// The whole number that a string of decimal digits writes.
///
/// `None` for anything else, a sign or a blank included, and beyond 64 bits.
#[must_use]
pub fn read(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.bytes().try_fold(0_u64, |number, byte| {
        let digit = Some(byte.wrapping_sub(b'0')).filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(u64::from(digit))
    })
}

/// The decimal digits of a number.
#[must_use]
pub fn written(number: u64) -> String {
    let mut digits = String::new();
    write(&mut digits, number);
    digits
}

/// Appends the decimal digits of a number.
pub fn write(out: &mut String, number: u64) {
    // 64 bits are at most 20 digits, so the recursion is at most 20 calls deep.
    if number >= 10 {
        write(out, number / 10);
    }
    out.push(char::from(b'0'.wrapping_add((number % 10) as u8)));
}

/// Appends the last `digits` hexadecimal digits of a number, in lower case, zeros included.
pub fn write_hex(out: &mut String, number: u32, digits: u32) {
    for place in (0..digits).rev() {
        let digit = (number.unbounded_shr(place.saturating_mul(4)) & 0xf) as u8;
        let first = if digit < 10 { b'0' } else { b'a' - 10 };
        out.push(char::from(first.wrapping_add(digit)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_digits_alone_is_not_a_whole_number() {
        for text in [
            "",
            "-1",
            "+1",
            "1 ",
            " 1",
            "1a",
            "1.0",
            "18446744073709551616",
            "\u{661}",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("18446744073709551615"), Some(u64::MAX));
        assert_eq!(read("007"), Some(7));
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_core_writes_them_and_read_back(bits: u64, shift in 0_u32..64) {
            let number = bits >> shift;
            let digits = written(number);
            prop_assert_eq!(&digits, &std::format!("{number}"));
            prop_assert_eq!(read(&digits), Some(number));
        }

        #[test]
        fn hexadecimal_digits_are_those_that_core_writes(number: u32) {
            let mut out = String::new();
            write_hex(&mut out, number, 8);
            write_hex(&mut out, number, 2);
            prop_assert_eq!(out, std::format!("{number:08x}{:02x}", number % 256));
        }
    }
}
