//! A batch: a run of queued events that travel together until each is delivered or dropped.
//!
//! The events stay in the ring; a batch only knows their sequence numbers, so nothing that happens
//! to the rest of the queue can confuse it.

use crate::output::RequestId;
use crate::ring::Sequence;
use alloc::string::String;
use alloc::vec::Vec;
use uuid::Uuid;

/// Where a batch stands between two attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// The next attempt is due at this monotonic time.
    Waiting(u64),
    /// An attempt is on its way.
    InFlight(RequestId),
}

/// An event of a batch.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) sequence: Sequence,
    /// The details of a v1 reply that dropped it. It is not sent again, and is reported when the
    /// batch ends, once.
    pub(crate) refused: Option<String>,
}

/// A run of queued events.
#[derive(Debug)]
pub(crate) struct Batch {
    /// Those that are still queued, in their order.
    pub(crate) members: Vec<Member>,
    /// `PostHog-Request-Id`: the same for all attempts.
    pub(crate) id: Uuid,
    /// When it was made, in Unix milliseconds.
    pub(crate) created_at: u64,
    pub(crate) state: State,
    /// Attempts made so far.
    attempts: u32,
    /// The stamp of the last attempt.
    stamp: u64,
}

impl Batch {
    pub(crate) fn new(members: Vec<Member>, id: Uuid, unix: u64) -> Self {
        Batch {
            members,
            id,
            created_at: unix,
            state: State::Waiting(0),
            attempts: 0,
            stamp: 0,
        }
    }

    /// Starts an attempt; returns its number, from 1, and its time in Unix milliseconds.
    pub(crate) fn start(&mut self, request: RequestId, unix: u64) -> (u32, u64) {
        self.attempts = self.attempts.saturating_add(1);
        // A server may tell attempts apart by their time; the wall clock may have been set back
        // onto the last one.
        self.stamp = if unix == self.stamp {
            unix.saturating_add(1)
        } else {
            unix
        };
        self.state = State::InFlight(request);
        (self.attempts, self.stamp)
    }

    /// The number of the next retry, from 0, or `None` if this was the last attempt.
    pub(crate) fn next_retry(&self, max_retries: u32) -> Option<u32> {
        let made = self.attempts.saturating_sub(1);
        (made < max_retries).then_some(made)
    }

    /// How many of its events come before this one.
    pub(crate) fn before(&self, sequence: Sequence) -> usize {
        self.members
            .partition_point(|member| member.sequence < sequence)
    }
}
