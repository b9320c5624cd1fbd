//! The first thing wrong with some text, and the sentence for it.

use crate::number;
use alloc::string::String;
use core::fmt;

/// Where text stops being the JSON that was asked for, and what would have been right there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Byte offset in the text that was given, from 0.
    pub at: usize,
    /// What is expected at that offset.
    pub expected: Expected,
}

/// What is expected where a [`Fault`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// When the grammar asks for something else: this.
    Token(&'static str),
    /// When a bracket opens one level more than this many.
    Depth(u32),
    /// When a comma or a bracket begins one value more than a document may have.
    FewerValues,
}

impl Fault {
    /// A fault of the grammar.
    #[must_use]
    pub fn new(at: usize, expected: &'static str) -> Self {
        Fault {
            at,
            expected: Expected::Token(expected),
        }
    }

    /// The line and the column in bytes, both from 1, in the text that was given.
    #[must_use]
    pub fn line_and_column(&self, text: &str) -> (usize, usize) {
        let before = text.as_bytes().get(..self.at).unwrap_or_default();
        let mut lines = before.rsplit(|byte| *byte == b'\n');
        let column = lines.next().unwrap_or_default().len().saturating_add(1);
        (lines.count().saturating_add(1), column)
    }

    /// The fault as a sentence. [`fmt::Display`] says the same, but brings the machinery of
    /// `core::fmt` into a module.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut out = String::from("at byte ");
        number::write(&mut out, self.at as u64);
        out.push_str(": ");
        match self.expected {
            Expected::Token(token) => out.push_str(token),
            Expected::Depth(limit) => {
                out.push_str("at most ");
                number::write(&mut out, limit.into());
                out.push_str(" nested objects and arrays");
            }
            Expected::FewerValues => out.push_str("fewer values"),
        }
        out.push_str(" expected");
        out
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl core::error::Error for Fault {}
