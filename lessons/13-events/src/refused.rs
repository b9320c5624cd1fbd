//! Why an event is not taken, and the sentence that the caller reads then.

use crate::json::Fault;
use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use text::number;

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
        /// The event's name, at most 200 characters of it.
        name: String,
        /// Size of its JSON in bytes, or of all its parts together if these exceed the limit before
        /// they are joined.
        bytes: usize,
        /// The most an event may have.
        limit: usize,
    },
    /// When as many events wait as may, or the queue has no room for the bytes of one more.
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
                let [bytes, limit] = [*bytes, *limit].map(|size| number::written(size as u64));
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
