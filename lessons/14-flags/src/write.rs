//! Writing JSON strings by hand. It knows no values; how a value is printed is for `printed` to say.

use alloc::string::String;
use text::number::write_hex;

/// A text as a JSON string, quotes included.
pub(crate) fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..'\u{20}' => {
                out.push_str("\\u");
                write_hex(out, character.into(), 4);
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}
