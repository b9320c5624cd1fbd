//! Strings and names: what they mean, and how they are written.

use super::plain::plain;
use super::token::hex4;
use alloc::borrow::Cow;
use alloc::string::String;
use core::str::Chars;

/// True if two written names mean the same name, however they are escaped.
#[must_use]
pub fn same_key(left: &str, right: &str) -> bool {
    if left.contains('\\') || right.contains('\\') {
        decode(left) == decode(right)
    } else {
        left == right
    }
}

/// The text that the inside of a checked JSON string means, with U+FFFD for each unpaired
/// surrogate.
#[must_use]
pub fn decode(inside: &str) -> Cow<'_, str> {
    decode_with(inside, Some(char::REPLACEMENT_CHARACTER)).unwrap_or_default()
}

/// The text that the inside of a checked JSON string means; `None` if it has an unpaired surrogate,
/// which no `str` can hold.
#[must_use]
pub fn decode_exactly(inside: &str) -> Option<Cow<'_, str>> {
    decode_with(inside, None)
}

fn decode_with(inside: &str, unpaired: Option<char>) -> Option<Cow<'_, str>> {
    if !inside.contains('\\') {
        return Some(Cow::Borrowed(inside));
    }
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside.chars();
    while let Some(next) = rest.next() {
        text.push(match next {
            '\\' => match rest.next()? {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => code(&mut rest).or(unpaired)?,
                other => other,
            },
            _ => next,
        });
    }
    Some(Cow::Owned(text))
}

/// The character that follows a `\u`; `None` for an unpaired surrogate.
fn code(rest: &mut Chars<'_>) -> Option<char> {
    let high = hex4(rest.as_str());
    *rest = rest.as_str().get(4..).unwrap_or_default().chars();
    let low = rest.as_str().strip_prefix("\\u").and_then(hex4);
    let first = char::decode_utf16(high.into_iter().chain(low)).next();
    let char = first.and_then(Result::ok)?;
    if char.len_utf16() == 2 {
        *rest = rest.as_str().get(6..).unwrap_or_default().chars();
    }
    Some(char)
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
