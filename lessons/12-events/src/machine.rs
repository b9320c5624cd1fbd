//! The machine: every call comes in here, every effect goes out here.
//!
//! It owns the lanes and the outputs and joins the other files; each decision is made in one of those. This file must
//! never wait, and never learn the time from anywhere but its arguments.

use crate::answer::{FailureKind, Response};
use crate::config::{Config, ConfigError};
use crate::enrich::{Defaults, Surroundings};
use crate::event::{Event, LaneName, Refused};
use crate::families::Family;
use crate::lane::{Lane, Outcome};
use crate::output::{Drained, Dropped, FlushId, Output, RequestId, Warning, Why};
use crate::random::Random;
use crate::returning;
use crate::ring::{self, Found, Sequence};
use crate::time::Now;
use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;
use uuid::Uuid;

/// What a machine has done so far, in events. At any time
/// `accepted == delivered + queued + the sum of dropped`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Taken into a queue, restored ones included.
    pub accepted: u64,
    /// Acknowledged by the server.
    pub delivered: u64,
    /// Still in a queue, on their way included.
    pub queued: u64,
    /// Given up, by reason, in the order of [`Why::ALL`].
    pub dropped: [u64; Why::ALL.len()],
    /// Never taken. These are in none of the other numbers.
    pub refused: u64,
}

/// Who may still come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    OptedOut,
    /// Shutdown has begun; this flush ends it.
    Closing(FlushId),
}

/// A flush that somebody waits for.
struct Flush {
    id: FlushId,
    /// In each lane, the events before these numbers are waited for.
    to: [Sequence; 2],
    deadline: u64,
}

/// A client's events, from capture to delivery.
pub struct Machine {
    config: Config,
    defaults: Defaults,
    random: Random,
    now: Now,
    phase: Phase,
    analytics: Lane,
    /// Made when its first event comes.
    ai: Option<Lane>,
    outputs: VecDeque<Output>,
    flushes: Vec<Flush>,
    last_request: u64,
    last_flush: u64,
    /// Refused for want of room since the last warning, and when that was.
    full: (u64, Option<u64>),
    counts: Counts,
    /// Where the next event is assembled; kept, so that a capture allocates little.
    scratch: String,
}

impl Machine {
    /// A machine with empty queues.
    ///
    /// # Errors
    /// The first option that cannot work.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        config.check()?;
        Ok(Machine {
            defaults: Defaults::new(&config)?,
            random: Random::new(config.seed),
            now: Now::default(),
            phase: Phase::Open,
            analytics: Lane::new(&config, LaneName::Analytics),
            ai: None,
            outputs: VecDeque::new(),
            flushes: Vec::new(),
            last_request: 0,
            last_flush: 0,
            full: (0, None),
            counts: Counts::default(),
            scratch: String::new(),
            config,
        })
    }

    /// Takes an event; answers the identifier it has on the wire.
    ///
    /// # Errors
    /// Why it was not taken. Show the sentence to the caller if [`Refused::deserves_a_warning`].
    pub fn handle_capture(&mut self, now: Now, event: &Event<'_>) -> Result<Uuid, Refused> {
        self.take(now, event, None)
    }

    /// Takes one of the special events; `event` says who and when.
    ///
    /// # Errors
    /// As [`Machine::handle_capture`].
    pub fn handle_family(
        &mut self,
        now: Now,
        event: &Event<'_>,
        family: &Family<'_>,
    ) -> Result<Uuid, Refused> {
        self.take(now, event, Some(family))
    }

    /// The first half of a capture with a `before_send` hook: the assembled event, for the host to show to its hook.
    /// What the hook returns goes to [`Machine::handle_prepared`]; if it drops the event or fails, nothing is called.
    ///
    /// # Errors
    /// As [`Machine::handle_capture`].
    pub fn handle_prepare(
        &mut self,
        now: Now,
        event: &Event<'_>,
        family: Option<&Family<'_>>,
    ) -> Result<&str, Refused> {
        let assembled = self.assemble(now, event, family).map(|_| ());
        self.counted(assembled)?;
        Ok(&self.scratch)
    }

    /// The second half: checks the event again and takes it.
    ///
    /// # Errors
    /// As [`Machine::handle_capture`]. A hook that returns no event loses it; the original is never sent.
    pub fn handle_prepared(
        &mut self,
        now: Now,
        lane: LaneName,
        returned: &str,
    ) -> Result<Uuid, Refused> {
        self.advance(now);
        let taken = self.open().and_then(|()| {
            let mut scratch = mem::take(&mut self.scratch);
            let outputs = &mut self.outputs;
            let uuid = returning::rewrite(
                &mut scratch,
                returned,
                self.now,
                &mut self.random,
                &mut |warning| outputs.push_back(Output::Warning(warning)),
            );
            self.scratch = scratch;
            // The hook may have repeated another event's identifier.
            self.queue(lane, uuid?, true)
        });
        self.counted(taken)
    }

    /// Lets all queued events leave at once. [`Output::Drained`] with the same identifier follows when they are
    /// delivered or dropped, or at `deadline` (monotonic milliseconds) at the latest.
    pub fn handle_flush(&mut self, now: Now, deadline: u64) -> FlushId {
        self.advance(now);
        let id = self.flush(deadline);
        self.end_flushes();
        id
    }

    /// Refuses events from now on, and lets the queued ones leave. What is left at `deadline` (monotonic
    /// milliseconds) is dropped. A second call only waits, as [`Machine::handle_flush`] does.
    pub fn handle_shutdown(&mut self, now: Now, deadline: u64) -> FlushId {
        self.advance(now);
        let id = self.flush(deadline);
        if !matches!(self.phase, Phase::Closing(_)) {
            self.phase = Phase::Closing(id);
        }
        self.end_flushes();
        id
    }

    /// Takes and sends nothing more until [`Machine::handle_opt_in`], and drops what is queued: consent that was
    /// withdrawn covers no event that has not left. After a shutdown it changes nothing.
    pub fn handle_opt_out(&mut self, now: Now) {
        self.advance(now);
        if self.phase == Phase::Open {
            self.phase = Phase::OptedOut;
            self.drop_all(Why::OptedOut);
            self.end_flushes();
        }
    }

    /// Takes events again.
    pub fn handle_opt_in(&mut self, now: Now) {
        self.advance(now);
        if self.phase == Phase::OptedOut {
            self.phase = Phase::Open;
        }
    }

    /// Takes the answer to a request. An answer that nothing waits for is ignored.
    pub fn handle_response(&mut self, now: Now, request: RequestId, response: &Response<'_>) {
        self.settle(now, request, &Outcome::Answer(response));
    }

    /// Takes the news that a request got no answer. It is tried again as after a status that allows it.
    pub fn handle_failure(&mut self, now: Now, request: RequestId, kind: FailureKind) {
        self.settle(now, request, &Outcome::Failure(kind));
    }

    /// Lets time pass. Before the time of the last [`Output::WakeAt`] this changes nothing.
    pub fn handle_timeout(&mut self, now: Now) {
        self.advance(now);
        self.end_flushes();
    }

    /// Queues again what another machine had queued, from the bytes of its [`Machine::export`]; answers how many
    /// events that were.
    ///
    /// # Errors
    /// Whatever a capture would be refused for at this time; what does not fit is refused alone, and counted.
    pub fn handle_restore(
        &mut self,
        now: Now,
        lane: LaneName,
        bytes: &[u8],
    ) -> Result<usize, Refused> {
        self.advance(now);
        self.open()?;
        let mut restored: usize = 0;
        let mut damaged: usize = 0;
        for found in ring::read(bytes) {
            let text = match found {
                Found::Record(record)
                    if returning::is_event(record.text, record.uuid)
                        && record.text.len() <= self.max_event_bytes(lane) =>
                {
                    record
                }
                Found::Record(_) => {
                    damaged = damaged.saturating_add(1);
                    continue;
                }
                Found::Lost(records) => {
                    damaged = damaged.saturating_add(records as usize);
                    continue;
                }
            };
            self.scratch.clear();
            self.scratch
                .push_str(core::str::from_utf8(text.text).unwrap_or_default());
            let taken = self.queue(lane, text.uuid, text.given);
            if self.counted(taken).is_ok() {
                restored = restored.saturating_add(1);
            }
        }
        if damaged > 0 {
            self.outputs
                .push_back(Output::Warning(Warning::Damaged { records: damaged }));
        }
        Ok(restored)
    }

    /// The queue as bytes, events on their way included. They can be stored, and restored by another machine; with
    /// the same identifiers, so that the server takes none of them twice.
    #[must_use]
    pub fn export(&self, lane: LaneName) -> &[u8] {
        match lane {
            LaneName::Analytics => self.analytics.ring().bytes(),
            LaneName::Ai => self.ai.as_ref().map_or(&[], |lane| lane.ring().bytes()),
        }
    }

    /// Starts the generator again. A process that forked, or came back from a snapshot, must do this: its twin draws
    /// the same identifiers.
    pub fn reseed(&mut self, seed: [u8; 32]) {
        self.random = Random::new(seed);
    }

    /// What has become of all events so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = self.counts;
        for lane in self.lanes() {
            counts.delivered = counts.delivered.saturating_add(lane.delivered);
            counts.queued = counts.queued.saturating_add(lane.ring().len() as u64);
        }
        counts
    }

    /// The next thing to do. The last answer of a drain, and only that, is [`Output::WakeAt`].
    pub fn poll_output(&mut self) -> Output {
        if let Some(output) = self.outputs.pop_front() {
            return output;
        }
        let last_request = &mut self.last_request;
        let mut next_id = || {
            *last_request = last_request.saturating_add(1);
            RequestId(*last_request)
        };
        for lane in [Some(&mut self.analytics), self.ai.as_mut()]
            .into_iter()
            .flatten()
        {
            if let Some(request) = lane.next_request(self.now, &mut self.random, &mut next_id) {
                return Output::Request(request);
            }
        }
        let deadlines = self.flushes.iter().map(|flush| flush.deadline);
        Output::WakeAt(
            deadlines
                .chain(self.lanes().filter_map(Lane::wake_at))
                .min(),
        )
    }

    fn take(
        &mut self,
        now: Now,
        event: &Event<'_>,
        family: Option<&Family<'_>>,
    ) -> Result<Uuid, Refused> {
        let taken = self
            .assemble(now, event, family)
            .and_then(|uuid| self.queue(event.lane, uuid, event.uuid.is_some()));
        self.counted(taken)
    }

    /// Leaves the event's text in `scratch`.
    fn assemble(
        &mut self,
        now: Now,
        event: &Event<'_>,
        family: Option<&Family<'_>>,
    ) -> Result<Uuid, Refused> {
        self.advance(now);
        self.open()?;
        let limit = self.max_event_bytes(event.lane);
        // Before any work: what is too large in one field is too large in all.
        for field in [
            event.properties,
            event.groups,
            event.flags,
            event.context.tags,
        ]
        .into_iter()
        .flatten()
        {
            if field.len() > limit {
                return Err(Refused::TooLarge {
                    name: name_for_log(event),
                    bytes: field.len(),
                    limit,
                });
            }
        }
        let outputs = &mut self.outputs;
        let mut warn = |warning| outputs.push_back(Output::Warning(warning));
        let (scratch, now, random) = (&mut self.scratch, self.now, &mut self.random);
        let Some(family) = family else {
            return self.defaults.assemble(
                scratch,
                event,
                Surroundings::All,
                now,
                random,
                &mut warn,
            );
        };
        let plan = family.plan(event)?;
        let event = Event {
            name: plan.name.into(),
            distinct_id: plan.distinct_id.as_deref().map(Into::into),
            properties: Some(&plan.properties),
            ..*event
        };
        self.defaults
            .assemble(scratch, &event, plan.surroundings, now, random, &mut warn)
    }

    /// Queues the text in `scratch`.
    fn queue(&mut self, lane: LaneName, uuid: Uuid, given: bool) -> Result<Uuid, Refused> {
        let limit = self.max_event_bytes(lane);
        if self.scratch.len() > limit {
            let name = crate::json::Object::parse(&self.scratch)
                .ok()
                .and_then(|root| {
                    root.get("event")
                        .and_then(crate::json::text_of)
                        .map(|name| name.into_owned())
                });
            return Err(Refused::TooLarge {
                name: name.unwrap_or_default(),
                bytes: self.scratch.len(),
                limit,
            });
        }
        if !self.config.send {
            return Ok(uuid);
        }
        let queue = match lane {
            LaneName::Analytics => &mut self.analytics,
            LaneName::Ai => self
                .ai
                .get_or_insert_with(|| Lane::new(&self.config, LaneName::Ai)),
        };
        match queue.push(self.now, uuid, given, &self.scratch) {
            Ok(()) => {
                self.counts.accepted = self.counts.accepted.saturating_add(1);
                Ok(uuid)
            }
            Err(ring::Full) => {
                self.warn_of_full_queue();
                Err(Refused::QueueFull)
            }
        }
    }

    fn warn_of_full_queue(&mut self) {
        /// A full queue refuses thousands of events a second; one line a second tells it as well.
        const EVERY_MS: u64 = 1000;
        let (refused, last) = self.full;
        let refused = refused.saturating_add(1);
        if last.is_none_or(|last| self.now.monotonic >= last.saturating_add(EVERY_MS)) {
            self.outputs
                .push_back(Output::Warning(Warning::QueueFull { refused }));
            self.full = (0, Some(self.now.monotonic));
        } else {
            self.full.0 = refused;
        }
    }

    fn settle(&mut self, now: Now, request: RequestId, outcome: &Outcome<'_>) {
        self.advance(now);
        let (outputs, counts) = (&mut self.outputs, &mut self.counts);
        let lane = [Some(&mut self.analytics), self.ai.as_mut()]
            .into_iter()
            .flatten()
            .find(|lane| lane.waits_for(request));
        if let Some(lane) = lane {
            lane.settle(
                self.now,
                request,
                outcome,
                &mut self.random,
                &mut |dropped| report(outputs, counts, dropped),
            );
        }
        self.end_flushes();
    }

    fn flush(&mut self, deadline: u64) -> FlushId {
        self.last_flush = self.last_flush.saturating_add(1);
        let id = FlushId(self.last_flush);
        let to = [
            self.analytics.flush(),
            self.ai.as_mut().map_or(0, Lane::flush),
        ];
        self.flushes.push(Flush { id, to, deadline });
        id
    }

    /// Reports the flushes that are over, because nothing is left of them or because it is time.
    fn end_flushes(&mut self) {
        let mut index = 0;
        while let Some(flush) = self.flushes.get(index) {
            let left = self
                .lanes()
                .zip(flush.to)
                .fold(0_usize, |sum, (lane, to)| sum.saturating_add(lane.left(to)));
            if left > 0 && flush.deadline > self.now.monotonic {
                index = index.saturating_add(1);
                continue;
            }
            let flush = self.flushes.remove(index);
            let closing = self.phase == Phase::Closing(flush.id);
            if closing {
                self.drop_all(Why::ShutDown);
                // Nobody else has anything left to wait for either.
                index = 0;
            }
            self.outputs.push_back(Output::Drained(Drained {
                flush: flush.id,
                left: if closing { 0 } else { left },
            }));
        }
    }

    fn drop_all(&mut self, why: Why) {
        let (outputs, counts) = (&mut self.outputs, &mut self.counts);
        for lane in [Some(&mut self.analytics), self.ai.as_mut()]
            .into_iter()
            .flatten()
        {
            lane.drop_all(why, &mut |dropped| report(outputs, counts, dropped));
        }
    }

    fn advance(&mut self, now: Now) {
        // A host with several threads may read the clock in one order and call in another.
        self.now = Now {
            monotonic: now.monotonic.max(self.now.monotonic),
            unix: now.unix,
        };
    }

    fn open(&self) -> Result<(), Refused> {
        match self.phase {
            _ if self.config.disabled => Err(Refused::Disabled),
            Phase::Open => Ok(()),
            Phase::OptedOut => Err(Refused::OptedOut),
            Phase::Closing(_) => Err(Refused::ShutDown),
        }
    }

    fn counted<T>(&mut self, taken: Result<T, Refused>) -> Result<T, Refused> {
        self.counts.refused = self
            .counts
            .refused
            .saturating_add(u64::from(taken.is_err()));
        taken
    }

    fn max_event_bytes(&self, lane: LaneName) -> usize {
        match lane {
            LaneName::Analytics => self.config.max_event_bytes,
            LaneName::Ai => self.config.max_ai_event_bytes,
        }
    }

    fn lanes(&self) -> impl Iterator<Item = &Lane> {
        [Some(&self.analytics), self.ai.as_ref()]
            .into_iter()
            .flatten()
    }
}

fn report(outputs: &mut VecDeque<Output>, counts: &mut Counts, dropped: Dropped) {
    if let Some((_, count)) = Why::ALL
        .iter()
        .zip(&mut counts.dropped)
        .find(|(why, _)| **why == dropped.why)
    {
        *count = count.saturating_add(dropped.how_many as u64);
    }
    outputs.push_back(Output::Dropped(dropped));
}

/// A refused event's name as it was given.
fn name_for_log(event: &Event<'_>) -> String {
    crate::enrich::text("event name", event.name, false)
        .ok()
        .flatten()
        .map(|name| name.into_owned())
        .unwrap_or_default()
}
