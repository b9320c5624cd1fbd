//! Runs `vectors/remote.json` and the same kinds of `vectors/contracts.json`: what is asked of the
//! server, what its answers mean, and what is reported of a flag that was called.

mod support;

use flags::{
    AnswerError, Attempt, Called, Change, Definitions, Errors, Fetch, Fingerprint, FlagValue,
    FlagsRequest, JsonPerson, Limits, Options, Payload, Poll, Record, RemoteAnswer, Reported,
    Scratch, Snapshot, retry_delay,
};
use serde_json::{Map, Value, json};
use support::{text, vectors};

/// Runs the vectors of one kind, of which there has to be one at least.
fn each(kind: &str, run: impl Fn(&Value)) {
    let vectors: Vec<_> = ["remote", "contracts"]
        .into_iter()
        .flat_map(vectors)
        .filter(|vector| vector["kind"] == kind)
        .collect();
    assert!(!vectors.is_empty(), "no vector of the kind {kind}");
    vectors.iter().for_each(run);
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().map(text).collect()
}

fn payload(payload: Option<&Payload>) -> Value {
    match payload {
        None => Value::Null,
        Some(Payload::Json(text)) => json!({ "json": text }),
        Some(Payload::Text(text)) => json!({ "text": text }),
    }
}

fn value(value: &FlagValue) -> Value {
    match value {
        FlagValue::Bool(value) => json!(value),
        FlagValue::Variant(variant) => json!(variant),
    }
}

fn attempt(value: &Value) -> Attempt {
    match value.as_str() {
        Some("timeout") => Attempt::Timeout,
        Some("connection") => Attempt::Connection,
        Some(_) => Attempt::Other,
        None => Attempt::Status(value.as_u64().unwrap().try_into().unwrap()),
    }
}

/// A body as the server sends it: what is no JSON object may be given as text.
fn body(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[test]
fn a_request_has_the_members_that_its_vector_lists() {
    assert_eq!(FlagsRequest::TARGET, "/flags/?v=2");
    each("request", |vector| {
        let given = &vector["request"];
        let json = |name: &str| given.get(name).map_or(String::new(), body);
        let (groups, person, group) = (
            json("groups"),
            json("person_properties"),
            json("group_properties"),
        );
        let request = FlagsRequest {
            api_key: text(&given["api_key"]),
            distinct_id: text(&given["distinct_id"]),
            groups: &groups,
            person_properties: &person,
            group_properties: &group,
            geoip_disable: given["geoip_disable"] == true,
            device_id: given["device_id"].as_str(),
            flag_keys: &texts(&given["flag_keys"]),
            evaluation_contexts: &texts(&given["evaluation_contexts"]),
        };
        match request.body(vector["now"].as_i64().unwrap()) {
            Ok(body) => assert_eq!(
                serde_json::from_str::<Value>(&body).unwrap(),
                vector["body"],
                "{vector}"
            ),
            Err(error) => assert_eq!(error.to_string(), text(&vector["error"]), "{vector}"),
        }
    });
}

#[test]
fn a_request_passes_the_callers_json_through_to_the_letter() {
    let written = r#"{"n": 1.50, "big": 123456789012345678901234567890, "s": "\u00e4"}"#;
    let request = FlagsRequest {
        distinct_id: "u",
        person_properties: written,
        ..FlagsRequest::default()
    };
    assert!(request.body(0).unwrap().contains(written));
}

/// The request of a person with these properties, as a reader with the server's limit reads it.
fn read_request(person_properties: &str) -> Value {
    let request = FlagsRequest {
        distinct_id: "u",
        person_properties,
        ..FlagsRequest::default()
    };
    serde_json::from_str(&request.body(0).unwrap()).unwrap()
}

#[test]
fn a_request_is_as_deep_as_the_server_reads_and_no_deeper() {
    // One level is the object of the properties, one that of the request.
    let deepest = "[".repeat(125) + &"]".repeat(125);
    let kept = read_request(&format!(r#"{{"p":{deepest}}}"#));
    assert_eq!(kept["person_properties"]["p"].to_string(), deepest);
    let cut = read_request(&format!(r#"{{"p":[{deepest},1],"q":2}}"#));
    let nulled = "[".repeat(125) + "null" + &"]".repeat(124) + ",1]";
    assert_eq!(cut["person_properties"]["p"].to_string(), nulled);
    assert_eq!(cut["person_properties"]["q"], 2);
}

#[test]
fn a_failed_request_is_made_again_when_its_vector_says() {
    each("retry", |vector| {
        let number = |name: &str| vector[name].as_u64().unwrap().try_into().unwrap();
        let delay = retry_delay(
            attempt(&vector["attempt"]),
            number("retries"),
            number("max_retries"),
        );
        assert_eq!(json!(delay), vector["delay"], "{vector}");
    });
}

#[test]
fn an_answer_is_read_as_its_vector_says() {
    each("answer", |vector| {
        match RemoteAnswer::parse(&body(&vector["body"]), &Limits::default()) {
            Ok(answer) => {
                let flag = |flag: &flags::RemoteFlag| {
                    let found = json!({
                        "value": value(&flag.value), "payload": payload(flag.payload.as_ref()), "reason": flag.reason,
                        "id": flag.id, "version": flag.version, "has_experiment": flag.has_experiment,
                    });
                    (flag.key.clone(), found)
                };
                let flags: Map<String, Value> = answer.flags.iter().map(flag).collect();
                let found = json!({
                    "flags": flags, "errors_while_computing": answer.errors_while_computing, "request_id": answer.request_id,
                    "evaluated_at": answer.evaluated_at, "minimal": answer.minimal_flag_called_events,
                });
                assert_eq!(found, vector["answer"], "{vector}");
            }
            Err(AnswerError::QuotaLimited) => {
                assert_eq!(vector["error"], "quota_limited", "{vector}")
            }
            Err(_) => assert_eq!(vector["error"], "unreadable", "{vector}"),
        }
    });
}

fn definitions(vector: &Value) -> Option<Definitions> {
    let options = Options {
        strict: vector["strict"] == true,
        ..Options::default()
    };
    let document = vector.get("definitions")?.to_string();
    Some(Definitions::parse(&document, &options).unwrap())
}

fn answer(vector: &Value) -> Option<Result<RemoteAnswer, AnswerError>> {
    vector
        .get("answer")
        .map(|answer| RemoteAnswer::parse(&body(answer), &Limits::default()))
}

fn properties(called: &Called<'_>) -> Value {
    serde_json::from_str(&called.properties()).unwrap()
}

#[test]
fn a_single_flag_is_reported_as_its_vector_says() {
    each("single", |vector| {
        let key = text(&vector["key"]);
        let local = definitions(vector).and_then(|definitions| {
            let flag = definitions.find(key)?;
            let person = JsonPerson::new("u1", "{}").unwrap();
            Record::local(
                &definitions,
                flag,
                definitions.evaluate(flag, &person, 0, &mut Scratch::default()),
            )
        });
        let mut called = Called {
            key,
            record: local.as_ref(),
            request_id: None,
            evaluated_at: None,
            errors: Errors::default(),
            groups: &[],
        };
        let (answer, remote);
        match self::answer(vector) {
            Some(Ok(found)) => {
                answer = found;
                remote = answer.flag(key).map(|flag| Record::remote(flag, &answer));
                called.record = remote.as_ref();
                called.request_id = answer.request_id.as_deref();
                called.evaluated_at = answer.evaluated_at;
                called.errors.while_computing = answer.errors_while_computing;
                called.errors.flag_missing = remote.is_none();
            }
            Some(Err(_)) => called.errors.quota_limited = true,
            None => called.errors.request = vector.get("failure").map(attempt),
        }
        assert_eq!(properties(&called), vector["properties"], "{vector}");
        for pair in vector["is_enabled"].as_array().into_iter().flatten() {
            let is_enabled = called.is_enabled(pair["default"].as_bool());
            assert_eq!(json!(is_enabled), pair["result"], "{vector}");
        }
    });
}

fn values(snapshot: &Snapshot) -> Value {
    let value_of = |key: &str| (key.to_owned(), value(&snapshot.peek(key).unwrap().value));
    Value::Object(snapshot.keys().map(value_of).collect())
}

fn take(snapshot: &mut Snapshot, reported: &mut Reported, step: &Value) {
    if let Some(key) = step["access"].as_str() {
        let groups: Vec<_> = step["groups"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|pair| (text(&pair[0]), text(&pair[1])))
            .collect();
        let called = snapshot.access(key, &groups);
        assert_eq!(properties(&called), step["properties"], "{step}");
        assert_eq!(json!(called.is_minimal()), step["minimal"], "{step}");
        let fingerprint = Fingerprint::new("u1", &called);
        if let Some(is_new) = step.get("new") {
            assert_eq!(json!(!reported.contains(fingerprint)), *is_new, "{step}");
        }
        reported.insert(fingerprint);
    } else if let Some(keys) = step.get("only") {
        let (mut copy, unknown) = snapshot.only(&texts(keys));
        assert_eq!(json!(unknown), step["unknown"], "{step}");
        assert_eq!(values(&copy), step["values"], "{step}");
        step["then"]
            .as_array()
            .into_iter()
            .flatten()
            .for_each(|step| take(&mut copy, reported, step));
    } else if let Some(expected) = step.get("only_accessed") {
        assert_eq!(values(&snapshot.only_accessed()), *expected, "{step}");
    } else if let Some(key) = step["peek"].as_str() {
        let record = snapshot.peek(key);
        assert_eq!(
            json!(record.is_some()),
            json!(step["known"] != false),
            "{step}"
        );
        let found = payload(record.and_then(|record| record.payload.as_ref()));
        assert_eq!(found, step["payload"], "{step}");
    } else if let Some(key) = step["is_enabled"].as_str() {
        assert_eq!(
            json!(snapshot.is_enabled(key, step["default"] == true)),
            step["result"],
            "{step}"
        );
    } else if let Some(document) = step.get("definitions") {
        Definitions::parse(&document.to_string(), &Options::default()).unwrap();
    } else if let Some(keys) = step.get("keys") {
        assert_eq!(json!(snapshot.keys().collect::<Vec<_>>()), *keys, "{step}");
    } else if let Some(expected) = step.get("event_properties") {
        let members = format!("{{{}}}", snapshot.event_properties());
        assert_eq!(
            serde_json::from_str::<Value>(&members).unwrap(),
            *expected,
            "{step}"
        );
    } else {
        assert_eq!(values(snapshot), step["values"], "{step}");
    }
}

#[test]
fn a_snapshot_behaves_step_by_step_as_its_vector_says() {
    each("snapshot", |vector| {
        let definitions = definitions(vector).unwrap_or_default();
        let person = JsonPerson::new("u1", "{}").unwrap();
        let keys = texts(&vector["keys"]);
        let (mut snapshot, asks) =
            Snapshot::local(&definitions, &person, &keys, 0, &mut Scratch::default());
        assert_eq!(json!(asks), vector["asks"], "{vector}");
        if let Some(answer) = answer(vector) {
            snapshot.merge(&answer);
        }
        let mut reported = Reported::default();
        vector["steps"]
            .as_array()
            .unwrap()
            .iter()
            .for_each(|step| take(&mut snapshot, &mut reported, step));
    });
}

fn record(value: FlagValue) -> Record {
    Record {
        value,
        payload: None,
        reason: None,
        id: None,
        version: None,
        locally_evaluated: true,
        has_experiment: None,
        minimal_gate: false,
    }
}

#[test]
fn a_call_is_new_when_its_vector_says() {
    each("dedupe", |vector| {
        let mut reported =
            Reported::with_capacity(vector["capacity"].as_u64().unwrap().try_into().unwrap());
        for step in vector["steps"].as_array().unwrap() {
            if step["clear"] == true {
                reported.clear();
                continue;
            }
            let record = match &step["response"] {
                Value::Bool(value) => Some(record(FlagValue::Bool(*value))),
                Value::String(variant) => Some(record(FlagValue::Variant(variant.clone()))),
                _ => None,
            };
            let groups: Vec<_> = step["groups"]
                .as_array()
                .unwrap()
                .iter()
                .map(|pair| (text(&pair[0]), text(&pair[1])))
                .collect();
            let called = Called {
                key: text(&step["key"]),
                record: record.as_ref(),
                request_id: None,
                evaluated_at: None,
                errors: Errors::default(),
                groups: &groups,
            };
            let fingerprint = Fingerprint::new(text(&step["distinct_id"]), &called);
            assert_eq!(
                json!(!reported.contains(fingerprint)),
                step["new"],
                "{step} in {vector}"
            );
            reported.insert(fingerprint);
        }
    });
}

#[test]
fn the_set_of_calls_keeps_the_last_and_no_more() {
    let mut reported = Reported::with_capacity(3);
    let fingerprint = |id: &str| {
        let called = Called {
            key: "a",
            record: None,
            request_id: None,
            evaluated_at: None,
            errors: Errors::default(),
            groups: &[],
        };
        Fingerprint::new(id, &called)
    };
    let fingerprints: Vec<_> = (0..100).map(|id| fingerprint(&id.to_string())).collect();
    for now in 0..fingerprints.len() {
        reported.insert(fingerprints[now]);
        for (at, fingerprint) in fingerprints.iter().enumerate() {
            let is_kept = at <= now && at + 3 > now;
            assert_eq!(reported.contains(*fingerprint), is_kept, "{at} after {now}");
        }
    }
}

#[test]
fn definitions_are_taken_kept_or_cleared_as_its_vector_says() {
    each("poll", |vector| {
        let (mut poll, mut held) = (Poll::default(), Definitions::default());
        let mut fetches = std::collections::BTreeMap::<String, Fetch>::new();
        for step in vector["steps"].as_array().unwrap() {
            if let Some(key) = step["target"].as_str() {
                assert_eq!(Poll::target(key), text(&step["url"]));
            }
            if let Some(name) = step["begin"].as_str() {
                let fetch = poll.begin();
                assert_eq!(
                    json!(fetch.if_none_match),
                    step["if_none_match"],
                    "{step} in {vector}"
                );
                fetches.insert(name.to_owned(), fetch);
            }
            if let Some(name) = step["answer"].as_str() {
                let status = step["status"].as_u64().unwrap().try_into().unwrap();
                let change = poll.answered(
                    &fetches[name],
                    status,
                    step["etag"].as_str(),
                    text(&step["body"]),
                );
                let change = match change {
                    Ok(Change::Keep) => "keep",
                    Ok(Change::Replace(definitions)) => {
                        held = *definitions;
                        "replace"
                    }
                    Ok(Change::Clear) => {
                        held = Definitions::default();
                        "clear"
                    }
                    Err(_) => "error",
                };
                assert_eq!(change, text(&step["change"]), "{step} in {vector}");
            }
            if let Some(generation) = step.get("generation") {
                assert_eq!(json!(poll.generation()), *generation, "{step} in {vector}");
            }
            if let Some(keys) = step.get("held") {
                let found: Vec<_> = (0..held.len()).map(|flag| held.key(flag)).collect();
                assert_eq!(json!(found), *keys, "{step} in {vector}");
            }
            if let Some(minimal) = step.get("minimal") {
                let found = held.minimal_flag_called_events();
                assert_eq!(json!(found), *minimal, "{step} in {vector}");
            }
            if let Some(ready) = step.get("ready") {
                assert_eq!(json!(poll.is_ready()), *ready, "{step} in {vector}");
            }
        }
    });
}
