//! Texts and names inside JSON: unescaping, escaping, and writing an object member by member.

use super::plain::plain;
use super::token::hex4;
use alloc::borrow::Cow;
use alloc::string::String;

/// True if two written names mean the same name, however they are escaped.
#[must_use]
pub fn same_key(left: &str, right: &str) -> bool {
    if left.contains('\\') || right.contains('\\') {
        decode(left) == decode(right)
    } else {
        left == right
    }
}

/// The text that the inside of a JSON string means.
#[must_use]
pub fn decode(inside: &str) -> Cow<'_, str> {
    if !inside.contains('\\') {
        return Cow::Borrowed(inside);
    }
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside.chars();
    while let Some(next) = rest.next() {
        if next != '\\' {
            text.push(next);
            continue;
        }
        match rest.next() {
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('u') => {
                let high = hex4(rest.as_str());
                advance(&mut rest, 4);
                let low = rest.as_str().strip_prefix("\\u").and_then(hex4);
                match char::decode_utf16(high.into_iter().chain(low)).next() {
                    Some(Ok(char)) => {
                        text.push(char);
                        if char.len_utf16() == 2 {
                            advance(&mut rest, 6);
                        }
                    }
                    _ => text.push(char::REPLACEMENT_CHARACTER),
                }
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    Cow::Owned(text)
}

/// The text of a JSON string value; `None` for any other kind.
#[must_use]
pub fn text_of(value: &str) -> Option<Cow<'_, str>> {
    value.strip_prefix('"')?.strip_suffix('"').map(decode)
}

/// Appends `text` as a JSON string.
pub fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    loop {
        let (ready, tail) = rest
            .split_at_checked(plain(rest.as_bytes()))
            .unwrap_or((rest, ""));
        out.push_str(ready);
        let mut tail = tail.chars();
        match tail.next() {
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(other) if other < ' ' => {
                out.push_str("\\u00");
                out.push(if other < '\u{10}' { '0' } else { '1' });
                out.push(char::from_digit(u32::from(other) & 0xf, 16).unwrap_or('0'));
            }
            Some(other) => {
                out.push('\\');
                out.push(other);
            }
            None => break,
        }
        rest = tail.as_str();
    }
    out.push('"');
}

/// Writes one object, member by member, at the end of a text.
pub struct Writer<'a> {
    out: &'a mut String,
    separator: &'static str,
}

impl<'a> Writer<'a> {
    /// Starts an object.
    pub fn new(out: &'a mut String) -> Self {
        Writer {
            out,
            separator: "{\"",
        }
    }

    /// Writes a name that is escaped already, or needs no escaping, and hands out the text for its
    /// value.
    pub fn key(&mut self, key: &str) -> &mut String {
        self.split_key("", key)
    }

    /// The same for a name in two parts.
    pub fn split_key(&mut self, prefix: &str, key: &str) -> &mut String {
        self.out.push_str(self.separator);
        self.out.push_str(prefix);
        self.out.push_str(key);
        self.out.push_str("\":");
        self.separator = ",\"";
        self.out
    }

    /// Writes a member whose value is JSON.
    pub fn member(&mut self, key: &str, value: &str) {
        self.key(key).push_str(value);
    }

    /// Writes one or more members as another object has them, but for the quote in front.
    pub(crate) fn copy(&mut self, members: &str) {
        self.out.push_str(self.separator);
        self.out.push_str(members);
        self.separator = ",\"";
    }

    /// Writes a member whose value is a text still to be escaped.
    pub fn text(&mut self, key: &str, value: &str) {
        write_text(self.key(key), value);
    }

    /// True if no member is written yet, and nothing of the object either.
    pub(crate) fn is_empty(&self) -> bool {
        self.separator == "{\""
    }

    /// Closes the object.
    pub fn end(self) {
        self.out.push_str(if self.is_empty() { "{}" } else { "}" });
    }
}

fn advance(chars: &mut core::str::Chars<'_>, count: usize) {
    for _ in 0..count {
        chars.next();
    }
}
