//! Exercise 4: the key that a host signs in with must not stay readable after its last use.
//!
//! `forget(address, len)` gives the bytes back as `dealloc` does, and leaves nothing of them to read.

#![cfg_attr(target_family = "wasm", no_std)]
#![allow(unused)]

extern crate alloc;

#[path = "../src/boundary.rs"]
mod boundary;

// TODO: after `dealloc` the allocator may use the bytes again, and until then they say what they said.
#[unsafe(no_mangle)]
pub extern "C" fn forget(address: u32, len: u32) {
    boundary::dealloc(address, len);
}
