//! The flushes that somebody waits for, and which of them is over next.
//!
//! A later flush waits for at least the events of an earlier one. So as far as events decide, only
//! the first can be over; as far as time does, only that with the earliest deadline. Nothing else
//! is looked at, and a thousand flushes that wait cost a call no more than one.

use super::LANES;
use crate::lane::Lane;
use crate::output::FlushId;
use crate::ring::Sequence;
use crate::time::Now;
use alloc::collections::{BinaryHeap, VecDeque};
use core::cmp::Reverse;

/// A flush.
struct Flush {
    id: FlushId,
    /// In each lane, the events before these numbers are waited for.
    to: [Sequence; LANES],
    deadline: u64,
    /// True once its deadline came.
    over: bool,
}

/// The flushes that are not over.
pub(super) struct Flushes {
    /// In the order they came. May have some that are over, but not in front.
    all: VecDeque<Flush>,
    /// The deadlines with the flushes' identifiers, the earliest on top. May have those of flushes
    /// that are over, but not on top.
    deadlines: BinaryHeap<Reverse<(u64, u64)>>,
    waiting: usize,
}

impl Flushes {
    pub(super) fn new() -> Self {
        Flushes {
            all: VecDeque::new(),
            deadlines: BinaryHeap::new(),
            waiting: 0,
        }
    }

    pub(super) fn push(&mut self, id: FlushId, to: [Sequence; LANES], deadline: u64) {
        /// So few that are over cost nothing to keep.
        const FEW: usize = 64;
        if self.all.len().max(self.deadlines.len()) > self.waiting.saturating_mul(2).max(FEW) {
            self.deadlines.clear();
            for flush in core::mem::take(&mut self.all) {
                if !flush.over {
                    self.deadlines.push(Reverse((flush.deadline, flush.id.0)));
                    self.all.push_back(flush);
                }
            }
        }
        self.all.push_back(Flush {
            id,
            to,
            deadline,
            over: false,
        });
        self.deadlines.push(Reverse((deadline, id.0)));
        self.waiting = self.waiting.saturating_add(1);
    }

    pub(super) fn next_deadline(&self) -> Option<u64> {
        self.deadlines
            .peek()
            .map(|Reverse((deadline, _))| *deadline)
    }

    /// Takes out a flush that is over; returns how many of its events are left.
    pub(super) fn over(&mut self, now: Now, lanes: &[Lane]) -> Option<(FlushId, usize)> {
        let first = self.all.front()?;
        let is_past = |(lane, to): (&Lane, Sequence)| lane.is_past(to);
        let place = if lanes.iter().zip(first.to).all(is_past) {
            0
        } else {
            let Reverse((deadline, id)) = *self.deadlines.peek()?;
            if deadline > now.monotonic {
                return None;
            }
            self.place(id)?
        };
        let flush = self.all.get_mut(place)?;
        flush.over = true;
        let (id, to) = (flush.id, flush.to);
        self.waiting = self.waiting.saturating_sub(1);
        while self.all.front().is_some_and(|flush| flush.over) {
            self.all.pop_front();
        }
        while let Some(Reverse((_, id))) = self.deadlines.peek()
            && self.place(*id).is_none()
        {
            self.deadlines.pop();
        }
        let left = lanes
            .iter()
            .zip(to)
            .fold(0_usize, |sum, (lane, to)| sum.saturating_add(lane.left(to)));
        Some((id, left))
    }

    /// Where a flush is, unless it is over.
    fn place(&self, id: u64) -> Option<usize> {
        let place = self
            .all
            .binary_search_by(|flush| flush.id.0.cmp(&id))
            .ok()?;
        self.all.get(place).filter(|flush| !flush.over)?;
        Some(place)
    }
}
