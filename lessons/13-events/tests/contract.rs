//! The contract of the crate's first paragraph, word by word, and what happens to a host that
//! breaks it.

use events::{
    Config, Event, FailureKind, LaneName, Machine, Now, Output, Request, Response, Scalar,
};

const WALL: u64 = 1_769_938_200_000;

fn at(millis: u64) -> Now {
    Now {
        monotonic: millis,
        unix: WALL + millis,
    }
}

/// What every machine here needs; the seed stands for 32 bytes of the system's.
fn base() -> Config {
    Config {
        project_key: "phc_demo".into(),
        jitter_percent: 0,
        seed: [7; 32],
        ..Config::default()
    }
}

fn machine(config: Config) -> Machine {
    Machine::new(config).unwrap()
}

fn capture(machine: &mut Machine, now: Now) {
    machine
        .handle_capture(
            now,
            &Event {
                name: "e".into(),
                ..Event::default()
            },
        )
        .unwrap();
}

/// The host's half of the contract; returns the requests and the wake time.
fn drain(machine: &mut Machine) -> (Vec<Request>, Option<u64>) {
    let mut requests = Vec::new();
    loop {
        match machine.poll_output() {
            Output::Request(request) => requests.push(request),
            Output::WakeAt(wake) => return (requests, wake),
            _ => {}
        }
    }
}

#[test]
fn the_first_paragraph_states_the_contract() {
    let source = include_str!("../src/lib.rs");
    let paragraph: Vec<&str> = source
        .lines()
        .take_while(|line| *line != "//!")
        .map(|line| line.trim_start_matches("//! "))
        .collect();
    let paragraph = paragraph.join(" ");
    let contract = paragraph.split("**").nth(1).expect("a contract in bold");
    for part in [
        "after every call of a `handle_…` method",
        "[`Machine::poll_output`] until it returns [`Output::WakeAt`]",
        "[`Machine::handle_timeout`] no later",
        "reports the outcome of every [`Output::Request`] once",
    ] {
        assert!(contract.contains(part), "{part}");
    }
    let promise = paragraph.split("**").nth(2).expect("what comes in return");
    for part in [
        "nothing is due before the wake time",
        "in one place of the machine's books and never in two",
        "a request on its way, or one whose reply was lost or could not be read, may have brought it",
    ] {
        assert!(promise.contains(part), "{part}");
    }
}

#[test]
fn a_drain_ends_with_one_wake_time_and_stays_ended() {
    let mut machine = machine(Config {
        flush_at: 2,
        ..base()
    });
    capture(&mut machine, at(0));
    capture(&mut machine, at(0));
    capture(&mut machine, at(1));
    assert_eq!(drain(&mut machine).0.len(), 1);
    let wake = machine.poll_output();
    assert_eq!(wake, machine.poll_output());
    assert!(matches!(wake, Output::WakeAt(_)));
}

#[test]
fn nothing_is_due_before_the_wake_time_and_something_is_at_it() {
    let mut machine = machine(base());
    capture(&mut machine, at(100));
    let (requests, wake) = drain(&mut machine);
    assert!(requests.is_empty());
    let wake = wake.unwrap();
    for millis in 101..wake {
        machine.handle_timeout(at(millis));
        assert_eq!(drain(&mut machine), (Vec::new(), Some(wake)), "at {millis}");
    }
    machine.handle_timeout(at(wake));
    assert_eq!(drain(&mut machine).0.len(), 1);
}

#[test]
fn a_host_that_wakes_the_machine_late_sends_late_and_loses_nothing() {
    let mut machine = machine(base());
    capture(&mut machine, at(0));
    drain(&mut machine);
    machine.handle_timeout(at(1_000_000));
    assert_eq!(drain(&mut machine).0[0].events, 1);
}

#[test]
fn a_host_that_does_not_drain_sends_nothing_and_loses_nothing() {
    let mut machine = machine(Config {
        flush_at: 1,
        ..base()
    });
    for millis in 0..10 {
        capture(&mut machine, at(millis));
    }
    assert_eq!(machine.counts().queued, 10);
    assert_eq!(drain(&mut machine).0.len(), 1);
}

#[test]
fn a_request_without_an_answer_holds_its_events_and_those_behind_them() {
    let mut machine = machine(Config {
        flush_at: 1,
        ..base()
    });
    capture(&mut machine, at(0));
    capture(&mut machine, at(0));
    let (requests, wake) = drain(&mut machine);
    assert_eq!((requests.len(), wake), (1, None));
    machine.handle_timeout(at(1_000_000));
    assert_eq!(drain(&mut machine), (Vec::new(), None));
    machine.handle_failure(at(1_000_001), requests[0].id, FailureKind::Timeout);
    assert_eq!(drain(&mut machine).1, Some(1_001_001));
    assert_eq!(machine.counts().queued, 2);
}

#[test]
fn a_second_answer_to_a_request_changes_nothing() {
    let mut machine = machine(Config {
        flush_at: 1,
        ..base()
    });
    capture(&mut machine, at(0));
    let (requests, _) = drain(&mut machine);
    machine.handle_response(
        at(1),
        requests[0].id,
        &Response {
            status: 200,
            ..Response::default()
        },
    );
    let counts = machine.counts();
    machine.handle_response(
        at(2),
        requests[0].id,
        &Response {
            status: 400,
            ..Response::default()
        },
    );
    machine.handle_failure(at(3), requests[0].id, FailureKind::Other);
    assert_eq!(
        (machine.counts(), drain(&mut machine)),
        (counts, (Vec::new(), None))
    );
}

#[test]
fn the_same_calls_give_the_same_bytes() {
    let run = |seed| {
        let mut machine = machine(Config {
            flush_at: 3,
            seed: [seed; 32],
            ..base()
        });
        for millis in 0..3 {
            capture(&mut machine, at(millis));
        }
        drain(&mut machine).0.remove(0).body
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn a_damaged_export_gives_back_what_is_whole_and_says_what_is_not() {
    let mut machine = machine(base());
    for _ in 0..3 {
        capture(&mut machine, at(0));
    }
    let mut bytes = machine.export(LaneName::Analytics).to_vec();
    // In the second record's text: its event has no name any more.
    let place = bytes
        .windows(8)
        .enumerate()
        .filter(|(_, window)| window == b"\"event\":")
        .nth(1)
        .unwrap()
        .0;
    bytes[place + 1] = b'E';
    let mut next = self::machine(base());
    assert_eq!(
        next.handle_restore(at(5), LaneName::Analytics, &bytes),
        Ok(2)
    );
    assert_eq!(
        next.poll_output(),
        Output::Warning(events::Warning::Damaged { records: 1 })
    );
    assert_eq!(next.counts().queued, 2);
}

#[test]
fn white_space_around_a_text_that_is_repaired_is_not_part_of_it() {
    let mut machine = machine(Config {
        flush_at: 1,
        ..base()
    });
    let event = Event {
        name: Scalar::Json(" \"\\ud800x\"\n"),
        ..Event::default()
    };
    machine.handle_capture(at(0), &event).unwrap();
    let body = drain(&mut machine).0.remove(0).body;
    let body = String::from_utf8(body).unwrap();
    assert!(body.contains("\"event\":\"\u{fffd}x\""), "{body}");
}

#[test]
fn a_restored_event_that_is_too_large_is_refused_and_not_called_damaged() {
    let mut machine = machine(base());
    for properties in ["{}", &format!("{{\"x\":\"{}\"}}", "y".repeat(300)), "{}"] {
        let event = Event {
            name: "e".into(),
            properties: Some(properties),
            ..Event::default()
        };
        machine.handle_capture(at(0), &event).unwrap();
    }
    let mut next = self::machine(Config {
        max_event_bytes: 400,
        ..base()
    });
    let export = machine.export(LaneName::Analytics);
    assert_eq!(
        next.handle_restore(at(5), LaneName::Analytics, export),
        Ok(2)
    );
    let counts = next.counts();
    assert_eq!((counts.queued, counts.accepted, counts.refused), (2, 2, 1));
    // Its time to wait is all there is to say: no warning of damage.
    assert_eq!(next.poll_output(), Output::WakeAt(Some(5005)));
}

#[test]
fn what_is_not_queued_is_not_counted_as_restored() {
    let mut machine = machine(base());
    capture(&mut machine, at(0));
    let mut next = self::machine(Config {
        send: false,
        ..base()
    });
    let export = machine.export(LaneName::Analytics);
    assert_eq!(
        next.handle_restore(at(5), LaneName::Analytics, export),
        Ok(0)
    );
    assert_eq!(next.counts(), Default::default());
}

/// The books say dropped, the world may say delivered: nobody can take back a request that is on
/// its way.
#[test]
fn an_event_dropped_while_its_request_was_on_its_way_stays_dropped_when_the_reply_comes() {
    let drop_by: [fn(&mut Machine); 2] = [
        |machine| machine.handle_opt_out(at(1)),
        |machine| {
            machine.handle_shutdown(at(1), 1);
        },
    ];
    for drop_it in drop_by {
        let mut machine = machine(Config {
            flush_at: 1,
            ..base()
        });
        capture(&mut machine, at(0));
        let request = drain(&mut machine).0.remove(0);
        drop_it(&mut machine);
        let Output::Dropped(dropped) = machine.poll_output() else {
            panic!("a drop is reported");
        };
        assert_eq!(dropped.how_many, 1);
        let taken = Response {
            status: 200,
            ..Response::default()
        };
        machine.handle_response(at(2), request.id, &taken);
        let counts = machine.counts();
        assert_eq!((counts.delivered, counts.queued), (0, 0));
        assert_eq!(counts.dropped.iter().sum::<u64>(), 1);
    }
}

/// A flush does away with waiting for company, and with nothing else.
#[test]
fn a_flush_neither_shortens_a_wait_after_a_failure_nor_sends_more_at_once() {
    let mut machine = machine(Config {
        flush_at: 1,
        ..base()
    });
    capture(&mut machine, at(0));
    let first = drain(&mut machine).0.remove(0);
    capture(&mut machine, at(1));
    machine.handle_flush(at(2), u64::MAX);
    assert_eq!(drain(&mut machine), (Vec::new(), Some(u64::MAX)));
    machine.handle_failure(at(3), first.id, FailureKind::Timeout);
    machine.handle_flush(at(4), u64::MAX);
    assert_eq!(drain(&mut machine), (Vec::new(), Some(1003)));
}
