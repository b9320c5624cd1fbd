//! An event as JSON text. Knows nothing of addresses.

use alloc::string::String;

// ANCHOR: event
/// A request body with one event in it, as PostHog's `/batch/` takes it.
///
/// `properties` is JSON text that was checked; it goes in as it is.
pub fn to_json(key: &str, name: &str, id: &str, properties: &str) -> String {
    let mut json = String::from("{\"api_key\":");
    push_text(&mut json, key);
    json.push_str(",\"batch\":[{\"event\":");
    push_text(&mut json, name);
    json.push_str(",\"distinct_id\":");
    push_text(&mut json, id);
    json.push_str(",\"properties\":");
    json.push_str(properties);
    json.push_str("}]}");
    json
}
// ANCHOR_END: event

// ANCHOR: escape
/// Appends a JSON string: quoted, with the characters escaped that RFC 8259, section 7, asks for.
fn push_text(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            '\0'..='\x1f' => {
                json.push_str("\\u00");
                json.push(hex(character as u8 >> 4));
                json.push(hex(character as u8 & 0xf));
            }
            _ => json.push(character),
        }
    }
    json.push('"');
}

/// The digit for a number below 16.
fn hex(number: u8) -> char {
    char::from(number + if number < 10 { b'0' } else { b'a' - 10 })
}
// ANCHOR_END: escape

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_backslashes_and_control_characters_are_escaped() {
        assert_eq!(
            to_json("phc_demo", "a \"b\" \\ \n\0\x1f", "🚀", "{}"),
            r#"{"api_key":"phc_demo","batch":[{"event":"a \"b\" \\ \u000a\u0000\u001f","distinct_id":"🚀","properties":{}}]}"#
        );
    }
}
