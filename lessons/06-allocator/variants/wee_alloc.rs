//! The guest of lesson 6 with wee_alloc, whatever the features say.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

// ANCHOR: variant
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
static ALLOCATOR: wee_alloc::WeeAlloc = wee_alloc::WeeAlloc::INIT;
// ANCHOR_END: variant
