//! The guest of lesson 7 with serde_json reading the properties, and keeping nothing of them.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

#[path = "../src/allocator.rs"]
mod allocator;
#[path = "../src/boundary.rs"]
mod boundary;
#[path = "../src/capture.rs"]
mod capture;
#[path = "../src/event.rs"]
mod event;
#[path = "../src/http.rs"]
mod http;
#[path = "../src/panic.rs"]
mod panic;
#[path = "../src/refused.rs"]
mod refused;

// ANCHOR: ignored
mod json {
    use crate::refused::Refused;
    use serde::de::IgnoredAny;

    pub fn check(text: &str) -> Result<(), Refused> {
        let object = text.trim_ascii_start().starts_with('{');
        match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) if object => Ok(()),
            Ok(_) => Err(Refused {
                at: 0,
                expected: "one JSON object",
            }),
            // Its own sentences, which it makes with `format!`, stay behind.
            Err(error) => Err(Refused {
                at: error.column(),
                expected: "something else",
            }),
        }
    }
}
// ANCHOR_END: ignored
