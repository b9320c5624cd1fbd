//! placeholder
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

// Then how one value is compared with one filter.
mod date;
mod fold;
mod fold_table;
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
