//! Which calls of flags were reported already: a set of fingerprints, bounded, that forgets the
//! oldest first.

use alloc::vec::Vec;

use crate::called::Called;
use crate::hash;
use crate::interned::{at, count, put};
use crate::remote::FlagValue;
use crate::table::Table;

/// What posthog-python keeps, there counted in persons.
pub const REPORTED_DEFAULT: usize = 50_000;

/// The calls of flags that were reported, by person, flag, value and groups.
#[derive(Debug)]
pub struct Reported {
    /// A ring once it is full: the next one takes the place of the oldest.
    known: Vec<u64>,
    next: u32,
    /// Where each is. It also leads to places that others have taken since, until it is made anew.
    table: Table,
    capacity: u32,
}

/// Stands for a flag called for one person in these groups, with one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of a call. The order of the groups does not matter.
    #[must_use]
    pub fn new(distinct_id: &str, called: &Called<'_>) -> Self {
        let mut fields = Fields::default();
        fields.add(b'd', distinct_id);
        fields.add(b'k', called.key);
        match called.response() {
            None => fields.add(b'n', ""),
            Some(FlagValue::Bool(true)) => fields.add(b'b', "true"),
            Some(FlagValue::Bool(false)) => fields.add(b'b', "false"),
            Some(FlagValue::Variant(variant)) => fields.add(b'v', variant),
        }
        let group = |(group_type, key): &(&str, &str)| {
            let mut group = Fields::default();
            group.add(b't', group_type);
            group.add(b'g', key);
            group.finish()
        };
        // A sum does not depend on the order.
        Fingerprint(
            called
                .groups
                .iter()
                .map(group)
                .fold(fields.finish(), u64::wrapping_add),
        )
    }
}

/// The hash of a list of texts.
#[derive(Default)]
struct Fields(Vec<u8>);

impl Fields {
    fn add(&mut self, kind: u8, text: &str) {
        // Kind and length keep neighbouring texts apart.
        let len = u64::try_from(text.len()).unwrap_or(u64::MAX);
        self.0.push(kind);
        self.0.extend(len.to_le_bytes());
        self.0.extend(text.bytes());
    }

    fn finish(self) -> u64 {
        hash::start(&hash::sha1(&[&self.0]))
    }
}

impl Default for Reported {
    fn default() -> Self {
        Self::with_capacity(REPORTED_DEFAULT)
    }
}

impl Reported {
    /// An empty set that keeps at most `capacity` calls; with 0 everything is reported again.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Reported {
            known: Vec::new(),
            next: 0,
            table: Table::default(),
            capacity: u32::try_from(capacity).unwrap_or(u32::MAX),
        }
    }

    /// Whether this call was reported before.
    #[must_use]
    pub fn contains(&self, fingerprint: Fingerprint) -> bool {
        let is_it = |place| at(&self.known, place) == Some(&fingerprint.0);
        self.table.find(half(fingerprint.0), is_it).is_some()
    }

    /// Remembers a call, once its event was accepted. The oldest is forgotten when there is no
    /// room.
    pub fn insert(&mut self, fingerprint: Fingerprint) {
        if self.capacity == 0 || self.contains(fingerprint) {
            return;
        }
        if self.next == self.capacity {
            // Once a round, so that an insertion costs the same however many are kept.
            self.next = 0;
            self.table = Table::default();
            (0..count(&self.known)).for_each(|place| self.find_at(place));
        }
        put(&mut self.known, self.next, fingerprint.0);
        self.find_at(self.next);
        self.next = self.next.saturating_add(1);
    }

    /// Makes the one at this place one that is found.
    fn find_at(&mut self, place: u32) {
        let hash_of = |place| at(&self.known, place).copied().map_or(0, half);
        self.table.insert(hash_of(place), place, hash_of);
    }

    /// Forgets everything, at shutdown.
    pub fn clear(&mut self) {
        self.known.clear();
        self.table = Table::default();
        self.next = 0;
    }
}

/// The hash of a fingerprint: half of it, since it is one already.
fn half(fingerprint: u64) -> u32 {
    u32::try_from(fingerprint >> 32).unwrap_or(0)
}
