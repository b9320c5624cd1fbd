//! The scanner's tokens: strings with their escapes, words and numbers.
//!
//! Each method starts at the token's first byte and stops behind its last. None knows what is
//! around it.

use super::finite::is_finite;
use super::plain::plain;
use super::repair::Repair;
use super::scan::{Checked, Scanner};

impl Scanner<'_> {
    pub(super) fn string(&mut self) -> Checked {
        self.skip(1);
        loop {
            self.skip(plain(self.rest()));
            match self.peek() {
                Some(b'"') => {
                    self.skip(1);
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                None => return Err("the closing quote of a text"),
                Some(_) => {
                    return Err("an escape such as \\n in place of a control character");
                }
            }
        }
    }

    // Few strings have one, and inside `string` it slows down all.
    #[cold]
    fn escape(&mut self) -> Checked {
        let start = self.at;
        self.escaped = true;
        self.skip(1);
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.skip(1),
            Some(b'u') => {
                let Some(unit) = self.unit(start) else {
                    return Err("four hexadecimal digits");
                };
                self.at = start.saturating_add(6);
                let low = self
                    .unit(self.at)
                    .is_some_and(|low| (0xdc00..0xe000).contains(&low));
                match unit {
                    0xd800..0xdc00 if low => self.skip(6),
                    0xd800..0xe000 => self.repair(start, "\\ufffd"),
                    _ => {}
                }
            }
            _ => return Err("one of \"\\/bfnrtu"),
        }
        Ok(())
    }

    /// Notes what takes the place of what was just read.
    fn repair(&mut self, start: usize, with: &'static str) {
        if self.is_lenient {
            self.repairs.push(Repair {
                range: start..self.at,
                with,
            });
        }
    }

    /// The UTF-16 unit written as `\uXXXX` at an offset.
    fn unit(&self, at: usize) -> Option<u16> {
        hex4(self.text.get(at..)?.strip_prefix("\\u")?)
    }

    pub(super) fn scalar(&mut self) -> Checked {
        let first = self.peek();
        let word = match first {
            Some(b't') => "true",
            Some(b'f') => "false",
            Some(b'n') => "null",
            Some(b'N') if self.is_lenient => "NaN",
            Some(b'I') if self.is_lenient => "Infinity",
            Some(b'-') if self.is_lenient => "-Infinity",
            _ => return self.number(),
        };
        if !self.rest().starts_with(word.as_bytes()) {
            return self.number();
        }
        let start = self.at;
        self.skip(word.len());
        if matches!(first, Some(b'N' | b'I' | b'-')) {
            self.repair(start, "null");
        }
        Ok(())
    }

    fn number(&mut self) -> Checked {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits("a value")?;
        }
        let whole = self.at;
        if self.take(b'.') {
            self.digits("a digit after the decimal point")?;
        }
        let mantissa = self.at;
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'-') {
                self.take(b'+');
            }
            self.digits("a digit of the exponent")?;
        }
        // Without an exponent and with so few digits there is nothing to overflow.
        if (mantissa != self.at || whole.saturating_sub(start) > 300)
            && !is_finite(self.text.get(start..self.at).unwrap_or_default())
        {
            self.repair(start, "null");
        }
        Ok(())
    }

    fn digits(&mut self, expected: &'static str) -> Checked {
        let count = self
            .rest()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if count == 0 {
            return Err(expected);
        }
        self.skip(count);
        Ok(())
    }
}

pub(super) fn hex4(text: &str) -> Option<u16> {
    let digits = text.as_bytes().get(..4)?;
    digits.iter().try_fold(0, |unit, digit| {
        let digit = char::from(*digit).to_digit(16)? as u16;
        Some(unit << 4 | digit)
    })
}
