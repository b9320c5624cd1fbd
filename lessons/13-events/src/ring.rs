//! The queue's memory: one block of bytes that holds records in the order they came.
//!
//! The block explains itself, so what [`Ring::bytes`] shows *is* the export: a host can store it,
//! or read it out of the memory of an instance that trapped, and [`read`] checks every record on
//! the way back. A record is never split; where the next one does not fit before the end of the
//! block, it starts again behind the block's header, in the room that the oldest have left.
//! `record` has the layout. This file must never know what a record means.

mod record;

pub use record::{Found, Record, block_bytes, read};

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use record::{BLOCK_HEADER, RECORD_HEADER, parse};

/// The first allocation, our own choice: a quarter of a page of linear memory (64 KiB), doubled as
/// often as needed.
const START: usize = 16 << 10;

/// The position of a record in the order of arrival, never used twice.
pub type Sequence = u64;

/// When a record does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// Where a record lies.
#[derive(Debug, Clone, Copy)]
struct Place {
    sequence: Sequence,
    /// Its offset.
    at: u32,
    /// How many were written into the block before it.
    before: u32,
}

/// A queue of records, bounded in bytes.
#[derive(Debug, Clone)]
pub struct Ring {
    block: Vec<u8>,
    /// Of the records in the block, gone ones between live ones included. The front is always live.
    places: VecDeque<Place>,
    /// The sequence number of the next record.
    next: Sequence,
    /// How many records were written into the block, round the corner of its type if need be.
    written: u32,
    /// Where the next record goes.
    tail: usize,
    live: usize,
    live_bytes: usize,
    max_bytes: usize,
}

impl Ring {
    /// An empty ring in a block of at most so many bytes.
    #[must_use]
    pub fn new(max_bytes: usize) -> Self {
        let max_bytes = max_bytes.min(u32::MAX as usize >> 1);
        Ring {
            block: Vec::new(),
            places: VecDeque::new(),
            next: 0,
            written: 0,
            tail: BLOCK_HEADER,
            live: 0,
            live_bytes: 0,
            max_bytes,
        }
    }

    /// Appends a record and returns its sequence number.
    ///
    /// Always succeeds while the live records, this one and an eighth of the bound fit the bound:
    /// that much is held back, so that a nearly full ring is not moved together again for every
    /// record.
    ///
    /// # Errors
    /// [`Full`] if there is no room.
    pub fn push(&mut self, record: Record<'_>) -> Result<Sequence, Full> {
        let size = RECORD_HEADER.saturating_add(record.text.len());
        if self.is_empty() {
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
            record::wrap(&mut self.block, self.tail);
        }
        self.write(self.next, at, record)?;
        self.next = self.next.saturating_add(1);
        self.live_bytes = self.live_bytes.saturating_add(size);
        // Last, so that whoever reads the block after a trap never meets half a record.
        self.publish();
        Ok(self.next.saturating_sub(1))
    }

    /// Writes a record where it fits.
    fn write(&mut self, sequence: Sequence, at: usize, record: Record<'_>) -> Result<(), Full> {
        let place = Place {
            sequence,
            at: u32::try_from(at).map_err(|_| Full)?,
            before: self.written,
        };
        record::write(&mut self.block, at, record);
        self.places.push_back(place);
        self.written = self.written.wrapping_add(1);
        self.live = self.live.saturating_add(1);
        self.tail = at
            .saturating_add(RECORD_HEADER)
            .saturating_add(record.text.len());
        Ok(())
    }

    /// The record with this number, unless it is gone.
    #[must_use]
    pub fn get(&self, sequence: Sequence) -> Option<Record<'_>> {
        self.live_at(self.place(sequence)?)
    }

    /// Takes a record out; false if it was gone.
    pub fn remove(&mut self, sequence: Sequence) -> bool {
        let found = self
            .place(sequence)
            .and_then(|place| Some((place.at, self.live_at(place)?.text.len())));
        let Some((at, bytes)) = found else {
            return false;
        };
        self.live = self.live.saturating_sub(1);
        self.live_bytes = self
            .live_bytes
            .saturating_sub(RECORD_HEADER)
            .saturating_sub(bytes);
        record::bury(&mut self.block, at as usize);
        while let Some(first) = self.places.front()
            && self.live_at(first).is_none()
        {
            self.places.pop_front();
        }
        self.publish();
        true
    }

    /// The number of the oldest record, or of the next one if there is none.
    #[must_use]
    pub fn first(&self) -> Sequence {
        self.places
            .front()
            .map_or(self.next, |first| first.sequence)
    }

    /// The number that the next record gets.
    #[must_use]
    pub fn next(&self) -> Sequence {
        self.next
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.live
    }

    /// True if there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The block. These bytes are the export.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.block
    }

    fn place(&self, sequence: Sequence) -> Option<&Place> {
        let before = sequence.checked_sub(self.first())?;
        // Most often no number is left out.
        let guess = usize::try_from(before)
            .ok()
            .and_then(|place| self.places.get(place));
        guess
            .filter(|place| place.sequence == sequence)
            .or_else(|| {
                let place = self
                    .places
                    .binary_search_by(|place| place.sequence.cmp(&sequence));
                self.places.get(place.ok()?)
            })
    }

    fn live_at(&self, place: &Place) -> Option<Record<'_>> {
        let (live, record, _) = parse(&self.block, place.at as usize)?;
        live.then_some(record)
    }

    /// Where a record of this size fits in the block as it is.
    fn room(&self, size: usize) -> Option<usize> {
        let to_end = self.block.len().checked_sub(self.tail);
        let Some(first) = self.places.front() else {
            return to_end.filter(|room| *room >= size).map(|_| self.tail);
        };
        let first = first.at as usize;
        if self.tail <= first {
            // Already gone on at the start: free is what lies between the newest and the oldest.
            return (first.saturating_sub(self.tail) >= size).then_some(self.tail);
        }
        if to_end.is_some_and(|room| room >= size) {
            return Some(self.tail);
        }
        (first.saturating_sub(BLOCK_HEADER) >= size).then_some(BLOCK_HEADER)
    }

    /// Moves the live records together into a new block, so that one more of this size fits behind
    /// them.
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
            next: self.next,
            live_bytes: self.live_bytes,
            ..Ring::new(self.max_bytes)
        };
        // Asked for as zeros, which an allocator that has fresh pages need not write.
        next.block = alloc::vec![0; capacity];
        for place in &self.places {
            if let Some(record) = self.live_at(place) {
                next.write(place.sequence, next.tail, record)?;
            }
        }
        // Before it takes the old block's place: should the next allocation trap, its records can
        // still be read.
        next.publish();
        *self = next;
        Ok(())
    }

    fn publish(&mut self) {
        let (first, present) = match self.places.front() {
            Some(first) => (first.at, self.written.wrapping_sub(first.before)),
            None => (0, 0),
        };
        record::publish(&mut self.block, first, present);
    }
}

#[cfg(test)]
mod tests;
