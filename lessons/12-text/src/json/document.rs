//! A document that is opened one level at a time.
//!
//! The one pass that checks it also notes how long each object and each array is. Opening a value
//! then costs what lies directly in it: what lies deeper is stepped over, so a document that is
//! read to its last level is read once, however deep it is.

use super::Fault;
use super::members::{Members, part};
use super::plain::string_end;
use super::scan::Scanner;
use super::string::decode_exactly;
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// The JSON does not have the shape that was asked for. Where it matters to a user, the caller
/// makes a sentence of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// A checked document.
#[derive(Debug)]
pub struct Document<'a> {
    text: &'a str,
    spans: Vec<Span>,
    depth: u32,
}

/// How far an object or an array reaches.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// Bytes from its first bracket to its last.
    pub(super) len: u32,
    /// How many objects and arrays lie in it, at any depth.
    pub(super) inside: u32,
}

/// One value of a [`Document`].
#[derive(Debug, Clone, Copy)]
pub struct Json<'a> {
    raw: &'a str,
    /// Those of the value, if it is an object or an array, and then those of what follows it.
    spans: &'a [Span],
    /// How many levels may still be opened.
    depth: u32,
}

/// A value opened by one level.
#[derive(Debug)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it is written: `1` and `1.0` stay apart, and no digit is lost.
    Number(&'a str),
    /// A string, decoded.
    Text(Cow<'a, str>),
    /// The elements of an array.
    List(Vec<Json<'a>>),
    /// An object.
    Object(Fields<'a>),
}

/// The members of an object of a [`Document`].
#[derive(Debug)]
pub struct Fields<'a> {
    object: Json<'a>,
    members: Members,
}

impl<'a> Document<'a> {
    /// Checks `text`, one value of any kind by the grammar of RFC 8259 alone, in which at most
    /// `values` commas and opening brackets may be. Nothing is replaced: a number may be beyond a
    /// float, and a surrogate unpaired.
    ///
    /// Its objects and arrays can be opened down to `depth` levels. What is nested deeper is
    /// checked as well, and [`Malformed`] where it is opened.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub fn parse(text: &'a str, values: u32, depth: u32) -> Result<Self, Fault> {
        if u32::try_from(text.len()).is_err() {
            return Err(Fault::new(0, "less than 4 GiB of text"));
        }
        let mut scanner = Scanner::of_document(text, values);
        match scanner.whole_value() {
            Ok(()) => Ok(Document {
                text: text.trim_ascii(),
                spans: scanner.into_spans(),
                depth,
            }),
            Err(expected) => Err(scanner.fault(expected)),
        }
    }

    /// The document's one value.
    #[must_use]
    pub fn root(&self) -> Json<'_> {
        Json {
            raw: self.text,
            spans: &self.spans,
            depth: self.depth,
        }
    }
}

impl<'a> Json<'a> {
    /// A `null` of no document.
    pub const NULL: Json<'static> = Json {
        raw: "null",
        spans: &[],
        depth: 0,
    };

    /// The value as it is written, without white space around it.
    #[must_use]
    pub fn raw(self) -> &'a str {
        self.raw
    }

    /// True for `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.raw == "null"
    }

    /// Opens the value.
    ///
    /// # Errors
    /// [`Malformed`] for a string that has an unpaired surrogate, and for an object or an array
    /// that is nested too deep.
    pub fn kind(self) -> Result<Value<'a>, Malformed> {
        Ok(match self.raw.as_bytes().first() {
            Some(b'n') => Value::Null,
            Some(b't') => Value::Bool(true),
            Some(b'f') => Value::Bool(false),
            Some(b'"') => Value::Text(self.text()?),
            Some(b'[') => Value::List(self.list()?),
            Some(b'{') => Value::Object(self.object()?),
            _ => Value::Number(self.raw),
        })
    }

    /// The text of a string.
    ///
    /// # Errors
    /// [`Malformed`] for another kind, and for a string that has an unpaired surrogate: no `str`
    /// can hold it.
    pub fn text(self) -> Result<Cow<'a, str>, Malformed> {
        let inside = self
            .raw
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        inside.and_then(decode_exactly).ok_or(Malformed)
    }

    /// The elements of an array.
    ///
    /// # Errors
    /// [`Malformed`] for another kind, and for an array that is nested too deep.
    pub fn list(self) -> Result<Vec<Json<'a>>, Malformed> {
        let mut cursor = Cursor::within(self, b'[')?;
        let mut elements = Vec::new();
        while cursor.more() {
            elements.push(cursor.value());
        }
        Ok(elements)
    }

    /// The members of an object. One whose name has an unpaired surrogate is not found by any
    /// name, and concerns nobody.
    ///
    /// # Errors
    /// [`Malformed`] for another kind, and for an object that is nested too deep.
    pub fn object(self) -> Result<Fields<'a>, Malformed> {
        let mut cursor = Cursor::within(self, b'{')?;
        let mut members = Members::default();
        while cursor.more() {
            let key = cursor.at.saturating_add(1);
            let name = cursor.value().raw;
            let key = key..cursor.at.saturating_sub(1);
            cursor.skip_blanks_and(b':');
            let (start, span) = (cursor.at, cursor.span);
            cursor.value();
            let escaped = name.contains('\\');
            members.push(self.raw, key, start..cursor.at, escaped, span);
        }
        Ok(Fields {
            object: self,
            members,
        })
    }
}

impl<'a> Fields<'a> {
    /// The value written last under `name`, as readers of duplicate names take it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Json<'a>> {
        let (_, place) = self.members.find(self.object.raw, name)?;
        Some(self.value(&place.value, place.span))
    }

    /// The same, with an explicit `null` taken for an absent member.
    #[must_use]
    pub fn get_some(&self, name: &str) -> Option<Json<'a>> {
        self.get(name).filter(|value| !value.is_null())
    }

    /// True if there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.as_slice().is_empty()
    }

    /// The members in the order they are written, with their names decoded. Those whose name has
    /// an unpaired surrogate are left out.
    pub fn members(&self) -> impl Iterator<Item = (Cow<'a, str>, Json<'a>)> {
        self.members.as_slice().iter().filter_map(|place| {
            let name = place.name(self.object.raw)?;
            Some((name, self.value(&place.value, place.span)))
        })
    }

    /// True if the name of a member has an unpaired surrogate.
    #[must_use]
    pub fn has_unreadable_name(&self) -> bool {
        let mut members = self.members.as_slice().iter();
        members.any(|place| place.name(self.object.raw).is_none())
    }

    fn value(&self, range: &core::ops::Range<usize>, span: usize) -> Json<'a> {
        Json {
            raw: part(self.object.raw, range),
            spans: self.object.spans.get(span..).unwrap_or_default(),
            depth: self.object.depth.saturating_sub(1),
        }
    }
}

/// Steps over the values that lie directly in an object or an array.
struct Cursor<'a> {
    container: Json<'a>,
    at: usize,
    /// The next object or array among the spans of the container.
    span: usize,
}

impl<'a> Cursor<'a> {
    fn within(container: Json<'a>, bracket: u8) -> Result<Self, Malformed> {
        let cursor = Cursor {
            container,
            at: 0,
            span: 1,
        };
        let opens = container.depth > 0 && cursor.peek() == Some(bracket);
        opens.then_some(cursor).ok_or(Malformed)
    }

    fn peek(&self) -> Option<u8> {
        self.container.raw.as_bytes().get(self.at).copied()
    }

    /// Steps over the opening bracket, or over the comma behind a value; false at the end.
    fn more(&mut self) -> bool {
        self.skip_blanks();
        self.at = self.at.saturating_add(1);
        self.skip_blanks();
        !matches!(self.peek(), Some(b']' | b'}') | None)
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at = self.at.saturating_add(1);
        }
    }

    fn skip_blanks_and(&mut self, byte: u8) {
        self.skip_blanks();
        self.at = self
            .at
            .saturating_add(usize::from(self.peek() == Some(byte)));
        self.skip_blanks();
    }

    /// The value that begins here.
    fn value(&mut self) -> Json<'a> {
        let Json { raw, spans, depth } = self.container;
        let (_, rest) = raw.split_at_checked(self.at).unwrap_or_default();
        let spans = spans.get(self.span..).unwrap_or_default();
        let len = match (rest.as_bytes().first(), spans.first()) {
            (Some(b'{' | b'['), Some(span)) => {
                self.span = self
                    .span
                    .saturating_add(1)
                    .saturating_add(span.inside as usize);
                span.len as usize
            }
            (Some(b'"'), _) => string_end(rest.as_bytes()),
            _ => rest
                .bytes()
                .take_while(|byte| !matches!(byte, b',' | b']' | b'}' | 0..=b' '))
                .count(),
        };
        self.at = self.at.saturating_add(len);
        Json {
            raw: rest.get(..len).unwrap_or_default(),
            spans,
            depth: depth.saturating_sub(1),
        }
    }
}

#[cfg(test)]
mod tests;
