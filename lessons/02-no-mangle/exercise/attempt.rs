//! Exercise 2: how long to wait before an attempt to send is repeated.
//!
//! `wait_ms(0)` is 1,000 milliseconds, and each attempt after that waits twice
//! as long as the one before, but none longer than 30,000 milliseconds.

#![cfg_attr(target_family = "wasm", no_std)]
#![allow(unused)]

// TODO: let the host call this, and let it wait at most 30 seconds, whatever the number of the attempt.
fn wait_ms(attempt: u32) -> u32 {
    1_000 * 2_u32.pow(attempt)
}

#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
