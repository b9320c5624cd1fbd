//! The guest of lesson 7 with serde_json making a tree of the properties and text of the tree.

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
#[path = "../src/panic.rs"]
mod panic;
#[path = "../src/refused.rs"]
mod refused;

mod json {
    use crate::refused::Refused;

    /// The tree is made with the event.
    pub fn check(_: &str) -> Result<(), Refused> {
        Ok(())
    }
}

// ANCHOR: tree
mod event {
    use alloc::string::{String, ToString};
    use serde_json::{Value, json};

    pub fn to_json(key: &str, name: &str, id: &str, properties: &str) -> String {
        let properties: Value = serde_json::from_str(properties).unwrap_or_default();
        json!({
            "api_key": key,
            "batch": [{ "event": name, "distinct_id": id, "properties": properties }],
        })
        .to_string()
    }
}
// ANCHOR_END: tree
