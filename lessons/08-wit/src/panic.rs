//! What happens when nothing sensible can: a trap, and no message, which would have to be formatted.

// ANCHOR: panic
#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
// ANCHOR_END: panic
