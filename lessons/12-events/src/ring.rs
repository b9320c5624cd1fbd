//! The queue's memory: one block of bytes that holds records in the order they came.
//!
//! The block explains itself, so what [`Ring::bytes`] shows *is* the export: a host can store it, or read it out of
//! the memory of an instance that trapped, and [`read`] checks every record on the way back. A record is never split;
//! where the next one does not fit before the end of the block, it starts again behind the block's header, in the
//! room that the oldest have left. This file must never know what a record means.
//!
//! ```text
//! block:  "EVQ1"  first u32  count u32     then records, the oldest at offset `first`
//! record: length u32  state u8  given u8  0 u16  queued_at u64  uuid [16]     then `length` bytes of text
//! ```
//! Numbers are little-endian. A length of 0xFFFF_FFFF, or fewer than four bytes to the end, says: go on at the start.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use uuid::Uuid;

const MAGIC: &[u8; 4] = b"EVQ1";
const BLOCK_HEADER: usize = 12;
const FIRST: usize = 4;
const COUNT: usize = 8;
const RECORD_HEADER: usize = 32;
const STATE: usize = 4;
const QUEUED_AT: usize = 8;
const UUID: usize = 16;
const WRAP: u32 = u32::MAX;
const NOWHERE: u32 = u32::MAX;
const LIVE: u8 = 1;
const GONE: u8 = 2;
/// The first allocation, our own choice: a quarter of a page of linear memory (64 KiB), doubled as often as needed.
const START: usize = 16 << 10;

/// The position of a record in the order of arrival, never used twice.
pub type Sequence = u64;

/// When a record does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// One record as it lies in the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// The event's identifier.
    pub uuid: Uuid,
    /// True if the caller chose the identifier, so that another event may have the same.
    pub given: bool,
    /// When it was queued, on the monotonic clock.
    pub queued_at: u64,
    /// The event's JSON.
    pub text: &'a [u8],
}

/// A queue of records with two bounds.
#[derive(Debug, Clone)]
pub struct Ring {
    block: Vec<u8>,
    /// Where each record lies; [`NOWHERE`] for one that is gone and whose bytes are reused. The front is always live.
    offsets: VecDeque<u32>,
    /// How many records the block has, gone ones between live ones included.
    present: u32,
    /// The sequence number of the front.
    first: Sequence,
    /// Where the next record goes.
    tail: usize,
    live: usize,
    live_bytes: usize,
    max_records: usize,
    max_bytes: usize,
}

/// The size of a block that holds one record with so many bytes of text, and nothing else.
#[must_use]
pub fn block_bytes(text: usize) -> usize {
    BLOCK_HEADER
        .saturating_add(RECORD_HEADER)
        .saturating_add(text)
}

impl Ring {
    /// An empty ring for at most so many records, in a block of at most so many bytes.
    #[must_use]
    pub fn new(max_records: usize, max_bytes: usize) -> Self {
        let max_bytes = max_bytes.min(u32::MAX as usize >> 1);
        Ring {
            block: Vec::new(),
            offsets: VecDeque::new(),
            present: 0,
            first: 0,
            tail: BLOCK_HEADER,
            live: 0,
            live_bytes: 0,
            max_records,
            max_bytes,
        }
    }

    /// Appends a record and returns its sequence number.
    ///
    /// Always succeeds while the live records, this one and an eighth of the bound fit the bound: that much is held
    /// back, so that a nearly full ring is not moved together again for every record.
    ///
    /// # Errors
    /// [`Full`] if there are `max_records` already, or no room.
    pub fn push(&mut self, record: Record<'_>) -> Result<Sequence, Full> {
        let size = RECORD_HEADER.saturating_add(record.text.len());
        if self.live >= self.max_records {
            return Err(Full);
        }
        if self.offsets.is_empty() {
            self.tail = BLOCK_HEADER;
        }
        let at = match self.room(size) {
            Some(at) => at,
            None => {
                self.rebuild(size)?;
                self.tail
            }
        };
        if at != self.tail {
            put(&mut self.block, self.tail, &WRAP.to_le_bytes());
        }
        self.write(at, record);
        self.tail = at.saturating_add(size);
        self.offsets.push_back(u32::try_from(at).unwrap_or(NOWHERE));
        self.present = self.present.saturating_add(1);
        self.live = self.live.saturating_add(1);
        self.live_bytes = self.live_bytes.saturating_add(size);
        // Last, so that whoever reads the block after a trap never meets half a record.
        self.publish();
        Ok(self.next().saturating_sub(1))
    }

    /// The record with this number, unless it is gone.
    #[must_use]
    pub fn get(&self, sequence: Sequence) -> Option<Record<'_>> {
        let (state, record, _) = parse(&self.block, self.offset(sequence)?)?;
        (state == LIVE).then_some(record)
    }

    /// Takes a record out; false if it was gone.
    pub fn remove(&mut self, sequence: Sequence) -> bool {
        let Some(size) = self
            .get(sequence)
            .map(|record| RECORD_HEADER.saturating_add(record.text.len()))
        else {
            return false;
        };
        if let Some(at) = self.offset(sequence) {
            put(&mut self.block, at.saturating_add(STATE), &[GONE]);
        }
        self.live = self.live.saturating_sub(1);
        self.live_bytes = self.live_bytes.saturating_sub(size);
        while !self.offsets.is_empty() && self.get(self.first).is_none() {
            if self.offsets.pop_front() != Some(NOWHERE) {
                self.present = self.present.saturating_sub(1);
            }
            self.first = self.first.saturating_add(1);
        }
        self.publish();
        true
    }

    /// The number of the oldest record, or of the next one if there is none.
    #[must_use]
    pub fn first(&self) -> Sequence {
        self.first
    }

    /// The number that the next record gets.
    #[must_use]
    pub fn next(&self) -> Sequence {
        self.first.saturating_add(self.offsets.len() as u64)
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.live
    }

    /// True if there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// The block. These bytes are the export.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.block
    }

    fn offset(&self, sequence: Sequence) -> Option<usize> {
        let place = usize::try_from(sequence.checked_sub(self.first)?).ok()?;
        self.offsets.get(place).map(|at| *at as usize)
    }

    /// Where a record of this size fits in the block as it is.
    fn room(&self, size: usize) -> Option<usize> {
        let to_end = self.block.len().checked_sub(self.tail);
        let Some(first) = self.offsets.front().map(|at| *at as usize) else {
            return to_end.filter(|room| *room >= size).map(|_| self.tail);
        };
        if self.tail <= first {
            // Already gone on at the start: free is what lies between the newest and the oldest.
            return (first.saturating_sub(self.tail) >= size).then_some(self.tail);
        }
        if to_end.is_some_and(|room| room >= size) {
            return Some(self.tail);
        }
        (first.saturating_sub(BLOCK_HEADER) >= size).then_some(BLOCK_HEADER)
    }

    /// Moves the live records together into a new block, so that one more of this size fits behind them.
    fn rebuild(&mut self, size: usize) -> Result<(), Full> {
        let needed = BLOCK_HEADER
            .saturating_add(self.live_bytes)
            .saturating_add(size);
        let with_slack = needed.saturating_add(self.max_bytes >> 3);
        if with_slack > self.max_bytes
            && (needed > self.max_bytes || self.block.len() >= self.max_bytes)
        {
            return Err(Full);
        }
        // A block that is at most half full is only in disorder; it need not grow.
        let roomy = self.block.len() >> 1 >= needed;
        let capacity = if roomy {
            self.block.len()
        } else {
            self.block
                .len()
                .saturating_mul(2)
                .max(START)
                .max(needed)
                .min(self.max_bytes)
        };
        let mut next = Ring {
            first: self.first,
            ..Ring::new(self.max_records, self.max_bytes)
        };
        // Asked for as zeros, which an allocator that has fresh pages need not write.
        next.block = alloc::vec![0; capacity];
        for sequence in self.first..self.next() {
            let Some(record) = self.get(sequence) else {
                next.offsets.push_back(NOWHERE);
                continue;
            };
            next.write(next.tail, record);
            next.offsets
                .push_back(u32::try_from(next.tail).unwrap_or(NOWHERE));
            next.present = next.present.saturating_add(1);
            next.tail = next
                .tail
                .saturating_add(RECORD_HEADER)
                .saturating_add(record.text.len());
        }
        (next.live, next.live_bytes) = (self.live, self.live_bytes);
        // Before it takes the old block's place: should the next allocation trap, its records can still be read.
        next.publish();
        *self = next;
        Ok(())
    }

    fn write(&mut self, at: usize, record: Record<'_>) {
        let length = u32::try_from(record.text.len()).unwrap_or(0);
        let text = at.saturating_add(RECORD_HEADER);
        put(&mut self.block, at, &length.to_le_bytes());
        put(
            &mut self.block,
            at.saturating_add(STATE),
            &[LIVE, u8::from(record.given), 0, 0],
        );
        put(
            &mut self.block,
            at.saturating_add(QUEUED_AT),
            &record.queued_at.to_le_bytes(),
        );
        put(
            &mut self.block,
            at.saturating_add(UUID),
            record.uuid.as_bytes(),
        );
        put(&mut self.block, text, record.text);
    }

    fn publish(&mut self) {
        let first = self.offsets.front().copied().unwrap_or(0);
        put(&mut self.block, 0, MAGIC);
        put(&mut self.block, FIRST, &first.to_le_bytes());
        put(&mut self.block, COUNT, &self.present.to_le_bytes());
    }
}

/// Copies bytes to where there is room for them; the caller has made sure that there is.
fn put(block: &mut [u8], at: usize, bytes: &[u8]) {
    let place = block
        .get_mut(at..)
        .and_then(|rest| rest.get_mut(..bytes.len()));
    if let Some(place) = place {
        place.copy_from_slice(bytes);
    }
}

/// What one step through exported bytes finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<'a> {
    /// A record whose frame is whole. Whether its text is an event is for the caller to check.
    Record(Record<'a>),
    /// So many records are lost, because a length is wrong and nothing behind it can be found.
    Lost(u32),
}

/// Walks through the bytes of [`Ring::bytes`], whoever has had them since. Never panics, never reads a record twice,
/// and ends after as many steps as the bytes have room for records.
pub fn read(bytes: &[u8]) -> impl Iterator<Item = Found<'_>> {
    let known = bytes.starts_with(MAGIC);
    let mut at = number(bytes, FIRST)
        .filter(|_| known)
        .map_or(0, |first| first as usize);
    let mut left = number(bytes, COUNT).filter(|_| known).unwrap_or(0);
    let mut wrapped = false;
    let mut consumed: usize = 0;
    core::iter::from_fn(move || {
        while left > 0 {
            if matches!(number(bytes, at), None | Some(WRAP)) && !wrapped {
                wrapped = true;
                at = BLOCK_HEADER;
                continue;
            }
            let whole = parse(bytes, at)
                .filter(|(state, ..)| matches!(*state, LIVE | GONE) && at >= BLOCK_HEADER);
            // More bytes than there are means that the walk has come back to where it was.
            let Some((state, record, size)) =
                whole.filter(|(_, _, size)| consumed.saturating_add(*size) <= bytes.len())
            else {
                return Some(Found::Lost(core::mem::take(&mut left)));
            };
            consumed = consumed.saturating_add(size);
            at = at.saturating_add(size);
            left = left.saturating_sub(1);
            if state == LIVE {
                return Some(Found::Record(record));
            }
        }
        None
    })
}

/// State, record and size of what lies at an offset.
fn parse(block: &[u8], at: usize) -> Option<(u8, Record<'_>, usize)> {
    let (header, rest) = block.get(at..)?.split_first_chunk::<RECORD_HEADER>()?;
    let text = rest.get(..number(header, 0)? as usize)?;
    let (state, given) = (*header.get(STATE)?, *header.get(5)? == 1);
    let queued_at = u64::from_le_bytes(*header.get(QUEUED_AT..)?.first_chunk()?);
    let uuid = Uuid::from_bytes(*header.get(UUID..)?.first_chunk()?);
    Some((
        state,
        Record {
            uuid,
            given,
            queued_at,
            text,
        },
        RECORD_HEADER.saturating_add(text.len()),
    ))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..)?
        .first_chunk()
        .map(|number| u32::from_le_bytes(*number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;
    use std::collections::BTreeMap;

    fn record(text: &[u8]) -> Record<'_> {
        Record {
            uuid: Uuid::from_u128(text.len() as u128),
            given: text.len() % 2 == 1,
            queued_at: 7,
            text,
        }
    }

    fn exported(bytes: &[u8]) -> Vec<(Uuid, Vec<u8>)> {
        read(bytes)
            .map(|found| match found {
                Found::Record(record) => (record.uuid, record.text.to_vec()),
                Found::Lost(records) => panic!("{records} records lost"),
            })
            .collect()
    }

    #[derive(Debug, Clone)]
    enum Step {
        Push(usize),
        /// Of the records there are, the one at this place, counted round.
        Remove(usize),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![3 => (0_usize..900).prop_map(Step::Push), 2 => (0_usize..4).prop_map(Step::Remove), 1 => any::<usize>().prop_map(Step::Remove)];
        proptest::collection::vec(step, 0..300)
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(12), failure_persistence: None, ..ProptestConfig::default() })]

        /// The model is a map from sequence number to text.
        #[test]
        fn the_ring_does_what_a_map_does(steps in steps(), max_records in 1_usize..60, max_bytes in 100_usize..40_000) {
            let mut ring = Ring::new(max_records, max_bytes);
            let mut model: BTreeMap<Sequence, Vec<u8>> = BTreeMap::new();
            for (number, step) in steps.into_iter().enumerate() {
                match step {
                    Step::Push(length) => {
                        let text = std::vec![number as u8; length];
                        let live: usize = model.values().map(|text| RECORD_HEADER + text.len()).sum();
                        match ring.push(record(&text)) {
                            Ok(sequence) => {
                                prop_assert!(model.len() < max_records);
                                prop_assert!(model.keys().next_back().is_none_or(|last| *last < sequence));
                                model.insert(sequence, text);
                            }
                            Err(Full) => prop_assert!(
                                model.len() >= max_records || BLOCK_HEADER + live + RECORD_HEADER + length + (max_bytes >> 3) > max_bytes,
                                "refused although there was room"
                            ),
                        }
                    }
                    Step::Remove(place) => {
                        let chosen = (!model.is_empty()).then(|| *model.keys().nth(place % model.len()).unwrap());
                        if let Some(sequence) = chosen {
                            prop_assert!(ring.remove(sequence));
                            prop_assert!(!ring.remove(sequence));
                            model.remove(&sequence);
                        }
                    }
                }
                prop_assert_eq!(ring.len(), model.len());
                prop_assert!(ring.bytes().len() <= max_bytes.max(START));
                for (sequence, text) in &model {
                    prop_assert_eq!(ring.get(*sequence), Some(record(text)));
                }
                prop_assert_eq!(ring.first(), model.keys().next().copied().unwrap_or(ring.next()));
                let expected: Vec<_> = model.values().map(|text| (record(text).uuid, text.clone())).collect();
                prop_assert_eq!(exported(ring.bytes()), expected);
            }
        }

        #[test]
        fn damaged_bytes_neither_panic_nor_go_on_for_ever(steps in steps(), damage in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..20)) {
            let mut ring = Ring::new(1000, 1 << 20);
            for step in steps {
                if let Step::Push(length) = step {
                    ring.push(record(&std::vec![b'x'; length])).unwrap();
                }
            }
            let mut bytes = ring.bytes().to_vec();
            for (place, byte) in damage {
                if let Some(place) = place.checked_rem(bytes.len().min(200)) {
                    bytes[place] = byte;
                }
            }
            prop_assert!(read(&bytes).count() <= bytes.len() / RECORD_HEADER + 1);
        }
    }

    #[test]
    fn a_ring_in_steady_use_does_not_grow() {
        let mut ring = Ring::new(1000, 1 << 20);
        for _ in 0..10_000 {
            let sequence = ring.push(record(&[b'x'; 700])).unwrap();
            ring.remove(sequence.saturating_sub(9));
        }
        assert_eq!(ring.bytes().len(), START);
    }

    /// What an instance leaves behind if it traps between making a new block and filling it further.
    #[test]
    fn a_block_made_anew_shows_all_records_before_the_next_is_written() {
        let mut ring = Ring::new(1000, 1 << 20);
        let sequences: Vec<_> = (0..5)
            .map(|length| ring.push(record(&std::vec![b'x'; length])).unwrap())
            .collect();
        ring.remove(sequences[0]);
        ring.remove(sequences[2]);
        let before = exported(ring.bytes());
        ring.rebuild(START).unwrap();
        assert_eq!(exported(ring.bytes()), before);
        assert_eq!(before.len(), 3);
    }

    #[test]
    fn bytes_of_something_else_hold_no_records() {
        for bytes in [&b""[..], b"EVQ1", b"EVQ2\x0c\0\0\0\x01\0\0\0", b"{}"] {
            assert_eq!(read(bytes).count(), 0);
        }
    }
}
