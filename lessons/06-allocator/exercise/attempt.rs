//! Exercise 6: how many bytes does the guest hold right now?
//!
//! `live_bytes()` is what was taken from the allocator and not given back.

#![cfg_attr(target_family = "wasm", no_std)]
#![allow(unused)]

extern crate alloc;

#[path = "../src/boundary.rs"]
mod boundary;
#[path = "../src/capture.rs"]
mod capture;
#[path = "../src/event.rs"]
mod event;
#[path = "../src/http.rs"]
mod http;

use core::{
    alloc::{GlobalAlloc, Layout},
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

/// Counts what passes through to the allocator inside.
struct Counting<A>(A);

static LIVE: AtomicU32 = AtomicU32::new(0);

// SAFETY: every call goes to an allocator that keeps the trait's promises.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Counting<A> {
    // TODO: count what is taken and what is given back.
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller promises what the trait asks for.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { self.0.dealloc(block, layout) }
    }
}

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: Counting<talc::wasm::WasmDynamicTalc> =
    Counting(talc::wasm::new_wasm_dynamic_allocator());

/// Bytes taken and not given back.
#[unsafe(no_mangle)]
pub extern "C" fn live_bytes() -> u32 {
    LIVE.load(Relaxed)
}
