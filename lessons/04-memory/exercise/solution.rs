//! Exercise 4: the key that a host signs in with must not stay readable after its last use.
//!
//! `forget(address, len)` gives the bytes back as `dealloc` does, and leaves nothing of them to read.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

// This module passes no text.
#[allow(dead_code)]
#[path = "../src/boundary.rs"]
mod boundary;

// ANCHOR: solution
#[unsafe(no_mangle)]
pub extern "C" fn forget(address: u32, len: u32) {
    let first = address as *mut u8;
    for index in 0..len as usize {
        // SAFETY: as with `dealloc`, the host promises that these bytes are its own.
        unsafe { first.add(index).write_volatile(0) };
    }
    boundary::dealloc(address, len);
}
// ANCHOR_END: solution
