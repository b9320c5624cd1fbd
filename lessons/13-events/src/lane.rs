//! One queue on its way to one endpoint: when a batch is cut and when it is sent; `settle` has what
//! a reply does to it.
//!
//! The time is an argument everywhere, and everything that is due is found by looking at the few
//! batches there can be, so there is no timer to keep in step. This file must never know what is in
//! an event.

mod settle;

pub(crate) use settle::Outcome;

use crate::batch::{Batch, Member, State};
use crate::config::Config;
use crate::event::LaneName;
use crate::output::{Request, RequestId};
use crate::random::Random;
use crate::request::{Attempt, Template};
use crate::ring::{Full, Record, Ring, Sequence};
use crate::time::Now;
use crate::uuids::{self, Uuids};
use alloc::vec::Vec;
use uuid::Uuid;

/// A queue, its batches, and their rules.
pub(crate) struct Lane {
    ring: Ring,
    batches: Vec<Batch>,
    /// The first event in no batch. From here on nothing in the ring is ever gone.
    unsent: Sequence,
    /// Bytes of all events from there on.
    unsent_bytes: usize,
    /// Events before this one leave without waiting for company.
    flush_to: Sequence,
    /// How many events were delivered.
    pub(crate) delivered: u64,
    template: Template,
    key: uuids::Key,
    flush_at: usize,
    flush_interval_ms: u64,
    max_request_bytes: usize,
    max_retries: u32,
    max_in_flight: usize,
    jitter_percent: u64,
}

impl Lane {
    pub(crate) fn new(config: &Config, name: LaneName) -> Self {
        Lane {
            ring: Ring::new(config.max_queue_bytes),
            batches: Vec::new(),
            unsent: 0,
            unsent_bytes: 0,
            flush_to: 0,
            delivered: 0,
            template: Template::new(config, name),
            key: uuids::key(&config.seed),
            flush_at: config.flush_at,
            flush_interval_ms: config.flush_interval_ms,
            max_request_bytes: config.max_request_bytes,
            max_retries: u32::try_from(config.max_retries).unwrap_or(0),
            max_in_flight: config.max_in_flight(),
            jitter_percent: u64::from(config.jitter_percent),
        }
    }

    /// Queues an event, unless `most` others wait to be sent for the first time.
    pub(crate) fn push(
        &mut self,
        most: usize,
        now: Now,
        uuid: Uuid,
        given: bool,
        text: &str,
    ) -> Result<(), Full> {
        if self.unsent_events() >= most {
            return Err(Full);
        }
        self.ring.push(Record {
            uuid,
            given,
            queued_at: now.monotonic,
            text: text.as_bytes(),
        })?;
        self.unsent_bytes = self.unsent_bytes.saturating_add(text.len());
        Ok(())
    }

    pub(crate) fn ring(&self) -> &Ring {
        &self.ring
    }

    /// Lets everything queued now leave without waiting for company; returns the number that the
    /// next event will get.
    pub(crate) fn flush(&mut self) -> Sequence {
        self.flush_to = self.ring.next();
        self.flush_to
    }

    /// True if no event before this one is queued any more.
    pub(crate) fn is_past(&self, to: Sequence) -> bool {
        self.ring.first() >= to
    }

    /// How many events before this one are still queued.
    pub(crate) fn left(&self, to: Sequence) -> usize {
        let waiting = usize::try_from(to.saturating_sub(self.unsent)).unwrap_or(usize::MAX);
        self.batches
            .iter()
            .fold(waiting, |left, batch| left.saturating_add(batch.before(to)))
    }

    /// When there is something to do next on the monotonic clock; a time that has passed means now.
    pub(crate) fn wake_at(&self) -> Option<u64> {
        let waiting = self.batches.iter().filter_map(|batch| match batch.state {
            State::Waiting(until) => Some(until),
            State::InFlight(_) => None,
        });
        waiting.chain(self.cut_at()).min()
    }

    fn unsent_events(&self) -> usize {
        usize::try_from(self.ring.next().saturating_sub(self.unsent)).unwrap_or(usize::MAX)
    }

    /// When the next batch is to be cut; `None` if nothing waits for it, or nothing may leave
    /// before a reply comes.
    fn cut_at(&self) -> Option<u64> {
        let oldest = self.ring.get(self.unsent)?;
        if self.batches.len() >= self.max_in_flight {
            return None;
        }
        let full = self.unsent_events() >= self.flush_at
            || self.unsent_bytes >= self.max_request_bytes
            || self.unsent < self.flush_to;
        Some(if full {
            0
        } else {
            oldest.queued_at.saturating_add(self.flush_interval_ms)
        })
    }

    /// The next request that is due now.
    pub(crate) fn next_request(
        &mut self,
        now: Now,
        random: &mut Random,
        request: RequestId,
    ) -> Option<Request> {
        // Older batches first: their events are older.
        let due =
            |batch: &Batch| matches!(batch.state, State::Waiting(until) if until <= now.monotonic);
        if !self.batches.iter().any(due) {
            if self.cut_at()? > now.monotonic {
                return None;
            }
            let batch = Batch::new(self.cut(), random.uuid(now.unix), now.unix);
            self.batches.push(batch);
        }
        let batch = self.batches.iter_mut().find(|batch| due(batch))?;
        let (number, stamp) = batch.start(request, now.unix);
        let attempt = Attempt {
            request,
            batch: batch.id,
            number,
            created_at: batch.created_at,
            stamp,
        };
        let (batch, ring) = (&*batch, &self.ring);
        let texts = || {
            batch
                .members
                .iter()
                .filter(|member| member.refused.is_none())
                .filter_map(|member| ring.get(member.sequence))
                .map(|record| record.text)
        };
        let bytes = texts().fold(0_usize, |sum, text| {
            sum.saturating_add(text.len()).saturating_add(1)
        });
        Some(self.template.build(&attempt, bytes, texts()))
    }

    /// Takes the next batch's events from the front of what is unsent.
    fn cut(&mut self) -> Vec<Member> {
        let mut members = Vec::new();
        let mut bytes: usize = 0;
        let mut known = None;
        while let Some(record) = self.ring.get(self.unsent) {
            // The check comes after adding, so that an event of any permitted size finds a request.
            let closed = members.len() >= self.flush_at
                || (!members.is_empty() && bytes >= self.max_request_bytes);
            if closed || self.repeats(&mut known, &members, record) {
                break;
            }
            bytes = bytes.saturating_add(record.text.len());
            members.push(Member {
                sequence: self.unsent,
                refused: None,
            });
            self.unsent = self.unsent.saturating_add(1);
        }
        self.unsent_bytes = self.unsent_bytes.saturating_sub(bytes);
        members
    }

    /// Within one request identifiers are distinct, because v1 gives its verdicts by them. Only an
    /// identifier that the caller chose can repeat one, so they are not collected before the first
    /// of these.
    fn repeats(&self, known: &mut Option<Uuids>, members: &[Member], next: Record<'_>) -> bool {
        if known.is_none() && next.given {
            *known = Some(uuids_of(&self.ring, self.key, members));
        }
        known.as_mut().is_some_and(|known| !known.insert(next.uuid))
    }

    /// True if the request is ours and waits for its outcome. One that is reported twice is not
    /// ours the second time.
    pub(crate) fn waits_for(&self, request: RequestId) -> bool {
        self.batches
            .iter()
            .any(|batch| batch.state == State::InFlight(request))
    }
}

/// The identifiers of these events, at the same places.
fn uuids_of(ring: &Ring, key: uuids::Key, members: &[Member]) -> Uuids {
    let mut uuids = Uuids::new(key);
    for member in members {
        if let Some(record) = ring.get(member.sequence) {
            uuids.insert(record.uuid);
        }
    }
    uuids
}
