//! Lesson 7: the whole first client, within a budget of bytes.
//!
//! The guest of lesson 6, which now also takes an event's properties.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod allocator;
mod boundary;
mod capture;
mod event;
mod http;
mod json;
mod panic;
mod refused;
