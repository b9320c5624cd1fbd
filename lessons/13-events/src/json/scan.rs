//! The scanner: proves that a text is JSON, and notes what has to be replaced in it.
//!
//! Here is the structure, objects and arrays within each other; `token` has what they are made of.

use super::object::Members;
use super::repair::Repair;
use super::{Fault, MAX_DEPTH, MAX_DEPTH_AROUND};
use alloc::vec::Vec;

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
    expected: "at most 105 nested objects and arrays",
};

/// Whether a part is as it must be, or what is expected where the scanner stands.
pub(super) type Checked = Result<(), &'static str>;

/// Reads JSON from front to back without recursion, so that depth costs a bit and not a stack
/// frame.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// True if a text had an escape since this was last set to false.
    pub(super) escaped: bool,
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

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.at = self.at.saturating_add(count);
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    pub(super) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.skip(1);
        }
        found
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.skip(1);
        }
    }

    fn end(&mut self) -> Checked {
        self.space();
        if self.at == self.text.len() {
            Ok(())
        } else {
            Err("the end of the text")
        }
    }

    /// The fault of a check that failed: it failed where the scanner stands.
    pub(super) fn fault(&self, expected: &'static str) -> Fault {
        Fault {
            at: self.at,
            expected,
        }
    }

    /// One object and nothing else; tells where its members' names and values lie.
    pub(super) fn whole_object(&mut self, members: &mut Members) -> Checked {
        self.space();
        if !self.take(b'{') {
            return Err("an object");
        }
        self.space();
        if self.take(b'}') {
            return self.end();
        }
        members.reserve();
        loop {
            let key = self.at.saturating_add(1);
            self.escaped = false;
            self.name()?;
            let (key, escaped) = (key..self.at.saturating_sub(1), self.escaped);
            self.colon()?;
            let value = self.at;
            self.nested(1)?;
            members.push(self.text, key, value..self.at, escaped);
            self.space();
            if self.take(b'}') {
                return self.end();
            }
            if !self.take(b',') {
                return Err("a comma or the end of the object");
            }
            self.space();
        }
    }

    fn name(&mut self) -> Checked {
        if self.peek() != Some(b'"') {
            return Err("a name in double quotes");
        }
        self.string()
    }

    fn colon(&mut self) -> Checked {
        self.space();
        if !self.take(b':') {
            return Err("a colon");
        }
        self.space();
        Ok(())
    }

    /// One value of any kind and nothing else.
    pub(super) fn whole_value(&mut self) -> Checked {
        self.space();
        self.nested(0)?;
        self.end()
    }

    /// A value inside so many objects and arrays.
    fn nested(&mut self, outside: u32) -> Checked {
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
                    return Err(self.limit.expected);
                }
                self.skip(1);
                self.space();
                if !self.take(closing) {
                    open = open << 1 | bit;
                    depth = depth.saturating_add(1);
                    if bit == 1 {
                        self.name()?;
                        self.colon()?;
                    }
                    continue;
                }
            }
            // A value is complete: close what ends here, or go on to the next value of what stays
            // open.
            loop {
                if depth == 0 {
                    return Ok(());
                }
                self.space();
                let object = open & 1 == 1;
                if self.take(b',') {
                    self.space();
                    if object {
                        self.name()?;
                        self.colon()?;
                    }
                    break;
                }
                if !self.take(if object { b'}' } else { b']' }) {
                    return Err(if object {
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
}
