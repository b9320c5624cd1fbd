//! Options that cannot work, and the sentence for each: a wrong one must fail at start and not at
//! the first event.

use super::{Compression, Config, Protocol};
use crate::json::{self, Fault, Object};
use crate::output::Warning;
use crate::redact::{MASK, shown};
use crate::ring;
use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use text::number;

/// The bytes of the smallest event there can be: one letter each for name, distinct id, library and
/// version. A bound below it refuses everything.
const LEAST_EVENT_BYTES: usize = r#"{"event":"e","distinct_id":"d","timestamp":"2026-02-01T09:30:00.000Z","uuid":"0194c0de-1111-7abc-8def-000000000001","properties":{"$lib":"x","$lib_version":"1"}}"#.len();

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
    /// When a text that becomes part of a header has a character that ends the header, or none at
    /// all.
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
                let [found, least] = [*found, *least].map(|size| number::written(size as u64));
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
                "\": http:// or https://, a name and at most a path are expected, as in https://us.i.posthog.com",
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
    /// Removes white space around what becomes part of a header or of an address, because files and
    /// environment variables often end with a line break.
    pub(crate) fn trim(&mut self, warn: &mut dyn FnMut(Warning)) {
        /// Some editors of Windows begin a file with it; `trim` of JavaScript removes it too.
        const BYTE_ORDER_MARK: char = '\u{feff}';
        let own = [
            ("project_key", &mut self.project_key),
            ("host", &mut self.host),
            ("library", &mut self.library),
            ("library_version", &mut self.library_version),
        ];
        let extra = &mut self.extra_headers;
        let extra = extra.iter_mut().map(|(_, value)| ("extra_headers", value));
        for (option, value) in own.into_iter().chain(extra) {
            let kept =
                value.trim_matches(|char: char| char.is_whitespace() || char == BYTE_ORDER_MARK);
            if kept.len() < value.len() {
                *value = kept.to_owned();
                warn(Warning::Trimmed { option });
            }
        }
    }

    /// Refuses what cannot work.
    ///
    /// # Errors
    /// The first wrong option.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        if self.project_key.is_empty() {
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
                // What stands before an @ is a user's name and password.
                host: match self.host.rsplit_once('@') {
                    Some((_, after)) => shown(&[MASK, "@", after].concat()),
                    None => shown(&self.host),
                },
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
                return Err(ConfigError::BadHeader { name: shown(name) });
            }
            if self.is_own_header(name) {
                return Err(ConfigError::ReservedHeader { name: shown(name) });
            }
        }
        if self.protocol == Protocol::V0 && self.compression == Compression::Deflate {
            return Err(ConfigError::GzipOnly);
        }
        // Last: whoever forgets the seed sees every other mistake first, and a test of those needs
        // none.
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
        Some(text) => json::given(text)
            .map(Object::into_owned)
            .map_err(|fault| ConfigError::NotAnObject { option, fault }),
        None => Ok(Object::default()),
    }
}

/// The address to send to: without white space and trailing slashes, a dashboard's address replaced
/// by that of its region's ingestion. Empty means `https://us.i.posthog.com`.
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

/// True if a request's path can be put behind it: a scheme that a host speaks, an authority without
/// user information, and a path (RFC 3986 §3). A query would swallow the request's path, and a page
/// that answers it with 200 would take every event.
fn is_address(host: &str) -> bool {
    let Some(rest) = ["https://", "http://"].iter().find_map(|scheme| {
        let (start, rest) = host.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    }) else {
        return false;
    };
    let has_only = |part: &str, marks: &[u8]| {
        part.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || marks.contains(&byte))
    };
    let slash = rest.bytes().position(|byte| byte == b'/');
    let (authority, path) = rest
        .split_at_checked(slash.unwrap_or(rest.len()))
        .unwrap_or_default();
    let (name, port) = match authority.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (authority, ""),
    };
    let is_name = match name.strip_prefix('[') {
        Some(ip) => ip.strip_suffix(']').is_some_and(|ip| has_only(ip, b":.")),
        None => has_only(name, b"-._"),
    };
    is_name
        && !name.is_empty()
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && has_only(path, b"/-._~%!$&'()*+,;=:@")
}
