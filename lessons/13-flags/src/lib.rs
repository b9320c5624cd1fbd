//! Feature flags of a PostHog server client: definitions in, answers out. This crate decides and
//! does nothing else. It has no clock, socket, thread or pointer; the time is an argument, a
//! request is a text that somebody else sends.
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
//! 3. [`Definitions::evaluate`] goes through the conditions in the order of the list. Every step
//!    is true, false, or not known, and there are three ways of not knowing: this condition is
//!    open, the whole flag is open, or only the server can tell. The first condition that matches
//!    decides; what was open counts only if none does. The [`Answer`] holds two indices and
//!    nothing that was allocated.
//! 4. What is left open goes to the server: [`FlagsRequest`] writes the question, [`RemoteAnswer`]
//!    reads the answer, a [`Snapshot`] lays it under the local values. [`Called`] is the event that
//!    reports a look at a flag, [`Reported`] knows which looks were reported. [`Poll`] decides what
//!    becomes of each answer of the definitions endpoint.
//!
//! # Two semantics
//!
//! Default mode answers as posthog-python 7.42 does, oddities included: a program that moves here
//! gets the answers that it had. [`Options::strict`] switches to the newer rules of PostHog's
//! server. Single operators differ in `operator.rs` and `strict/operator.rs`; conditions, cohorts
//! and dependencies differ by one `if` each. Where default mode cannot follow Python it says so
//! instead of guessing: a pattern that its engine lacks is inconclusive, and so is every pattern
//! without the feature `regex`.
//!
//! # Example
//!
//! ```
//! use flags::{Definitions, JsonPerson, Options, Outcome, Scratch};
//!
//! let definitions = Definitions::parse(
//!     r#"{"flags": [{"key": "beta-ui", "active": true, "filters": {"groups": [
//!         {"properties": [{"key": "plan", "operator": "exact", "value": ["pro"]}], "rollout_percentage": 50}
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

// In the order in which a reader meets them. First what comes in.
mod interned;
mod json;
mod limits;
mod person;
mod verdict;
mod wellformed;

// Then how one value is compared with one filter.
mod date;
mod decimal;
mod fold;
mod fold_table;
mod lower;
mod number;
mod operator;
mod regex;
mod semantic;
mod strict;
mod text;

// Then whole flags: compiled, asked, and what asking takes.
pub mod bucket;
mod compile;
mod definitions;
mod evaluate;
mod hash;
mod needs;

// Last the server: where definitions come from, and what it decides when they cannot.
mod called;
mod poll;
mod remote;
mod reported;
mod snapshot;

pub use called::{Called, EVENT, Errors, is_minimal_property};
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
