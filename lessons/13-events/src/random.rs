//! The one source of chance: identifiers and jitter from a seed the host gives.
//!
//! The same seed and the same times give the same identifiers, which is what lets a recorded run
//! replay on another host. This file must never ask the system for entropy.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use uuid::Uuid;

/// A ChaCha generator with eight rounds: unpredictable enough for identifiers, which are no
/// secrets, and no call across the boundary for each of them.
pub struct Random(ChaCha8Rng);

impl Random {
    /// Starts from 32 bytes that the host drew from its system's generator.
    #[must_use]
    pub fn new(seed: [u8; 32]) -> Self {
        Random(ChaCha8Rng::from_seed(seed))
    }

    /// A version 7 UUID (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits.
    pub fn uuid(&mut self, unix_millis: u64) -> Uuid {
        let mut random = [0; 10];
        self.0.fill_bytes(&mut random);
        uuid::Builder::from_unix_timestamp_millis(unix_millis, &random).into_uuid()
    }

    /// A whole number from 0 to `max`, both included. The bias of the remainder is below `max /
    /// 2^64`.
    pub fn up_to(&mut self, max: u64) -> u64 {
        max.checked_add(1)
            .and_then(|range| self.0.next_u64().checked_rem(range))
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_carries_version_variant_and_time() {
        let uuid = Random::new([7; 32]).uuid(0x0194_c0de_1111);
        assert_eq!(uuid.get_version_num(), 7);
        assert_eq!(uuid.get_variant(), uuid::Variant::RFC4122);
        assert!(std::format!("{uuid}").starts_with("0194c0de-1111-7"));
    }

    #[test]
    fn the_same_seed_repeats_and_another_does_not() {
        let draw = |seed| Random::new([seed; 32]).uuid(1);
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn up_to_reaches_both_ends_and_nothing_beyond() {
        let mut random = Random::new([0; 32]);
        let drawn: std::collections::BTreeSet<u64> = (0..200).map(|_| random.up_to(3)).collect();
        assert_eq!(drawn, [0, 1, 2, 3].into());
    }
}
