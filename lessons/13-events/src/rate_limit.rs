//! How often errors of one type are captured when nobody asked for each: a token bucket for each
//! type.
//!
//! A loop that fails ten thousand times a second should cost fifty events at once and then ten in
//! ten seconds, not the whole quota. The numbers are the defaults of posthog-python 7.42's
//! `ExceptionCapture`; its limiter refuses the event that takes the last token as well, so a burst
//! is 49 there and 50 here, as the size says.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// So many at once: `DEFAULT_BUCKET_SIZE`.
const BURST: u64 = 50;
/// So many more after each period: `DEFAULT_REFILL_RATE`.
const REFILL: u64 = 10;
/// `DEFAULT_REFILL_INTERVAL_SECONDS`.
const PERIOD_MS: u64 = 10_000;
/// Types remembered, our own bound on memory; beyond them the one that came first is forgotten, and
/// may burst again.
const MAX_TYPES: usize = 64;
/// So much of a type's name is remembered, for the same reason. Types that differ only behind it
/// share a bucket.
const MAX_TYPE_BYTES: usize = 256;

struct Bucket {
    kind: String,
    tokens: u64,
    refilled_at: u64,
}

/// The buckets of a client.
#[derive(Default)]
pub(crate) struct RateLimit(Vec<Bucket>);

impl RateLimit {
    /// Takes a token for this type at this monotonic time; false if there is none.
    pub(crate) fn take(&mut self, kind: &str, now: u64) -> bool {
        let end = kind.floor_char_boundary(MAX_TYPE_BYTES);
        let kind = kind.get(..end).unwrap_or(kind);
        if !self.0.iter().any(|bucket| bucket.kind == kind) {
            if self.0.len() >= MAX_TYPES {
                self.0.remove(0);
            }
            self.0.push(Bucket {
                kind: kind.to_owned(),
                tokens: BURST,
                refilled_at: now,
            });
        }
        let Some(bucket) = self.0.iter_mut().find(|bucket| bucket.kind == kind) else {
            return true;
        };
        let periods = now.saturating_sub(bucket.refilled_at) / PERIOD_MS;
        bucket.refilled_at = bucket
            .refilled_at
            .saturating_add(periods.saturating_mul(PERIOD_MS));
        bucket.tokens = bucket
            .tokens
            .saturating_add(periods.saturating_mul(REFILL))
            .min(BURST);
        let taken = bucket.tokens > 0;
        bucket.tokens = bucket.tokens.saturating_sub(1);
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_was_forgotten_may_burst_again_and_memory_stays_bounded() {
        let mut limit = RateLimit::default();
        while limit.take("first", 0) {}
        for number in 0..MAX_TYPES {
            assert!(limit.take(&std::format!("type {number}"), 0));
        }
        assert_eq!(limit.0.len(), MAX_TYPES);
        assert!(limit.take("first", 0));
    }

    #[test]
    fn of_a_long_name_a_bounded_part_is_remembered() {
        let mut limit = RateLimit::default();
        let long = "ü".repeat(100_000);
        assert!(limit.take(&long, 0));
        assert_eq!(limit.0[0].kind.len(), MAX_TYPE_BYTES);
        assert!(limit.take(&std::format!("{long}!"), 0));
        assert_eq!(limit.0.len(), 1);
    }
}
