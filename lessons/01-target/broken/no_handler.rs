//! A guest without the standard library that does not say what a panic does.

#![cfg_attr(target_family = "wasm", no_std)]

// ANCHOR: code
/// Whether no further event may be queued.
///
/// 10,000 events are the default of most of PostHog's server SDKs.
pub fn is_full(queued: u32) -> bool {
    queued >= 10_000
}
// ANCHOR_END: code
