//! `$feature_flag_called`, the event that says a flag was called, which is PostHog's word for a
//! program that asked for its value: its properties, the words for what went wrong, and whether it
//! may be sent in its minimal form. It knows nothing of capturing it, nor of cutting it down once
//! it was enriched.

use alloc::string::String;
use core::fmt;

use crate::definitions::Payload;
use crate::json::{Writer, write_string};
use crate::remote::{Attempt, FlagValue};
use crate::snapshot::Record;
use text::number;

/// The name of the event that reports that a flag was called.
pub const FLAG_CALLED_EVENT: &str = "$feature_flag_called";

/// A flag that was called.
#[derive(Clone, Debug)]
pub struct Called<'a> {
    /// The flag's key.
    pub key: &'a str,
    /// What is known of the flag; `None` when nothing is.
    pub record: Option<&'a Record>,
    /// The server's name for its answer, if it was asked.
    pub request_id: Option<&'a str>,
    /// When the server decided, in milliseconds since 1970 UTC.
    pub evaluated_at: Option<u64>,
    /// What went wrong.
    pub errors: Errors,
    /// The types and keys of the groups for which the flag was called; they become `$groups`.
    pub groups: &'a [(&'a str, &'a str)],
}

/// What may go wrong when a flag is called. Displays as the words of `$feature_flag_error`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    /// The server could not evaluate every flag.
    pub while_computing: bool,
    /// The quota is used up.
    pub quota_limited: bool,
    /// The flag is not known.
    pub flag_missing: bool,
    /// The request for a single flag failed, and how its last attempt ended. Set by the client, as
    /// [`Snapshot::merge`](crate::Snapshot::merge) sets the others. It stands alone: nothing else
    /// can be known.
    pub request: Option<Attempt>,
}

impl Errors {
    /// Whether there is nothing to report.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Errors::default()
    }

    fn words(&self) -> String {
        let mut out = String::new();
        match self.request {
            Some(Attempt::Timeout) => out.push_str("timeout"),
            Some(attempt) if attempt.is_without_answer() => out.push_str("connection_error"),
            Some(Attempt::Status(status)) => {
                out.push_str("api_error_");
                number::write(&mut out, status.into());
            }
            Some(_) => out.push_str("unknown_error"),
            None => {
                for (applies, word) in [
                    (self.while_computing, "errors_while_computing_flags"),
                    (self.quota_limited, "quota_limited"),
                    (self.flag_missing, "flag_missing"),
                ] {
                    if applies {
                        out.push_str(if out.is_empty() { "" } else { "," });
                        out.push_str(word);
                    }
                }
            }
        }
        out
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.words())
    }
}

impl Called<'_> {
    /// The flag's value; `None` when it is not known.
    #[must_use]
    pub fn response(&self) -> Option<&FlagValue> {
        self.record.map(|record| &record.value)
    }

    /// Whether the flag is on; `default` when its value is not known. The default is for the caller
    /// alone: the event reports what [`response`](Self::response) says.
    #[must_use]
    pub fn is_enabled(&self, default: Option<bool>) -> Option<bool> {
        self.response().map(FlagValue::is_enabled).or(default)
    }

    /// Whether the event shall be reduced to its minimal form after it was enriched, as the crate
    /// `events` does for `Event::minimal`: PostHog allows it, and the flag is known to belong to no
    /// experiment. Any doubt keeps the whole event.
    #[must_use]
    pub fn is_minimal(&self) -> bool {
        self.record
            .is_some_and(|record| record.minimal_gate && record.has_experiment == Some(false))
    }

    /// The event's own properties as a JSON object.
    #[must_use]
    pub fn properties(&self) -> String {
        let mut json = String::new();
        let mut out = Writer::new(&mut json);
        out.text("$feature_flag", self.key);
        write_value(out.key("$feature_flag_response"), self.response());
        let by_key = ["$feature/", self.key].concat();
        write_value(out.name(&by_key), self.response());
        let is_local = self.record.is_some_and(|record| record.locally_evaluated);
        out.member("locally_evaluated", if is_local { "true" } else { "false" });
        if let Some(record) = self.record {
            match &record.payload {
                Some(Payload::Json(json)) => out.member("$feature_flag_payload", json),
                Some(Payload::Text(text)) => out.text("$feature_flag_payload", text),
                None => {}
            }
            if let Some(reason) = &record.reason {
                out.text("$feature_flag_reason", reason);
            }
            write_number(&mut out, "$feature_flag_id", record.id);
            write_number(&mut out, "$feature_flag_version", record.version);
            if let Some(has_experiment) = record.has_experiment {
                out.member(
                    "$feature_flag_has_experiment",
                    if has_experiment { "true" } else { "false" },
                );
            }
        }
        if let Some(request_id) = self.request_id {
            out.text("$feature_flag_request_id", request_id);
        }
        write_number(&mut out, "$feature_flag_evaluated_at", self.evaluated_at);
        if !self.errors.is_empty() {
            out.text("$feature_flag_error", &self.errors.words());
        }
        if !self.groups.is_empty() {
            let mut groups = Writer::new(out.key("$groups"));
            for (group_type, key) in self.groups {
                write_string(groups.name(group_type), key);
            }
            groups.end();
        }
        out.end();
        json
    }
}

fn write_number(out: &mut Writer<'_>, name: &str, number: Option<u64>) {
    if let Some(number) = number {
        number::write(out.key(name), number);
    }
}

pub(crate) fn write_value(out: &mut String, value: Option<&FlagValue>) {
    match value {
        None => out.push_str("null"),
        Some(FlagValue::Bool(true)) => out.push_str("true"),
        Some(FlagValue::Bool(false)) => out.push_str("false"),
        Some(FlagValue::Variant(variant)) => write_string(out, variant),
    }
}
