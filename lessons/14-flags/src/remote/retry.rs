//! Whether a failed request for flags is made again, and after how long.

/// The first wait in milliseconds, posthog-python's `_FEATURE_FLAGS_RETRY_BACKOFF_SECONDS`; each
/// further one is twice as long.
const FIRST_WAIT: u32 = 300;

/// How many retries a configuration may ask for at most. Ours: with their waits they take two
/// minutes, and nobody waits longer for a flag.
pub const MOST_RETRIES: u32 = 10;

/// The longest wait before a retry, in milliseconds. posthog-python has one for events alone,
/// `_MAX_BACKOFF_SECONDS`; the same serves here.
pub const LONGEST_RETRY_DELAY: u32 = 30_000;

/// How a request for flags ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// With an answer of this HTTP status; 0 counts as [`Connection`](Attempt::Connection).
    Status(u16),
    /// Without one in time.
    Timeout,
    /// Without a connection, or with one that broke.
    Connection,
    /// In another way, for example with an answer that could not be read.
    Other,
}

impl Attempt {
    /// The status 0 is what some hosts have when there was no answer.
    pub(crate) fn is_without_answer(self) -> bool {
        matches!(self, Attempt::Connection | Attempt::Status(0))
    }
}

/// The wait in milliseconds before the request is made again, or `None` when it is not. `retries`
/// have been made of at most `max_retries`, which posthog-python calls
/// `feature_flags_request_max_retries` and sets to 1; beyond [`MOST_RETRIES`] it is taken for
/// that. Only what failed on the way, at a gateway (posthog-python's
/// `_FEATURE_FLAGS_RETRY_HTTP_STATUSES`) or in the transport, is tried again: anything else would
/// fail again, also a redirect (3xx) that the host did not follow.
#[must_use]
pub fn retry_delay(attempt: Attempt, retries: u32, max_retries: u32) -> Option<u32> {
    let on_the_way = attempt.is_without_answer()
        || matches!(attempt, Attempt::Status(502 | 504) | Attempt::Timeout);
    let factor = 1_u32.checked_shl(retries).unwrap_or(u32::MAX);
    (on_the_way && retries < max_retries.min(MOST_RETRIES))
        .then(|| FIRST_WAIT.saturating_mul(factor).min(LONGEST_RETRY_DELAY))
}
