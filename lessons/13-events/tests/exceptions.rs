//! What the list of errors is whatever anybody says about them: readable, a tree, and complete but
//! for what is wrong.

use events::{
    Boundary, Config, Event, Exception, ExceptionEvent, Machine, Mechanism, Now, Output,
    SpecialEvent,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value, json};

/// The properties that are sent.
fn sent(exception: ExceptionEvent<'_>, properties: Option<&str>) -> Map<String, Value> {
    let mut machine = Machine::new(Config {
        project_key: "phc_demo".into(),
        flush_at: 1,
        // It stands for 32 bytes of the system's generator.
        seed: [7; 32],
        ..Config::default()
    })
    .unwrap();
    let event = Event {
        properties,
        ..Event::default()
    };
    machine
        .handle_special(Now::default(), &event, &SpecialEvent::Exception(exception))
        .unwrap();
    let Output::Request(request) = machine.poll_output() else {
        panic!("a request is expected");
    };
    let body: Value = serde_json::from_slice(&request.body).expect("readable JSON");
    body["batch"][0]["properties"].as_object().unwrap().clone()
}

fn mechanisms(list: &[Exception<'_>], boundary: Option<Boundary<'_>>) -> Vec<Map<String, Value>> {
    let exception = ExceptionEvent {
        list,
        boundary,
        ..ExceptionEvent::default()
    };
    let properties = sent(exception, None);
    let list = properties["$exception_list"].as_array().unwrap();
    list.iter()
        .map(|entry| entry["mechanism"].as_object().unwrap().clone())
        .collect()
}

/// Values of every kind, and those that are nearly right.
fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..60).prop_map(Value::from),
        Just(json!(1.5)),
        Just(json!(u64::MAX)),
        prop::sample::select(&["", "true", "0", "generic", "__cause__", "\\\"]}"][..])
            .prop_map(Value::from),
        ".{0,3}".prop_map(Value::from),
        Just(json!([null, {"type": "x"}])),
        Just(json!({"handled": true})),
    ]
}

/// A mechanism as a runtime may have it: known names and unknown ones, with any value.
fn native() -> impl Strategy<Value = Map<String, Value>> {
    const NAMES: &[&str] = &[
        "type",
        "handled",
        "synthetic",
        "source",
        "exception_id",
        "parent_id",
        "code",
        "a \"quoted\" name",
    ];
    let member = (prop::sample::select(NAMES), odd());
    prop::collection::vec(member, 0..8).prop_map(|members| {
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    })
}

/// What must become of a native mechanism in a place of the list where nothing else is known.
fn expected(native: &Map<String, Value>, id: u64) -> Map<String, Value> {
    let mut expected = native.clone();
    let is_filled = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    expected.retain(|name, value| match name.as_str() {
        "type" => id == 0 && is_filled(value),
        "source" => id > 0 && is_filled(value),
        "handled" | "synthetic" => value.is_boolean(),
        _ => true,
    });
    if expected.get("source") == Some(&json!("__cause__")) {
        expected["source"] = json!("cause");
    }
    expected.insert("exception_id".into(), id.into());
    let parent = native.get("parent_id").and_then(Value::as_u64);
    expected.remove("parent_id");
    if id > 0 {
        expected.insert("type".into(), "chained".into());
        let parent = parent.filter(|parent| *parent < id).unwrap_or(id - 1);
        expected.insert("parent_id".into(), parent.into());
    }
    expected
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(12), ..ProptestConfig::default() })]

    #[test]
    fn what_is_wrong_with_a_mechanism_costs_that_member_alone(natives in prop::collection::vec(native(), 1..6)) {
        let texts: Vec<_> = natives.iter().map(|native| Value::from(native.clone()).to_string()).collect();
        let list: Vec<_> = texts
            .iter()
            .map(|native| Exception {
                mechanism: Mechanism { native: Some(native), ..Mechanism::default() },
                ..Exception::default()
            })
            .collect();
        let expected: Vec<_> = natives.iter().zip(0..).map(|(native, id)| self::expected(native, id)).collect();
        prop_assert_eq!(mechanisms(&list, None), expected);
    }

    #[test]
    fn a_list_is_a_tree_whatever_is_said_of_parents(
        said in prop::collection::vec((any::<Option<usize>>(), 0_usize..70, odd()), 1..60),
        text in ".*",
    ) {
        let natives: Vec<_> = said.iter().map(|(_, _, native)| json!({"parent_id": native}).to_string()).collect();
        let list: Vec<_> = said
            .iter()
            .zip(&natives)
            .map(|((far, near, _), native)| Exception {
                kind: &text,
                value: &text,
                parent: far.map(|far| if far % 2 == 0 { *near } else { far }),
                // Some are not JSON at all.
                mechanism: Mechanism { source: Some(&text), native: Some(if near % 5 == 0 { &text } else { native }), ..Mechanism::default() },
                ..Exception::default()
            })
            .collect();
        let found = mechanisms(&list, Some(Boundary::Crash));
        prop_assert_eq!(found.len(), list.len().min(50));
        for (id, mechanism) in (0_u64..).zip(&found) {
            prop_assert_eq!(&mechanism["exception_id"], id);
            let parent = mechanism.get("parent_id").and_then(Value::as_u64);
            prop_assert_eq!(parent.is_some(), id > 0);
            prop_assert!(parent.is_none_or(|parent| parent < id));
            prop_assert_eq!(mechanism.get("handled"), (id == 0).then_some(&json!(false)));
        }
    }

    /// Addresses that meet often, in images that lack something and frames that are not native.
    #[test]
    fn the_images_sent_are_the_first_complete_one_of_each_address_that_a_native_frame_has(
        frames in prop::collection::vec((0_u64..20, prop::sample::select(&["native", "python"][..])), 0..12),
        images in prop::collection::vec((0_u64..20, prop::sample::select(&["", "D", "E"][..]), odd()), 0..12),
    ) {
        let frame = |(address, platform): &(u64, &str)| json!({"note": "]},{\"[", "platform": platform, "image_addr": format!("{address:#x}")});
        let image = |(address, id, odd): &(u64, &str, Value)| json!({"code_file": odd, "debug_id": id, "image_addr": format!("{address:#x}"), "image_size": odd});
        let (given, known) = (frames.iter().map(frame).collect::<Value>().to_string(), images.iter().map(image).collect::<Value>().to_string());
        let list = [Exception { frames: Some(&given), ..Exception::default() }];
        let exception = ExceptionEvent { list: &list, images: Some(&known), ..ExceptionEvent::default() };
        let mut expected = Vec::new();
        for (place, (address, id, odd)) in images.iter().enumerate() {
            let complete = |image: &&(u64, &str, Value)| image.0 == *address && !image.1.is_empty();
            if id.is_empty() || !frames.contains(&(*address, "native")) || images[..place].iter().any(|image| complete(&image)) {
                continue;
            }
            let mut image = json!({"debug_id": id, "image_addr": format!("{address:#x}")});
            if odd.as_str().is_some_and(|text| !text.is_empty()) {
                image["code_file"] = odd.clone();
            }
            if odd.is_u64() {
                image["image_size"] = odd.clone();
            }
            expected.push(image);
        }
        let found = sent(exception, None).remove("$debug_images");
        prop_assert_eq!(found, (!expected.is_empty()).then(|| json!(expected)));
    }
}

#[test]
fn members_beside_the_known_ones_are_kept_up_to_8_kib() {
    let native = |length: usize| json!({"note": "y".repeat(length), "code": 5}).to_string();
    for (length, kept) in [(8000, true), (9000, false)] {
        let native = native(length);
        let list = [Exception {
            mechanism: Mechanism {
                native: Some(&native),
                ..Mechanism::default()
            },
            ..Exception::default()
        }];
        let found = &mechanisms(&list, None)[0];
        assert_eq!(found.contains_key("note"), kept, "{length} letters");
        assert_eq!(found["code"], 5);
    }
}

#[test]
fn of_an_image_for_each_of_300_addresses_256_are_kept() {
    let frames = (0..300)
        .map(|n| json!({"platform": "native", "image_addr": format!("{n:#x}")}))
        .collect::<Value>()
        .to_string();
    let images = (0..300)
        .map(|n| json!({"debug_id": "D", "image_addr": format!("{n:#x}")}))
        .collect::<Value>()
        .to_string();
    let list = [Exception {
        frames: Some(&frames),
        ..Exception::default()
    }];
    let exception = ExceptionEvent {
        list: &list,
        images: Some(&images),
        ..ExceptionEvent::default()
    };
    let found = &sent(exception, None)["$debug_images"];
    assert_eq!(found.as_array().unwrap().len(), 256);
}
