//! Exercise 1: a module that says what it is.
//!
//! A host that finds a `.wasm` file wants to know which library it holds, and in
//! which version, before it runs anything. Put that into a custom section called
//! `posthog`.

#![cfg_attr(target_family = "wasm", no_std)]

// TODO: `used` keeps the string in the file, but as data, which every instance copies into its memory.
// Another attribute in its place puts it into a section.
#[used]
pub static LIBRARY: [u8; 18] = *b"posthog-wasm 0.1.0";

#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
