//! The guest of this lesson with the standard library, and exported.

// ANCHOR: code
/// Whether no further event may be queued.
///
/// 10,000 events are the default of most of PostHog's server SDKs.
#[unsafe(no_mangle)]
pub extern "C" fn is_full(queued: u32) -> bool {
    queued >= 10_000
}
// ANCHOR_END: code
