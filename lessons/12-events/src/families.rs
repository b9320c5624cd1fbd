//! The events with a meaning of their own: identify, set, alias, groups, exceptions.
//!
//! Each is an ordinary event with a fixed name and fixed properties. This file only says which; enrichment and the
//! queue treat them like any other.

use crate::enrich::{Surroundings, context_id, object, text};
use crate::event::{Event, Refused, Scalar};
use crate::exception::{self, Exception};
use crate::json::{Object, Writer};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

/// Which special event, and what it says. Who and when is in the [`Event`] beside it, whose name is ignored.
#[derive(Debug, Clone, Copy)]
pub enum Family<'a> {
    /// `$identify`: this person has these properties.
    Identify {
        /// A JSON object for `$set`.
        set: Option<&'a str>,
        /// A JSON object for `$set_once`.
        set_once: Option<&'a str>,
        /// The anonymous id the person had before.
        anonymous_id: Option<&'a str>,
    },
    /// `$set`: overwrite the person's properties.
    Set {
        /// A JSON object.
        properties: &'a str,
    },
    /// `$set_once`: set those of the person's properties that are not set.
    SetOnce {
        /// A JSON object.
        properties: &'a str,
    },
    /// `$create_alias`: both ids are the same person.
    Alias {
        /// The id the person had; becomes the event's distinct id.
        previous: Scalar<'a>,
        /// The id to be known under; absent means the context's.
        alias: Option<Scalar<'a>>,
    },
    /// `$groupidentify`: this group has these properties.
    GroupIdentify {
        /// The kind of group, such as `company`.
        group_type: Scalar<'a>,
        /// Which one.
        group_key: Scalar<'a>,
        /// A JSON object for `$group_set`.
        properties: Option<&'a str>,
    },
    /// `$exception`: this error happened. The event's own properties come along.
    Exception {
        /// The thrown error first, then its causes; the host breaks cycles, and only the first 50 are kept.
        list: &'a [Exception<'a>],
        /// How bad; absent means `error`.
        level: Option<&'a str>,
        /// Which integration caught it; absent if the application did.
        source: Option<&'a str>,
        /// True if no line of the application captured it; the client may limit how many of these there are.
        automatic: bool,
    },
}

/// A special event on its way to becoming an ordinary one.
pub(crate) struct Plan<'a> {
    pub(crate) name: &'static str,
    pub(crate) distinct_id: Option<Cow<'a, str>>,
    pub(crate) properties: String,
    pub(crate) surroundings: Surroundings,
}

impl<'a> Family<'a> {
    pub(crate) fn plan(&self, event: &Event<'a>) -> Result<Plan<'a>, Refused> {
        let mut properties = String::new();
        let mut object = Writer::new(&mut properties);
        let own_id = || {
            Ok(event
                .distinct_id
                .map(|id| text("distinct id", id, true))
                .transpose()?
                .flatten()
                .or_else(|| context_id(event)))
        };
        let (name, distinct_id, surroundings) = match *self {
            Family::Identify {
                set,
                set_once,
                anonymous_id,
            } => {
                let id = own_id()?.ok_or(Refused::NotText {
                    field: "distinct id",
                    found: "missing",
                })?;
                object.member("$set", json_object("$set", set)?.text());
                if set_once.is_some() {
                    object.member("$set_once", json_object("$set_once", set_once)?.text());
                }
                if let Some(anonymous) = anonymous_id {
                    object.text("$anon_distinct_id", anonymous);
                }
                ("$identify", Some(id), Surroundings::All)
            }
            Family::Set { properties } => {
                object.member("$set", settable("$set", properties)?.text());
                (
                    "$set",
                    Some(own_id()?.ok_or(Refused::NothingToSet)?),
                    Surroundings::None,
                )
            }
            Family::SetOnce { properties } => {
                object.member("$set_once", settable("$set_once", properties)?.text());
                (
                    "$set_once",
                    Some(own_id()?.ok_or(Refused::NothingToSet)?),
                    Surroundings::None,
                )
            }
            Family::Alias { previous, alias } => {
                let previous = required("previous id", previous)?;
                let alias = alias
                    .map(|id| text("alias", id, true))
                    .transpose()?
                    .flatten()
                    .or_else(|| context_id(event));
                object.text("distinct_id", &previous);
                object.text(
                    "alias",
                    &alias.ok_or(Refused::NotText {
                        field: "alias",
                        found: "missing",
                    })?,
                );
                ("$create_alias", Some(previous), Surroundings::Session)
            }
            Family::GroupIdentify {
                group_type,
                group_key,
                properties,
            } => {
                let (kind, key) = (
                    required("group type", group_type)?,
                    required("group key", group_key)?,
                );
                object.text("$group_type", &kind);
                object.text("$group_key", &key);
                object.member(
                    "$group_set",
                    json_object("group properties", properties)?.text(),
                );
                // A group has no person. An id made from the group keeps its events together.
                let explicit = event
                    .distinct_id
                    .map(|id| text("distinct id", id, true))
                    .transpose()?
                    .flatten();
                (
                    "$groupidentify",
                    Some(explicit.unwrap_or_else(|| format!("${kind}_{key}").into())),
                    Surroundings::Session,
                )
            }
            Family::Exception {
                list,
                level,
                source,
                ..
            } => {
                exception::write(&mut object, list, level, source)?;
                let extra = json_object("properties", event.properties)?;
                for member in extra
                    .members()
                    .filter(|member| !exception::is_canonical(member.key))
                {
                    object.member(member.key, member.value);
                }
                ("$exception", own_id()?, Surroundings::All)
            }
        };
        object.end();
        Ok(Plan {
            name,
            distinct_id,
            properties,
            surroundings,
        })
    }
}

fn required<'a>(field: &'static str, scalar: Scalar<'a>) -> Result<Cow<'a, str>, Refused> {
    text(field, scalar, true)?.ok_or(Refused::NotText {
        field,
        found: "missing",
    })
}

/// An optional object; absent is written as `{}`.
fn json_object<'a>(field: &'static str, text: Option<&'a str>) -> Result<Object<'a>, Refused> {
    object(field, Some(text.unwrap_or("{}")))
}

fn settable<'a>(field: &'static str, text: &'a str) -> Result<Object<'a>, Refused> {
    object(field, Some(text)).and_then(|properties| {
        if properties.is_empty() {
            Err(Refused::NothingToSet)
        } else {
            Ok(properties)
        }
    })
}
