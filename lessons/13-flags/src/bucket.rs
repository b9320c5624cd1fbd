//! Where an id falls between 0 and 1: PostHog's bucketing hash. Every SDK must find the same
//! place to the last bit, or a person would see another variant on another server.

use crate::hash;

/// Salt of the hash that decides whether an id is inside the rollout.
pub const ROLLOUT: &str = "";
/// Salt of the hash that chooses a variant, so that the choice does not depend on the rollout.
pub const VARIANT: &str = "variant";

/// The place of `id` for the flag `key`: 15 hexadecimal digits of a SHA-1, read as a fraction.
/// Within 0.0..=1.0, the upper end included.
#[must_use]
pub fn place(key: &str, id: &str, salt: &str) -> f64 {
    fraction([key, ".", id, salt])
}

/// The place of `id` for a holdout, which is shared by all flags: no key takes part.
#[must_use]
pub fn holdout_place(id: &str) -> f64 {
    fraction(["holdout-", id, "", ""])
}

fn fraction(parts: [&str; 4]) -> f64 {
    // The first 15 of the 40 digits: 60 of the first 64 bits.
    let digits = hash::start(&hash::sha1(&parts.map(str::as_bytes))) >> 4;
    // The official divisor 0xFFF_FFFF_FFFF_FFFF rounds to 2^60 as a double.
    digits as f64 / 0x0FFF_FFFF_FFFF_FFFF_u64 as f64
}
