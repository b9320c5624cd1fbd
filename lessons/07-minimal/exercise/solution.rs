//! Exercise 7: every event says which library made it.
//!
//! `{"plan":"pro"}` is sent as `{"$lib":"posthog-wasm","$lib_version":"0.1.0","plan":"pro"}`,
//! within the budget of bytes of the lesson.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

#[path = "../src/allocator.rs"]
mod allocator;
#[path = "../src/boundary.rs"]
mod boundary;
#[path = "../src/capture.rs"]
mod capture;
#[path = "../src/http.rs"]
mod http;
#[path = "../src/json.rs"]
mod json;
#[path = "../src/panic.rs"]
mod panic;
#[path = "../src/event.rs"]
mod plain;
#[path = "../src/refused.rs"]
mod refused;

mod event {
    use alloc::string::String;

    use crate::plain;

    const LIBRARY: &str = r#""$lib":"posthog-wasm","$lib_version":"0.1.0""#;

    // ANCHOR: solution
    pub fn to_json(key: &str, name: &str, id: &str, properties: &str) -> String {
        let (_, rest) = properties.split_once('{').unwrap_or_default();
        let mut stamped = String::from("{");
        stamped.push_str(LIBRARY);
        if !rest.trim_ascii_start().starts_with('}') {
            stamped.push(',');
        }
        stamped.push_str(rest);
        plain::to_json(key, name, id, &stamped)
    }
    // ANCHOR_END: solution
}
