//! The scanner: proves that a text is JSON, and notes what has to be replaced in it.

use super::number::is_finite;
use super::{Fault, MAX_DEPTH, MAX_DEPTH_AROUND, Place};
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// Something JSON cannot say, and what stands for it.
pub(super) struct Repair {
    range: Range<usize>,
    with: &'static str,
}

pub(super) fn repaired(text: &str, repairs: &[Repair]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for repair in repairs {
        out.push_str(text.get(from..repair.range.start).unwrap_or_default());
        out.push_str(repair.with);
        from = repair.range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// How deep a text may be, and the sentence for one that is deeper.
#[derive(Clone, Copy)]
pub(super) struct Depth {
    levels: u32,
    expected: &'static str,
}

/// For a text from outside.
pub(super) const GIVEN: Depth = Depth {
    levels: MAX_DEPTH,
    expected: "at most 100 nested objects and arrays",
};

/// For a text that this crate put together around such texts.
pub(super) const ASSEMBLED: Depth = Depth {
    levels: MAX_DEPTH_AROUND,
    expected: "at most 104 nested objects and arrays",
};

/// Reads JSON from front to back without recursion, so that depth costs a bit and not a stack frame.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// True if a text had an escape since this was last set to false.
    escaped: bool,
    limit: Depth,
    pub(super) repairs: Vec<Repair>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, limit: Depth) -> Self {
        Scanner {
            text,
            at: 0,
            escaped: false,
            limit,
            repairs: Vec::new(),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, count: usize) {
        self.at = self.at.saturating_add(count);
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.skip(1);
        }
        found
    }

    fn fault<T>(&self, expected: &'static str) -> Result<T, Fault> {
        Err(Fault {
            at: self.at,
            expected,
        })
    }

    pub(super) fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.skip(1);
        }
    }

    pub(super) fn end(&mut self) -> Result<(), Fault> {
        self.space();
        if self.at == self.text.len() {
            Ok(())
        } else {
            self.fault("the end of the text")
        }
    }

    /// One object and nothing else; returns where its members' names and values lie.
    pub(super) fn whole_object(&mut self) -> Result<Vec<Place>, Fault> {
        let mut members = Vec::new();
        self.space();
        if !self.take(b'{') {
            return self.fault("an object");
        }
        self.space();
        if !self.take(b'}') {
            members.reserve(16);
            loop {
                self.escaped = false;
                let key = self.key()?;
                let (start, escaped) = (self.at, self.escaped);
                self.nested(1)?;
                members.push(Place {
                    key,
                    value: start..self.at,
                    escaped,
                });
                self.space();
                if self.take(b'}') {
                    break;
                }
                if !self.take(b',') {
                    return self.fault("a comma or the end of the object");
                }
                self.space();
            }
        }
        self.end()?;
        Ok(members)
    }

    /// A name with its colon; returns where the inside of its quotes lies.
    fn key(&mut self) -> Result<Range<usize>, Fault> {
        if self.peek() != Some(b'"') {
            return self.fault("a name in double quotes");
        }
        let start = self.at.saturating_add(1);
        self.string()?;
        let end = self.at.saturating_sub(1);
        self.space();
        if !self.take(b':') {
            return self.fault("a colon");
        }
        self.space();
        Ok(start..end)
    }

    /// A value that nothing is around.
    pub(super) fn value(&mut self) -> Result<(), Fault> {
        self.nested(0)
    }

    /// A value inside so many objects and arrays.
    fn nested(&mut self, outside: u32) -> Result<(), Fault> {
        // One bit for each open level, the innermost lowest: 1 is an object, 0 an array.
        let mut open: u128 = 0;
        let mut depth: u32 = 0;
        loop {
            let opens = match self.peek() {
                Some(b'"') => {
                    self.string()?;
                    None
                }
                Some(b'{') => Some((1, b'}')),
                Some(b'[') => Some((0, b']')),
                _ => {
                    self.scalar()?;
                    None
                }
            };
            if let Some((bit, closing)) = opens {
                if depth.saturating_add(outside) >= self.limit.levels {
                    return self.fault(self.limit.expected);
                }
                self.skip(1);
                self.space();
                if !self.take(closing) {
                    open = open << 1 | bit;
                    depth = depth.saturating_add(1);
                    if bit == 1 {
                        self.key()?;
                    }
                    continue;
                }
            }
            // A value is complete: close what ends here, or go on to the next value of what stays open.
            loop {
                if depth == 0 {
                    return Ok(());
                }
                self.space();
                let object = open & 1 == 1;
                if self.take(b',') {
                    self.space();
                    if object {
                        self.key()?;
                    }
                    break;
                }
                if !self.take(if object { b'}' } else { b']' }) {
                    return self.fault(if object {
                        "a comma or the end of the object"
                    } else {
                        "a comma or the end of the array"
                    });
                }
                open >>= 1;
                depth = depth.saturating_sub(1);
            }
        }
    }

    fn string(&mut self) -> Result<(), Fault> {
        self.skip(1);
        loop {
            match self
                .rest()
                .iter()
                .position(|byte| matches!(*byte, b'"' | b'\\' | 0..0x20))
            {
                Some(plain) => self.skip(plain),
                None => {
                    self.at = self.text.len();
                    return self.fault("the closing quote of a text");
                }
            }
            match self.peek() {
                Some(b'"') => {
                    self.skip(1);
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                _ => return self.fault("an escape such as \\n in place of a control character"),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.escaped = true;
        self.skip(1);
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.skip(1),
            Some(b'u') => {
                let Some(unit) = self.unit(start) else {
                    return self.fault("four hexadecimal digits");
                };
                self.at = start.saturating_add(6);
                let low = self
                    .unit(self.at)
                    .is_some_and(|low| (0xdc00..0xe000).contains(&low));
                match unit {
                    0xd800..0xdc00 if low => self.skip(6),
                    0xd800..0xe000 => self.repairs.push(Repair {
                        range: start..self.at,
                        with: "\\ufffd",
                    }),
                    _ => {}
                }
            }
            _ => return self.fault("one of \"\\/bfnrtu"),
        }
        Ok(())
    }

    /// The UTF-16 unit written as `\uXXXX` at an offset.
    fn unit(&self, at: usize) -> Option<u16> {
        hex4(self.text.get(at..)?.strip_prefix("\\u")?)
    }

    fn scalar(&mut self) -> Result<(), Fault> {
        for word in ["true", "false", "null"] {
            if self.rest().starts_with(word.as_bytes()) {
                self.skip(word.len());
                return Ok(());
            }
        }
        for word in ["NaN", "Infinity", "-Infinity"] {
            if self.rest().starts_with(word.as_bytes()) {
                let start = self.at;
                self.skip(word.len());
                self.repairs.push(Repair {
                    range: start..self.at,
                    with: "null",
                });
                return Ok(());
            }
        }
        self.number()
    }

    fn number(&mut self) -> Result<(), Fault> {
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
            self.repairs.push(Repair {
                range: start..self.at,
                with: "null",
            });
        }
        Ok(())
    }

    fn digits(&mut self, expected: &'static str) -> Result<(), Fault> {
        let count = self
            .rest()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if count == 0 {
            return self.fault(expected);
        }
        self.skip(count);
        Ok(())
    }
}

pub(super) fn hex4(text: &str) -> Option<u16> {
    let digits = text.get(..4)?;
    // `from_str_radix` would take a sign.
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        u16::from_str_radix(digits, 16).ok()
    } else {
        None
    }
}
