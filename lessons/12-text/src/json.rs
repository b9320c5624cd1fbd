//! JSON as text: checked, cut at its top level, spliced; never a tree.
//!
//! Text is read once, to prove that a strict reader will be able to read it, and is then copied as
//! it was written, so `1.0` stays `1.0`. The grammar is RFC 8259's, and three words more: `NaN`,
//! `Infinity` and `-Infinity`, which some serialisers write, and which become `null`.

mod document;
mod fault;
mod finite;
mod members;
mod nesting;
mod object;
mod plain;
mod repair;
mod scan;
mod string;
mod token;
mod write;

pub use document::{Document, Fields, Json, Malformed, Value};
pub use fault::{Expected, Fault};
pub use object::{Member, Object};
pub use string::{decode, decode_exactly, same_key, text_of, write_string};
pub use write::{ArrayWriter, Writer};

use alloc::borrow::{Cow, ToOwned};
use repair::repaired;
use scan::Scanner;

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

/// Checks one value of any kind, with the replacements and the bound of [`Object::parse`].
///
/// # Errors
/// The first [`Fault`].
pub fn check(text: &str, depth: u32) -> Result<Cow<'_, str>, Fault> {
    let mut scanner = Scanner::new(text, depth);
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
