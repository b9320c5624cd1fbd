//! What the machines read and write as text: JSON that is checked once and never rebuilt, numbers
//! that keep their digits, dates. The crate knows nothing of PostHog. Where a file writes by hand
//! what `core` has, it does so for the module's size.
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

pub mod json;
pub mod number;
pub mod sort;
