//! Into the queue and out of it: captures, flushes that wait, imports, and the two ends.

use counting::{Growth, Ready};
use events::{Event, LaneName, Now, Refused};

use super::{capture, drain, event, machine, queued};
use crate::NOW;

/// How long a flush waits, in milliseconds.
const PATIENCE: u64 = 60_000;

/// When every flush has waited long enough.
const LATER: Now = Now {
    monotonic: PATIENCE,
    ..NOW
};

pub(super) fn works() -> Vec<Growth> {
    vec![
        Growth {
            name: "captures",
            size: 200,
            ready: captures,
        },
        Growth {
            name: "captures and flushes without a reply",
            size: 100,
            ready: captures_and_flushes,
        },
        Growth {
            name: "timeouts beside waiting flushes",
            size: 200,
            ready: timeouts,
        },
        Growth {
            name: "captures with chosen identifiers",
            size: 100,
            ready: chosen_identifiers,
        },
        Growth {
            name: "captures into a full queue",
            size: 200,
            ready: full_queue,
        },
        Growth {
            name: "a restored queue",
            size: 200,
            ready: restore,
        },
        Growth {
            name: "an opt-out",
            size: 200,
            ready: opt_out,
        },
        Growth {
            name: "a shutdown at its deadline",
            size: 200,
            ready: shutdown,
        },
    ]
}

fn captures(size: usize) -> Ready {
    let mut machine = machine(|_| {});
    Box::new(move || (0..size).for_each(|_| capture(&mut machine, &event("{}"))))
}

fn captures_and_flushes(size: usize) -> Ready {
    let mut machine = machine(|_| {});
    Box::new(move || {
        for _ in 0..size {
            capture(&mut machine, &event("{}"));
            machine.handle_flush(NOW, PATIENCE);
            drain(&mut machine, NOW, |_| None);
        }
        machine.handle_timeout(LATER);
        drain(&mut machine, LATER, |_| None);
    })
}

fn timeouts(size: usize) -> Ready {
    let mut machine = queued(1, |_| {});
    Box::new(move || {
        for _ in 0..size {
            machine.handle_flush(NOW, PATIENCE);
            drain(&mut machine, NOW, |_| None);
        }
        for _ in 0..size {
            machine.handle_timeout(NOW);
            drain(&mut machine, NOW, |_| None);
        }
    })
}

fn chosen_identifiers(size: usize) -> Ready {
    let mut machine = machine(|config| config.flush_at = size);
    let uuids: Vec<String> = (0..size)
        .map(|event| format!("0f8fad5b-d9cb-469f-a165-{event:012x}"))
        .collect();
    Box::new(move || {
        for uuid in &uuids {
            let chosen = Event {
                uuid: Some(uuid),
                ..event("{}")
            };
            capture(&mut machine, &chosen);
        }
        drain(&mut machine, NOW, |_| Some((200, "")));
        assert_eq!(machine.counts().delivered, size as u64);
    })
}

/// Twice as many as there is room for, and once more after all were sent.
fn full_queue(size: usize) -> Ready {
    let mut machine = machine(|config| config.max_queue_events = size);
    Box::new(move || {
        for _ in 0..2 {
            for _ in 0..2 * size {
                let taken = machine.handle_capture(NOW, &event("{}"));
                assert!(matches!(taken, Ok(_) | Err(Refused::QueueFull)));
            }
            machine.handle_flush(NOW, PATIENCE);
            drain(&mut machine, NOW, |_| Some((200, "")));
        }
    })
}

fn restore(size: usize) -> Ready {
    let export = queued(size, |_| {}).export(LaneName::Analytics).to_vec();
    let mut machine = machine(|_| {});
    Box::new(move || {
        let restored = machine.handle_restore(NOW, LaneName::Analytics, &export);
        assert_eq!(restored, Ok(size));
    })
}

fn opt_out(size: usize) -> Ready {
    let mut machine = queued(size, |_| {});
    Box::new(move || {
        machine.handle_opt_out(NOW);
        drain(&mut machine, NOW, |_| None);
    })
}

/// With a request on its way for every second event, and a flush that waits for each.
fn shutdown(size: usize) -> Ready {
    let mut machine = queued(size / 2, |config| {
        config.flush_at = 1;
        config.max_in_flight = usize::MAX;
    });
    drain(&mut machine, NOW, |_| None);
    for _ in 0..size / 2 {
        capture(&mut machine, &event("{}"));
        machine.handle_flush(NOW, PATIENCE);
    }
    drain(&mut machine, NOW, |_| None);
    Box::new(move || {
        machine.handle_shutdown(NOW, PATIENCE);
        machine.handle_timeout(LATER);
        drain(&mut machine, LATER, |_| None);
    })
}
