//! The one file that knows addresses. Everything `unsafe` is here.

use alloc::{boxed::Box, string::String};
use core::{ptr, slice, str};

// ANCHOR: alloc
/// Gives the host `len` bytes to write to. They are the host's until it calls [`dealloc`].
///
/// Returns their address. Traps if there are not that many.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(len: u32) -> u32 {
    let bytes = Box::<[u8]>::new_uninit_slice(len as usize);
    Box::into_raw(bytes).cast::<u8>().addr() as u32
}

/// Takes back `len` bytes that [`alloc`] or an answer gave.
#[unsafe(no_mangle)]
pub extern "C" fn dealloc(address: u32, len: u32) {
    let bytes = ptr::slice_from_raw_parts_mut(address as *mut u8, len as usize);
    // SAFETY: the host promises that it was given this pair and gives it back once.
    drop(unsafe { Box::from_raw(bytes) });
}
// ANCHOR_END: alloc

// ANCHOR: text
/// The host's text at `address`, or `None` if the bytes are not UTF-8.
pub fn text<'call>(address: u32, len: u32) -> Option<&'call str> {
    // SAFETY: the host promises `len` bytes at `address` that nobody changes during the call.
    let bytes = unsafe { slice::from_raw_parts(address as *const u8, len as usize) };
    str::from_utf8(bytes).ok()
}
// ANCHOR_END: text

// ANCHOR: give
/// Hands a string to the host, as `address << 32 | length`. It is the host's until it calls [`dealloc`].
pub fn give(text: String) -> u64 {
    let bytes = text.into_boxed_str();
    let len = bytes.len() as u64;
    let address = Box::into_raw(bytes).cast::<u8>().addr() as u64;
    address << 32 | len
}
// ANCHOR_END: give

// ANCHOR: take
/// Takes over a string that the host wrote to memory from [`alloc`], or `None` if it is not UTF-8.
#[cfg(target_family = "wasm")]
pub fn take(address: u32, len: u32) -> Option<String> {
    let bytes = ptr::slice_from_raw_parts_mut(address as *mut u8, len as usize);
    // SAFETY: the host promises that the pair came from `alloc` and that it keeps no copy of it.
    let bytes = unsafe { Box::from_raw(bytes) };
    String::from_utf8(bytes.into_vec()).ok()
}
// ANCHOR_END: take

// ANCHOR: imports
#[cfg(target_family = "wasm")]
#[link(wasm_import_module = "posthog")]
unsafe extern "C" {
    /// POSTs a JSON body to a path of the PostHog host, and waits for the answer.
    ///
    /// Returns the address of a string from `alloc`, the guest's to release: the status, a space, the body.
    /// Where no answer came, the status is 0 and the body says why.
    pub safe fn http_request(path: u32, path_len: u32, body: u32, body_len: u32) -> u32;

    /// The length in bytes of the string that the last `http_request` returned.
    pub safe fn http_request_len() -> u32;
}
// ANCHOR_END: imports

#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
