//! The one file that knows addresses. Everything `unsafe` is here.

use alloc::{boxed::Box, string::String};
use core::{ptr, slice, str};

// ANCHOR: allocator
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;
// ANCHOR_END: allocator

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

// ANCHOR: addresses
/// A string that is part of the module, and so is in its data.
static API: [u8; 24] = *b"https://us.i.posthog.com";

/// Where the static is.
#[unsafe(no_mangle)]
pub extern "C" fn address_of_static() -> u32 {
    API.as_ptr().addr() as u32
}

/// Where a local variable is whose address somebody asks for.
#[unsafe(no_mangle)]
pub extern "C" fn address_of_local() -> u32 {
    let local = 7_u32;
    ptr::from_ref(core::hint::black_box(&local)).addr() as u32
}
// ANCHOR_END: addresses

#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
