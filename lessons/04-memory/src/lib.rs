//! Lesson 4: what is where in linear memory.
//!
//! The guest of lesson 3, which now also tells where its parts lie.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod boundary;
mod event;

// ANCHOR: capture
/// Makes the event called by the string at `name`.
///
/// Returns the JSON text as `address << 32 | length`, the host's to release;
/// 0 if the bytes are not UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn capture(name: u32, name_len: u32) -> u64 {
    match boundary::text(name, name_len) {
        Some(name) => boundary::give(event::to_json(name)),
        None => 0,
    }
}
// ANCHOR_END: capture
