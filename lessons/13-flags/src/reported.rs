//! Which looks at flags were reported already: a set of fingerprints, bounded, that forgets the
//! oldest first.

use alloc::collections::{BTreeSet, VecDeque};
use alloc::vec::Vec;

use sha1::{Digest, Sha1};

use crate::called::Called;
use crate::remote::FlagValue;

/// What posthog-python keeps, there counted in persons.
pub const REPORTED_DEFAULT: usize = 50_000;

/// The looks at flags that were reported, by person, flag, value and groups.
#[derive(Debug)]
pub struct Reported {
    known: BTreeSet<u64>,
    /// The same in the order of arrival.
    order: VecDeque<u64>,
    capacity: usize,
}

/// Stands for one person's look at one flag with one value in these groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of a look. The order of the groups does not matter.
    #[must_use]
    pub fn new(distinct_id: &str, called: &Called<'_>) -> Self {
        let mut sha1 = Sha1::new();
        let mut field = |kind: u8, text: &str| {
            // Kind and length keep neighbouring texts apart.
            sha1.update([kind]);
            sha1.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
            sha1.update(text);
        };
        field(b'd', distinct_id);
        field(b'k', called.key);
        match called.response() {
            None => field(b'n', ""),
            Some(FlagValue::Bool(value)) => field(b'b', if *value { "true" } else { "false" }),
            Some(FlagValue::Variant(variant)) => field(b'v', variant),
        }
        let mut groups: Vec<_> = called.groups.iter().collect();
        groups.sort_unstable();
        for (group_type, key) in groups {
            field(b't', group_type);
            field(b'g', key);
        }
        let digest: [u8; 20] = sha1.finalize().into();
        let [a, b, c, d, e, f, g, h, ..] = digest;
        Fingerprint(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
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
            known: BTreeSet::new(),
            order: VecDeque::new(),
            capacity,
        }
    }

    /// Whether this look was reported before.
    #[must_use]
    pub fn contains(&self, look: Fingerprint) -> bool {
        self.known.contains(&look.0)
    }

    /// Remembers a look, to be called once its event was accepted. The oldest is forgotten when
    /// there is no room.
    pub fn insert(&mut self, look: Fingerprint) {
        if self.capacity == 0 || !self.known.insert(look.0) {
            return;
        }
        self.order.push_back(look.0);
        if self.order.len() > self.capacity
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }

    /// Forgets everything, at shutdown.
    pub fn clear(&mut self) {
        self.known.clear();
        self.order.clear();
    }
}
