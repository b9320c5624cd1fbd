//! The guest of lesson 8, built against a response with one field more, and no new version.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

#[path = "../src/allocator.rs"]
mod allocator;
#[path = "../src/capture.rs"]
mod capture;
#[path = "../src/event.rs"]
mod event;
#[path = "../src/json.rs"]
mod json;
#[path = "../src/panic.rs"]
mod panic;
#[path = "../src/refused.rs"]
mod refused;

wit_bindgen::generate!({ path: "broken/changed_record.wit", world: "client" });
