//! From a flag to its event: requests, answers, snapshots, and what was reported.

use std::hint::black_box;

use counting::{Growth, Ready};
use flags::{
    Called, Errors, Fingerprint, FlagsRequest, Limits, RemoteAnswer, Reported, Scratch, Snapshot,
};

use super::{NOW, document, each, flag, nested, object, person, read};
use crate::documents::{self, REQUEST};

pub(super) fn works() -> Vec<Growth> {
    vec![
        Growth {
            name: "the properties in a request",
            size: 200,
            ready: properties,
        },
        Growth {
            name: "the levels of a property in a request",
            size: 20,
            ready: levels,
        },
        Growth {
            name: "the groups in a request",
            size: 200,
            ready: groups,
        },
        Growth {
            name: "the properties of a group in a request",
            size: 200,
            ready: group_properties,
        },
        Growth {
            name: "the keys in a request",
            size: 500,
            ready: keys,
        },
        Growth {
            name: "the flags of an answer",
            size: 50,
            ready: answer,
        },
        Growth {
            name: "the flags and payloads of an answer in the older shape",
            size: 200,
            ready: older_answer,
        },
        Growth {
            name: "the keys of an answer in the oldest shape",
            size: 200,
            ready: oldest_answer,
        },
        Growth {
            name: "a snapshot and access to all of it",
            size: 200,
            ready: snapshot,
        },
        Growth {
            name: "an answer laid under a snapshot",
            size: 200,
            ready: merge,
        },
        Growth {
            name: "the keys to which a snapshot is cut down",
            size: 200,
            ready: only,
        },
        Growth {
            name: "the groups of a reported call",
            size: 200,
            ready: called,
        },
        Growth {
            name: "reported calls",
            size: 2000,
            ready: reported,
        },
    ]
}

fn properties(size: usize) -> Ready {
    with_properties(object(size))
}

fn levels(size: usize) -> Ready {
    with_properties(format!(r#"{{"plan":{}}}"#, nested(size)))
}

fn with_properties(properties: String) -> Ready {
    Box::new(move || {
        write(&FlagsRequest {
            person_properties: &properties,
            ..REQUEST
        });
    })
}

fn groups(size: usize) -> Ready {
    let groups = object(size);
    let properties = each(size, |place| format!(r#""name {place}":{{"seats":5}}"#));
    let properties = format!("{{{properties}}}");
    Box::new(move || {
        write(&FlagsRequest {
            groups: &groups,
            group_properties: &properties,
            ..REQUEST
        });
    })
}

fn group_properties(size: usize) -> Ready {
    let properties = format!(r#"{{"company":{}}}"#, object(size));
    Box::new(move || {
        write(&FlagsRequest {
            groups: r#"{"company":"acme"}"#,
            group_properties: &properties,
            ..REQUEST
        });
    })
}

fn keys(size: usize) -> Ready {
    let keys = keys_of(size);
    Box::new(move || {
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        write(&FlagsRequest {
            flag_keys: &keys,
            ..REQUEST
        });
    })
}

fn write(request: &FlagsRequest<'_>) {
    black_box(request.body(NOW).expect("a sound request"));
}

fn answer(size: usize) -> Ready {
    let answer = documents::answer(size);
    Box::new(move || assert_eq!(parse(&answer).flags.len(), size))
}

fn older_answer(size: usize) -> Ready {
    let values = each(size, |place| format!(r#""flag-{place}":"blue""#));
    let payloads = each(size, |place| format!(r#""flag-{place}":"{place}""#));
    let answer = format!(r#"{{"featureFlags":{{{values}}},"featureFlagPayloads":{{{payloads}}}}}"#);
    Box::new(move || assert_eq!(parse(&answer).flags.len(), size))
}

fn oldest_answer(size: usize) -> Ready {
    let keys = each(size, |place| format!("\"flag-{place}\""));
    let answer = format!(r#"{{"featureFlags":[{keys}]}}"#);
    Box::new(move || assert_eq!(parse(&answer).flags.len(), size))
}

fn snapshot(size: usize) -> Ready {
    let flags = each(size, |place| flag(&format!("flag-{place}"), "{}", ""));
    let definitions = read(&document(&flags, ""), false);
    let (keys, mut scratch) = (keys_of(size), Scratch::default());
    Box::new(move || {
        let person = person("{}");
        let (mut snapshot, _) = Snapshot::local(&definitions, &person, &[], NOW, &mut scratch);
        for key in &keys {
            black_box(snapshot.access(key, &[]).properties());
        }
        black_box(snapshot.only_accessed().event_properties());
    })
}

fn merge(size: usize) -> Ready {
    let answer = Ok(parse(&documents::answer(size)));
    Box::new(move || {
        let mut snapshot = Snapshot::default();
        snapshot.merge(&answer);
        assert_eq!(snapshot.keys().count(), size);
    })
}

fn only(size: usize) -> Ready {
    let mut snapshot = Snapshot::default();
    snapshot.merge(&Ok(parse(&documents::answer(size))));
    let keys = keys_of(size);
    Box::new(move || {
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        assert!(snapshot.only(&keys).1.is_empty());
    })
}

fn parse(answer: &str) -> RemoteAnswer {
    RemoteAnswer::parse(answer, &Limits::default()).expect("a sound answer")
}

/// The keys of the first flags.
fn keys_of(size: usize) -> Vec<String> {
    (0..size).map(|place| format!("flag-{place}")).collect()
}

fn called(size: usize) -> Ready {
    let types = keys_of(size);
    Box::new(move || {
        let groups: Vec<(&str, &str)> = types.iter().map(|name| (name.as_str(), "acme")).collect();
        let called = call("flag-1", &groups);
        black_box((called.properties(), Fingerprint::new("user-7", &called)));
    })
}

/// Half of them are forgotten again.
fn reported(size: usize) -> Ready {
    let mut reported = Reported::with_capacity(size / 2);
    let fingerprints: Vec<Fingerprint> = keys_of(size)
        .iter()
        .map(|key| Fingerprint::new("user-7", &call(key, &[])))
        .collect();
    Box::new(move || {
        for fingerprint in &fingerprints {
            assert!(!reported.contains(*fingerprint));
            reported.insert(*fingerprint);
        }
    })
}

fn call<'a>(key: &'a str, groups: &'a [(&'a str, &'a str)]) -> Called<'a> {
    Called {
        key,
        record: None,
        request_id: None,
        evaluated_at: None,
        errors: Errors::default(),
        groups,
    }
}
