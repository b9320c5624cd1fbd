//! Distinct identifiers, each found in one step however many there are.
//!
//! A table of places, half of it empty at least. Callers choose identifiers, and so may whoever
//! calls them; they must not be able to choose ones that all fall on the same place. So the place
//! comes from four numbers that nobody else knows (Dietzfelbinger, *Universal Hashing and k-wise
//! Independent Random Variables via Integer Arithmetic without Primes*, 1996: a sum of products of
//! 32-bit words with random 64-bit numbers, of which the upper half is taken).

use alloc::vec::Vec;
use uuid::Uuid;

/// The numbers of one client.
pub(crate) type Key = [u64; 4];

/// Takes the numbers from a seed. It stays a secret: no output depends on them.
pub(crate) fn key(seed: &[u8; 32]) -> Key {
    let mut key = [0; 4];
    for (number, bytes) in key.iter_mut().zip(seed.as_chunks().0) {
        *number = u64::from_le_bytes(*bytes);
    }
    key
}

/// Identifiers in the order they came.
pub(crate) struct Uuids {
    key: Key,
    known: Vec<Uuid>,
    /// As many as a power of two; 0 is empty, another number one more than a place in `known`.
    slots: Vec<u32>,
}

impl Uuids {
    pub(crate) fn new(key: Key) -> Self {
        Uuids {
            key,
            known: Vec::new(),
            slots: Vec::new(),
        }
    }

    /// Adds an identifier; false if it is known already.
    pub(crate) fn insert(&mut self, uuid: Uuid) -> bool {
        if self.find(uuid).is_some() {
            return false;
        }
        self.known.push(uuid);
        if self.known.len().saturating_mul(2) > self.slots.len() {
            /// The first table; most batches have up to 100 events.
            const START: usize = 256;
            let size = self.slots.len().saturating_mul(2).max(START);
            self.slots = alloc::vec![0; size];
            for place in 0..self.known.len() {
                self.enter(place);
            }
        } else {
            self.enter(self.known.len().saturating_sub(1));
        }
        true
    }

    /// How many came before this one.
    pub(crate) fn find(&self, uuid: Uuid) -> Option<usize> {
        let mut slot = self.slot(uuid);
        loop {
            let place = (*self.slots.get(slot)? as usize).checked_sub(1)?;
            if self.known.get(place) == Some(&uuid) {
                return Some(place);
            }
            slot = self.after(slot);
        }
    }

    fn enter(&mut self, place: usize) {
        let Some(uuid) = self.known.get(place) else {
            return;
        };
        let mut slot = self.slot(*uuid);
        while self.slots.get(slot).is_some_and(|taken| *taken != 0) {
            slot = self.after(slot);
        }
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = u32::try_from(place).unwrap_or(0).saturating_add(1);
        }
    }

    fn slot(&self, uuid: Uuid) -> usize {
        let mut sum: u64 = 0;
        for (word, number) in uuid.as_bytes().as_chunks().0.iter().zip(self.key) {
            let word = u64::from(u32::from_le_bytes(*word));
            sum = sum.wrapping_add(word.wrapping_mul(number));
        }
        (sum >> 32) as usize & self.slots.len().wrapping_sub(1)
    }

    fn after(&self, slot: usize) -> usize {
        slot.wrapping_add(1) & self.slots.len().wrapping_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_identifier_is_found_at_the_place_where_it_came() {
        let mut uuids = Uuids::new(key(&[7; 32]));
        assert_eq!(uuids.find(Uuid::nil()), None);
        let uuid = |number: u128| Uuid::from_u128(number << 64 | number.wrapping_mul(3));
        for number in 0..2000 {
            assert!(uuids.insert(uuid(number)));
            assert!(!uuids.insert(uuid(number / 2)));
        }
        for number in 0..2000 {
            assert_eq!(uuids.find(uuid(number)), Some(number as usize));
        }
        assert_eq!(uuids.find(uuid(2000)), None);
    }
}
