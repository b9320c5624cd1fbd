//! A guest that takes what is not a number.

#![cfg_attr(target_family = "wasm", no_std)]

// ANCHOR: code
/// How many bytes the name of an event takes.
#[unsafe(no_mangle)]
pub extern "C" fn name_length(name: &str) -> u32 {
    name.len() as u32
}
// ANCHOR_END: code

#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
