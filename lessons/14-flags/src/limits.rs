//! How much a document may ask of us, checked in one pass over its bytes before any of it is
//! parsed. It counts brackets and commas and must never interpret what stands between them.

use core::fmt;

use crate::json::outside_texts;
use crate::wellformed::NotJson;

/// Upper bounds on a document. They are our own: PostHog names none. The defaults leave room for
/// the largest projects known to us, some megabytes of definitions, and keep a hostile document
/// from exhausting the guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Length of the text in bytes.
    pub bytes: usize,
    /// Nesting of lists and objects. A nested cohort group takes two levels.
    pub depth: usize,
    /// Values in total, counted by the commas and opening brackets outside of texts.
    pub values: usize,
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
    /// Lists and objects are nested deeper than [`Limits::depth`].
    TooDeep {
        /// Byte offset of the bracket that is too deep.
        at: usize,
        /// The bound.
        limit: usize,
    },
    /// There are more values than [`Limits::values`].
    TooMany {
        /// Byte offset at which the bound was passed.
        at: usize,
        /// The bound.
        limit: usize,
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
            Self::TooDeep { at, limit } => {
                write!(
                    out,
                    "the bracket at byte {at} nests deeper than the {limit} levels accepted"
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

impl From<NotJson> for DocumentError {
    fn from(NotJson { line, column }: NotJson) -> Self {
        Self::NotJson { line, column }
    }
}

impl Limits {
    pub(crate) fn check(&self, text: &str) -> Result<(), DocumentError> {
        if text.len() > self.bytes {
            return Err(DocumentError::TooLong {
                bytes: text.len(),
                limit: self.bytes,
            });
        }
        let (mut depth, mut values) = (0_usize, 0_usize);
        for (at, byte) in outside_texts(text) {
            match byte {
                b'[' | b'{' => {
                    depth = depth.saturating_add(1);
                    values = values.saturating_add(1);
                }
                b']' | b'}' => depth = depth.saturating_sub(1),
                b',' => values = values.saturating_add(1),
                _ => {}
            }
            if depth > self.depth {
                return Err(DocumentError::TooDeep {
                    at,
                    limit: self.depth,
                });
            }
            if values > self.values {
                return Err(DocumentError::TooMany {
                    at,
                    limit: self.values,
                });
            }
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
        assert!(SMALL.check("[[1,2],3]").is_ok());
    }

    #[test]
    fn each_bound_is_refused_with_the_place_and_the_bound() {
        let sentence = |text: &str| SMALL.check(text).unwrap_err().to_string();
        assert_eq!(
            sentence("[[[]]]"),
            "the bracket at byte 2 nests deeper than the 2 levels accepted"
        );
        assert_eq!(
            sentence("[1,2,3,4,5]"),
            "the document has more than the 4 values accepted, counted up to byte 8"
        );
        assert_eq!(
            sentence(&"1".repeat(41)),
            "the document has 41 bytes; at most 40 are accepted"
        );
    }

    #[test]
    fn brackets_inside_a_text_do_not_count() {
        assert!(SMALL.check(r#"["[[[[\"[[[,,,,"]"#).is_ok());
    }
}
