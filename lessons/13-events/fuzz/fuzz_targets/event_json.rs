//! Any text as the JSON of an event, or of an exception: what is accepted must be a request that a
//! JSON reader can read, in both forms.
#![no_main]

use events::{
    Boundary, Config, Context, Event, Exception, ExceptionEvent, LaneName, Machine, Mechanism, Now,
    Output, Protocol, Scalar, SpecialEvent,
};
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
    let (kind, images) = (field().unwrap_or_default(), field());
    let mut error = || Exception {
        kind,
        mechanism: Mechanism {
            source: field(),
            native: field(),
            ..Mechanism::default()
        },
        frames: field(),
        ..Exception::default()
    };
    let list = [error(), error()];
    let exception = SpecialEvent::Exception(ExceptionEvent {
        list: &list,
        boundary: Some(Boundary::Logger(kind)),
        source: Some(kind),
        images,
        ..ExceptionEvent::default()
    });
    for protocol in [Protocol::V0, Protocol::V1] {
        let mut machine = self::machine(protocol);
        let captured = machine.handle_capture(Now::default(), &event);
        check(&mut machine, captured.is_ok());
        let mut machine = self::machine(protocol);
        let captured = machine.handle_special(Now::default(), &event, &exception);
        check(&mut machine, captured.is_ok());
        // The same text as what a hook returned.
        let returned = machine.handle_prepared(Now::default(), LaneName::Ai, text);
        check(&mut machine, returned.is_ok());
    }
});

fn machine(protocol: Protocol) -> Machine {
    let config = Config {
        project_key: "k".into(),
        seed: [7; 32],
        protocol,
        flush_at: 1,
        runtime_properties: Some("{\"$os\":\"x\"}".into()),
        ..Config::default()
    };
    Machine::new(config).unwrap()
}

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
