//! The guest of this lesson with the standard library, and one that asks it for the time.

// ANCHOR: code
/// Whether no further event may be queued: 10,000 are the default limit of PostHog's server SDKs.
// Lesson 2 explains this line: without it the function would not be in the file.
#[unsafe(no_mangle)]
pub extern "C" fn is_full(queued: u32) -> bool {
    queued >= 10_000
}
// ANCHOR_END: code
