//! What an incoming web request may say about its sender, made fit for a context.

use crate::redact::first_chars;
use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;

/// What a header of an incoming web request may contribute to a context: its value without control
/// characters and then without white space around it, at most 1000 characters of that, or nothing.
///
/// For `X-POSTHOG-DISTINCT-ID` and `X-POSTHOG-SESSION-ID`, which any client can forge: never decide
/// on access by them.
#[must_use]
pub fn sanitise_tracing_header(value: &str) -> Option<Cow<'_, str>> {
    /// `_MAX_TRACING_HEADER_LENGTH` of posthog-python 7.42's Django integration.
    const MAX_CHARS: usize = 1000;
    let clean = if value.chars().any(char::is_control) {
        let visible: String = value.chars().filter(|char| !char.is_control()).collect();
        Cow::Owned(first_chars(visible.trim(), MAX_CHARS).to_owned())
    } else {
        Cow::Borrowed(first_chars(value.trim(), MAX_CHARS))
    };
    (!clean.is_empty()).then_some(clean)
}
