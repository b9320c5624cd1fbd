//! Any text as an answer of the server, and as the JSON of a caller: never a panic, and what is
//! made of it is JSON again.
#![no_main]

use flags::{
    Definitions, FlagsRequest, JsonPerson, Limits, Options, Poll, RemoteAnswer, Scratch, Snapshot,
};
use libfuzzer_sys::fuzz_target;

/// One flag that is decided here and one that is left open.
const DEFINITIONS: &str = r#"{"flags":[
    {"key":"a","active":true,"filters":{"groups":[{"properties":[]}]}},
    {"key":"b","active":true,"filters":{"groups":[{"properties":[{"key":"p","value":1}]}]}}]}"#;

fn assert_json(text: &str) {
    assert!(
        serde_json::from_str::<serde_json::Value>(text).is_ok(),
        "{text}"
    );
}

fuzz_target!(|text: &str| {
    let caller = FlagsRequest {
        api_key: text,
        distinct_id: text,
        groups: text,
        person_properties: text,
        group_properties: text,
        flag_keys: &[text, text],
        ..FlagsRequest::default()
    };
    if let Ok(body) = caller.body(0) {
        assert_json(&body);
    }

    let mut poll = Poll::default();
    let fetch = poll.begin();
    let _ = poll.answered(&fetch, 200, Some(text), text);

    let definitions =
        Definitions::parse(DEFINITIONS, &Options::default()).expect("sound definitions");
    let person = JsonPerson::new("u", "{}").expect("an empty object");
    let (mut snapshot, asks) =
        Snapshot::local(&definitions, &person, &[], 0, &mut Scratch::default());
    assert!(asks, "a flag was left open");
    snapshot.merge(&RemoteAnswer::parse(text, &Limits::default()));
    assert!(snapshot.is_enabled("a", false), "the local value wins");
    assert_json(&format!("{{{}}}", snapshot.event_properties()));
    let keys: Vec<String> = snapshot.keys().map(str::to_owned).collect();
    for key in &keys {
        assert_json(&snapshot.access(key, &[(text, text)]).properties());
    }
    assert_eq!(snapshot.only_accessed().keys().count(), keys.len());
});
