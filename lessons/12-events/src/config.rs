//! Everything a client is told once, its defaults, and where each default comes from.
//!
//! The numbers are posthog-python 7.42's unless said otherwise. This file checks what it is told, because a wrong
//! option must fail at start and not at the first event.

use crate::decimal;
use crate::json::{Fault, Object};
use crate::redact::masked;
use crate::ring;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// The bytes of the smallest event there can be: one letter each for name, distinct id, library and version. A bound
/// below it refuses everything.
const LEAST_EVENT_BYTES: usize = r#"{"event":"e","distinct_id":"d","timestamp":"2026-02-01T09:30:00.000Z","uuid":"0194c0de-1111-7abc-8def-000000000001","properties":{"$lib":"x","$lib_version":"1"}}"#.len();

/// Which form requests have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Protocol {
    /// `POST /batch/`, one status for all events of a request.
    #[default]
    V0,
    /// `POST /i/v1/analytics/events`, one verdict for each event.
    V1,
}

/// How the host compresses bodies. The core never does: the host has zlib, and the module stays small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compression {
    /// Bodies as they are, and no `Content-Encoding`.
    #[default]
    None,
    /// `Content-Encoding: gzip`.
    Gzip,
    /// `Content-Encoding: deflate`, zlib-wrapped (RFC 1950). Only v1 servers read it.
    Deflate,
}

impl Compression {
    /// The choice as a program in any language names it. These names never change; but for `none` they are values of
    /// `Content-Encoding`.
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
    /// The public key `phc_…`; required.
    pub project_key: String,
    /// Where to send: `https://` or `http://`, a name, and at most a path before the client's own; normalised by
    /// [`normalise_host`].
    pub host: String,
    /// This library's name, in `$lib`, `User-Agent` and `PostHog-Sdk-Info`.
    pub library: String,
    /// This library's version, in the same places.
    pub library_version: String,
    /// So many waiting events start a request, and so many is the most a request carries.
    pub flush_at: usize,
    /// The oldest waiting event leaves after this many milliseconds.
    pub flush_interval_ms: u64,
    /// The most events a queue holds; a new one beyond it is refused.
    pub max_queue_events: usize,
    /// The most bytes a queue holds; at least one event must fit. Our own bound: wasm memory never shrinks.
    pub max_queue_bytes: usize,
    /// The most bytes of JSON one event of the analytics lane may have.
    pub max_event_bytes: usize,
    /// The same for the AI lane.
    pub max_ai_event_bytes: usize,
    /// A request is closed once its events have this many bytes; so it has at most this and one event more.
    pub max_request_bytes: usize,
    /// Attempts after the first; a negative number counts as 0.
    pub max_retries: i32,
    /// How many batches of a lane may be on their way at once, waits between attempts included. 1 keeps all events
    /// in the order they were captured, as the official worker does.
    pub max_in_flight: usize,
    /// Up to this many percent are added to every wait before a retry, so that clients do not return in step. The
    /// official SDKs add none. It is only added, so no wait is shorter than the server asked for.
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
    /// A JSON object laid over every event's properties.
    pub super_properties: Option<String>,
    /// A JSON object with what the host knows about its runtime and system (`$os` …).
    pub runtime_properties: Option<String>,
    /// Headers added to every request.
    pub extra_headers: Vec<(String, String)>,
    /// 32 bytes from the system's random generator; required, and another draw for every machine. Two machines with
    /// one seed draw the same identifiers, and the server takes the second event of an identifier for the first.
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
            super_properties: None,
            runtime_properties: None,
            extra_headers: Vec::new(),
            seed: [0; 32],
        }
    }
}

/// An option that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigError {
    /// When there is no project key.
    NoProjectKey,
    /// When `super_properties` or `runtime_properties` is no JSON object.
    NotAnObject {
        /// The option.
        option: &'static str,
        /// Where and what.
        fault: Fault,
    },
    /// When a number is so small that nothing would ever be taken or sent.
    TooSmall {
        /// The option.
        option: &'static str,
        /// What it is.
        found: usize,
        /// The least that works.
        least: usize,
    },
    /// When the host is no address that requests can go to.
    BadHost {
        /// The host, without credentials.
        host: String,
    },
    /// When the seed is still the default: nobody drew one.
    NoSeed,
    /// When a text that becomes part of a header has a character that ends the header, or none at all.
    BadHeader {
        /// The option or the header's name.
        name: String,
    },
    /// When an extra header would replace one of the client's own.
    ReservedHeader {
        /// The header's name.
        name: String,
    },
    /// When v0 requests are to be compressed with something else than gzip.
    GzipOnly,
}

impl ConfigError {
    /// The error as a sentence, as in [`crate::Refused::sentence`].
    #[must_use]
    pub fn sentence(&self) -> String {
        let parts: &[&str] = match self {
            ConfigError::NoProjectKey => {
                &["project_key is empty; the project's public key is expected"]
            }
            ConfigError::NotAnObject { option, fault } => &[option, ": ", &fault.sentence()],
            ConfigError::TooSmall {
                option,
                found,
                least,
            } => {
                let [found, least] = [*found, *least].map(|size| decimal::written(size as u64));
                return [
                    option,
                    " is ",
                    &found,
                    "; at least ",
                    &least,
                    " is expected",
                ]
                .concat();
            }
            ConfigError::BadHost { host } => &[
                "host \"",
                host,
                "\": an address such as https://us.i.posthog.com is expected",
            ],
            ConfigError::NoSeed => {
                &["seed is 32 zero bytes; 32 bytes from the system's random generator are expected"]
            }
            ConfigError::BadHeader { name } => &[
                "header \"",
                name,
                "\": visible ASCII without a line break is expected",
            ],
            ConfigError::ReservedHeader { name } => &[
                "extra_headers: \"",
                name,
                "\" is set by the client itself; another name is expected",
            ],
            ConfigError::GzipOnly => {
                &["compression: v0 requests can only be gzip; gzip or none is expected"]
            }
        };
        parts.concat()
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl core::error::Error for ConfigError {}

impl Config {
    /// Refuses what cannot work.
    ///
    /// # Errors
    /// The first wrong option.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        if self.project_key.trim_ascii().is_empty() {
            return Err(ConfigError::NoProjectKey);
        }
        for (option, found, least) in [
            ("flush_at", self.flush_at, 1),
            ("max_queue_events", self.max_queue_events, 1),
            (
                "max_queue_bytes",
                self.max_queue_bytes,
                ring::block_bytes(LEAST_EVENT_BYTES),
            ),
            ("max_event_bytes", self.max_event_bytes, LEAST_EVENT_BYTES),
            (
                "max_ai_event_bytes",
                self.max_ai_event_bytes,
                LEAST_EVENT_BYTES,
            ),
            ("max_in_flight", self.max_in_flight, 1),
            ("timeout_ms", self.timeout_ms as usize, 1),
        ] {
            if found < least {
                return Err(ConfigError::TooSmall {
                    option,
                    found,
                    least,
                });
            }
        }
        if !is_address(normalise_host(&self.host)) {
            return Err(ConfigError::BadHost {
                host: masked(&self.host),
            });
        }
        for (name, value) in [
            ("library", &self.library),
            ("library_version", &self.library_version),
            ("project_key", &self.project_key),
        ] {
            if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(ConfigError::BadHeader {
                    name: name.to_owned(),
                });
            }
        }
        for (name, value) in &self.extra_headers {
            let name_fits = !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
            if !name_fits
                || !value
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() || byte == b' ')
            {
                return Err(ConfigError::BadHeader { name: name.clone() });
            }
            if self.is_own_header(name) {
                return Err(ConfigError::ReservedHeader { name: name.clone() });
            }
        }
        if self.protocol == Protocol::V0 && self.compression == Compression::Deflate {
            return Err(ConfigError::GzipOnly);
        }
        // Last: whoever forgets the seed sees every other mistake first, and a test of those needs none.
        if self.seed == [0; 32] {
            return Err(ConfigError::NoSeed);
        }
        Ok(())
    }

    fn is_own_header(&self, name: &str) -> bool {
        let own = [
            "user-agent",
            "content-type",
            "content-encoding",
            "content-length",
        ];
        own.iter().any(|own| name.eq_ignore_ascii_case(own))
            || (self.protocol == Protocol::V1
                && (name.eq_ignore_ascii_case("authorization")
                    || name
                        .get(..8)
                        .is_some_and(|start| start.eq_ignore_ascii_case("posthog-"))))
    }
}

/// An option that holds a JSON object, parsed; absent is an empty object.
pub(crate) fn object_option(
    option: &'static str,
    text: Option<&str>,
) -> Result<Object<'static>, ConfigError> {
    match text {
        Some(text) => Object::parse(text)
            .map(Object::into_owned)
            .map_err(|fault| ConfigError::NotAnObject { option, fault }),
        None => Ok(Object::default()),
    }
}

/// The address to send to: without white space and trailing slashes, a dashboard's address replaced by that of its
/// region's ingestion.
#[must_use]
pub fn normalise_host(host: &str) -> &str {
    const US: &str = "https://us.i.posthog.com";
    const EU: &str = "https://eu.i.posthog.com";
    match host.trim_ascii().trim_end_matches('/') {
        "" | "https://app.posthog.com" | "https://us.posthog.com" => US,
        "https://eu.posthog.com" => EU,
        other => other,
    }
}

/// True if a request's path can be put behind it: a scheme that a host speaks, a name, and nothing that would end the
/// address (RFC 3986 §3).
fn is_address(host: &str) -> bool {
    let Some(rest) = ["https://", "http://"].iter().find_map(|scheme| {
        let (start, rest) = host.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    }) else {
        return false;
    };
    !rest.is_empty()
        && !rest.starts_with(['/', '?'])
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'#')
}

/// Shows how the client is set up, without the key and without header values.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("project_key", &crate::redact::MASK)
            .field("host", &masked(&self.host))
            .field("library", &self.library)
            .field("library_version", &self.library_version)
            .field("protocol", &self.protocol)
            .field("flush_at", &self.flush_at)
            .field("disabled", &self.disabled)
            .finish_non_exhaustive()
    }
}
