//! The work that is measured: from an application's values to a queued event, and to a request that
//! was acknowledged.

pub mod growth;

use events::{Config, Event, Machine, Now, Output, Request, Response};
use serde::Serialize;

/// The properties of one event, as an application has them.
#[derive(Serialize)]
pub struct Properties {
    pub amount: f64,
    pub currency: &'static str,
    pub items: u32,
    pub paid: bool,
    pub plan: &'static str,
    pub tags: [&'static str; 3],
    pub source: &'static str,
    pub note: &'static str,
}

pub const PROPERTIES: Properties = Properties {
    amount: 12.5,
    currency: "EUR",
    items: 3,
    paid: true,
    plan: "enterprise",
    tags: ["b2b", "renewal", "q1"],
    source: "billing-service",
    note: "paid by card, second attempt",
};

/// A time for works that need no clock.
pub const NOW: Now = Now {
    monotonic: 0,
    unix: 1_769_938_200_000,
};

/// A machine that sends nothing by itself.
pub fn machine(host: &str) -> Machine {
    let config = Config {
        project_key: "phc_demo".into(),
        host: host.into(),
        flush_at: 100,
        flush_interval_ms: u64::MAX,
        runtime_properties: Some(r#"{"$os":"Linux","$os_version":"6.12"}"#.into()),
        seed: [7; 32],
        ..Config::default()
    };
    Machine::new(config).expect("a configuration that works")
}

/// From values to a queued event; the properties pass through the host's own serialiser, as in
/// every host.
pub fn capture(machine: &mut Machine, now: Now) {
    let properties = serde_json::to_string(&PROPERTIES).expect("values that JSON can say");
    let event = Event {
        name: "invoice paid".into(),
        distinct_id: Some("user-7".into()),
        properties: Some(&properties),
        ..Event::default()
    };
    machine
        .handle_capture(now, &event)
        .expect("room in the queue");
}

/// Sends everything that is queued; `send` answers with a status.
pub fn flush(machine: &mut Machine, now: Now, mut send: impl FnMut(&Request) -> u16) {
    machine.handle_flush(now, u64::MAX);
    loop {
        match machine.poll_output() {
            Output::Request(request) => {
                let status = send(&request);
                machine.handle_response(
                    now,
                    request.id,
                    &Response {
                        status,
                        ..Response::default()
                    },
                );
            }
            Output::WakeAt(_) => break,
            _ => {}
        }
    }
}
