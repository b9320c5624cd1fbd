//! Everything the machine can ask of its host, and the sentences it can say to a person.
//!
//! Each variant's documentation says when it comes. Nothing here decides anything.

use crate::config::Compression;
use crate::event::LaneName;
use crate::redact::shown;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use text::number;

/// Names one request, for its outcome. Never used twice by one client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequestId(pub u64);

/// Names one flush, for its end. Never used twice by one client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FlushId(pub u64);

/// What the host is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// When a batch is due: send this, then report its outcome once, with `handle_response` or
    /// `handle_failure`.
    Request(Request),
    /// When events that were accepted are given up: tell the application's `on_error`. No reply has
    /// acknowledged them; one that is still on its way, or was lost, may yet have been theirs. What
    /// is refused never comes here, because the call returns it.
    Dropped(Dropped),
    /// When a flush or a shutdown has ended: wake whoever waits for it.
    Drained(Drained),
    /// When something deserves a line in the log.
    Warning(Warning),
    /// When there is nothing more to do now. Call `handle_timeout` once the monotonic clock shows
    /// this many milliseconds; a time that has passed means at once. With `None`, not before
    /// another call.
    WakeAt(Option<u64>),
}

/// An HTTP POST. The body belongs to whoever holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// For its outcome.
    pub id: RequestId,
    /// The queue its events come from.
    pub lane: LaneName,
    /// Absolute address.
    pub url: String,
    /// Names and values, in the order to send them. May hold the key: a log gets the request's
    /// `Display`, which does not.
    pub headers: Vec<(String, String)>,
    /// JSON in UTF-8.
    pub body: Vec<u8>,
    /// How many events the body has.
    pub events: usize,
    /// 1 for the first attempt.
    pub attempt: u32,
    /// How the host compresses the body. It adds `Content-Encoding`; if compressing fails, it sends
    /// the body as it is.
    pub compression: Compression,
    /// How long it may take in milliseconds, until the host gives up and calls `handle_failure`.
    pub timeout_ms: u32,
}

/// One line for a log, without the key.
impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "POST {} (attempt {}, {} events, {} bytes)",
            shown(&self.url),
            self.attempt,
            self.events,
            self.body.len()
        )
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why accepted events are given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DropReason {
    /// When a status says that sending again cannot help.
    Rejected,
    /// When the last attempt failed.
    RetriesExhausted,
    /// When a v1 reply has the verdict `drop` for these events.
    RefusedByServer,
    /// When shutdown reached its deadline.
    ShutDown,
    /// When the user opted out.
    OptedOut,
}

impl DropReason {
    /// Every reason, in the order of their counters.
    pub const ALL: [DropReason; 5] = [
        DropReason::Rejected,
        DropReason::RetriesExhausted,
        DropReason::RefusedByServer,
        DropReason::ShutDown,
        DropReason::OptedOut,
    ];

    /// The reason as a program in any language names it. These names never change.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            DropReason::Rejected => "rejected",
            DropReason::RetriesExhausted => "retries_exhausted",
            DropReason::RefusedByServer => "refused_by_server",
            DropReason::ShutDown => "shut_down",
            DropReason::OptedOut => "opted_out",
        }
    }

    /// The reason as a person reads it.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            DropReason::Rejected => "the server rejected the request",
            DropReason::RetriesExhausted => "every attempt failed",
            DropReason::RefusedByServer => "the server refused these events",
            DropReason::ShutDown => "shutdown reached its deadline",
            DropReason::OptedOut => "the user opted out",
        }
    }
}

impl fmt::Display for DropReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

/// Events that are given up: not sent again, and not acknowledged as far as the machine has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// How many.
    pub how_many: usize,
    /// The reason, for a program.
    pub why: DropReason,
    /// The reason, for a person; without credentials.
    pub error: String,
    /// A JSON array of the events, in the v0 form.
    pub events: String,
}

/// The end of a flush.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drained {
    /// Which flush.
    pub flush: FlushId,
    /// How many of the events it was for are still queued, because its deadline came first.
    pub left: usize,
}

/// Something to tell a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// When an event's time cannot be read.
    BadTimestamp,
    /// When an event's identifier cannot be read.
    BadUuid,
    /// When an option had white space around it, as files and environment variables have it. It is
    /// used without; the warning comes before every other output.
    Trimmed {
        /// The option.
        option: &'static str,
    },
    /// When events were refused because the queue is full; at most once a second.
    QueueFull {
        /// How many since the last such warning.
        refused: u64,
    },
    /// When `handle_restore` met records that are no events.
    Damaged {
        /// How many.
        records: usize,
    },
}

impl Warning {
    /// The warning as a sentence, as in [`crate::Refused::sentence`].
    #[must_use]
    pub fn sentence(&self) -> String {
        let (before, number, after) = match self {
            Warning::BadTimestamp => {
                return "timestamp: ISO 8601 date and time expected; the present is used instead"
                    .into();
            }
            Warning::BadUuid => {
                return "uuid: 32 hexadecimal digits expected; a new one is used instead".into();
            }
            Warning::Trimmed { option } => {
                return [option, ": white space around it was removed"].concat();
            }
            Warning::QueueFull { refused } => (
                "the queue is full; ",
                *refused,
                " new events were not taken",
            ),
            Warning::Damaged { records } => (
                "restore: ",
                *records as u64,
                " records are damaged and were left out",
            ),
        };
        [before, &number::written(number), after].concat()
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}
