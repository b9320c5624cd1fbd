//! What an incoming web request may say about its sender, made fit for a context.

use alloc::borrow::Cow;

/// What a header of an incoming web request may contribute to a context: the text without control
/// characters, at most 1000 characters, or nothing.
///
/// For `X-POSTHOG-DISTINCT-ID` and `X-POSTHOG-SESSION-ID`, which any client can forge: never decide
/// on access by them.
#[must_use]
pub fn sanitise_tracing_header(value: &str) -> Option<Cow<'_, str>> {
    /// `_MAX_TRACING_HEADER_LENGTH` of posthog-python 7.42's Django integration.
    const MAX_CHARS: usize = 1000;
    let trimmed = value.trim();
    let clean = if trimmed.chars().any(char::is_control) || trimmed.len() > MAX_CHARS {
        Cow::Owned(
            trimmed
                .chars()
                .filter(|char| !char.is_control())
                .take(MAX_CHARS)
                .collect(),
        )
    } else {
        Cow::Borrowed(trimmed)
    };
    (!clean.is_empty()).then_some(clean)
}
