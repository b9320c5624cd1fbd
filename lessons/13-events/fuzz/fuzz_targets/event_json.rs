//! Any text as an event's JSON: what is accepted must be a request that a JSON reader can read, in
//! both forms.
#![no_main]

use events::{Config, Context, Event, LaneName, Machine, Now, Output, Protocol, Scalar};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    // Lines are fields, so that one corpus reaches all of them.
    let mut lines = text.split('\n');
    let mut field = || lines.next().filter(|line| !line.is_empty());
    let (name, id) = (field(), field());
    let event = Event {
        name: Scalar::Json(name.unwrap_or("\"e\"")),
        distinct_id: id.map(Scalar::Json),
        properties: field(),
        groups: field(),
        flags: field(),
        timestamp: field(),
        uuid: field(),
        context: Context {
            tags: field(),
            session_id: field(),
            ..Context::default()
        },
        ..Event::default()
    };
    for protocol in [Protocol::V0, Protocol::V1] {
        let config = Config {
            project_key: "k".into(),
            seed: [7; 32],
            protocol,
            flush_at: 1,
            runtime_properties: Some("{\"$os\":\"x\"}".into()),
            ..Config::default()
        };
        let mut machine = Machine::new(config).unwrap();
        let captured = machine.handle_capture(Now::default(), &event);
        check(&mut machine, captured.is_ok());
        // The same text as what a hook returned.
        let returned = machine.handle_prepared(Now::default(), LaneName::Ai, text);
        check(&mut machine, returned.is_ok());
    }
});

fn check(machine: &mut Machine, accepted: bool) {
    let mut requests = 0;
    loop {
        match machine.poll_output() {
            Output::WakeAt(_) => break,
            Output::Request(request) => {
                requests += 1;
                let body: serde_json::Value = serde_json::from_slice(&request.body)
                    .expect("a body that a JSON reader can read");
                assert!(
                    body["batch"][0]["properties"]["$is_server"] == true
                        || request.lane == LaneName::Ai
                );
                assert!(
                    !body["batch"][0]["event"]
                        .as_str()
                        .expect("a name")
                        .is_empty()
                );
            }
            _ => {}
        }
    }
    assert_eq!(requests, i32::from(accepted));
}
