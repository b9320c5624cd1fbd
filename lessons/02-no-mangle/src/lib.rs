//! Lesson 2: functions that a host can call, and the numbers that cross.

#![cfg_attr(target_family = "wasm", no_std)]

// ANCHOR: add
/// The sum, wrapping around at the ends of the range.
#[unsafe(no_mangle)]
pub extern "C" fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}
// ANCHOR_END: add

// ANCHOR: memory-limit
/// The most bytes that a queue of events may take: 3 GiB.
#[unsafe(no_mangle)]
pub extern "C" fn memory_limit() -> u32 {
    3 * 1024 * 1024 * 1024
}
// ANCHOR_END: memory-limit

// ANCHOR: milliseconds
/// A time in seconds since 1970 in milliseconds, as clocks count it.
#[unsafe(no_mangle)]
pub extern "C" fn milliseconds(seconds: i64) -> i64 {
    seconds.saturating_mul(1_000)
}
// ANCHOR_END: milliseconds

// ANCHOR: share
/// How much of the whole a part is; rollouts of feature flags compare such shares.
#[unsafe(no_mangle)]
pub extern "C" fn share(part: f64, whole: f64) -> f64 {
    part / whole
}
// ANCHOR_END: share

#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
