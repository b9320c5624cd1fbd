//! Any bytes as an export: what is restored must be sendable, and what is exported again must be
//! the same.
#![no_main]

use events::{Config, LaneName, Machine, Now, Output, Protocol, ring};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    assert!(
        ring::read(data).count() <= data.len() / 32 + 1,
        "more records than the bytes have room for"
    );
    let config = |protocol| Config {
        project_key: "k".into(),
        seed: [7; 32],
        protocol,
        max_in_flight: 1000,
        ..Config::default()
    };
    let mut machine = Machine::new(config(Protocol::V1)).unwrap();
    let restored = machine
        .handle_restore(Now::default(), LaneName::Analytics, data)
        .unwrap();
    let mut again = Machine::new(config(Protocol::V0)).unwrap();
    assert_eq!(
        again.handle_restore(
            Now::default(),
            LaneName::Analytics,
            machine.export(LaneName::Analytics)
        ),
        Ok(restored)
    );
    for machine in [&mut machine, &mut again] {
        machine.handle_flush(Now::default(), 1000);
        let mut sent = 0;
        loop {
            match machine.poll_output() {
                Output::WakeAt(_) => break,
                Output::Request(request) => {
                    sent += request.events;
                    serde_json::from_slice::<serde_json::Value>(&request.body)
                        .expect("a body that a JSON reader can read");
                }
                _ => {}
            }
        }
        assert_eq!(sent, restored);
    }
});
