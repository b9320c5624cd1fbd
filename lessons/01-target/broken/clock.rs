//! A guest that asks the standard library for the time.

use std::time::SystemTime;

// ANCHOR: code
/// The time at which an event is captured, in seconds since 1970.
// Lesson 2 explains this line: it lets the host call the function.
#[unsafe(no_mangle)]
pub extern "C" fn timestamp() -> u64 {
    match SystemTime::now().duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => since.as_secs(),
        // The clock says that it is before 1970.
        Err(_) => 0,
    }
}
// ANCHOR_END: code
