//! The call of lesson 7 as wasm-bindgen would have it.

// Only this target has the crate that its macro comes from.
#![cfg(target_family = "wasm")]

extern crate alloc;

#[path = "../src/event.rs"]
mod event;
#[path = "../src/json.rs"]
mod json;
#[path = "../src/refused.rs"]
mod refused;

use wasm_bindgen::prelude::wasm_bindgen;

// ANCHOR: bindgen
#[wasm_bindgen]
unsafe extern "C" {
    fn http_request(path: &str, body: &str) -> String;
}

#[wasm_bindgen]
pub fn capture(key: &str, name: &str, id: &str, properties: &str) -> String {
    match json::check(properties) {
        Ok(()) => http_request("/batch/", &event::to_json(key, name, id, properties)),
        Err(refused) => refused.answer(),
    }
}
// ANCHOR_END: bindgen
