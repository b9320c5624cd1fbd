//! Lesson 8: the client of lesson 7, its boundary described in WIT.
//!
//! No file knows addresses any more: what does is generated.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod allocator;
mod capture;
mod event;
mod json;
mod panic;
mod refused;

// ANCHOR: generate
wit_bindgen::generate!({ path: "wit", world: "client" });
// ANCHOR_END: generate
