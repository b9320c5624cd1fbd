//! Works whose cost must not grow faster than their input. Each makes ready what a host would have,
//! and leaves the machine's own part to be counted.

mod names;
mod queue;
mod replies;

use counting::Growth;
use events::{Config, Event, Machine, Now, Output, Request, Response};

use crate::NOW;

/// All of them.
pub fn works() -> Vec<Growth> {
    [queue::works(), replies::works(), names::works()].concat()
}

/// A machine that sends nothing by itself and waits for no company, but for what `change` says.
fn machine(change: impl FnOnce(&mut Config)) -> Machine {
    let mut config = Config {
        project_key: "phc_demo".into(),
        flush_at: usize::MAX,
        flush_interval_ms: u64::MAX,
        max_queue_events: usize::MAX,
        seed: [7; 32],
        ..Config::default()
    };
    change(&mut config);
    Machine::new(config).expect("a configuration that works")
}

/// An object of so many members, whose names begin with `prefix`.
fn object(prefix: &str, size: usize) -> String {
    members(size, |member| format!("\"{prefix} {member}\":{member}"))
}

/// An object of so many members, each as `write` has it.
fn members(size: usize, write: impl FnMut(usize) -> String) -> String {
    let members: Vec<String> = (0..size).map(write).collect();
    format!("{{{}}}", members.join(","))
}

/// An event with these properties.
fn event(properties: &str) -> Event<'_> {
    Event {
        name: "invoice paid".into(),
        distinct_id: Some("user-7".into()),
        properties: Some(properties),
        ..Event::default()
    }
}

/// A machine in which so many small events wait.
fn queued(events: usize, change: impl FnOnce(&mut Config)) -> Machine {
    let mut machine = machine(change);
    for _ in 0..events {
        capture(&mut machine, &event("{}"));
    }
    machine
}

fn capture(machine: &mut Machine, event: &Event<'_>) {
    machine
        .handle_capture(NOW, event)
        .expect("room in the queue");
}

/// Drains the machine; `reply` gives the status and the body for a request, or leaves it on its
/// way. Returns when to wake.
fn drain<'r>(
    machine: &mut Machine,
    now: Now,
    mut reply: impl FnMut(&Request) -> Option<(u16, &'r str)>,
) -> Option<u64> {
    loop {
        match machine.poll_output() {
            Output::Request(request) => {
                if let Some((status, body)) = reply(&request) {
                    let response = Response {
                        status,
                        body: body.as_bytes(),
                        ..Response::default()
                    };
                    machine.handle_response(now, request.id, &response);
                }
            }
            Output::WakeAt(at) => return at,
            _ => {}
        }
    }
}

/// Flushes, and lets time pass until nothing is left to do.
fn send_all<'r>(machine: &mut Machine, mut reply: impl FnMut(&Request) -> Option<(u16, &'r str)>) {
    machine.handle_flush(NOW, u64::MAX);
    let mut now = NOW;
    while let Some(at) = drain(machine, now, &mut reply).filter(|at| *at < u64::MAX) {
        now.monotonic = at;
        machine.handle_timeout(now);
    }
}
