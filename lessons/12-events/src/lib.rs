//! What a PostHog server client decides about events: captures in, requests out. There is no clock in it, no socket,
//! no thread, no logger and no source of entropy; the host has those.
#![no_std]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    unsafe_code,
    missing_docs
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::panic
    )
)]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod answer;
mod batch;
mod config;
mod enrich;
mod event;
mod exception;
mod families;
pub mod json;
mod lane;
mod machine;
mod output;
mod random;
mod redact;
mod request;
mod returning;
pub mod ring;
mod time;
mod v1;

pub use answer::{FailureKind, Response};
pub use config::{Compression, Config, ConfigError, Protocol, normalise_host};
pub use event::{Context, Event, LaneName, Refused, Scalar, sanitise_tracing_header};
pub use exception::Exception;
pub use families::Family;
pub use machine::{Counts, Machine};
pub use output::{Drained, Dropped, FlushId, Output, Request, RequestId, Warning, Why};
pub use redact::masked;
pub use time::Now;
pub use uuid::Uuid;
