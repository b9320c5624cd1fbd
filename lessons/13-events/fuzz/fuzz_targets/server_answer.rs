//! Any answer to a request of two events: status, Retry-After and body. Both events end in one
//! place each.
#![no_main]

use events::{Config, Event, Machine, Now, Output, Protocol, Response};
use libfuzzer_sys::fuzz_target;

const UUIDS: [&str; 2] = [
    "0194c0de-1111-7abc-8def-000000000001",
    "0194c0de-1111-7abc-8def-000000000002",
];

fuzz_target!(|data: &[u8]| {
    let Some((head, rest)) = data.split_at_checked(3) else {
        return;
    };
    let status = u16::from_le_bytes([head[0], head[1]]) % 600;
    // The first line is the header's value, the rest the body.
    let end = rest
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(rest.len());
    let wait = std::str::from_utf8(&rest[..end]).unwrap_or("");
    let body = rest.get(end + 1..).unwrap_or_default();
    let protocol = if head[2] & 1 == 0 {
        Protocol::V0
    } else {
        Protocol::V1
    };
    let mut machine = Machine::new(Config {
        project_key: "k".into(),
        seed: [7; 32],
        protocol,
        flush_at: 2,
        ..Config::default()
    })
    .unwrap();
    for uuid in UUIDS {
        machine
            .handle_capture(
                Now::default(),
                &Event {
                    name: "e".into(),
                    uuid: Some(uuid),
                    ..Event::default()
                },
            )
            .unwrap();
    }
    let mut now = Now {
        monotonic: 0,
        unix: 784_111_777_000,
    };
    // Four attempts at most: then nothing may be left.
    for attempt in 1..=5 {
        let mut request = None;
        let wake = loop {
            match machine.poll_output() {
                Output::Request(next) => {
                    assert!(request.replace(next).is_none(), "two requests at once")
                }
                Output::WakeAt(wake) => break wake,
                _ => {}
            }
        };
        if let Some(request) = request {
            assert_eq!(request.attempt, attempt);
            machine.handle_response(
                now,
                request.id,
                &Response {
                    status,
                    headers: &[("Retry-After", wait)],
                    body,
                },
            );
        }
        let counts = machine.counts();
        assert_eq!(
            counts.accepted,
            counts.delivered + counts.queued + counts.dropped.iter().sum::<u64>()
        );
        while !matches!(machine.poll_output(), Output::WakeAt(_)) {}
        let Output::WakeAt(wake_now) = machine.poll_output() else {
            unreachable!()
        };
        let Some(next) = wake_now.or(wake) else { break };
        assert!(
            next <= now.monotonic + 33_000,
            "a wait longer than 30 seconds and their jitter"
        );
        now.monotonic = now.monotonic.max(next);
        machine.handle_timeout(now);
    }
    assert_eq!(machine.counts().queued, 0);
});
