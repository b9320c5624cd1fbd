//! The scanner: proves that some text is JSON, and notes what has to be replaced in it.
//!
//! Here is the structure, objects and arrays within each other; `token` has what they are made of.

use super::fault::{Expected, Fault};
use super::members::Members;
use super::nesting::Nesting;
use super::repair::Repair;
use alloc::vec::Vec;

/// Whether a part is as it must be, or what is expected where the scanner is.
pub(super) type Checked = Result<(), &'static str>;

/// Not the sentence: that needs the bound.
const LESS_DEPTH: &str = "less depth";

/// Reads JSON from front to back without recursion, so that depth costs a bit and not a stack
/// frame.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// True if a string had an escape since this was last set to false.
    pub(super) escaped: bool,
    /// How many objects and arrays may be open at once.
    depth: u32,
    /// What is open of the value that is read.
    open: Nesting,
    pub(super) repairs: Vec<Repair>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, depth: u32) -> Self {
        Scanner {
            text,
            at: 0,
            escaped: false,
            depth,
            open: Nesting::default(),
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

    /// The fault of a check that failed: it failed where the scanner is.
    pub(super) fn fault(&self, expected: &'static str) -> Fault {
        Fault {
            at: self.at,
            expected: if expected == LESS_DEPTH {
                Expected::Depth(self.depth)
            } else {
                Expected::Token(expected)
            },
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
        loop {
            let opens = match self.peek() {
                Some(b'"') => {
                    self.string()?;
                    None
                }
                Some(b'{') => Some((true, b'}')),
                Some(b'[') => Some((false, b']')),
                _ => {
                    self.scalar()?;
                    None
                }
            };
            if let Some((object, closing)) = opens {
                if self.open.depth().saturating_add(outside) >= self.depth {
                    return Err(LESS_DEPTH);
                }
                self.skip(1);
                self.space();
                if !self.take(closing) {
                    self.open.open(object);
                    if object {
                        self.name()?;
                        self.colon()?;
                    }
                    continue;
                }
            }
            // A value is complete: close what ends here, or go on to the next value of what stays
            // open.
            loop {
                if self.open.depth() == 0 {
                    return Ok(());
                }
                self.space();
                let object = self.open.in_object();
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
                self.open.close();
            }
        }
    }
}
