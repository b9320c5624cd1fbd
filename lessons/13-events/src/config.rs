//! Everything a client is told once, its defaults, and where each default comes from.
//!
//! The numbers are posthog-python 7.42's unless said otherwise. `check` refuses what cannot work.

mod check;

pub(crate) use check::object_option;
pub use check::{ConfigError, normalise_host};

use crate::redact::shown;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// Which form requests have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Protocol {
    /// `POST /batch/`, one status for all events of a request.
    #[default]
    V0,
    /// `POST /i/v1/analytics/events`, one verdict for each event.
    V1,
}

/// How the host compresses bodies. The core never does: the host has zlib, and the module stays
/// small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compression {
    /// Bodies as they are, and no `Content-Encoding`.
    #[default]
    None,
    /// `Content-Encoding: gzip`.
    Gzip,
    /// `Content-Encoding: deflate`, zlib-wrapped (RFC 1950). Only v1 servers read it: with
    /// [`Protocol::V0`] it is refused, and the AI lane, which always speaks v0, sends its bodies as
    /// they are.
    Deflate,
}

impl Compression {
    /// The choice as a program in any language names it. These names never change; but for `none`
    /// they are values of `Content-Encoding`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Compression::None => "none",
            Compression::Gzip => "gzip",
            Compression::Deflate => "deflate",
        }
    }
}

/// The options of a client.
#[derive(Clone)]
pub struct Config {
    /// The public key `phc_…`; required. White space around it is removed, as around `host`,
    /// `library`, `library_version` and the values of `extra_headers`, with a
    /// [`crate::Warning::Trimmed`].
    pub project_key: String,
    /// Where to send: `https://` or `http://`, a name, and at most a path before the client's own;
    /// normalised by [`normalise_host`]. Empty means `https://us.i.posthog.com`.
    pub host: String,
    /// This library's name, in `$lib`, `User-Agent` and `PostHog-Sdk-Info`.
    pub library: String,
    /// This library's version, in the same places.
    pub library_version: String,
    /// So many waiting events start a request, and so many is the most a request carries.
    pub flush_at: usize,
    /// The oldest waiting event leaves after this many milliseconds.
    pub flush_interval_ms: u64,
    /// The most events that wait to be sent for the first time, of each lane; a new one beyond it
    /// is refused. Those on their way, or waiting for another attempt, do not count, so a lane
    /// holds at most this and `max_in_flight` × `flush_at` more.
    pub max_queue_events: usize,
    /// The most bytes of the block a queue lies in, for each lane; at least one event must fit.
    /// While the block grows there are two of them; up to an eighth may stay unused. Our own bound:
    /// wasm memory never shrinks.
    pub max_queue_bytes: usize,
    /// The most bytes of JSON one event of the analytics lane may have.
    pub max_event_bytes: usize,
    /// The same for the AI lane.
    pub max_ai_event_bytes: usize,
    /// A request is closed once its events have this many bytes; so it has at most this and one
    /// event more.
    pub max_request_bytes: usize,
    /// Attempts after the first; a negative number counts as 0.
    pub max_retries: i32,
    /// How many batches of a lane may be on their way at once, waits between attempts included; more
    /// than 64 count as 64. 1 keeps all events in the order they were captured, as the official
    /// worker does.
    pub max_in_flight: usize,
    /// Up to this many percent are added to every wait before a retry, so that clients do not
    /// return in step. The official SDKs add none. It is only added, so no wait is shorter than the
    /// server asked for.
    pub jitter_percent: u8,
    /// How long the host lets one request take, in milliseconds.
    pub timeout_ms: u32,
    /// The form of requests.
    pub protocol: Protocol,
    /// What the host does to bodies.
    pub compression: Compression,
    /// Take nothing and send nothing.
    pub disabled: bool,
    /// With false everything runs and identifiers are returned, but nothing is queued; for tests.
    pub send: bool,
    /// Adds `$geoip_disable`, unless a call says otherwise.
    pub disable_geoip: bool,
    /// Adds `$is_server`.
    pub is_server: bool,
    /// Marks every request as an import of old events.
    pub historical_migration: bool,
    /// Limits automatically captured exceptions: 50 of a type at once, then 10 in 10 seconds.
    pub limit_exceptions: bool,
    /// Lets an event with [`crate::Event::minimal`] keep the properties that say where a visitor
    /// came from (`utm_source`, `gclid` …). For a host that copies them into context tags;
    /// posthog-python 7.42 does not keep them.
    pub minimal_keeps_attribution: bool,
    /// A JSON object laid over every event's properties.
    pub super_properties: Option<String>,
    /// A JSON object with what the host knows about its runtime and system (`$os` …).
    pub runtime_properties: Option<String>,
    /// Headers added to every request.
    pub extra_headers: Vec<(String, String)>,
    /// 32 bytes from the system's random generator; required, and another draw for every machine.
    /// Two machines with one seed draw the same identifiers, and the server takes the second event
    /// of an identifier for the first.
    pub seed: [u8; 32],
}

impl Default for Config {
    fn default() -> Self {
        Config {
            project_key: String::new(),
            host: String::new(),
            library: "posthog-wasm".to_owned(),
            library_version: env!("CARGO_PKG_VERSION").to_owned(),
            flush_at: 100,
            flush_interval_ms: 5_000,
            max_queue_events: 10_000,
            max_queue_bytes: 32 << 20,
            max_event_bytes: 900 << 10,
            max_ai_event_bytes: 8 << 20,
            max_request_bytes: 5 << 20,
            max_retries: 3,
            max_in_flight: 1,
            jitter_percent: 10,
            timeout_ms: 15_000,
            protocol: Protocol::V0,
            compression: Compression::None,
            disabled: false,
            send: true,
            disable_geoip: true,
            is_server: true,
            historical_migration: false,
            limit_exceptions: false,
            minimal_keeps_attribution: false,
            super_properties: None,
            runtime_properties: None,
            extra_headers: Vec::new(),
            seed: [0; 32],
        }
    }
}

impl Config {
    pub(crate) fn max_in_flight(&self) -> usize {
        /// More batches are never under way at once, because each call looks at all of them. Our
        /// own bound, above what hosts and servers let one client do.
        const MOST: usize = 64;
        self.max_in_flight.min(MOST)
    }

    /// The most events that a lane holds.
    pub(crate) fn most_held(&self) -> usize {
        self.max_in_flight()
            .saturating_mul(self.flush_at)
            .saturating_add(self.max_queue_events)
    }
}

/// Shows how the client is set up, without the key and without header values.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("project_key", &crate::redact::MASK)
            .field("host", &shown(&self.host))
            .field("library", &shown(&self.library))
            .field("library_version", &shown(&self.library_version))
            .field("protocol", &self.protocol)
            .field("flush_at", &self.flush_at)
            .field("disabled", &self.disabled)
            .finish_non_exhaustive()
    }
}
