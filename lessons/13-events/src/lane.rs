//! One queue on its way to one endpoint: when a batch is cut and when it is sent; `settle` has what
//! a reply does to it.
//!
//! The time is an argument everywhere, and everything that is due is found by looking, so there is
//! no timer to keep in step. This file must never know what is in an event.

mod settle;

pub(crate) use settle::Outcome;

use crate::batch::{Batch, State};
use crate::config::Config;
use crate::event::LaneName;
use crate::output::{Request, RequestId};
use crate::random::Random;
use crate::request::{Attempt, Template};
use crate::ring::{Full, Record, Ring, Sequence};
use crate::time::Now;
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
            ring: Ring::new(config.max_queue_events, config.max_queue_bytes),
            batches: Vec::new(),
            unsent: 0,
            unsent_bytes: 0,
            flush_to: 0,
            delivered: 0,
            template: Template::new(config, name),
            flush_at: config.flush_at,
            flush_interval_ms: config.flush_interval_ms,
            max_request_bytes: config.max_request_bytes,
            max_retries: u32::try_from(config.max_retries).unwrap_or(0),
            max_in_flight: config.max_in_flight,
            jitter_percent: u64::from(config.jitter_percent),
        }
    }

    pub(crate) fn push(
        &mut self,
        now: Now,
        uuid: Uuid,
        given: bool,
        text: &str,
    ) -> Result<(), Full> {
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

    /// How many events before this one are still queued.
    pub(crate) fn left(&self, to: Sequence) -> usize {
        if self.ring.first() >= to {
            0
        } else {
            (self.ring.first()..to)
                .filter(|sequence| self.ring.get(*sequence).is_some())
                .count()
        }
    }

    /// When there is something to do next on the monotonic clock; a time that has passed means now.
    pub(crate) fn wake_at(&self) -> Option<u64> {
        let waiting = self.batches.iter().filter_map(|batch| match batch.state {
            State::Waiting(until) => Some(until),
            State::InFlight(_) => None,
        });
        waiting.chain(self.cut_at()).min()
    }

    /// When the next batch is to be cut; `None` if nothing waits for it, or nothing may leave
    /// before a reply comes.
    fn cut_at(&self) -> Option<u64> {
        let oldest = self.ring.get(self.unsent)?;
        if self.batches.len() >= self.max_in_flight {
            return None;
        }
        let waiting =
            usize::try_from(self.ring.next().saturating_sub(self.unsent)).unwrap_or(usize::MAX);
        let full = waiting >= self.flush_at
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
            let range = self.unsent..self.cut();
            self.batches
                .push(Batch::new(range, random.uuid(now.unix), now.unix));
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
                .range
                .clone()
                .filter(|sequence| !batch.is_refused(*sequence))
                .filter_map(|sequence| ring.get(sequence))
                .map(|record| record.text)
        };
        let bytes = texts().fold(0_usize, |sum, text| {
            sum.saturating_add(text.len()).saturating_add(1)
        });
        Some(self.template.build(&attempt, bytes, texts()))
    }

    /// Takes the next batch's events from the front of what is unsent; returns where they end.
    fn cut(&mut self) -> Sequence {
        let start = self.unsent;
        let mut bytes: usize = 0;
        let mut events: usize = 0;
        while let Some(record) = self.ring.get(self.unsent) {
            // The check comes after adding, so that an event of any permitted size finds a request.
            let closed = events >= self.flush_at || (events > 0 && bytes >= self.max_request_bytes);
            if closed || (record.given && self.contains(start, record.uuid)) {
                break;
            }
            bytes = bytes.saturating_add(record.text.len());
            events = events.saturating_add(1);
            self.unsent = self.unsent.saturating_add(1);
        }
        self.unsent_bytes = self.unsent_bytes.saturating_sub(bytes);
        self.unsent
    }

    /// Within one request identifiers are distinct, because v1 gives its verdicts by them. Only an
    /// identifier that the caller chose can repeat one.
    fn contains(&self, start: Sequence, uuid: Uuid) -> bool {
        (start..self.unsent)
            .filter_map(|sequence| self.ring.get(sequence))
            .any(|record| record.uuid == uuid)
    }

    /// True if the request is ours and waits for its outcome. One that is reported twice is not
    /// ours the second time.
    pub(crate) fn waits_for(&self, request: RequestId) -> bool {
        self.batches
            .iter()
            .any(|batch| batch.state == State::InFlight(request))
    }
}
