//! The guest of lesson 6 with talc, whatever the features say.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

#[path = "../src/boundary.rs"]
mod boundary;
#[path = "../src/capture.rs"]
mod capture;
#[path = "../src/event.rs"]
mod event;
#[path = "../src/http.rs"]
mod http;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
