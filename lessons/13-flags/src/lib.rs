//! Feature flags of a PostHog server client: definitions in, answers out. This crate decides and
//! does nothing else. It has no clock, socket or thread: the time is an argument, a request is a
//! text that somebody else sends. No address of its memory reaches a host either: how a host calls
//! in is the affair of the crate that wraps this one.
//!
//! **The one contract: indices belong to the [`Definitions`] they came from. Whoever keeps one (a
//! flag, a variant, a payload, a property's name) keeps the generation with it
//! ([`Poll::generation`]) and drops both when it moves on.** An index that is out of range is
//! answered with `None` or [`Outcome::NeedsServer`], never with a panic; one from other definitions
//! may name another flag.
//!
//! # Design
//!
//! Definitions arrive every half minute and are asked many thousand times a second, so everything
//! that can be done when they arrive is done then, and an evaluation is left with comparing.
//!
//! 1. [`Definitions::parse`] checks length, nesting and number of values in one pass over the
//!    bytes ([`Limits`]), then that the text is JSON, then compiles it flag by flag. A flag that
//!    cannot be read is inconclusive; the others live. Filter texts are folded, numbers, dates,
//!    versions and patterns read, variant bounds added up. Names, cohorts and flags become indices,
//!    and cohorts that lead into a circle are found.
//! 2. [`Definitions::needs`] tells which properties a flag can ask for, so that a host sends those
//!    alone. A host answers through the trait [`Person`], from whatever it has.
//! 3. [`Definitions::evaluate`] goes through the conditions in the order of the list. The first
//!    that matches decides. The [`Answer`] holds two indices and nothing that was allocated.
//! 4. What cannot be decided here goes to the server, and looks at flags are reported: see below.
//!    Beside it stands [`Poll`], which decides what becomes of each answer of the definitions
//!    endpoint.
//!
//! # Inconclusive
//!
//! Every step of an evaluation is true, false, or *inconclusive*: it cannot be told here. There are
//! three causes, and each reaches as far as it must:
//!
//! | cause | the step stops | the flag becomes |
//! |---|---|---|
//! | a property is absent, an operator unknown | the condition; another may still match | [`Outcome::Inconclusive`] if none does |
//! | a definition is malformed, a dependency goes round in a circle | the flag | [`Outcome::Inconclusive`] |
//! | a cohort is not in the document | the flag | [`Outcome::NeedsServer`]: no other call would do better |
//!
//! So a condition that matches wins over an inconclusive one before it. A flag with *early exit* is
//! the exception: who falls out of a condition's rollout is off at once, even after an inconclusive
//! condition; in strict mode the flag is then inconclusive.
//!
//! # From a flag to its event
//!
//! The client makes these calls in this order; what happens between them is its own affair.
//!
//! 1. [`Snapshot::local`] evaluates the flags, and tells whether one is left to the server.
//! 2. If so, [`FlagsRequest::body`] writes the question, and the client sends it.
//!    [`retry_delay`] tells whether a failure is tried again.
//! 3. [`RemoteAnswer::parse`] reads the answer, [`Snapshot::merge`] lays it under the local values.
//! 4. [`Snapshot::access`] looks at a flag and gives the [`Called`] to report.
//! 5. Unless [`Reported`] contains its [`Fingerprint`], the client captures [`FLAG_CALLED_EVENT`]
//!    with [`Called::properties`], and then inserts the fingerprint.
//!
//! ```
//! use flags::{
//!     Called, Definitions, Fingerprint, FlagValue, FlagsRequest, JsonPerson, Limits, Options,
//!     RemoteAnswer, Reported, Scratch, Snapshot,
//! };
//!
//! # let now = 1_769_938_205_123;
//! # let send = |_: &str| r#"{"flags": {"new": {"enabled": true, "variant": "blue"}}}"#;
//! let definitions = Definitions::parse(
//!     r#"{"flags": [{"key": "old", "active": true, "filters": {"groups": [{}]}}]}"#,
//!     &Options::default(),
//! )?;
//! let person = JsonPerson::new("user-7", "{}")?;
//! let keys = ["old", "new"];
//! let (mut snapshot, ask_server) =
//!     Snapshot::local(&definitions, &person, &keys, now, &mut Scratch::default());
//! assert!(ask_server, "nothing here defines `new`");
//!
//! let request = FlagsRequest {
//!     api_key: "phc_demo",
//!     distinct_id: "user-7",
//!     flag_keys: &keys,
//!     ..FlagsRequest::default()
//! };
//! let answer: &str = send(&request.body(now)?);
//! snapshot.merge(&RemoteAnswer::parse(answer, &Limits::default()));
//!
//! let mut reported = Reported::default();
//! let called: Called<'_> = snapshot.access("new", &[]);
//! assert_eq!(called.response(), Some(&FlagValue::Variant("blue".into())));
//! let look = Fingerprint::new("user-7", &called);
//! if !reported.contains(look) {
//!     let properties = called.properties();
//!     assert!(properties.starts_with(r#"{"$feature_flag":"new","$feature_flag_response":"#));
//!     reported.insert(look);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Two semantics
//!
//! Default mode answers as posthog-python 7.42 does, oddities included: a program that moves here
//! gets the answers that it had. [`Options::strict`] switches to the newer rules of PostHog's
//! server. The operators of each mode have a file of their own, `operator.rs` and
//! `strict/operator.rs`; elsewhere a difference is a branch on `strict` at the step that differs.
//! Where default mode cannot follow Python it says so instead of guessing: a pattern beyond its
//! engine is inconclusive, and so is every pattern without the feature `regex`.
//!
//! # One flag for one person
//!
//! ```
//! use flags::{Definitions, JsonPerson, Options, Outcome, Scratch};
//!
//! let definitions = Definitions::parse(
//!     r#"{"flags": [{"key": "beta-ui", "active": true, "filters": {"groups": [
//!         {"properties": [{"key": "plan", "operator": "exact", "value": ["pro"]}],
//!          "rollout_percentage": 50}
//!     ]}}]}"#,
//!     &Options::default(),
//! )?;
//! let flag = definitions.find("beta-ui").ok_or("no such flag")?;
//! let person = JsonPerson::new("user-123", r#"{"plan": "Pro"}"#)?;
//! let answer = definitions.evaluate(flag, &person, 1_769_938_205_123, &mut Scratch::default());
//! assert_eq!(answer.outcome, Outcome::On);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The behaviour is written down row by row in `vectors/`, as JSON that any host can run.
#![cfg_attr(not(test), no_std)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::panic,
        missing_docs
    )
)]
#![deny(unsafe_code)]

extern crate alloc;

// In the order in which a reader meets them. First what comes in: a document, and a person.
mod limits;
mod wellformed;

mod json;
mod person;

// What every later file speaks in.
mod interned;
mod sort;
mod table;
mod verdict;

// Then how one value is compared with one filter. The operators of both modes,
mod operator;
mod strict;

// and what they compare: texts, with or without regard to case,
mod fold;
mod fold_table;
mod lower;
mod text;
mod write;

// numbers,
mod decimal;
mod number;

// and all the rest.
mod date;
mod regex;
mod version;

// Then whole flags: what they are, how they are made,
mod compile;
mod definitions;
mod needs;

// and how they are asked.
mod bucket;
mod evaluate;
mod hash;

// Last the server: where definitions come from, what it decides when they cannot,
mod poll;
mod remote;
mod snapshot;

// and what it is told of it.
mod called;
mod reported;

pub use called::{Called, Errors, FLAG_CALLED_EVENT};
pub use definitions::{Definitions, Options, Payload};
pub use evaluate::{Answer, Scratch};
pub use limits::{DocumentError, Limits};
pub use needs::Needs;
pub use person::{JsonPerson, Name, Person, Value};
pub use poll::{Change, Fetch, POLL_INTERVAL, POLL_TIMEOUT, Poll};
pub use remote::{
    AnswerError, Attempt, FlagValue, FlagsRequest, RemoteAnswer, RemoteFlag, RequestError,
    retry_delay,
};
pub use reported::{Fingerprint, REPORTED_DEFAULT, Reported};
pub use snapshot::{Record, Snapshot};
pub use verdict::{Outcome, Why};
