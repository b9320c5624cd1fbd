//! Which calls of flags were reported already: a set of fingerprints, bounded, that forgets the
//! oldest first.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use crate::called::Called;
use crate::hash;
use crate::remote::FlagValue;

/// What posthog-python keeps, there counted in persons.
pub const REPORTED_DEFAULT: usize = 50_000;

/// The calls of flags that were reported, by person, flag, value and groups.
#[derive(Debug)]
pub struct Reported {
    /// Sorted, which is enough beside an event to send; a tree that can also forget would be in the
    /// module for this alone.
    known: Vec<u64>,
    /// The same in the order of arrival.
    order: VecDeque<u64>,
    capacity: usize,
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
    /// An empty set that keeps at most `capacity` looks; with 0 everything is reported again.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Reported {
            known: Vec::new(),
            order: VecDeque::new(),
            capacity,
        }
    }

    /// Whether this call was reported before.
    #[must_use]
    pub fn contains(&self, fingerprint: Fingerprint) -> bool {
        self.known.binary_search(&fingerprint.0).is_ok()
    }

    /// Remembers a call, once its event was accepted. The oldest is forgotten when there is no
    /// room.
    pub fn insert(&mut self, fingerprint: Fingerprint) {
        let Err(position) = self.known.binary_search(&fingerprint.0) else {
            return;
        };
        if self.capacity == 0 {
            return;
        }
        self.known.insert(position, fingerprint.0);
        self.order.push_back(fingerprint.0);
        if self.order.len() > self.capacity
            && let Some(oldest) = self.order.pop_front()
            && let Ok(position) = self.known.binary_search(&oldest)
        {
            self.known.remove(position);
        }
    }

    /// Forgets everything, at shutdown.
    pub fn clear(&mut self) {
        self.known.clear();
        self.order.clear();
    }
}
