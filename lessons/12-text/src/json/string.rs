//! Strings and names: what they mean, and how they are written.

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

/// The text that the inside of a JSON string means, with U+FFFD for each unpaired surrogate.
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

/// Appends `text` as a JSON string, with the escapes that serde_json writes.
pub fn write_string(out: &mut String, text: &str) {
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
            Some('\u{8}') => out.push_str("\\b"),
            Some('\u{c}') => out.push_str("\\f"),
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

fn advance(chars: &mut core::str::Chars<'_>, count: usize) {
    for _ in 0..count {
        chars.next();
    }
}
