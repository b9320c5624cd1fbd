//! Lesson 1: a guest that nobody can call yet.

#![cfg_attr(target_family = "wasm", no_std)]

// ANCHOR: code
/// Whether no further event may be queued: 10,000 are the default limit of PostHog's server SDKs.
pub fn is_full(queued: u32) -> bool {
    queued >= 10_000
}
// ANCHOR_END: code

// ANCHOR: panic
#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
// ANCHOR_END: panic
