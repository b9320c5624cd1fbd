//! The v1 form of an event, derived from the queued v0 text each time a request is built.
//!
//! The queue keeps the v0 form, because that is what callbacks see. v1 lifts some properties out
//! and leaves some away; the rest is copied.

use crate::json::{self, Kind, Object, Writer};
use alloc::string::String;

/// Appends the v1 form of `event`, a text that [`crate::enrich`] wrote. Answers false, and appends
/// nothing, if the text is not such an event.
pub(crate) fn write(out: &mut String, event: &str) -> bool {
    let Ok(root) = json::assembled(event) else {
        return false;
    };
    let Some(Ok(properties)) = root.get("properties").map(json::assembled) else {
        return false;
    };
    let envelope = ["event", "uuid", "distinct_id", "timestamp"].map(|key| (key, root.get(key)));
    if envelope.iter().any(|(_, value)| value.is_none()) {
        return false;
    }
    let mut object = Writer::new(out);
    for (key, value) in envelope {
        object.member(key, value.unwrap_or_default());
    }
    write_options(object.key("options"), &properties);
    for (property, name) in [("$session_id", "session_id"), ("$window_id", "window_id")] {
        if let Some(value) = properties
            .get(property)
            .filter(|value| Kind::of(value) == Kind::Text)
        {
            object.member(name, value);
        }
    }
    write_properties(object.key("properties"), &root, &properties);
    object.end();
    true
}

/// The properties that become options. A wrong type here makes the server refuse the whole request.
const OPTIONS: [(&str, &str); 4] = [
    ("$cookieless_mode", "cookieless_mode"),
    ("$ignore_sent_at", "disable_skew_correction"),
    ("$process_person_profile", "process_person_profile"),
    ("$product_tour_id", "product_tour_id"),
];

fn write_options(out: &mut String, properties: &Object<'_>) {
    let mut object = Writer::new(out);
    for (property, option) in OPTIONS {
        let Some(value) = properties.get(property) else {
            continue;
        };
        let coerced = match property {
            "$product_tour_id" => Some(value).filter(|value| Kind::of(value) == Kind::Text),
            _ => boolean(value).map(|yes| if yes { "true" } else { "false" }),
        };
        if let Some(value) = coerced {
            object.member(option, value);
        }
    }
    object.end();
}

fn boolean(value: &str) -> Option<bool> {
    match Kind::of(value) {
        Kind::Bool => Some(value == "true"),
        // Zero in any spelling has no other digit before its exponent.
        Kind::Number => Some(
            value
                .bytes()
                .take_while(|byte| !matches!(byte, b'e' | b'E'))
                .any(|byte| (b'1'..=b'9').contains(&byte)),
        ),
        Kind::Text => {
            let text = json::text_of(value)?;
            match text.trim_ascii() {
                "1" => Some(true),
                "0" => Some(false),
                word if word.eq_ignore_ascii_case("true") => Some(true),
                word if word.eq_ignore_ascii_case("false") => Some(false),
                _ => None,
            }
        }
        _ => None,
    }
}

fn write_properties(out: &mut String, root: &Object<'_>, properties: &Object<'_>) {
    // The first two move to members of the event, which are texts: one of another type is sent
    // nowhere, as in `capture_v1.py`. The server takes the last two from `PostHog-Sdk-Info`.
    const LEFT_OUT: [&str; 4] = ["$session_id", "$window_id", "$lib", "$lib_version"];
    // The server wants `distinct_id` at the root alone, but an alias means the property of that
    // name.
    let alias = root.get("event") == Some("\"$create_alias\"");
    let mut object = Writer::new(out);
    for property in properties.members() {
        let is = |name: &str| json::same_key(property.key, name);
        // Written below, with what is in the member of the root.
        let merged = ["$set", "$set_once"]
            .into_iter()
            .any(|name| is(name) && root.get(name).is_some());
        let left_out = LEFT_OUT.into_iter().any(is)
            || OPTIONS.iter().any(|(name, _)| is(name))
            || (is("distinct_id") && !alias);
        if !merged && !left_out {
            object.member(property.key, property.value);
        }
    }
    for name in ["$set", "$set_once"] {
        if let Some(outer) = root.get(name) {
            write_merged(
                object.key(name),
                properties.get(name).unwrap_or("{}"),
                outer,
            );
        }
    }
    object.end();
}

/// Both objects as one, name by name; the inner value wins.
fn write_merged(out: &mut String, inner: &str, outer: &str) {
    let (Ok(kept), Ok(added)) = (json::assembled(inner), json::assembled(outer)) else {
        out.push_str(inner);
        return;
    };
    let mut object = Writer::new(out);
    let added = added.members().filter(|member| !kept.has(member.key));
    for property in kept.members().chain(added) {
        object.member(property.key, property.value);
    }
    object.end();
}
