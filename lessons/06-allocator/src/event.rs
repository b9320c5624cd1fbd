//! An event as JSON text. Knows nothing of addresses.

use alloc::string::String;
use core::fmt::Write;

// ANCHOR: event
/// A request body with one event in it, as PostHog's `/batch/` takes it.
pub fn to_json(key: &str, name: &str, id: &str) -> String {
    let mut json = String::from("{\"api_key\":");
    push_text(&mut json, key);
    json.push_str(",\"batch\":[{\"event\":");
    push_text(&mut json, name);
    json.push_str(",\"distinct_id\":");
    push_text(&mut json, id);
    json.push_str("}]}");
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
            to_json("phc_demo", "a \"b\" \\ \n\0", "🚀"),
            r#"{"api_key":"phc_demo","batch":[{"event":"a \"b\" \\ \u000a\u0000","distinct_id":"🚀"}]}"#
        );
    }
}
