//! A guest that wants to send events in the background.

use std::thread;

// ANCHOR: code
/// Starts sending what is queued.
// Lesson 2 explains this line: it lets the host call the function.
#[unsafe(no_mangle)]
pub extern "C" fn flush() {
    thread::spawn(|| {
        // Here the events would be sent.
    });
}
// ANCHOR_END: code
