//! The guest of this lesson, exported.

#![cfg_attr(target_family = "wasm", no_std)]

// ANCHOR: code
/// Whether no further event may be queued.
///
/// 10,000 events are the default of most of PostHog's server SDKs.
#[unsafe(no_mangle)]
pub extern "C" fn is_full(queued: u32) -> bool {
    queued >= 10_000
}
// ANCHOR_END: code

#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
