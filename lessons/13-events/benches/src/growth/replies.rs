//! What replies do to batches, and in protocol v1 to each event; and what they say, at whatever
//! length.

use counting::{Growth, Ready};
use events::{Machine, Protocol};

use super::{event, machine, members, queued, send_all};
use crate::NOW;

/// Events of a batch, where there are many batches.
const BATCH: usize = 10;

pub(super) fn works() -> Vec<Growth> {
    vec![
        Growth {
            name: "batches that are delivered",
            size: 200,
            ready: delivered,
        },
        Growth {
            name: "batches that are delivered the second time",
            size: 200,
            ready: retried,
        },
        Growth {
            name: "batches that are rejected",
            size: 200,
            ready: rejected,
        },
        Growth {
            name: "verdicts of one reply",
            size: 300,
            ready: verdicts,
        },
        Growth {
            name: "the details of a verdict",
            size: 10_000,
            ready: details,
        },
        Growth {
            name: "the body of an error",
            size: 10_000,
            ready: error_body,
        },
    ]
}

fn delivered(size: usize) -> Ready {
    let mut machine = queued(size, |config| config.flush_at = BATCH);
    Box::new(move || send_all(&mut machine, |_| Some((200, ""))))
}

fn retried(size: usize) -> Ready {
    let mut machine = queued(size, |config| config.flush_at = BATCH);
    Box::new(move || {
        send_all(&mut machine, |request| {
            Some((if request.attempt == 1 { 503 } else { 200 }, ""))
        })
    })
}

fn rejected(size: usize) -> Ready {
    let mut machine = queued(size, |config| config.flush_at = BATCH);
    Box::new(move || send_all(&mut machine, |_| Some((400, ""))))
}

/// In turn an event is taken, dropped, and to be sent again, until it is sent for the last time.
fn verdicts(size: usize) -> Ready {
    let (mut machine, results) = judged(size, |event| match event % 3 {
        0 => r#"{"result":"ok"}"#.to_owned(),
        1 => r#"{"result":"drop","details":"no such property"}"#.to_owned(),
        _ => r#"{"result":"retry"}"#.to_owned(),
    });
    Box::new(move || send_all(&mut machine, |_| Some((200, &results))))
}

fn details(size: usize) -> Ready {
    let (mut machine, results) = judged(BATCH, |_| {
        format!(r#"{{"result":"drop","details":"{}"}}"#, "x".repeat(size))
    });
    Box::new(move || {
        send_all(&mut machine, |_| Some((200, &results)));
        assert_eq!(machine.counts().queued, 0);
    })
}

fn error_body(size: usize) -> Ready {
    let mut machine = queued(1, |_| {});
    let body = "no ".repeat(size);
    Box::new(move || send_all(&mut machine, |_| Some((400, &body))))
}

/// A machine with a batch of so many events, and the reply of a v1 server with a verdict for each.
fn judged(events: usize, verdict: impl Fn(usize) -> String) -> (Machine, String) {
    let mut machine = machine(|config| config.protocol = Protocol::V1);
    let results = members(events, |place| {
        let uuid = machine.handle_capture(NOW, &event("{}"));
        let uuid = uuid.expect("room in the queue");
        format!("\"{uuid}\":{}", verdict(place))
    });
    (machine, format!(r#"{{"results":{results}}}"#))
}
