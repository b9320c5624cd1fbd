//! What a caller hands over, one event and what the host knows around it, and the sentence it reads
//! when that is refused.
//!
//! An [`Event`] borrows every text it has, and none of them is checked yet. This file must never
//! know about queues or requests.

use crate::decimal;
use crate::json::Fault;
use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use core::fmt;

/// A text that a dynamically typed caller may have got wrong.
#[derive(Debug, Clone, Copy)]
pub enum Scalar<'a> {
    /// The caller's language guarantees a text.
    Text(&'a str),
    /// Any JSON value, from a language that guarantees nothing. Numbers become decimal text where
    /// that is allowed.
    Json(&'a str),
}

impl Default for Scalar<'_> {
    fn default() -> Self {
        Scalar::Text("")
    }
}

impl<'a> From<&'a str> for Scalar<'a> {
    fn from(text: &'a str) -> Self {
        Scalar::Text(text)
    }
}

/// Which queue an event takes. Each has its own bounds and its own endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LaneName {
    /// `/batch/`, or the v1 endpoint when the client speaks v1.
    #[default]
    Analytics,
    /// `/i/v0/ai/batch/`, always in the v0 form, for large events of language-model calls.
    Ai,
}

/// What the caller's surroundings say: the innermost open context, as the host resolved it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// Used when the event names nobody itself.
    pub distinct_id: Option<&'a str>,
    /// Becomes `$session_id`, unless the event has one.
    pub session_id: Option<&'a str>,
    /// Becomes `$device_id`, unless the event has one.
    pub device_id: Option<&'a str>,
    /// A JSON object of tags; they become properties where the event has none of that name.
    pub tags: Option<&'a str>,
}

/// One event as a caller describes it. `Event { name: "invoice paid".into(), ..Event::default() }`
/// is the smallest.
#[derive(Debug, Clone, Copy, Default)]
pub struct Event<'a> {
    /// The event's name; it may not be empty.
    pub name: Scalar<'a>,
    /// Who did it. Without one, and without one in the context, the event is *personless* under an
    /// invented id.
    pub distinct_id: Option<Scalar<'a>>,
    /// A JSON object, checked and sent as it is written.
    pub properties: Option<&'a str>,
    /// When it happened, date and time in ISO 8601; no zone means UTC. A date alone is not read.
    /// Absent or unreadable means now.
    pub timestamp: Option<&'a str>,
    /// A UUID in any of its written forms (RFC 9562 §4). The one with hyphens is sent as it is
    /// written, capitals included; the others are sent in that form. Absent or unreadable means a
    /// fresh version 7.
    pub uuid: Option<&'a str>,
    /// A JSON object from group type to group key; becomes `$groups`.
    pub groups: Option<&'a str>,
    /// A JSON object from flag key to `true`, `false`, a variant's name or `null`; becomes
    /// `$feature/<key>` and `$active_feature_flags`.
    pub flags: Option<&'a str>,
    /// Whether the server must not look up the address; absent means the client's default.
    pub disable_geoip: Option<bool>,
    /// Keeps only the properties on the list for a minimal `$feature_flag_called`.
    pub minimal: bool,
    /// The surroundings.
    pub context: Context<'a>,
    /// The queue to take.
    pub lane: LaneName,
}

/// Why an event was not taken. What is refused was never accepted: the call returns it, no
/// [`crate::Output::Dropped`] follows, and it is not counted as dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// When the client was configured with `disabled`.
    Disabled,
    /// When the user has opted out.
    OptedOut,
    /// When shutdown has begun.
    ShutDown,
    /// When a field that must be a non-empty text is something else.
    NotText {
        /// The field's name.
        field: &'static str,
        /// What it is, as a noun.
        found: &'static str,
    },
    /// When a field is not the JSON it must be.
    NotJson {
        /// The field's name.
        field: &'static str,
        /// Where and what.
        fault: Fault,
    },
    /// When `set` or `set_once` have nobody or nothing to set. The caller need not be told.
    NothingToSet,
    /// When an exception event has no exception.
    NoException,
    /// When too many exceptions of this type were captured automatically.
    RateLimited,
    /// When the event alone is larger than an event may be. Says name and size only: the rest may
    /// be private.
    TooLarge {
        /// The event's name.
        name: String,
        /// Size of its JSON in bytes, or of the first field that alone exceeds the limit.
        bytes: usize,
        /// The most an event may have.
        limit: usize,
    },
    /// When the queue has no room, in events or in bytes.
    QueueFull,
}

impl Refused {
    /// False for the refusals that are no mistake of the caller.
    #[must_use]
    pub fn deserves_a_warning(&self) -> bool {
        // A full queue has its own warning, at most one a second.
        !matches!(
            self,
            Refused::Disabled
                | Refused::OptedOut
                | Refused::NothingToSet
                | Refused::RateLimited
                | Refused::QueueFull
        )
    }

    /// The refusal as a sentence. [`fmt::Display`] says the same, but brings the machinery of
    /// `core::fmt` into a module.
    #[must_use]
    pub fn sentence(&self) -> String {
        let fixed = match self {
            Refused::Disabled => "the client is disabled; nothing is captured",
            Refused::OptedOut => "the user has opted out; nothing is captured",
            Refused::ShutDown => "the client is shut down; a new client is needed to capture",
            Refused::NotText { field, found } => {
                return [
                    field,
                    " is ",
                    found,
                    "; a text that is not empty is expected",
                ]
                .concat();
            }
            Refused::NotJson { field, fault } => return [field, ": ", &fault.sentence()].concat(),
            Refused::NothingToSet => {
                "nothing to set: a distinct id and at least one property are expected"
            }
            Refused::RateLimited => "exception: too many of this type in a short time",
            Refused::NoException => "exception: the list is empty; at least one error is expected",
            Refused::TooLarge { name, bytes, limit } => {
                let [bytes, limit] = [*bytes, *limit].map(|size| decimal::written(size as u64));
                return [
                    "event \"",
                    name,
                    "\" has ",
                    &bytes,
                    " bytes; at most ",
                    &limit,
                    " are expected",
                ]
                .concat();
            }
            Refused::QueueFull => "the queue is full; the new event was not taken",
        };
        fixed.to_owned()
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl core::error::Error for Refused {}

/// What a header of an incoming web request may contribute to a context: the text without control
/// characters, at most 1000 characters, or nothing.
///
/// For `X-POSTHOG-DISTINCT-ID` and `X-POSTHOG-SESSION-ID`, which any client can forge: never decide
/// on access by them.
#[must_use]
pub fn sanitise_tracing_header(value: &str) -> Option<Cow<'_, str>> {
    /// `_MAX_TRACING_HEADER_LENGTH` of posthog-python 7.42's Django integration.
    const MAX_CHARS: usize = 1000;
    let trimmed = value.trim();
    let clean = if trimmed.chars().any(char::is_control) || trimmed.len() > MAX_CHARS {
        Cow::Owned(
            trimmed
                .chars()
                .filter(|char| !char.is_control())
                .take(MAX_CHARS)
                .collect(),
        )
    } else {
        Cow::Borrowed(trimmed)
    };
    (!clean.is_empty()).then_some(clean)
}
