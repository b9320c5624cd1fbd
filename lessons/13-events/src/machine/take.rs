//! The ways in: captures, the special events, the two halves around a hook, and restored queues.

use super::{LANES, Machine, Phase};
use crate::enrich;
use crate::event::{Event, LaneName};
use crate::exception::ExceptionEvent;
use crate::json::{self, text_of};
use crate::lane::Lane;
use crate::output::{Output, Warning};
use crate::redact::shown;
use crate::refused::Refused;
use crate::returning;
use crate::ring::{self, Found};
use crate::special::SpecialEvent;
use crate::time::Now;
use alloc::string::String;
use core::mem;
use uuid::Uuid;

impl Machine {
    /// Takes an event; returns the identifier it has on the wire. With [`crate::Config::send`]
    /// false that is the identifier it would have had: the event was checked, and is neither queued
    /// nor counted.
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
    pub fn handle_special(
        &mut self,
        now: Now,
        event: &Event<'_>,
        special: &SpecialEvent<'_>,
    ) -> Result<Uuid, Refused> {
        self.take(now, event, Some(special))
    }

    /// The first half of a capture with a `before_send` hook: the assembled event, for the host to
    /// show to its hook. What the hook returns goes to [`Machine::handle_prepared`]; if it drops
    /// the event or fails, nothing is called.
    ///
    /// # Errors
    /// As [`Machine::handle_capture`].
    pub fn handle_prepare(
        &mut self,
        now: Now,
        event: &Event<'_>,
        special: Option<&SpecialEvent<'_>>,
    ) -> Result<&str, Refused> {
        let assembled = self.assemble(now, event, special).map(|_| ());
        self.counted(assembled)?;
        Ok(&self.scratch)
    }

    /// The second half: checks the event again and takes it as [`Machine::handle_capture`] does.
    /// `lane` is that of the [`Event`] the first half had; `returned` is the JSON object that the
    /// hook returned. The original is never sent, so what is refused here is lost.
    ///
    /// # Errors
    /// As [`Machine::handle_capture`]; [`Refused::NotJson`] or [`Refused::NotText`] also if
    /// `returned` is no event.
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
            self.queue(self.config.max_queue_events, lane, uuid?, true)
        });
        self.counted(taken)
    }

    /// Queues again what another machine had queued, from the bytes of its [`Machine::export`];
    /// returns how many events are queued by that, which is none with `send: false`. They keep
    /// their identifiers and wait from now.
    ///
    /// As many find room as a machine with these options can hold, those on their way included. An
    /// event that is too large for this machine, or finds the queue full, is left out and counted
    /// as refused; a record that is no event is left out and reported in
    /// [`Warning::Damaged`].
    ///
    /// # Errors
    /// [`Refused::Disabled`], [`Refused::OptedOut`] or [`Refused::ShutDown`], for the whole of it.
    pub fn handle_restore(
        &mut self,
        now: Now,
        lane: LaneName,
        bytes: &[u8],
    ) -> Result<usize, Refused> {
        self.advance(now);
        self.open()?;
        let limit = self.max_event_bytes(lane);
        let mut restored: usize = 0;
        let mut damaged: usize = 0;
        for found in ring::read(bytes) {
            let record = match found {
                // Before it is read: what is too large costs a look at its length.
                Found::Record(record) if record.text.len() > limit => {
                    self.counts.refused = self.counts.refused.saturating_add(1);
                    continue;
                }
                Found::Record(record) if returning::is_event(record.text, record.uuid) => record,
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
                .push_str(core::str::from_utf8(record.text).unwrap_or_default());
            let most = self.config.most_held();
            let taken = self.queue(most, lane, record.uuid, record.given);
            let queued = self.counted(taken).is_ok() && self.config.send;
            restored = restored.saturating_add(usize::from(queued));
        }
        if damaged > 0 {
            self.outputs
                .push_back(Output::Warning(Warning::Damaged { records: damaged }));
        }
        Ok(restored)
    }

    fn take(
        &mut self,
        now: Now,
        event: &Event<'_>,
        special: Option<&SpecialEvent<'_>>,
    ) -> Result<Uuid, Refused> {
        let taken = self.assemble(now, event, special).and_then(|uuid| {
            let most = self.config.max_queue_events;
            self.queue(most, event.lane, uuid, event.uuid.is_some())
        });
        self.counted(taken)
    }

    /// Leaves the event's text in `scratch`.
    fn assemble(
        &mut self,
        now: Now,
        event: &Event<'_>,
        special: Option<&SpecialEvent<'_>>,
    ) -> Result<Uuid, Refused> {
        self.advance(now);
        self.open()?;
        let limit = self.max_event_bytes(event.lane);
        // Before any work: what is too large in its parts is too large.
        let own = special.map_or_else(|| event.own_bytes(), |special| special.bytes(event));
        let bytes = own.saturating_add(event.bytes_around());
        if bytes > limit {
            return Err(Refused::TooLarge {
                name: match special {
                    Some(special) => special.name().into(),
                    None => name_for_log(event),
                },
                bytes,
                limit,
            });
        }
        if self.config.limit_exceptions
            && let Some(SpecialEvent::Exception(ExceptionEvent {
                list: [caught, ..],
                automatic: true,
                ..
            })) = special
            && !self.rate_limit.take(caught.kind(), self.now.monotonic)
        {
            return Err(Refused::RateLimited);
        }
        let outputs = &mut self.outputs;
        let mut warn = |warning| outputs.push_back(Output::Warning(warning));
        let (scratch, now, random) = (&mut self.scratch, self.now, &mut self.random);
        let plan = special.map(|special| special.plan(event)).transpose()?;
        self.defaults
            .assemble(scratch, event, plan.as_ref(), now, random, &mut warn)
    }

    /// Queues the text in `scratch`, unless `most` others wait.
    fn queue(
        &mut self,
        most: usize,
        lane: LaneName,
        uuid: Uuid,
        given: bool,
    ) -> Result<Uuid, Refused> {
        let limit = self.max_event_bytes(lane);
        if self.scratch.len() > limit {
            let name = json::assembled(&self.scratch)
                .ok()
                .and_then(|root| root.get("event").and_then(text_of).map(|name| shown(&name)));
            return Err(Refused::TooLarge {
                name: name.unwrap_or_default(),
                bytes: self.scratch.len(),
                limit,
            });
        }
        if !self.config.send {
            return Ok(uuid);
        }
        if lane == LaneName::Ai && self.lanes.len() < LANES {
            self.lanes.push(Lane::new(&self.config, lane));
        }
        let queued = self.lanes.get_mut(lane as usize).is_some_and(|queue| {
            queue
                .push(most, self.now, uuid, given, &self.scratch)
                .is_ok()
        });
        if !queued {
            self.warn_of_full_queue();
            return Err(Refused::QueueFull);
        }
        self.counts.accepted = self.counts.accepted.saturating_add(1);
        Ok(uuid)
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
}

/// A refused event's name, as far as a sentence repeats it.
fn name_for_log(event: &Event<'_>) -> String {
    enrich::text("event name", event.name, false)
        .ok()
        .flatten()
        .map(|name| shown(&name))
        .unwrap_or_default()
}
