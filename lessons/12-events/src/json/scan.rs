//! The scanner: proves that a text is JSON, and notes what has to be replaced in it.
//!
//! Here is the structure, objects and arrays within each other; `token` has what they are made of.

use super::object::Members;
use super::repair::Repair;
use super::{Fault, MAX_DEPTH, MAX_DEPTH_AROUND};
use alloc::vec::Vec;
use core::ops::Range;

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

    pub(super) fn fault<T>(&self, expected: &'static str) -> Result<T, Fault> {
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
    pub(super) fn whole_object(&mut self) -> Result<Members, Fault> {
        let mut members = Members::default();
        self.space();
        if !self.take(b'{') {
            return self.fault("an object");
        }
        self.space();
        if !self.take(b'}') {
            members.reserve();
            loop {
                self.escaped = false;
                let key = self.key()?;
                let (start, escaped) = (self.at, self.escaped);
                self.nested(1)?;
                members.push(self.text, key, start..self.at, escaped);
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
}
