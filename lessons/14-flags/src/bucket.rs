//! Where an id falls between 0 and 1: PostHog's bucketing hash. Every SDK must find the same
//! place to the last bit, or a person would see another variant on another server.

use crate::hash;

/// Salt of the hash that decides whether an id is inside the rollout.
pub(crate) const ROLLOUT: &str = "";
/// Salt of the hash that chooses a variant, so that the choice does not depend on the rollout.
pub(crate) const VARIANT: &str = "variant";

/// The place of `id` for the flag `key`: 15 hexadecimal digits of a SHA-1, read as a fraction.
/// Within 0.0..=1.0, the upper end included.
pub(crate) fn place(key: &str, id: &str, salt: &str) -> f64 {
    fraction([key, ".", id, salt])
}

/// The place of `id` for a holdout, which is shared by all flags: no key takes part.
pub(crate) fn holdout_place(id: &str) -> f64 {
    fraction(["holdout-", id, "", ""])
}

fn fraction(parts: [&str; 4]) -> f64 {
    // The first 15 of the 40 digits: 60 of the first 64 bits.
    let digits = hash::start(&hash::sha1(&parts.map(str::as_bytes))) >> 4;
    // The official divisor 0xFFF_FFFF_FFFF_FFFF rounds to 2^60 as a double.
    digits as f64 / 0x0FFF_FFFF_FFFF_FFFF_u64 as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn every_id_falls_to_its_place() {
        let file: Value = serde_json::from_str(include_str!("../vectors/hash.json")).unwrap();
        let vectors = file["vectors"].as_array().unwrap();
        assert!(!vectors.is_empty());
        for vector in vectors {
            let text = |name: &str| vector[name].as_str().unwrap();
            let place = match vector["holdout"].as_str() {
                Some(id) => holdout_place(id),
                None => place(text("key"), text("id"), text("salt")),
            };
            let digits = u64::from_str_radix(text("digits"), 16).unwrap();
            assert_eq!(place, vector["place"].as_f64().unwrap(), "{vector}");
            assert_eq!(place, digits as f64 / 2_f64.powi(60), "{vector}");
        }
    }
}
