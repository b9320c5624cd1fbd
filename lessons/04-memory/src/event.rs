//! An event as JSON text. Knows nothing of addresses.

use alloc::string::String;
use core::fmt::Write;

// ANCHOR: event
/// An event of this name, as a JSON object.
pub fn to_json(name: &str) -> String {
    let mut json = String::from("{\"event\":");
    push_text(&mut json, name);
    json.push('}');
    json
}

/// Appends a JSON string: quoted, with the characters escaped that RFC 8259, section 7, asks for.
fn push_text(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            // Writing to a `String` cannot fail.
            '\0'..='\x1f' => drop(write!(json, "\\u{:04x}", u32::from(character))),
            _ => json.push(character),
        }
    }
    json.push('"');
}
// ANCHOR_END: event

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_backslashes_and_control_characters_are_escaped() {
        assert_eq!(
            to_json("a \"b\" \\ \n\0 🚀"),
            r#"{"event":"a \"b\" \\ \u000a\u0000 🚀"}"#
        );
    }
}
