//! JSON as text: checked, cut at its top level, spliced; never a tree.
//!
//! A caller's properties are read once, to prove that the server will be able to read them, and are
//! then copied as they were written, so `1.0` stays `1.0`. The grammar is RFC 8259's.

mod number;
mod object;
mod plain;
mod repair;
mod scan;
mod text;
mod token;

pub use object::{Member, Object};
pub use text::{Writer, decode, same_key, text_of, write_text};

use crate::decimal;
use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use core::fmt;
use repair::repaired;
use scan::{GIVEN, Scanner};

/// How many objects and arrays may be open at once.
///
/// The ingestion service reads a request with a limit of 128 (serde_json's default). At most seven
/// levels lie around what was given: the request, its `batch`, and the five of an event. 100 is our
/// own bound below the difference; the scanner keeps one bit a level, and has 128 of them.
pub const MAX_DEPTH: u32 = 100;

/// The same for an event that the crate itself has put together, because whatever was accepted must
/// be readable again. The deepest has the frames of an exception: around them lie the event, its
/// `properties`, the `$exception_list`, one exception of that and its `stacktrace`.
const MAX_DEPTH_AROUND: u32 = MAX_DEPTH + 5;

/// Where a text stops being JSON, and what would have been right there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Byte offset in the text that was given.
    pub at: usize,
    /// What is expected at that offset.
    pub expected: &'static str,
}

impl Fault {
    /// The fault as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let at = decimal::written(self.at as u64);
        ["at byte ", &at, ": ", self.expected, " expected"].concat()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

/// What a JSON value is, told from its first byte. Meaningful for checked text only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// `"…"`
    Text,
    /// `-1.5e3`
    Number,
    /// `true` or `false`
    Bool,
    /// `null`
    Null,
}

impl Kind {
    /// The kind of a checked value. Leading white space is allowed.
    #[must_use]
    pub fn of(value: &str) -> Kind {
        match value.trim_ascii_start().as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::Text,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'n') | None => Kind::Null,
            Some(_) => Kind::Number,
        }
    }

    /// The kind as a noun for a sentence.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Kind::Object => "an object",
            Kind::Array => "an array",
            Kind::Text => "text",
            Kind::Number => "a number",
            Kind::Bool => "a boolean",
            Kind::Null => "null",
        }
    }
}

/// Checks one value of any kind, with the replacements of [`Object::parse`].
///
/// # Errors
/// The first [`Fault`].
pub fn check(text: &str) -> Result<Cow<'_, str>, Fault> {
    let mut scanner = Scanner::new(text, GIVEN);
    scanner
        .whole_value()
        .map_err(|expected| scanner.fault(expected))?;
    if scanner.repairs.is_empty() {
        Ok(Cow::Borrowed(text.trim_ascii()))
    } else {
        // The places of the repairs count from the untrimmed start.
        let text = repaired(text, &scanner.repairs);
        Ok(Cow::Owned(text.trim_ascii().to_owned()))
    }
}

#[cfg(test)]
mod tests;
