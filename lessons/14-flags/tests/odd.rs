//! Whatever is odd in a member changes nothing for what does not read that member: of a person, of
//! a request, of definitions and of an answer.

use flags::{
    Definitions, FlagsRequest, JsonPerson, Limits, Options, Outcome, RemoteAnswer, Scratch,
};
use proptest::prelude::*;

/// A member of an object as a careless serialiser, or a server that we do not know, may write it.
fn odd_member() -> impl Strategy<Value = String> {
    let name = prop::sample::select(&["note", r"\ud83d", r"\ude00", r"\ud83d\ude00", ""][..]);
    let value = prop_oneof![
        prop::sample::select(
            &[
                "null",
                "5",
                "[]",
                "{}",
                r#""\ud83d""#,
                r#"{"\ude00":1}"#,
                "true",
                r#""x""#
            ][..]
        )
        .prop_map(str::to_owned),
        (90..140_usize).prop_map(|levels| "[".repeat(levels) + &"]".repeat(levels)),
        (40..70_usize).prop_map(|levels| r#"{"a":["#.repeat(levels) + &"]}".repeat(levels)),
    ];
    (name, value).prop_map(|(name, value)| format!("\"{name}\":{value}"))
}

/// The same, with what only a caller's serialiser writes.
fn careless_member() -> impl Strategy<Value = String> {
    let words = prop::sample::select(&["NaN", "-Infinity", "1e999", "[Infinity]"][..]);
    prop_oneof![
        odd_member(),
        words.prop_map(|word| format!("\"note\":{word}"))
    ]
}

fn is_on(document: &str, properties: &str, strict: bool) -> bool {
    let options = Options {
        strict,
        ..Options::default()
    };
    let definitions = Definitions::parse(document, &options).unwrap();
    let person = JsonPerson::new("u", properties).unwrap();
    let flag = definitions.find("f").unwrap();
    let answer = definitions.evaluate(flag, &person, 0, &mut Scratch::default());
    answer.outcome == Outcome::On
}

const DOCUMENT: &str = r#"{"flags":[{"key":"f","active":true,"filters":{"groups":[{"properties":[{"key":"plan","operator":"exact","value":"pro"},{"key":"id","type":"cohort","value":1}]}]}}],"cohorts":{"1":{"type":"AND","values":[{"key":"plan","operator":"exact","value":"pro"}]}}}"#;

/// The text with a member more at the front of one of its objects.
fn with_member(text: &str, object: usize, member: &str) -> String {
    let braces: Vec<usize> = text.match_indices('{').map(|(at, _)| at).collect();
    let at = braces[object % braces.len()] + 1;
    let comma = if text[at..].starts_with('}') { "" } else { "," };
    [&text[..at], member, comma, &text[at..]].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(14), failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn of_a_person(member in careless_member(), first: bool, strict: bool) {
        let plan = r#""plan":"pro""#;
        let properties = if first { format!("{{{member},{plan}}}") } else { format!("{{{plan},{member}}}") };
        prop_assert!(is_on(DOCUMENT, &properties, strict), "{}", properties);
    }

    #[test]
    fn of_definitions(member in odd_member(), object: usize, strict: bool) {
        let document = with_member(DOCUMENT, object, &member);
        prop_assert!(is_on(&document, r#"{"plan":"pro"}"#, strict), "{}", document);
    }

    #[test]
    fn of_an_answer(member in odd_member(), object: usize) {
        let answer = r#"{"flags":{"f":{"enabled":true,"reason":{"description":"d"},"metadata":{"id":7}}}}"#;
        let text = with_member(answer, object, &member);
        let answer = RemoteAnswer::parse(&text, &Limits::default()).unwrap();
        let flag = answer.flag("f").unwrap();
        prop_assert!(flag.value.is_enabled() && flag.id == Some(7) && flag.reason.as_deref() == Some("d"), "{}", text);
    }

    /// serde_json has the server's limit of levels, and refuses half of a surrogate pair.
    #[test]
    fn of_a_request(member in careless_member(), groups: bool) {
        let properties = format!(r#"{{"plan":"pro",{member}}}"#);
        let group_properties = format!(r#"{{"company":{properties}}}"#);
        let request = FlagsRequest {
            distinct_id: "u",
            groups: if groups { r#"{"company":"a"}"# } else { "" },
            person_properties: &properties,
            group_properties: &group_properties,
            ..FlagsRequest::default()
        };
        let body: serde_json::Value = serde_json::from_str(&request.body(0).unwrap()).unwrap();
        prop_assert_eq!(&body["person_properties"]["plan"], "pro");
        prop_assert!(!groups || body["group_properties"]["company"]["plan"] == "pro");
    }
}
