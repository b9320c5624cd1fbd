//! Finds the place of something in a list by its hash: open addressing with linear probing. The
//! standard library's trees would be in the module once for every kind of key; this is there once.
//! It holds places alone, so whoever uses it compares what stands there.
//!
//! Hashes are not seeded: keys come from the project's own server and from the program itself.

use alloc::vec::Vec;

/// Stands in a slot that holds no place.
const EMPTY: u32 = u32::MAX;

/// Places of the items of a list, by the hashes of the items.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// A power of two of them, or none; at least a quarter is empty.
    slots: Vec<u32>,
    used: usize,
}

impl Table {
    /// The place with this hash for which `is_it` holds.
    pub(crate) fn find(&self, hash: u32, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        self.probe(hash)
            .map_while(|slot| {
                self.slots
                    .get(slot)
                    .copied()
                    .filter(|place| *place != EMPTY)
            })
            .find(|place| is_it(*place))
    }

    /// Adds a place that the table does not hold yet. `hash_of` gives the hash of those that it
    /// holds, which are put anew when it grows.
    pub(crate) fn insert(&mut self, hash: u32, place: u32, hash_of: impl Fn(u32) -> u32) {
        self.used = self.used.saturating_add(1);
        if self.slots.len().wrapping_mul(3) < self.used.wrapping_mul(4) {
            let doubled = self.slots.len().saturating_mul(2).max(8);
            let old = core::mem::replace(&mut self.slots, alloc::vec![EMPTY; doubled]);
            for place in old.into_iter().filter(|place| *place != EMPTY) {
                self.put(hash_of(place), place);
            }
        }
        self.put(hash, place);
    }

    fn put(&mut self, hash: u32, place: u32) {
        for slot in self.probe(hash) {
            if let Some(slot) = self.slots.get_mut(slot).filter(|slot| **slot == EMPTY) {
                *slot = place;
                return;
            }
        }
    }

    /// All slots once, from the one that the hash points at.
    fn probe(&self, hash: u32) -> impl Iterator<Item = usize> + use<> {
        let mask = self.slots.len().wrapping_sub(1);
        let first = usize::try_from(hash).unwrap_or(0);
        (0..self.slots.len()).map(move |step| first.wrapping_add(step) & mask)
    }
}

/// The hash of some bytes: FNV-1a with 32 bits, by Fowler, Noll and Vo.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn what_was_added_is_found_and_nothing_else(keys in prop::collection::vec(0..500_u32, 0..300), strength in 0..33_u32) {
            // A weak hash collides often.
            let hash = |key: u32| hash(&key.to_le_bytes()).checked_shr(strength).unwrap_or(0);
            let (mut list, mut table) = (Vec::new(), Table::default());
            for key in keys {
                let find = |table: &Table, list: &[u32]| table.find(hash(key), |place| list[place as usize] == key);
                let expected = list.iter().position(|known| *known == key).map(|place| place as u32);
                prop_assert_eq!(find(&table, &list), expected);
                if expected.is_none() {
                    list.push(key);
                    table.insert(hash(key), list.len() as u32 - 1, |place| hash(list[place as usize]));
                    prop_assert_eq!(find(&table, &list), Some(list.len() as u32 - 1));
                }
            }
        }
    }
}
