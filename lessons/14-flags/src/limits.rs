//! How much a document may ask of us, and why one is refused.

use core::fmt;

use text::json::{Expected, Fault};

use crate::json::Document;

/// Upper bounds on a document. They are our own: PostHog names none. The defaults leave room for
/// the largest projects known to us, some megabytes of definitions, and keep a hostile document
/// from exhausting the guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Length of the text in bytes, 32 MiB by default and always below 4 GiB.
    pub bytes: usize,
    /// How deep lists and objects are read, 100 by default. What is nested deeper is malformed, and
    /// concerns only what reads it: a payload may be as deep as it likes. A nested cohort group
    /// takes two levels.
    pub depth: u32,
    /// Values in total, 4,000,000 by default, counted by commas and opening brackets.
    pub values: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 32 * 1024 * 1024,
            depth: 100,
            values: 4_000_000,
        }
    }
}

/// Why a whole document was refused.
#[derive(Debug)]
#[non_exhaustive]
pub enum DocumentError {
    /// The text is longer than [`Limits::bytes`].
    TooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The bound.
        limit: usize,
    },
    /// There are more values than [`Limits::values`].
    TooMany {
        /// Byte offset at which the bound was passed.
        at: usize,
        /// The bound.
        limit: u32,
    },
    /// The text is not JSON.
    NotJson {
        /// The line of the first offence, from 1.
        line: usize,
        /// Its column in bytes, from 1.
        column: usize,
    },
    /// A part that everything else hangs on has another type than expected.
    WrongType {
        /// Which part, for example `flags`.
        part: &'static str,
        /// The type expected there.
        expected: &'static str,
    },
}

impl fmt::Display for DocumentError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { bytes, limit } => {
                write!(
                    out,
                    "the document has {bytes} bytes; at most {limit} are accepted"
                )
            }
            Self::TooMany { at, limit } => {
                write!(
                    out,
                    "the document has more than the {limit} values accepted, counted up to byte {at}"
                )
            }
            Self::NotJson { line, column } => {
                write!(
                    out,
                    "the document is not JSON at line {line}, column {column}"
                )
            }
            Self::WrongType { part, expected } => write!(out, "{part} must be {expected}"),
        }
    }
}

impl core::error::Error for DocumentError {}

impl DocumentError {
    /// The fault of a text that is not JSON.
    pub(crate) fn not_json(fault: &Fault, text: &str) -> Self {
        let (line, column) = fault.line_and_column(text);
        Self::NotJson { line, column }
    }
}

impl Limits {
    /// Checks a document, so that it can be opened.
    pub(crate) fn open<'a>(&self, text: &'a str) -> Result<Document<'a>, DocumentError> {
        self.check_length(text)?;
        Document::parse(text, self.values, self.depth).map_err(|fault| match fault.expected {
            Expected::FewerValues => DocumentError::TooMany {
                at: fault.at,
                limit: self.values,
            },
            _ => DocumentError::not_json(&fault, text),
        })
    }

    pub(crate) fn check_length(&self, text: &str) -> Result<(), DocumentError> {
        if text.len() > self.bytes {
            return Err(DocumentError::TooLong {
                bytes: text.len(),
                limit: self.bytes,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    const SMALL: Limits = Limits {
        bytes: 40,
        depth: 2,
        values: 4,
    };

    #[test]
    fn a_document_at_every_bound_passes() {
        assert!(SMALL.open("[[1,2],3]").is_ok());
    }

    #[test]
    fn each_bound_is_refused_with_the_place_and_the_bound() {
        let sentence = |text: &str| SMALL.open(text).unwrap_err().to_string();
        assert_eq!(
            sentence("[1,2,3,4,5]"),
            "the document has more than the 4 values accepted, counted up to byte 8"
        );
        assert_eq!(
            sentence(&"1".repeat(41)),
            "the document has 41 bytes; at most 40 are accepted"
        );
    }
}
