//! Whole numbers as digits, both ways. `core::fmt` does it too, and would make the module larger.

use alloc::string::String;

/// The number that a text of digits writes; `None` for anything else, and beyond 64 bits.
#[must_use]
pub(crate) fn read(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.bytes().try_fold(0_u64, |number, byte| {
        let digit = Some(byte.wrapping_sub(b'0')).filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(u64::from(digit))
    })
}

/// The digits of a number.
#[must_use]
pub(crate) fn written(number: u64) -> String {
    let mut digits = String::new();
    write(&mut digits, number);
    digits
}

/// Appends the digits of a number. 64 bits have at most 20, so the recursion is at most 20 calls
/// deep.
pub(crate) fn write(out: &mut String, number: u64) {
    if number >= 10 {
        write(out, number / 10);
    }
    out.push(char::from(digit(number)));
}

/// The last digit of a number.
pub(crate) fn digit(number: u64) -> u8 {
    b'0'.wrapping_add((number % 10) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for number in [0, 9, 10, 99, 100, 12_345, u64::MAX - 1, u64::MAX] {
            let digits = written(number);
            assert_eq!(digits, std::format!("{number}"));
            assert_eq!(read(&digits), Some(number));
        }
        for text in ["", "-1", "+1", "1 ", "1a", "18446744073709551616"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
