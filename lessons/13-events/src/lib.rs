//! What a PostHog server client decides about events: captures in, requests out. There is no clock
//! in it, no socket, no thread, no logger and no source of entropy; the host has those. It is
//! compiled into a small WebAssembly module. Where a file writes by hand what `core` has, it does
//! so for the module's size. One contract holds it together: **after every call of a `handle_…`
//! method the host calls [`Machine::poll_output`] until it returns [`Output::WakeAt`], and calls
//! [`Machine::handle_timeout`] no later than that says, in milliseconds of its monotonic clock; it
//! reports the outcome of every [`Output::Request`] once, with [`Machine::handle_response`] or
//! [`Machine::handle_failure`].** In return, nothing is due before the wake time, and every
//! accepted event is in one place of the machine's books and never in two: delivered, which means
//! that a reply acknowledged it; queued; or reported in an [`Output::Dropped`] with its reason.
//! Dropped means that no reply has acknowledged it, not that no server has it: a request on its
//! way, or one whose reply was lost or could not be read, may have brought it. What is refused is
//! returned by the call and never enters the books.
//!
//! ```
//! use events::{Config, Event, Machine, Now, Output, Response};
//!
//! // In a host: 32 bytes from the system's random generator, drawn anew for every machine.
//! let seed = [7; 32];
//! let key = "phc_demo".into();
//! let config = Config { project_key: key, seed, flush_at: 1, ..Config::default() };
//! let mut machine = Machine::new(config)?;
//! let now = Now { monotonic: 0, unix: 1_769_938_200_000 };
//! let properties = Some(r#"{"amount": 12.50}"#);
//! let event = Event { name: "invoice paid".into(), properties, ..Event::default() };
//! machine.handle_capture(now, &event)?;
//! loop {
//!     match machine.poll_output() {
//!         // A host sends it; here the server has taken it.
//!         Output::Request(request) => {
//!             let response = Response { status: 200, ..Response::default() };
//!             machine.handle_response(now, request.id, &response);
//!         }
//!         Output::WakeAt(None) => break,
//!         other => panic!("nothing else is expected: {other:?}"),
//!     }
//! }
//! assert_eq!(machine.counts().delivered, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The way of an event
//!
//! ```text
//! Event ─▶ json ─▶ enrich + layers ─▶ ring ─▶ batch ─▶ request ─▶ host
//!          check    one text, once    bytes   lane     join          │
//!                                       ▲      ▲                     │
//!                                  gone ┴──────┴─ reply ◀────────────┘
//! ```
//!
//! 1. [`Event`] borrows what the caller says. Its properties are JSON text from the host's own
//!    serialiser. With a `before_send` hook a capture has two halves: [`Machine::handle_prepare`]
//!    returns the assembled event, [`Machine::handle_prepared`] takes what the hook made of it.
//!    `special` turns the events with a meaning of their own into ordinary ones, `rate_limit`
//!    bounds how many errors are captured unasked.
//! 2. `json` reads that text once, to prove that the server can read it. It builds no tree; it
//!    finds where the members of the top level lie. What the server cannot read is replaced:
//!    numbers not finite as 64-bit floats by `null`, unpaired surrogates by `\ufffd`.
//! 3. `enrich` adds what is known around the event; `layers` says who wins. The result is written
//!    once, by splicing. From here on the event is bytes that never change, so a retry cannot
//!    change them either.
//! 4. [`ring`] keeps those bytes in one block, in order, bounded in events and in bytes. A full one
//!    refuses the new event and evicts none. The block is its own export.
//! 5. `lane` decides when events leave: a batch is cut when there are enough, when the oldest has
//!    waited long enough, or on a [`Machine::handle_flush`]. A [`LaneName`] names a queue with its
//!    endpoint; most clients have one. Of a lane [`Config::max_in_flight`] batches are under way at
//!    once, waits before retries included; by default one, so a request whose outcome is never
//!    reported stalls its lane.
//! 6. `request` joins the bytes into a body, in one of two forms ([`Protocol`]): to v0 a server
//!    replies with one status for all events, to v1 with a verdict for each. The queue holds the v0
//!    form; `v1` derives the other.
//! 7. `reply` judges what comes back: delivered, again after a wait, or never. A v0 reply with any
//!    2xx status acknowledges every event of its request; a v1 reply with such a status and a map
//!    of results acknowledges every event to which the map does not say `retry` or `drop`, absent
//!    ones included. An event leaves the ring by that, and in two other ways:
//!    [`Machine::handle_opt_out`] drops all, [`Machine::handle_shutdown`] what is left at its
//!    deadline.
//!
//! Besides requests the host hears of events given up ([`Dropped`]), of the end of a flush or a
//! shutdown ([`Drained`]), and of what deserves a line in the log ([`Warning`]).
//!
//! [`Machine`] joins these. Its own rules are those that need all lanes at once: who may come in,
//! and when a flush is over. Time is an argument, [`Now`], with two clocks: waits are measured with
//! the one that cannot be set. Chance is [`Config::seed`]. So the same calls give the same
//! requests, byte for byte, on every host, and `vectors/` holds those calls in a form that every
//! language can run.
//!
//! What is left out: HTTP, TLS, compression, redirects, the context's storage, stack walking and
//! `before_send` itself are the host's; feature flags are another crate's.
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

// What comes in.
mod config;
mod event;
mod exception;
mod rate_limit;
mod refused;
mod returning;
mod special;
mod tracing_header;

// Its text.
mod enrich;
pub mod json;
mod layers;
mod random;
mod time;

// Its queue.
mod batch;
mod lane;
pub mod ring;
mod uuids;

// The server.
mod redact;
mod reply;
mod request;
mod v1;

// All together.
mod machine;
mod output;

pub use config::{Compression, Config, ConfigError, Protocol, normalise_host};
pub use event::{Context, Event, LaneName, Scalar};
pub use exception::{Boundary, Exception, ExceptionEvent, Mechanism};
pub use machine::{Counts, Machine};
pub use output::{Drained, DropReason, Dropped, FlushId, Output, Request, RequestId, Warning};
pub use redact::masked;
pub use refused::Refused;
pub use reply::{FailureKind, Response};
pub use special::SpecialEvent;
pub use time::Now;
pub use tracing_header::sanitise_tracing_header;
pub use uuid::Uuid;
