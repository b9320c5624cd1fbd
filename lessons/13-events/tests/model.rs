//! The machine against a model of the world: a server that loses, delays, rejects and answers
//! wrongly, an application that captures, flushes, restarts and gives up, and two clocks of which
//! one jumps. All time is made up, so every run repeats from its seed.
//!
//! What is checked after every step: each accepted event is delivered, still queued, or dropped
//! with a reason, and never two of these.

use events::{
    Config, Counts, Event, FailureKind, FlushId, LaneName, Machine, Now, Output, Protocol, Refused,
    Request, RequestId, Response, Uuid, ring,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What happens next.
#[derive(Debug, Clone)]
enum Step {
    Capture {
        ai: bool,
        size: usize,
        repeat_uuid: bool,
    },
    /// Lets this much time pass, waking the machine whenever it asks.
    Wait(u64),
    /// The server answers the request at this place among those on their way, counted round.
    Answer(usize, Answer),
    Flush {
        patience: u64,
    },
    SetWallClock(u64),
    Restart,
    OptOut,
    OptIn,
    Shutdown {
        patience: u64,
    },
}

#[derive(Debug, Clone)]
enum Answer {
    Status(u16, Option<&'static str>),
    /// A v1 answer; each event's verdict is drawn from this number.
    Verdicts(u64),
    /// Bytes that are no answer of any protocol.
    Garbage(Vec<u8>),
    Lost(FailureKind),
    /// The same answer twice.
    Twice(u16),
    /// An answer to a request that never was.
    Stray,
}

fn answers() -> impl Strategy<Value = Answer> {
    let status = prop::sample::select(vec![200, 202, 301, 400, 401, 408, 413, 429, 500, 503]);
    let wait = prop::sample::select(vec![
        None,
        Some("2"),
        Some("600"),
        Some("Sun, 01 Feb 2026 09:31:00 GMT"),
        Some("x"),
    ]);
    prop_oneof![
        6 => (status.clone(), wait).prop_map(|(status, wait)| Answer::Status(status, wait)),
        6 => any::<u64>().prop_map(Answer::Verdicts),
        1 => prop::collection::vec(any::<u8>(), 0..40).prop_map(Answer::Garbage),
        3 => prop::sample::select(vec![FailureKind::Timeout, FailureKind::Connection, FailureKind::Other]).prop_map(Answer::Lost),
        1 => status.prop_map(Answer::Twice),
        1 => Just(Answer::Stray),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        20 => (prop::bool::weighted(0.2), 0_usize..400, prop::bool::weighted(0.1)).prop_map(|(ai, size, repeat_uuid)| Step::Capture { ai, size, repeat_uuid }),
        6 => (0_u64..40_000).prop_map(Step::Wait),
        14 => (any::<usize>(), answers()).prop_map(|(place, answer)| Step::Answer(place, answer)),
        2 => (0_u64..20_000).prop_map(|patience| Step::Flush { patience }),
        1 => (0_u64..4_000_000_000_000).prop_map(Step::SetWallClock),
        1 => Just(Step::Restart),
        1 => prop_oneof![3 => Just(Step::OptIn), 1 => Just(Step::OptOut)],
        1 => (0_u64..20_000).prop_map(|patience| Step::Shutdown { patience }),
    ];
    prop::collection::vec(step, 1..150)
}

fn configs() -> impl Strategy<Value = Config> {
    (
        1_usize..8,
        1_usize..4,
        -1_i32..4,
        any::<bool>(),
        2_usize..40,
        600_usize..8000,
        200_usize..3000,
        any::<[u8; 32]>(),
    )
        .prop_map(
            |(
                flush_at,
                max_in_flight,
                max_retries,
                v1,
                max_queue_events,
                max_queue_bytes,
                max_request_bytes,
                seed,
            )| Config {
                project_key: "phc_demo".into(),
                flush_at,
                max_in_flight,
                max_retries,
                protocol: if v1 { Protocol::V1 } else { Protocol::V0 },
                max_queue_events,
                max_queue_bytes,
                max_request_bytes,
                max_event_bytes: 500,
                max_ai_event_bytes: 600,
                seed,
                ..Config::default()
            },
        )
}

/// The application and the server as they see it. An event is known by a number in its properties,
/// because its identifier may be repeated.
struct World {
    config: Config,
    machine: Machine,
    now: Now,
    next: u64,
    wake: Option<u64>,
    on_their_way: BTreeMap<RequestId, Request>,
    queued: BTreeSet<u64>,
    /// Those that a request had since the last restart.
    sent: BTreeSet<u64>,
    /// Those of the AI lane.
    ai: BTreeSet<u64>,
    delivered: BTreeSet<u64>,
    dropped: BTreeSet<u64>,
    last_uuid: Option<Uuid>,
    /// Of each flush that is not over, the events it is for and its deadline.
    flushes: BTreeMap<FlushId, (BTreeSet<u64>, u64)>,
}

impl World {
    fn new(config: Config) -> Self {
        World {
            machine: Machine::new(config.clone()).unwrap(),
            config,
            now: Now {
                monotonic: 0,
                unix: 1_769_938_200_000,
            },
            next: 0,
            wake: None,
            on_their_way: BTreeMap::new(),
            queued: BTreeSet::new(),
            sent: BTreeSet::new(),
            ai: BTreeSet::new(),
            delivered: BTreeSet::new(),
            dropped: BTreeSet::new(),
            last_uuid: None,
            flushes: BTreeMap::new(),
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Capture {
                ai,
                size,
                repeat_uuid,
            } => self.capture(ai, size, repeat_uuid),
            Step::Wait(millis) => self.wait(millis),
            Step::Answer(place, answer) => self.answer(place, &answer),
            Step::Flush { patience } => {
                let deadline = self.now.monotonic + patience;
                let id = self.machine.handle_flush(self.now, deadline);
                self.flushes.insert(id, (self.queued.clone(), deadline));
            }
            Step::SetWallClock(unix) => self.now.unix = unix,
            Step::Restart => self.restart(),
            Step::OptOut => self.machine.handle_opt_out(self.now),
            Step::OptIn => self.machine.handle_opt_in(self.now),
            Step::Shutdown { patience } => {
                let deadline = self.now.monotonic + patience;
                let id = self.machine.handle_shutdown(self.now, deadline);
                self.flushes.insert(id, (self.queued.clone(), deadline));
            }
        }
        self.drain();
        self.check();
    }

    fn capture(&mut self, ai: bool, size: usize, repeat_uuid: bool) {
        let number = self.next;
        self.next += 1;
        let properties = format!("{{\"number\":{number},\"pad\":\"{}\"}}", "x".repeat(size));
        let uuid = self
            .last_uuid
            .filter(|_| repeat_uuid)
            .map(|uuid| uuid.to_string());
        let event = Event {
            name: "e".into(),
            distinct_id: Some("d".into()),
            properties: Some(&properties),
            uuid: uuid.as_deref(),
            lane: if ai {
                LaneName::Ai
            } else {
                LaneName::Analytics
            },
            ..Event::default()
        };
        let waiting = self
            .queued
            .iter()
            .filter(|number| self.ai.contains(number) == ai && !self.sent.contains(number))
            .count();
        let full = waiting >= self.config.max_queue_events;
        match self.machine.handle_capture(self.now, &event) {
            Ok(uuid) => {
                assert!(!full, "an event was taken although {waiting} wait");
                self.last_uuid = Some(uuid);
                self.queued.insert(number);
                if ai {
                    self.ai.insert(number);
                }
            }
            Err(Refused::QueueFull) => {
                assert!(
                    full || !self.has_room(event.lane),
                    "refused with {waiting} waiting"
                );
            }
            Err(_) => {}
        }
    }

    /// True if the queue has bytes for another event, the eighth that is held back not counted.
    fn has_room(&self, lane: LaneName) -> bool {
        let held = ring::read(self.machine.export(lane)).map(|found| match found {
            ring::Found::Record(record) => ring::block_bytes(record.text.len()),
            ring::Found::Lost(_) => panic!("an export is damaged"),
        });
        let another = ring::block_bytes(self.config.max_ai_event_bytes);
        let bound = self.config.max_queue_bytes;
        held.sum::<usize>() + another + bound / 8 <= bound
    }

    fn wait(&mut self, millis: u64) {
        let end = self.now.monotonic + millis;
        while let Some(wake) = self.wake.filter(|wake| *wake <= end) {
            self.look_before(wake);
            self.advance(wake);
            self.machine.handle_timeout(self.now);
            let before = self.wake;
            self.drain();
            self.check();
            assert_ne!(self.wake, before, "woken for nothing");
        }
        self.look_before(end);
        self.advance(end);
    }

    /// Nothing is due before the machine asks to be woken.
    fn look_before(&mut self, end: u64) {
        if end > self.now.monotonic + 1 {
            self.advance(self.now.monotonic + (end - self.now.monotonic) / 2);
            self.machine.handle_timeout(self.now);
            assert_eq!(
                self.machine.poll_output(),
                Output::WakeAt(self.wake),
                "something was due before the wake time"
            );
        }
    }

    fn advance(&mut self, monotonic: u64) {
        self.now.unix += monotonic - self.now.monotonic;
        self.now.monotonic = monotonic;
    }

    fn answer(&mut self, place: usize, answer: &Answer) {
        let nobody = Request {
            id: RequestId(u64::MAX),
            lane: LaneName::Analytics,
            url: String::new(),
            headers: Vec::new(),
            body: b"{\"batch\":[]}".to_vec(),
            events: 0,
            attempt: 1,
            compression: events::Compression::None,
            timeout_ms: 0,
        };
        let chosen = place
            .checked_rem(self.on_their_way.len())
            .and_then(|place| self.on_their_way.keys().nth(place).copied());
        let request = match (answer, chosen) {
            (Answer::Stray, _) | (_, None) => nobody,
            (_, Some(id)) => self.on_their_way.remove(&id).unwrap(),
        };
        let v1 = request.url.ends_with("/i/v1/analytics/events");
        let events = batch(&request);
        let mut respond = |status, headers: &[(&str, &str)], body: &[u8]| {
            self.machine.handle_response(
                self.now,
                request.id,
                &Response {
                    status,
                    headers,
                    body,
                },
            );
        };
        match answer {
            Answer::Lost(kind) => self.machine.handle_failure(self.now, request.id, *kind),
            Answer::Garbage(bytes) => {
                respond(200, &[], bytes);
                // v0 looks at the status alone.
                if !v1 {
                    self.deliver(&events);
                }
            }
            Answer::Twice(status) => {
                respond(*status, &[], b"");
                respond(200, &[], b"");
                if (200..300).contains(status) && !v1 {
                    self.deliver(&events);
                }
            }
            Answer::Stray => respond(200, &[], b"{\"results\":{}}"),
            Answer::Status(status, wait) => {
                let headers: Vec<_> = wait.iter().map(|wait| ("Retry-After", *wait)).collect();
                respond(*status, &headers, b"{\"error\":\"no\"}");
                if (200..300).contains(status) && !v1 {
                    self.deliver(&events);
                }
            }
            Answer::Verdicts(seed) => {
                let mut results = serde_json::Map::new();
                let mut done = Vec::new();
                for (place, (uuid, number)) in events.iter().enumerate() {
                    let verdict = ["ok", "retry", "drop", "limited", "odd", ""]
                        [(seed.rotate_left(place as u32 * 7) % 6) as usize];
                    if !verdict.is_empty() {
                        results.insert(
                            uuid.clone(),
                            serde_json::json!({"result": verdict, "details": "d"}),
                        );
                    }
                    if !v1 || !matches!(verdict, "retry" | "drop") {
                        done.push((uuid.clone(), *number));
                    }
                }
                let body = serde_json::json!({"results": results}).to_string();
                respond(200, &[], body.as_bytes());
                self.deliver(&done);
            }
        }
    }

    fn deliver(&mut self, events: &[(String, u64)]) {
        for (_, number) in events {
            // What was dropped while it was on its way is not counted again.
            if self.queued.remove(number) {
                self.delivered.insert(*number);
            }
        }
    }

    fn restart(&mut self) {
        // A new process draws a new seed. With the old one it would give new events the identifiers
        // of old ones.
        self.config.seed[0] = self.config.seed[0].wrapping_add(1);
        let mut machine = Machine::new(self.config.clone()).unwrap();
        let held = self.machine.counts().queued;
        let mut restored = 0;
        for lane in [LaneName::Analytics, LaneName::Ai] {
            restored += machine
                .handle_restore(self.now, lane, self.machine.export(lane))
                .unwrap() as u64;
        }
        assert_eq!(restored, held, "a restart lost events");
        self.machine = machine;
        self.sent.clear();
        self.on_their_way.clear();
        self.flushes.clear();
        let Counts { queued, .. } = self.machine.counts();
        assert_eq!(queued, self.queued.len() as u64);
    }

    fn drain(&mut self) {
        loop {
            match self.machine.poll_output() {
                Output::WakeAt(wake) => {
                    assert!(
                        wake.is_none_or(|wake| wake > self.now.monotonic),
                        "the machine is done, and due at once"
                    );
                    assert_eq!(
                        self.machine.poll_output(),
                        Output::WakeAt(wake),
                        "a drain that has ended goes on"
                    );
                    self.wake = wake;
                    return;
                }
                Output::Request(request) => {
                    let events = batch(&request);
                    assert_eq!(events.len(), request.events);
                    assert!(!events.is_empty() && events.len() <= self.config.flush_at);
                    let uuids: BTreeSet<_> = events.iter().map(|(uuid, _)| uuid).collect();
                    assert_eq!(
                        uuids.len(),
                        events.len(),
                        "an identifier is twice in one request"
                    );
                    assert!(
                        events.is_sorted_by_key(|(_, number)| *number),
                        "a request is out of order"
                    );
                    for (_, number) in &events {
                        assert!(
                            self.queued.contains(number),
                            "event {number} is sent but not queued"
                        );
                        let twice = self
                            .on_their_way
                            .values()
                            .any(|other| batch(other).iter().any(|(_, other)| other == number));
                        assert!(!twice, "event {number} is on its way twice at once");
                    }
                    // A request whose events were dropped is still on its way, and no longer the
                    // machine's.
                    let lane = self
                        .on_their_way
                        .values()
                        .filter(|other| other.lane == request.lane);
                    let alive = lane.filter(|other| {
                        batch(other)
                            .iter()
                            .any(|(_, number)| self.queued.contains(number))
                    });
                    assert!(
                        alive.count() < self.config.max_in_flight,
                        "too many requests at once"
                    );
                    assert!(
                        i64::from(request.attempt) <= i64::from(self.config.max_retries.max(0)) + 1,
                        "too many attempts"
                    );
                    self.sent.extend(events.iter().map(|(_, number)| *number));
                    self.on_their_way.insert(request.id, request);
                }
                Output::Dropped(dropped) => {
                    let events: Vec<Value> = serde_json::from_str(&dropped.events).unwrap();
                    assert_eq!(events.len(), dropped.how_many);
                    for event in events {
                        let number = event["properties"]["number"].as_u64().unwrap();
                        assert!(
                            self.queued.remove(&number),
                            "event {number} is dropped but not queued"
                        );
                        self.dropped.insert(number);
                    }
                }
                Output::Drained(drained) => {
                    let (events, deadline) = self
                        .flushes
                        .remove(&drained.flush)
                        .expect("a flush that nobody started has ended");
                    let left = events.intersection(&self.queued).count();
                    assert_eq!(drained.left, left, "left at the end of a flush");
                    assert!(
                        left == 0 || deadline <= self.now.monotonic,
                        "a flush ended before its time"
                    );
                }
                Output::Warning(_) => {}
            }
        }
    }

    fn check(&self) {
        assert!(self.delivered.is_disjoint(&self.dropped));
        let counts = self.machine.counts();
        assert_eq!(counts.queued, self.queued.len() as u64, "queued");
        assert_eq!(
            counts.accepted,
            counts.delivered + counts.queued + counts.dropped.iter().sum::<u64>()
        );
        for (events, deadline) in self.flushes.values() {
            assert!(
                *deadline > self.now.monotonic && !events.is_disjoint(&self.queued),
                "a flush is over, and nobody was told"
            );
        }
    }
}

/// Identifier and number of each event in a request.
fn batch(request: &Request) -> Vec<(String, u64)> {
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    let events = body["batch"].as_array().unwrap().iter();
    events
        .map(|event| {
            (
                event["uuid"].as_str().unwrap().to_owned(),
                event["properties"]["number"].as_u64().unwrap(),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: RngSeed::Fixed(12), ..ProptestConfig::default() })]

    #[test]
    fn every_accepted_event_is_delivered_queued_or_dropped_and_never_two_of_these(config in configs(), steps in steps()) {
        let mut world = World::new(config);
        for step in steps {
            world.step(step);
        }
    }

    /// Once the server answers well, everything leaves within the waits that retries may take.
    #[test]
    fn with_a_server_that_recovers_the_queue_empties(config in configs(), steps in steps()) {
        let mut world = World::new(config);
        for step in steps {
            world.step(step);
        }
        world.step(Step::Flush { patience: 10_000_000 });
        for _ in 0..1000 {
            while let Some(id) = world.on_their_way.keys().next().copied() {
                world.step(Step::Answer(0, Answer::Verdicts(0)));
                prop_assert!(!world.on_their_way.contains_key(&id));
            }
            if world.queued.is_empty() && world.flushes.is_empty() {
                break;
            }
            world.step(Step::Wait(40_000));
        }
        prop_assert_eq!(world.queued.len(), 0);
        prop_assert!(world.flushes.is_empty());
    }
}
