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

pub mod bucket;
mod compile;
mod date;
mod definitions;
mod evaluate;
mod fold;
mod json;
mod limits;
mod number;
mod operator;
mod person;
mod regex;
mod semantic;
mod strict;
mod text;
mod verdict;

pub use definitions::{Definitions, Options, Payload};
pub use evaluate::{Answer, Scratch};
pub use limits::{DocumentError, Limits};
pub use person::{JsonPerson, Name, Person, Value};
pub use verdict::{Outcome, Why};
