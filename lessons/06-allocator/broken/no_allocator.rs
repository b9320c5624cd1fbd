//! A heap without an allocator.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

#[path = "../src/boundary.rs"]
mod boundary;
