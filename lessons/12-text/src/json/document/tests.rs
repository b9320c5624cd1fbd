//! What a document's values are when they are opened, with serde_json as the judge.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::string::String;

fn document(text: &str) -> Document<'_> {
    Document::parse(text, u32::MAX, 100).unwrap()
}

/// The value written anew from what opening it level by level tells.
fn rebuilt(value: Json<'_>) -> serde_json::Value {
    match value.kind().unwrap() {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => value.into(),
        Value::Number(number) => serde_json::from_str(number).unwrap(),
        Value::Text(text) => text.into_owned().into(),
        Value::List(elements) => elements.into_iter().map(rebuilt).collect(),
        Value::Object(fields) => {
            for (name, value) in fields.members() {
                // Of a name given twice the last counts.
                assert_eq!(
                    fields
                        .members()
                        .filter(|(other, _)| *other == name)
                        .last()
                        .unwrap()
                        .1
                        .raw(),
                    fields.get(&name).unwrap().raw()
                );
                assert!(value.raw().len() <= fields.object.raw.len());
            }
            fields
                .members()
                .map(|(name, value)| (name.into_owned(), rebuilt(value)))
                .collect()
        }
    }
}

#[test]
fn a_number_keeps_the_text_it_was_written_with() {
    for written in [
        "1",
        "1.0",
        "1e2",
        "-0",
        "123456789012345678901234567890",
        "1e999",
    ] {
        let document = document(written);
        assert!(matches!(document.root().kind(), Ok(Value::Number(text)) if text == written));
    }
}

#[test]
fn what_is_nested_too_deep_is_malformed_where_it_is_opened() {
    let text = r#"{"deep":[[1]],"flat":[2],"null":null}"#;
    let document = Document::parse(text, u32::MAX, 2).unwrap();
    let fields = document.root().object().unwrap();
    let deep = fields.get("deep").unwrap();
    assert_eq!(deep.raw(), "[[1]]");
    assert_eq!(deep.list().unwrap()[0].list().unwrap_err(), Malformed);
    assert_eq!(fields.get("flat").unwrap().list().unwrap()[0].raw(), "2");
    assert!(fields.get("null").unwrap().is_null() && fields.get_some("null").is_none());
}

#[test]
fn nesting_does_not_use_the_stack() {
    let levels = 1_000_000;
    let deep = "[".repeat(levels);
    assert!(Document::parse(&deep, u32::MAX, 1).is_err());
    let deep = deep + &"]".repeat(levels);
    let document = Document::parse(&deep, u32::MAX, u32::MAX).unwrap();
    let mut value = document.root();
    for _ in 1..levels {
        value = value.list().unwrap()[0];
    }
    assert!(value.list().unwrap().is_empty());
}

#[test]
fn one_value_more_than_the_limit_is_refused() {
    for (text, values) in [("[1,2]", 2), ("{\"a\":[],\"b\":\",[\"}", 3), ("1", 0)] {
        assert!(Document::parse(text, values, 100).is_ok(), "{text}");
        if let Some(fewer) = values.checked_sub(1) {
            let fault = Document::parse(text, fewer, 100).unwrap_err();
            assert_eq!(fault.expected, super::super::Expected::FewerValues);
        }
    }
}

#[test]
fn an_unpaired_surrogate_is_malformed_where_it_is_read() {
    let document =
        document(r#"{"\ud800":1,"bad":"\ud800","good":"x","\u0061":"\ud83d\ude00","\ufffd":2}"#);
    let fields = document.root().object().unwrap();
    assert_eq!(fields.get("bad").unwrap().text(), Err(Malformed));
    assert_eq!(fields.get("good").unwrap().text().unwrap(), "x");
    assert_eq!(fields.get("a").unwrap().text().unwrap(), "😀");
    assert!(fields.has_unreadable_name());
    let names: Vec<_> = fields.members().map(|(name, _)| name).collect();
    assert_eq!(names, ["bad", "good", "a", "\u{fffd}"]);
    assert_eq!(fields.get("\u{fffd}").unwrap().raw(), "2");
}

#[test]
fn the_words_of_a_careless_serialiser_are_not_json() {
    for text in ["NaN", "[Infinity]", "{\"a\":-Infinity}"] {
        assert!(Document::parse(text, u32::MAX, 100).is_err(), "{text}");
    }
}

#[test]
fn the_place_of_a_fault_is_told_by_line_and_column() {
    for (json, place) in [
        ("", (1, 1)),
        ("[1,\n 2 3]", (2, 4)),
        ("{\"a\"}", (1, 5)),
        ("\"\n\"", (1, 2)),
        ("1 \n\nx", (3, 1)),
    ] {
        let fault = Document::parse(json, u32::MAX, 100).unwrap_err();
        assert_eq!(fault.line_and_column(json), place, "{json:?}");
    }
}

/// JSON with everything in it, in which damage is done.
const SOUND: &str = r#" {"a" : [1, -2.5e+3, 0, 1E-2, true,false , null, "x\u00e4\\\"\/y", [], {} ],
    "ä": {"b":{"c":[ [ ] , { } ]}}, "a,b:]" : "[{,:\\\"" } "#;

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(12), failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn damaged_text_is_judged_and_opened_as_by_serde_json(
        damages in prop::collection::vec((0..SOUND.chars().count(), "[]\\[{}:,\"\\\\ue0-9.+ \n\u{1}-]{0,2}"), 0..4),
    ) {
        let mut characters: Vec<String> = SOUND.chars().map(String::from).collect();
        for (at, damage) in damages {
            characters[at] = damage;
        }
        let text = characters.concat();
        let theirs = serde_json::from_str::<serde_json::Value>(&text).ok();
        let ours = Document::parse(&text, u32::MAX, 100).ok();
        // A number beyond a float and an unpaired surrogate are JSON, which serde_json cannot read.
        match theirs {
            Some(theirs) => prop_assert_eq!(rebuilt(ours.unwrap().root()), theirs),
            None => prop_assert!(ours.is_none() || serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok(), "{}", text),
        }
    }
}
