//! The machine: every call comes in here, every effect goes out here.
//!
//! It owns the lanes and the outputs and joins the other files. Its own decisions are those that
//! need all lanes at once: `take` has the ways in and who may pass, `end` the ways out of the
//! ordinary run and when a flush is over. Nothing here may wait, or learn the time from anywhere
//! but an argument.

mod end;
mod flushes;
mod take;

use crate::config::{Config, ConfigError};
use crate::enrich::Defaults;
use crate::event::LaneName;
use crate::lane::{Lane, Outcome};
use crate::output::{DropReason, Dropped, FlushId, Output, RequestId};
use crate::random::Random;
use crate::rate_limit::RateLimit;
use crate::reply::{FailureKind, Response};
use crate::time::Now;
use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;
use flushes::Flushes;

/// What a machine has done so far, in events. At any time
/// `accepted == delivered + queued + the sum of dropped`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Taken into a queue, restored ones included.
    pub accepted: u64,
    /// Acknowledged, as step 7 of [the crate's documentation](crate#the-way-of-an-event) has it, in
    /// a reply that came while the event was queued.
    pub delivered: u64,
    /// Still in a queue, on their way included.
    pub queued: u64,
    /// Given up without an acknowledgement, by reason, in the order of [`DropReason::ALL`].
    pub dropped: [u64; DropReason::ALL.len()],
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

/// How many lanes there can be: one for each [`LaneName`].
const LANES: usize = 2;

/// A client's events, from capture to delivery.
pub struct Machine {
    config: Config,
    defaults: Defaults,
    random: Random,
    now: Now,
    phase: Phase,
    /// The analytics lane, and behind it the AI lane once its first event has come.
    lanes: Vec<Lane>,
    outputs: VecDeque<Output>,
    flushes: Flushes,
    rate_limit: RateLimit,
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
    pub fn new(mut config: Config) -> Result<Self, ConfigError> {
        let mut outputs = VecDeque::new();
        config.trim(&mut |warning| outputs.push_back(Output::Warning(warning)));
        config.check()?;
        Ok(Machine {
            defaults: Defaults::new(&config)?,
            random: Random::new(config.seed),
            now: Now::default(),
            phase: Phase::Open,
            lanes: alloc::vec![Lane::new(&config, LaneName::Analytics)],
            outputs,
            flushes: Flushes::new(),
            rate_limit: RateLimit::default(),
            last_request: 0,
            last_flush: 0,
            full: (0, None),
            counts: Counts::default(),
            scratch: String::new(),
            config,
        })
    }

    /// Takes the server's reply to a request. A reply that nothing waits for, because it came twice
    /// or its events were dropped meanwhile, is ignored.
    pub fn handle_response(&mut self, now: Now, request: RequestId, response: &Response<'_>) {
        self.settle(now, request, &Outcome::Reply(response));
    }

    /// Takes the news that a request got no reply. It is tried again as after a status that allows
    /// it.
    pub fn handle_failure(&mut self, now: Now, request: RequestId, kind: FailureKind) {
        self.settle(now, request, &Outcome::Failure(kind));
    }

    /// Lets time pass. Before the time of the last [`Output::WakeAt`] this changes nothing.
    pub fn handle_timeout(&mut self, now: Now) {
        self.advance(now);
        self.end_flushes();
    }

    /// The queue as bytes, events on their way included. They can be stored, and restored by
    /// another machine; with the same identifiers, so that the server takes none of them twice.
    #[must_use]
    pub fn export(&self, lane: LaneName) -> &[u8] {
        self.lanes
            .get(lane as usize)
            .map_or(&[], |lane| lane.ring().bytes())
    }

    /// Starts the generator again from 32 bytes of the system's generator, as [`Config::seed`];
    /// zeros are not noticed here. A process that forked, or came back from a snapshot, must do
    /// this: its twin draws the same identifiers. A forked child also has the parent's queue, and
    /// both will send it unless the child makes a machine of its own.
    pub fn reseed(&mut self, seed: [u8; 32]) {
        self.random = Random::new(seed);
    }

    /// What has become of all events so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = self.counts;
        for lane in &self.lanes {
            counts.delivered = counts.delivered.saturating_add(lane.delivered);
            counts.queued = counts.queued.saturating_add(lane.ring().len() as u64);
        }
        counts
    }

    /// The next thing to do. The last output of a drain, and only that, is [`Output::WakeAt`].
    pub fn poll_output(&mut self) -> Output {
        if let Some(output) = self.outputs.pop_front() {
            return output;
        }
        let id = RequestId(self.last_request.saturating_add(1));
        for lane in &mut self.lanes {
            if let Some(request) = lane.next_request(self.now, &mut self.random, id) {
                self.last_request = id.0;
                return Output::Request(request);
            }
        }
        let lanes = self.lanes.iter().filter_map(Lane::wake_at);
        Output::WakeAt(self.flushes.next_deadline().into_iter().chain(lanes).min())
    }

    fn settle(&mut self, now: Now, request: RequestId, outcome: &Outcome<'_>) {
        self.advance(now);
        let (outputs, counts) = (&mut self.outputs, &mut self.counts);
        let mut lanes = self.lanes.iter_mut();
        if let Some(lane) = lanes.find(|lane| lane.waits_for(request)) {
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

    fn advance(&mut self, now: Now) {
        // A host with several threads may read the clock in one order and call in another.
        self.now = Now {
            monotonic: now.monotonic.max(self.now.monotonic),
            unix: now.unix,
        };
    }
}

fn report(outputs: &mut VecDeque<Output>, counts: &mut Counts, dropped: Dropped) {
    if let Some((_, count)) = DropReason::ALL
        .iter()
        .zip(&mut counts.dropped)
        .find(|(why, _)| **why == dropped.why)
    {
        *count = count.saturating_add(dropped.how_many as u64);
    }
    outputs.push_back(Output::Dropped(dropped));
}
