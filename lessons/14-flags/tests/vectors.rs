//! Runs `vectors/*.json`, which say in no programming language what every row of PostHog's
//! behaviour comes to, and keeps account of the rows that no vector proves.

mod support;

use flags::{Definitions, JsonPerson, Options, Outcome, Payload, Scratch, Why};
use serde_json::{Value, json};
use support::{rows_of, text, vectors};

const MODES: [(&str, bool); 2] = [("default", false), ("strict", true)];

/// 2025-01-08T00:00:00Z.
const NOW: i64 = 1_736_294_400_000;

fn outcome(
    definitions: &Definitions,
    flag: &str,
    person: &JsonPerson<'_>,
    now: i64,
) -> (String, Option<Why>, Value) {
    let Some(flag) = definitions.find(flag) else {
        return ("server".into(), None, Value::Null);
    };
    let answer = definitions.evaluate(flag, person, now, &mut Scratch::default());
    let payload = match answer
        .payload
        .map(|index| definitions.payload(index).unwrap())
    {
        Some(Payload::Json(text)) => json!({ "json": text }),
        Some(Payload::Text(text)) => json!({ "text": text }),
        None => Value::Null,
    };
    let (word, why) = match answer.outcome {
        Outcome::Off => ("off".into(), None),
        Outcome::On => ("on".into(), None),
        Outcome::Variant(variant) => (
            format!("variant {}", definitions.variant(flag, variant).unwrap()),
            None,
        ),
        Outcome::Inconclusive(why) => ("inconclusive".into(), Some(why)),
        Outcome::NeedsServer => ("server".into(), None),
    };
    (word, why, payload)
}

fn options(strict: bool, vector: &Value) -> Options {
    let missing_group_is_inconclusive = vector["missing_group_is_inconclusive"] == true;
    Options {
        strict,
        missing_group_is_inconclusive,
        ..Options::default()
    }
}

#[test]
fn every_operator_answers_as_its_vector_says() {
    for vector in vectors("operators") {
        let mut filter = json!({ "key": "p", "type": "person", "operator": vector["operator"] });
        if let Some(value) = vector.get("filter") {
            filter["value"] = value.clone();
        }
        let condition = json!({ "properties": [filter], "rollout_percentage": 100 });
        let flag = json!({ "key": "f", "active": true, "filters": { "groups": [condition] } });
        let document = json!({ "flags": [flag], "property_matching_version": 1 }).to_string();
        let properties = vector
            .get("value")
            .map_or(json!({}), |value| json!({ "p": value }))
            .to_string();
        let person = JsonPerson::new("u1", &properties).unwrap();
        for (mode, strict) in MODES {
            let definitions = Definitions::parse(&document, &options(strict, &vector)).unwrap();
            let (found, ..) = outcome(
                &definitions,
                "f",
                &person,
                vector["now"].as_i64().unwrap_or(NOW),
            );
            let needs_engine = matches!(vector["operator"].as_str(), Some("regex" | "not_regex"));
            let expected = match text(&vector[mode]) {
                _ if needs_engine && !cfg!(feature = "regex") => "inconclusive",
                "true" => "on",
                "false" => "off",
                other => other,
            };
            assert_eq!(found, expected, "in {mode} mode: {vector}");
        }
    }
}

#[test]
fn every_flag_answers_as_its_vector_says() {
    let contracts = vectors("contracts");
    let contracts = contracts.into_iter().filter(|one| one["kind"] == "flag");
    for vector in vectors("flags").into_iter().chain(contracts) {
        let document = support::as_written(&vector["definitions"]);
        let anyone =
            json!({ "distinct_id": "u1", "properties": { "plan": "pro", "region": "us" } });
        let person = support::Person::new(vector.get("person").unwrap_or(&anyone));
        let person = person.as_json_person();
        for (mode, strict) in MODES {
            let definitions = Definitions::parse(&document, &options(strict, &vector)).unwrap();
            let flag = vector["flag"].as_str().unwrap_or("f");
            let (found, why, payload) = outcome(&definitions, flag, &person, NOW);
            if vector["needs_regex"] == true && !cfg!(feature = "regex") {
                assert_eq!(found, "inconclusive", "without an engine: {vector}");
                continue;
            }
            assert_eq!(found, text(&vector[mode]), "in {mode} mode: {vector}");
            if let Some(expected) = vector.get("payload") {
                assert_eq!(payload, *expected, "in {mode} mode: {vector}");
            }
            if let Some(expected) = vector["why"].as_str().filter(|_| !strict) {
                let why = match why.unwrap() {
                    Why::ExperienceContinuity => "experience_continuity",
                    Why::UnsupportedDefinition => "unsupported_definition",
                    Why::UnresolvedDependency => "unresolved_dependency",
                    Why::MissingContext => "missing_context",
                    Why::LimitExceeded => "limit_exceeded",
                };
                assert_eq!(why, expected, "{vector}");
            }
        }
    }
}

#[test]
fn every_row_has_a_vector_and_every_vector_a_row() {
    let rows = support::rows();
    let proven = support::FILES
        .into_iter()
        .flat_map(vectors)
        .flat_map(|vector| rows_of(&vector))
        .collect();
    let gaps = support::gaps(&rows, &proven);
    assert!(
        gaps.is_empty(),
        "rows without a vector, or vectors without a row:\n{}",
        gaps.join("\n")
    );
}

#[test]
fn a_row_without_a_vector_is_reported_by_name() {
    let rows = ["a/1", "a/2"].map(String::from).into();
    let proven = ["a/1", "a/3"].map(String::from).into();
    assert_eq!(
        support::gaps(&rows, &proven),
        ["a/2 has no vector", "a/3 is no row"]
    );
}
