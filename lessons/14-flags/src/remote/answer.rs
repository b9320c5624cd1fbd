//! The server's answer: the shape of version 2, and the older one without details, which some
//! servers still give. Every member is optional, and one that cannot be read concerns its flag
//! alone.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::definitions::Payload;
use crate::json::{Kind, Malformed, Node, Object};
use crate::limits::{DocumentError, Limits};
use text::number;

/// A flag's value as PostHog reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlagValue {
    /// On or off, without a variant.
    Bool(bool),
    /// On, with this variant.
    Variant(String),
}

impl FlagValue {
    /// Whether the flag is on.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        !matches!(self, FlagValue::Bool(false))
    }
}

/// One flag of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteFlag {
    /// The flag's key.
    pub key: String,
    /// Its value.
    pub value: FlagValue,
    /// What it hands out.
    pub payload: Option<Payload>,
    /// Why it has this value, in the server's words.
    pub reason: Option<String>,
    /// Its numeric id, where not zero.
    pub id: Option<u64>,
    /// The version of its definition, where not zero.
    pub version: Option<u64>,
    /// Whether it belongs to an experiment, where known.
    pub has_experiment: Option<bool>,
}

/// The server's answer to a [`FlagsRequest`](super::FlagsRequest).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemoteAnswer {
    /// The flags that the server could evaluate.
    pub flags: Vec<RemoteFlag>,
    /// Some could not be evaluated.
    pub errors_while_computing: bool,
    /// Names this answer in PostHog's logs.
    pub request_id: Option<String>,
    /// When it was made, in milliseconds since 1970 UTC.
    pub evaluated_at: Option<u64>,
    /// `$feature_flag_called` events may be reduced to their essence.
    pub minimal_flag_called_events: bool,
}

/// Why an answer of status 200 has no flags.
#[derive(Debug)]
#[non_exhaustive]
pub enum AnswerError {
    /// The project's quota is used up; whatever else the answer says does not count.
    QuotaLimited,
    /// It cannot be read.
    Document(DocumentError),
}

impl fmt::Display for AnswerError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::QuotaLimited => {
                out.write_str("the project's quota of feature flag requests is used up")
            }
            Self::Document(error) => write!(out, "the answer for flags is unreadable: {error}"),
        }
    }
}

impl core::error::Error for AnswerError {}

impl RemoteAnswer {
    /// Reads an answer of status 200 in either shape.
    ///
    /// # Errors
    /// [`AnswerError`] when the quota is used up, or the text is not a JSON object within
    /// `limits`.
    pub fn parse(json: &str, limits: &Limits) -> Result<Self, AnswerError> {
        let document = limits.open(json).map_err(AnswerError::Document)?;
        let wrong = |part| {
            move |Malformed| {
                AnswerError::Document(DocumentError::WrongType {
                    part,
                    expected: "an object",
                })
            }
        };
        let root = document.root().object().map_err(wrong("the answer"))?;
        if is_quota_limited(&root) {
            return Err(AnswerError::QuotaLimited);
        }
        let flags = match root.get_some("flags") {
            Some(flags) => {
                let flags = flags.object().map_err(wrong("flags"))?;
                let read = |(key, flag): (Cow<'_, str>, Node<'_>)| detailed(key.into_owned(), flag);
                flags.members().filter_map(read).collect()
            }
            None => plain(&root),
        };
        Ok(RemoteAnswer {
            flags,
            errors_while_computing: is_true(root.get("errorsWhileComputingFlags")),
            request_id: text(root.get("requestId")),
            evaluated_at: root
                .get("evaluatedAt")
                .and_then(|node| number::read(node.raw())),
            minimal_flag_called_events: is_true(root.get("minimalFlagCalledEvents")),
        })
    }

    /// The flag with this key, found by going through the list: a [`Snapshot`](crate::Snapshot)
    /// finds many faster.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<&RemoteFlag> {
        // Of a key given twice the last counts.
        self.flags.iter().rfind(|flag| flag.key == key)
    }
}

/// Whether an answer says that the project's quota is used up. As for posthog-python it takes a
/// list to say so: a string or an object of that name is a note that nobody here understands.
pub(crate) fn is_quota_limited(root: &Object<'_>) -> bool {
    let limited = root.get_some("quotaLimited").map(Node::list);
    let mut limited = limited.and_then(Result::ok).into_iter().flatten();
    limited.any(|node| node.raw() == "\"feature_flags\"")
}

/// A flag of version 2. `None` when its value cannot be read, or when the server says that it
/// failed; either makes it unknown. What is beside the value and cannot be read is left out.
fn detailed(key: String, flag: Node<'_>) -> Option<RemoteFlag> {
    let flag = flag.object().ok()?;
    if is_true(flag.get("failed")) {
        return None;
    }
    let variant = match flag.get_some("variant") {
        Some(node) => node.text().ok()?,
        None => Cow::Borrowed(""),
    };
    let value = if variant.is_empty() {
        FlagValue::Bool(match flag.get_some("enabled") {
            Some(node) => boolean(node)?,
            None => false,
        })
    } else {
        FlagValue::Variant(variant.into_owned())
    };
    let member = |name| flag.get(name)?.object().ok();
    let metadata = member("metadata");
    let note = |name| metadata.as_ref()?.get(name);
    Some(RemoteFlag {
        key,
        value,
        payload: note("payload").and_then(payload),
        reason: member("reason").and_then(|reason| text(reason.get("description"))),
        id: number(note("id")),
        version: number(note("version")),
        has_experiment: note("has_experiment").and_then(boolean),
    })
}

/// The older shape: a map of values beside a map of payloads, or a list of the keys that are on.
fn plain(root: &Object<'_>) -> Vec<RemoteFlag> {
    let payloads = root
        .get_some("featureFlagPayloads")
        .and_then(|node| node.object().ok());
    let flag = |key: String, value: FlagValue| {
        let node = payloads.as_ref().and_then(|payloads| payloads.get(&key));
        RemoteFlag {
            key,
            value,
            payload: node.and_then(payload),
            reason: None,
            id: None,
            version: None,
            has_experiment: None,
        }
    };
    match root.get_some("featureFlags").map(Node::kind) {
        Some(Ok(Kind::Object(values))) => {
            let read = |(key, node): (Cow<'_, str>, Node<'_>)| match node.kind() {
                Ok(Kind::Bool(value)) => Some(flag(key.into_owned(), FlagValue::Bool(value))),
                Ok(Kind::Text(variant)) if variant.is_empty() => {
                    Some(flag(key.into_owned(), FlagValue::Bool(false)))
                }
                Ok(Kind::Text(variant)) => Some(flag(
                    key.into_owned(),
                    FlagValue::Variant(variant.into_owned()),
                )),
                _ => None,
            };
            values.members().filter_map(read).collect()
        }
        Some(Ok(Kind::List(keys))) => {
            let read =
                |node: Node<'_>| Some(flag(node.text().ok()?.into_owned(), FlagValue::Bool(true)));
            keys.into_iter().filter_map(read).collect()
        }
        _ => Vec::new(),
    }
}

fn payload(node: Node<'_>) -> Option<Payload> {
    Payload::decode(node).ok().flatten()
}

fn boolean(node: Node<'_>) -> Option<bool> {
    match node.raw() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn is_true(node: Option<Node<'_>>) -> bool {
    node.is_some_and(|node| node.raw() == "true")
}

fn text(node: Option<Node<'_>>) -> Option<String> {
    node?.text().ok().map(|text| text.as_ref().to_owned())
}

fn number(node: Option<Node<'_>>) -> Option<u64> {
    number::read(node?.raw()).filter(|number| *number != 0)
}
