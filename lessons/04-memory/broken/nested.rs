//! Broken: reads nested properties with one call a level, however many levels there are.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

#[allow(unused)]
#[path = "../src/boundary.rs"]
mod boundary;

// ANCHOR: nested
/// What a parser keeps for each level that it is inside of, in bytes.
const KEPT: usize = 1024;

/// Goes down `levels` levels and comes back; returns how many it came back from.
#[unsafe(no_mangle)]
pub extern "C" fn nested(levels: u32) -> u32 {
    // The optimiser must not find out that nobody reads it.
    let kept = core::hint::black_box([0_u8; KEPT]);
    match levels {
        0 => u32::from(kept[0]),
        _ => nested(levels - 1) + 1 + u32::from(kept[0]),
    }
}
// ANCHOR_END: nested
