//! The guest of lesson 7 with a check that calls itself for every bracket, and has no limit.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

#[path = "../src/allocator.rs"]
mod allocator;
#[path = "../src/boundary.rs"]
mod boundary;
#[path = "../src/capture.rs"]
mod capture;
#[path = "../src/event.rs"]
mod event;
#[path = "../src/http.rs"]
mod http;
#[path = "../src/panic.rs"]
mod panic;
#[path = "../src/refused.rs"]
mod refused;

mod json {
    use crate::refused::Refused;

    // ANCHOR: recursive
    /// Looks at brackets alone, which is enough to show what happens.
    pub fn check(text: &str) -> Result<(), Refused> {
        let end = value(text.as_bytes(), 0);
        if end == text.len() {
            return Ok(());
        }
        Err(Refused {
            at: end,
            expected: "nothing after the object",
        })
    }

    /// Where the value that begins at `at` ends.
    fn value(text: &[u8], mut at: usize) -> usize {
        while let Some(byte) = text.get(at) {
            match byte {
                b'{' => at = value(text, at + 1),
                b'}' => return at + 1,
                _ => at += 1,
            }
        }
        at
    }
    // ANCHOR_END: recursive
}
