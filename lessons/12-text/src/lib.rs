//! What the machines read and write as text: JSON that is checked once and never rebuilt, numbers
//! that keep their digits, dates. The crate knows nothing of PostHog. Where a file writes by hand
//! what `core` has, it does so for the module's size.
//!
//! - [`json`] proves that some text is JSON and finds where its members lie, without a tree.
//! - [`number`] reads and writes whole numbers, and finds the double nearest to decimal digits and the
//!   fewest digits that name a double.
//! - [`date`] reads an instant in the forms that programs print, and writes it in one.
//!
//! What writes takes the string to write to as its first argument and appends; what reads answers
//! `None`, or says what is wrong and where, and never panics.
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
#![forbid(unsafe_code)]

extern crate alloc;

pub mod date;
pub mod json;
pub mod number;
pub mod sort;
