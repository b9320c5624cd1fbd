//! All flags of one person at one moment: what the definitions decide, completed by at most one
//! answer of the server, local values first. It remembers which flags were called.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::called::{Called, Errors, write_value};
use crate::definitions::{Definitions, Payload};
use crate::evaluate::{Answer, Scratch};
use crate::interned::{Interned, at, count, put};
use crate::json::write_string;
use crate::names::Order;
use crate::person::Person;
use crate::remote::{AnswerError, FlagValue, RemoteAnswer, RemoteFlag};
use crate::verdict::Outcome;

/// The reason given for every flag that was decided here.
const EVALUATED_LOCALLY: &str = "Evaluated locally";

/// One flag of a snapshot, or the result of asking for a single flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its value.
    pub value: FlagValue,
    /// What it hands out.
    pub payload: Option<Payload>,
    /// Why it has this value.
    pub reason: Option<String>,
    /// Its numeric id, where known.
    pub id: Option<u64>,
    /// The version of its definition, where the server gave one.
    pub version: Option<u64>,
    /// Whether it was decided here.
    pub locally_evaluated: bool,
    /// Whether it belongs to an experiment, where known.
    pub has_experiment: Option<bool>,
    /// Whether the source of the value allows minimal `$feature_flag_called` events.
    pub minimal_gate: bool,
}

impl Record {
    /// The record of a flag decided here, as for a single flag: without reason and id, which
    /// posthog-python gives in snapshots only. `None` when it was not decided.
    #[must_use]
    pub fn local(definitions: &Definitions, flag: u32, answer: Answer) -> Option<Self> {
        let value = match answer.outcome {
            Outcome::Off => FlagValue::Bool(false),
            Outcome::On => FlagValue::Bool(true),
            Outcome::Variant(variant) => {
                FlagValue::Variant(definitions.variant(flag, variant)?.to_owned())
            }
            Outcome::Inconclusive(_) | Outcome::NeedsServer => return None,
        };
        Some(Record {
            value,
            payload: answer
                .payload
                .and_then(|payload| definitions.payload(payload))
                .cloned(),
            reason: None,
            id: None,
            version: None,
            locally_evaluated: true,
            has_experiment: definitions.has_experiment(flag),
            minimal_gate: definitions.minimal_flag_called_events(),
        })
    }

    /// The record of a flag that the server decided.
    #[must_use]
    pub fn remote(flag: &RemoteFlag, answer: &RemoteAnswer) -> Self {
        Record {
            value: flag.value.clone(),
            payload: flag.payload.clone(),
            reason: flag.reason.clone(),
            id: flag.id,
            version: flag.version,
            locally_evaluated: false,
            has_experiment: flag.has_experiment,
            minimal_gate: answer.minimal_flag_called_events,
        }
    }
}

/// All flags, or those asked for, of one person.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    keys: Interned,
    /// By the index of their keys.
    records: Vec<Record>,
    /// Which of them were called.
    accessed: Vec<bool>,
    /// The keys asked for; empty when all flags were.
    requested: Interned,
    /// Strict mode hands out nothing with a flag that is off; posthog-python does.
    hides_payload_when_off: bool,
    /// A copy that was filtered: what it lacks was left out on purpose.
    is_filtered: bool,
    request_id: Option<String>,
    evaluated_at: Option<u64>,
    errors: Errors,
}

impl Snapshot {
    /// What the definitions decide of these flags, or of all when none is named, and whether the
    /// server has to be asked for the rest: for an inconclusive flag, for a key without a
    /// definition, or because there are no definitions at all. `now` is the wall clock in
    /// milliseconds since 1970 UTC.
    #[must_use]
    pub fn local(
        definitions: &Definitions,
        person: &dyn Person,
        keys: &[&str],
        now: i64,
        scratch: &mut Scratch,
    ) -> (Self, bool) {
        let mut snapshot = Snapshot {
            hides_payload_when_off: definitions.options.strict,
            ..Snapshot::default()
        };
        for key in keys {
            snapshot.requested.index(key);
        }
        let mut is_incomplete = definitions.is_empty();
        let wanted: Vec<Option<u32>> = if keys.is_empty() {
            (0..definitions.len()).map(Some).collect()
        } else {
            keys.iter().map(|key| definitions.find(key)).collect()
        };
        for flag in wanted {
            let record = flag.and_then(|flag| {
                let record = Record::local(
                    definitions,
                    flag,
                    definitions.evaluate(flag, person, now, scratch),
                )?;
                Some((
                    definitions.key(flag)?.to_owned(),
                    Record {
                        reason: Some(EVALUATED_LOCALLY.to_owned()),
                        id: definitions.id(flag),
                        ..record
                    },
                ))
            });
            is_incomplete |= record.is_none();
            if let Some((key, record)) = record {
                snapshot.add(&key, record, false);
            }
        }
        (snapshot, is_incomplete)
    }

    /// Lays the server's answer under the local values. When keys were asked for, flags of other
    /// keys are left out. A failure keeps the local values; of failures only a used-up quota leaves
    /// a mark.
    pub fn merge(&mut self, answer: &Result<RemoteAnswer, AnswerError>) {
        match answer {
            Ok(answer) => {
                self.request_id.clone_from(&answer.request_id);
                self.evaluated_at = answer.evaluated_at;
                self.errors.while_computing = answer.errors_while_computing;
                for flag in &answer.flags {
                    let is_requested =
                        self.requested.is_empty() || self.requested.find(&flag.key).is_some();
                    let is_local = |known: &Record| known.locally_evaluated;
                    if is_requested && !self.peek(&flag.key).is_some_and(is_local) {
                        self.add(&flag.key, Record::remote(flag, answer), false);
                    }
                }
            }
            Err(AnswerError::QuotaLimited) => self.errors.quota_limited = true,
            Err(AnswerError::Document(_)) => {}
        }
    }

    /// The keys of the flags that are known, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.sorted().map(|(key, _)| key)
    }

    /// Calls a flag: it counts as accessed, and the event to report is returned with it. `groups`
    /// are the types and keys of the groups that the snapshot is for; the event names them.
    pub fn access<'a>(&'a mut self, key: &'a str, groups: &'a [(&'a str, &'a str)]) -> Called<'a> {
        if let Some(index) = self.keys.find(key) {
            put(&mut self.accessed, index, true);
        }
        let record = self.peek(key);
        let is_missing = record.is_none() && !self.is_filtered;
        let is_remote = record.is_none_or(|record| !record.locally_evaluated);
        Called {
            key,
            record,
            request_id: self.request_id.as_deref(),
            evaluated_at: self.evaluated_at.filter(|_| is_remote),
            errors: Errors {
                flag_missing: is_missing,
                ..self.errors
            },
            groups,
        }
    }

    /// Whether a flag is on; `default` for one that is not known. To be reported by
    /// [`access`](Self::access).
    #[must_use]
    pub fn is_enabled(&self, key: &str, default: bool) -> bool {
        self.peek(key)
            .map_or(default, |record| record.value.is_enabled())
    }

    /// A flag without a trace: no event, no mark.
    #[must_use]
    pub fn peek(&self, key: &str) -> Option<&Record> {
        at(&self.records, self.keys.find(key)?)
    }

    /// A copy of these flags alone, and the keys among them that are not known.
    #[must_use]
    pub fn only<'k>(&self, keys: &[&'k str]) -> (Self, Vec<&'k str>) {
        let key_at = |place| at(keys, place).copied().unwrap_or_default();
        let wanted = Order::new(count(keys), &key_at);
        let unknown = keys.iter().copied();
        (
            self.filtered(|key, _| wanted.find(key, &key_at).is_some()),
            unknown.filter(|key| self.peek(key).is_none()).collect(),
        )
    }

    /// A copy of the flags that were called so far.
    #[must_use]
    pub fn only_accessed(&self) -> Self {
        self.filtered(|_, accessed| accessed)
    }

    fn filtered(&self, keep: impl Fn(&str, bool) -> bool) -> Self {
        let mut copy = Snapshot {
            is_filtered: true,
            hides_payload_when_off: self.hides_payload_when_off,
            request_id: self.request_id.clone(),
            errors: self.errors,
            evaluated_at: self.evaluated_at,
            ..Snapshot::default()
        };
        for ((key, record), accessed) in self.keys.texts().zip(&self.records).zip(&self.accessed) {
            if keep(key, *accessed) {
                copy.add(key, record.clone(), *accessed);
            }
        }
        copy
    }

    fn add(&mut self, key: &str, mut record: Record, accessed: bool) {
        if self.hides_payload_when_off && !record.value.is_enabled() {
            record.payload = None;
        }
        let index = self.keys.index(key);
        put(&mut self.records, index, record);
        put(&mut self.accessed, index, accessed);
    }

    fn sorted(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.keys
            .sorted()
            .filter_map(|(key, index)| Some((key, at(&self.records, index)?)))
    }

    /// The properties that an ordinary event takes from the snapshot, as the members of a JSON
    /// object without its braces: every flag's value, and `$active_feature_flags`, the sorted keys
    /// of those that are on, if any is. For a client that writes its events itself: one that has
    /// them written by the crate `events` passes the values as `Event::flags` instead.
    #[must_use]
    pub fn event_properties(&self) -> String {
        let mut out = String::new();
        for (key, record) in self.sorted() {
            out.push_str(if out.is_empty() { "" } else { "," });
            write_string(&mut out, &["$feature/", key].concat());
            out.push(':');
            write_value(&mut out, Some(&record.value));
        }
        let mut separator = ",\"$active_feature_flags\":[";
        for (key, record) in self.sorted() {
            if record.value.is_enabled() {
                out.push_str(separator);
                separator = ",";
                write_string(&mut out, key);
            }
        }
        if separator == "," {
            out.push(']');
        }
        out
    }
}
