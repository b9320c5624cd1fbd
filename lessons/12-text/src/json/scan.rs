//! The scanner: proves that some text is JSON, and notes what has to be replaced in it.
//!
//! Here is the structure, objects and arrays within each other; `token` has what they are made of.

use super::document::Span;
use super::fault::{Expected, Fault};
use super::members::Members;
use super::nesting::Nesting;
use super::repair::Repair;
use alloc::vec::Vec;

/// Whether a part is as it must be, or what is expected where the scanner is.
pub(super) type Checked = Result<(), &'static str>;

/// Not the sentences: these need the bounds.
const LESS_DEPTH: &str = "less depth";
const FEWER_VALUES: &str = "fewer values";

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
    /// Whether what a strict reader refuses is taken, and noted in `repairs`.
    pub(super) is_lenient: bool,
    pub(super) repairs: Vec<Repair>,
    /// What is nested too deep becomes `null`, in place of a fault.
    pub(super) cuts: bool,
    /// The objects and arrays of a document.
    outline: Option<Outline>,
}

/// How far the objects and arrays of a document reach.
struct Outline {
    /// In the order in which they begin. The `len` of one that is open is still its place, its
    /// `inside` is the one that it is in.
    spans: Vec<Span>,
    innermost: u32,
    /// How many more commas and opening brackets there may be.
    values: u32,
}

impl Outline {
    fn open(&mut self, at: usize) {
        let innermost = core::mem::replace(&mut self.innermost, self.spans.len() as u32);
        self.spans.push(Span {
            len: at as u32,
            inside: innermost,
        });
    }

    fn close(&mut self, end: usize) {
        let count = self.spans.len() as u32;
        let innermost = self.innermost;
        if let Some(span) = self.spans.get_mut(innermost as usize) {
            self.innermost = span.inside;
            span.len = (end as u32).saturating_sub(span.len);
            span.inside = count.saturating_sub(innermost).saturating_sub(1);
        }
    }
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, depth: u32) -> Self {
        Scanner {
            text,
            at: 0,
            escaped: false,
            depth,
            open: Nesting::default(),
            is_lenient: true,
            repairs: Vec::new(),
            cuts: false,
            outline: None,
        }
    }

    /// For text of at most 4 GiB.
    pub(super) fn of_document(text: &'a str, values: u32) -> Self {
        Scanner {
            is_lenient: false,
            outline: Some(Outline {
                spans: Vec::new(),
                innermost: 0,
                values,
            }),
            ..Scanner::new(text, u32::MAX)
        }
    }

    pub(super) fn into_spans(self) -> Vec<Span> {
        self.outline
            .map(|outline| outline.spans)
            .unwrap_or_default()
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
            expected: match expected {
                LESS_DEPTH => Expected::Depth(self.depth),
                FEWER_VALUES => Expected::FewerValues,
                token => Expected::Token(token),
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
            members.push(self.text, key, value..self.at, escaped, 0);
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
        let outermost = self.open.depth();
        loop {
            match self.peek() {
                Some(b'"') => self.string()?,
                Some(bracket @ (b'{' | b'[')) => {
                    if self.open.depth().saturating_add(outside) >= self.depth {
                        self.cut()?;
                    } else if self.opens(bracket == b'{')? {
                        continue;
                    }
                }
                _ => self.scalar()?,
            }
            // A value is complete: close what ends here, or go on to the next value of what stays
            // open.
            loop {
                if self.open.depth() == outermost {
                    return Ok(());
                }
                self.space();
                let object = self.open.in_object();
                if self.peek() == Some(b',') {
                    self.count()?;
                    self.skip(1);
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
                if let Some(outline) = &mut self.outline {
                    outline.close(self.at);
                }
            }
        }
    }

    /// Starts an object or an array, up to its first value; false if it is empty.
    fn opens(&mut self, object: bool) -> Result<bool, &'static str> {
        self.count()?;
        if let Some(outline) = &mut self.outline {
            outline.open(self.at);
        }
        self.skip(1);
        self.space();
        if self.take(if object { b'}' } else { b']' }) {
            if let Some(outline) = &mut self.outline {
                outline.close(self.at);
            }
            return Ok(false);
        }
        self.open.open(object);
        if object {
            self.name()?;
            self.colon()?;
        }
        Ok(true)
    }

    /// Counts a comma or an opening bracket.
    fn count(&mut self) -> Checked {
        if let Some(outline) = &mut self.outline {
            let left = outline.values.checked_sub(1);
            outline.values = left.ok_or(FEWER_VALUES)?;
        }
        Ok(())
    }

    /// Puts `null` in place of an object or an array that is nested too deep.
    #[cold]
    fn cut(&mut self) -> Checked {
        if !self.cuts {
            return Err(LESS_DEPTH);
        }
        let (start, kept) = (self.at, self.repairs.len());
        // In there nothing is too deep, so this calls itself once.
        let depth = core::mem::replace(&mut self.depth, u32::MAX);
        self.nested(0)?;
        self.depth = depth;
        // What was repaired in there is gone with it.
        self.repairs.truncate(kept);
        self.repairs.push(Repair {
            range: start..self.at,
            with: "null",
        });
        Ok(())
    }
}
