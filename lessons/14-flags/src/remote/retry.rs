//! Whether a failed request for flags is made again, and after how long.

/// The first wait in milliseconds, posthog-python's `_FEATURE_FLAGS_RETRY_BACKOFF_SECONDS`; each
/// further one is twice as long.
const FIRST_WAIT: u32 = 300;

/// How a request for flags ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// With an answer of this HTTP status.
    Status(u16),
    /// Without one in time.
    Timeout,
    /// Without a connection, or with one that broke.
    Connection,
    /// In another way, for example with an answer that could not be read.
    Other,
}

/// The wait in milliseconds before the request is made again, or `None` when it is not. `retries`
/// have been made of at most `max_retries`, which posthog-python calls
/// `feature_flags_request_max_retries` and sets to 1. Only what failed on the way, at a gateway
/// (posthog-python's `_FEATURE_FLAGS_RETRY_HTTP_STATUSES`) or in the transport, is tried again:
/// anything else would fail again.
#[must_use]
pub fn retry_delay(attempt: Attempt, retries: u32, max_retries: u32) -> Option<u32> {
    let on_the_way = matches!(
        attempt,
        Attempt::Status(502 | 504) | Attempt::Timeout | Attempt::Connection
    );
    let factor = 1_u32.checked_shl(retries).unwrap_or(u32::MAX);
    (on_the_way && retries < max_retries).then(|| FIRST_WAIT.saturating_mul(factor))
}
