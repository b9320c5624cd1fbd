//! How deep an event may be: the bound is that of what the caller gives, wherever the client puts
//! it.

use events::{
    Config, Event, Exception, ExceptionEvent, LaneName, Machine, Mechanism, Now, Output, Protocol,
    Refused, SpecialEvent, Uuid,
};

const NOW: Now = Now {
    monotonic: 0,
    unix: 1_769_938_200_000,
};

/// A machine that sends at once; the seed stands for 32 bytes of the system's.
fn machine(protocol: Protocol) -> Machine {
    Machine::new(Config {
        project_key: "phc_demo".into(),
        flush_at: 1,
        protocol,
        seed: [7; 32],
        ..Config::default()
    })
    .unwrap()
}

/// Whatever is accepted must go all the way: into a v1 body, where only an event has `options`, and
/// through a restart.
#[test]
fn the_deepest_event_that_is_accepted_can_be_sent_and_restored() {
    let nested = |levels: usize| {
        let arrays = levels - 1;
        format!("{{\"a\":{}{}}}", "[".repeat(arrays), "]".repeat(arrays))
    };
    let deepest = |capture: fn(&mut Machine, &str) -> Result<Uuid, Refused>| {
        let mut taken = Vec::new();
        for levels in 96..=108 {
            let mut machine = machine(Protocol::V1);
            if capture(&mut machine, &nested(levels)).is_err() {
                continue;
            }
            let Output::Request(request) = machine.poll_output() else {
                panic!("no request for {levels} levels");
            };
            let body = String::from_utf8(request.body).unwrap();
            assert!(body.contains("\"options\":{"), "{levels} levels: {body}");
            let mut next = self::machine(Protocol::V0);
            let export = machine.export(LaneName::Analytics);
            assert_eq!(
                next.handle_restore(NOW, LaneName::Analytics, export),
                Ok(1),
                "{levels} levels"
            );
            taken.push(levels);
        }
        taken
    };
    let of_properties = deepest(|machine, text| {
        let event = Event {
            name: "e".into(),
            properties: Some(text),
            ..Event::default()
        };
        machine.handle_capture(NOW, &event)
    });
    let of_groups = deepest(|machine, text| {
        let event = Event {
            name: "e".into(),
            groups: Some(text),
            ..Event::default()
        };
        machine.handle_capture(NOW, &event)
    });
    let of_a_person = deepest(|machine, text| {
        let event = Event {
            distinct_id: Some("user-7".into()),
            ..Event::default()
        };
        let special = SpecialEvent::Identify {
            set: Some(text),
            set_once: None,
            anonymous_id: None,
        };
        machine.handle_special(NOW, &event, &special)
    });
    let of_frames = deepest(|machine, text| {
        // An array around the object, which is one level of the hundred.
        let frames = format!("[{text}]");
        let list = [Exception {
            kind: "E",
            frames: Some(&frames),
            ..Exception::default()
        }];
        let special = SpecialEvent::Exception(ExceptionEvent {
            list: &list,
            ..ExceptionEvent::default()
        });
        machine.handle_special(NOW, &Event::default(), &special)
    });
    for (taken, most) in [
        (of_properties, 100),
        (of_groups, 100),
        (of_a_person, 100),
        (of_frames, 99),
    ] {
        assert_eq!(taken, (96..=most).collect::<Vec<usize>>());
    }
}

/// A mechanism that is too deep is left out; the error is worth more than it.
#[test]
fn a_mechanism_is_kept_up_to_the_depth_of_anything_given() {
    for (levels, kept) in [(100, true), (101, false)] {
        let arrays = levels - 1;
        let native = format!("{{\"a\":{}{}}}", "[".repeat(arrays), "]".repeat(arrays));
        let list = [Exception {
            mechanism: Mechanism {
                native: Some(&native),
                ..Mechanism::default()
            },
            ..Exception::default()
        }];
        let special = SpecialEvent::Exception(ExceptionEvent {
            list: &list,
            ..ExceptionEvent::default()
        });
        let mut machine = machine(Protocol::V1);
        machine
            .handle_special(NOW, &Event::default(), &special)
            .unwrap();
        let Output::Request(request) = machine.poll_output() else {
            panic!("no request for {levels} levels");
        };
        let body = String::from_utf8(request.body).unwrap();
        assert_eq!(body.contains("[[[["), kept, "{levels} levels: {body}");
        let mut next = self::machine(Protocol::V0);
        let export = machine.export(LaneName::Analytics);
        let restored = next.handle_restore(NOW, LaneName::Analytics, export);
        assert_eq!(restored, Ok(1), "{levels} levels");
    }
}

/// What is too deep is told by the name and the place that the caller knows.
#[test]
fn properties_of_a_person_that_are_too_deep_are_refused_where_the_caller_wrote_them() {
    let set = format!("{{\"a\":{}{}}}", "[".repeat(100), "]".repeat(100));
    let event = Event {
        distinct_id: Some("user-7".into()),
        ..Event::default()
    };
    let special = SpecialEvent::Identify {
        set: Some(&set),
        set_once: None,
        anonymous_id: None,
    };
    let refused = machine(Protocol::V0).handle_special(NOW, &event, &special);
    assert_eq!(
        refused.unwrap_err().sentence(),
        "$set: at byte 104: at most 100 nested objects and arrays expected"
    );
}
