//! The guest of lesson 6 with a heap of one mebibyte that never grows.

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

// ANCHOR: arena
/// Bytes in the heap.
#[cfg(target_family = "wasm")]
const HEAP: usize = 1024 * 1024;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmArenaTalc = {
    static mut ARENA: [core::mem::MaybeUninit<u8>; HEAP] =
        [const { core::mem::MaybeUninit::uninit() }; HEAP];
    // SAFETY: nothing else names the array, so it is the allocator's alone.
    unsafe { talc::wasm::new_wasm_arena_allocator(&raw mut ARENA) }
};
// ANCHOR_END: arena
