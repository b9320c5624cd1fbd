//! Feature flags of a PostHog server client: definitions in, answers out. This crate decides and
//! does nothing else. It has no clock, socket or thread: the time is an argument, a request is a
//! text that somebody else sends. Memory addresses and the calling convention are left to the crate
//! that wraps this one.
//!
//! It is compiled into a small WebAssembly module. Where a file writes by hand what `core` has, it
//! does so for the module's size.
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
//! 1. [`Poll`] decides what becomes of each answer of the definitions endpoint. A client fetches
//!    [`Poll::target`], at once and then every [`POLL_INTERVAL`]; it calls [`Poll::begin`] before a
//!    fetch and [`Poll::answered`], which parses, after it. The client holds the definitions, at
//!    first the default, which has no flags; the [`Change`] that comes back keeps, replaces or
//!    clears them. When a fetch fails, or its answer is not definitions, they stay; only a refusal
//!    (401, 402) clears them.
//! 2. [`Definitions::parse`] checks in one pass that the text is JSON within its [`Limits`], and
//!    then compiles it flag by flag; what is nested too deep spoils only the flag that reads it. A
//!    flag that cannot be read is inconclusive, an entry without a readable key is skipped and
//!    counted ([`Definitions::skipped`]); the others live. Filter texts are folded, numbers, dates,
//!    versions and patterns read, variant bounds added up. Names, cohorts and flags become indices,
//!    and cohorts that lead into a circle are found.
//! 3. [`Definitions::needs`] tells which properties a flag can ask for, so that a host sends those
//!    alone. A host answers through the trait [`Person`], from whatever it has.
//! 4. [`Definitions::evaluate`] goes through the conditions in the order of the list. The first
//!    that matches decides. Who passes a condition's filters must fall into its rollout too: the
//!    flag's key and an id (of the person, the device or the group) are hashed to a place between 0
//!    and 1, and a place above the share does not match. A second hash decides the variant, unless
//!    the condition names one. The [`Answer`] holds the outcome, with a variant's index, and a
//!    payload's index; nothing that was allocated.
//! 5. What cannot be decided here goes to the server, and flags that were called are reported: see
//!    below.
//!
//! # Inconclusive
//!
//! Every step of an evaluation is true, false, or *inconclusive*: it cannot be told here. Each
//! cause reaches as far as it must:
//!
//! | it stops | when | the flag becomes |
//! |---|---|---|
//! | the condition | a property is absent, or in default mode an operator asks that it is not set; an operator is unknown; the filter or the value cannot be read as what the operator compares, or the pattern is beyond the engine; a flag that it depends on is unknown or inconclusive, or the server marked a circle | [`Outcome::Inconclusive`], unless another condition matches |
//! | the flag | its definition, or that of a flag it depends on, is malformed; its group type is unknown; a circle of cohorts, or cohorts or flags nested too deep, or a circle of flags that the server did not mark; more work than one evaluation may do; experience continuity; no device id to bucket by; in default mode, a list or an object ordered against a number | [`Outcome::Inconclusive`] |
//! | the flag, server only | a cohort is absent or malformed; no flag has this index (for an unknown key [`Definitions::find`] has none) | [`Outcome::NeedsServer`] |
//!
//! Either outcome is a question to the server. A condition that matches wins over an inconclusive
//! one before it. What stops the flag stops it when it is met: a condition that matched before has
//! decided, a later one is not asked. Experience continuity, the flag's own definition and its
//! group type are looked at before any condition. A flag with *early exit* is the exception: who
//! falls out of a condition's rollout is off at once, even after an inconclusive condition; in
//! strict mode the flag is then inconclusive. Strict mode also lets a missing device id stop only
//! the conditions about persons.
//!
//! Two things are definite, as they are for posthog-python: a malformed filter on another flag is
//! false, and a flag about a group that the call did not pass is off (unless
//! [`Options::missing_group_is_inconclusive`]).
//!
//! # From a flag to its event
//!
//! The client makes these calls in this order. What happens between them is left to it.
//!
//! 1. [`Snapshot::local`] evaluates the flags, and tells whether one is left to the server.
//! 2. If so, [`FlagsRequest::body`] writes the question, and the client sends it.
//!    [`retry_delay`] tells whether a failure is tried again.
//! 3. [`RemoteAnswer::parse`] reads the answer, [`Snapshot::merge`] lays it under the local values,
//!    those flags alone that were asked for.
//!    If the request failed for good, there is nothing to merge: the local values stay, and a flag
//!    that is not among them counts as missing.
//! 4. [`Snapshot::access`] marks a flag as called and gives the [`Called`] to report; the groups
//!    passed are named in the event, they do not change the value.
//! 5. Unless [`Reported`] contains its [`Fingerprint`], the client captures [`FLAG_CALLED_EVENT`]
//!    with [`Called::properties`], reduced to the minimal form if [`Called::is_minimal`]
//!    (`Event::minimal` of the crate `events`), and then inserts the fingerprint.
//!
//! A single flag takes no snapshot: [`Definitions::evaluate`] and [`Record::local`], or the request
//! for this key and [`Record::remote`]. The client puts the [`Called`] together itself, and there
//! also says how a request failed, with its last [`Attempt`] in [`Errors::request`];
//! [`Called::is_enabled`] gives the caller's default where there is no value.
//!
//! ```
//! use flags::{
//!     Called, Definitions, Fingerprint, FlagValue, FlagsRequest, JsonPerson, Limits, Options,
//!     RemoteAnswer, Reported, Scratch, Snapshot,
//! };
//!
//! // What only a host has: milliseconds since 1970 UTC, and a way to send a body.
//! let now = 1_769_938_205_123;
//! let send = |_body: &str| r#"{"flags": {"new": {"enabled": true, "variant": "blue"}}}"#;
//!
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
//! let fingerprint = Fingerprint::new("user-7", &called);
//! if !reported.contains(fingerprint) {
//!     let properties = called.properties();
//!     assert!(properties.starts_with(r#"{"$feature_flag":"new","$feature_flag_response":"#));
//!     reported.insert(fingerprint);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Two semantics
//!
//! *Default mode* answers as posthog-python 7.42 does, oddities included: a program that moves here
//! gets the answers that it had. Where it cannot follow Python it says so instead of guessing: a
//! pattern beyond its engine is inconclusive, and so is every pattern without the feature `regex`.
//! Only one string differs silently: that of a list or an object with characters beyond ASCII that
//! Python does not print.
//!
//! *Strict mode* ([`Options::strict`]) follows PostHog's public SDK specification in its revisions
//! after 17 August 2026. In five places it keeps a safer rule, or default mode's, instead: for
//! early exit after an inconclusive condition, the `v` before a version, a cohort that is absent,
//! a payload that is not JSON, and a value that the server may read as a date and this crate cannot. The operators of each mode have a file of their own,
//! `operator.rs` and `strict/operator.rs`; elsewhere a difference is a branch on `strict` at the
//! step that differs. The rows named `strict` in `vectors/` show them all.
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

mod json;
mod person;

// What every later file speaks in.
mod interned;
mod names;

mod table;
mod verdict;
mod work;

// Then how one value is compared with one filter. The operators of both modes,
mod operator;
mod strict;

// and what they compare: texts, with or without regard to case,
mod fold;
mod fold_table;
mod lower;
mod printed;

// numbers,
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
    AnswerError, Attempt, FlagValue, FlagsRequest, LONGEST_RETRY_DELAY, MOST_RETRIES, RemoteAnswer,
    RemoteFlag, RequestError, retry_delay,
};
pub use reported::{Fingerprint, REPORTED_DEFAULT, Reported};
pub use snapshot::{Record, Snapshot};
pub use verdict::{Outcome, Why};
