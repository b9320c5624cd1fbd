//! The events with a meaning of their own: identify, set, alias, groups, exceptions.
//!
//! Each is an ordinary event with a fixed name and fixed properties. This file only says which;
//! enrichment and the queue treat them like any other.

use crate::enrich::{Plan, Surroundings, context_id, explicit_id, object, text};
use crate::event::{Event, Scalar};
use crate::exception::ExceptionEvent;
use crate::json::Writer;
use crate::refused::Refused;
use alloc::borrow::Cow;
use alloc::string::String;

/// Which special event, and what it says.
///
/// Who, when and around it is in the [`Event`] beside it. That event's name is ignored, and so are
/// its properties, but for an exception: the others have the properties below and those that
/// [`crate::Config`] and the context add, and no more.
#[derive(Debug, Clone, Copy)]
pub enum SpecialEvent<'a> {
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
    /// `$exception`: this error happened. The event's own properties come along, but for those that
    /// only the client or the server may set.
    Exception(ExceptionEvent<'a>),
}

impl<'a> SpecialEvent<'a> {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            SpecialEvent::Identify { .. } => "$identify",
            SpecialEvent::Set { .. } => "$set",
            SpecialEvent::SetOnce { .. } => "$set_once",
            SpecialEvent::Alias { .. } => "$create_alias",
            SpecialEvent::GroupIdentify { .. } => "$groupidentify",
            SpecialEvent::Exception(_) => "$exception",
        }
    }

    /// The size of what it puts in place of the event's name and properties.
    pub(crate) fn bytes(&self, event: &Event<'_>) -> usize {
        let parts = match *self {
            SpecialEvent::Identify {
                set,
                set_once,
                anonymous_id,
            } => [set, set_once, anonymous_id].map(|part| part.map_or(0, str::len)),
            SpecialEvent::Set { properties } | SpecialEvent::SetOnce { properties } => {
                [properties.len(), 0, 0]
            }
            SpecialEvent::Alias { previous, alias } => {
                [previous.bytes(), alias.map_or(0, |id| id.bytes()), 0]
            }
            SpecialEvent::GroupIdentify {
                group_type,
                group_key,
                properties,
            } => [
                group_type.bytes(),
                group_key.bytes(),
                properties.map_or(0, str::len),
            ],
            SpecialEvent::Exception(_) => [event.properties.map_or(0, str::len), 0, 0],
        };
        parts.into_iter().fold(0, usize::saturating_add)
    }

    pub(crate) fn plan(&self, event: &Event<'a>) -> Result<Plan<'a>, Refused> {
        let mut properties = String::new();
        let mut out = Writer::new(&mut properties);
        let mut owned = None;
        let (distinct_id, surroundings) = match *self {
            SpecialEvent::Identify {
                set,
                set_once,
                anonymous_id,
            } => {
                let id = person(event)?.ok_or(missing("distinct id"))?;
                write_object(&mut out, "$set", set)?;
                if set_once.is_some() {
                    write_object(&mut out, "$set_once", set_once)?;
                }
                if let Some(anonymous) = anonymous_id {
                    out.text("$anon_distinct_id", anonymous);
                }
                (Some(id), Surroundings::All)
            }
            SpecialEvent::Set { properties } | SpecialEvent::SetOnce { properties } => {
                let id = person(event)?;
                if !write_object(&mut out, self.name(), Some(properties))? || id.is_none() {
                    return Err(Refused::NothingToSet);
                }
                (id, Surroundings::None)
            }
            SpecialEvent::Alias { previous, alias } => {
                let previous =
                    text("previous id", previous, true)?.ok_or(missing("previous id"))?;
                let alias = alias
                    .map_or(Ok(None), |id| text("alias", id, true))?
                    .or_else(|| context_id(event));
                out.text("distinct_id", &previous);
                out.text("alias", &alias.ok_or(missing("alias"))?);
                (Some(previous), Surroundings::Session)
            }
            SpecialEvent::GroupIdentify {
                group_type,
                group_key,
                properties,
            } => {
                let kind = text("group type", group_type, true)?.ok_or(missing("group type"))?;
                let key = text("group key", group_key, true)?.ok_or(missing("group key"))?;
                out.text("$group_type", &kind);
                out.text("$group_key", &key);
                write_object(&mut out, "$group_set", properties)?;
                // A group has no person. An id made from the group keeps its events together.
                let id =
                    explicit_id(event)?.unwrap_or_else(|| ["$", &kind, "_", &key].concat().into());
                (Some(id), Surroundings::Session)
            }
            SpecialEvent::Exception(exception) => {
                exception.write(owned.insert(String::new()))?;
                (person(event)?, Surroundings::All)
            }
        };
        out.end();
        Ok(Plan {
            name: self.name(),
            distinct_id,
            properties: owned.is_none().then_some(properties),
            owned,
            surroundings,
        })
    }
}

/// The explicit distinct id, or the context's.
fn person<'a>(event: &Event<'a>) -> Result<Option<Cow<'a, str>>, Refused> {
    Ok(explicit_id(event)?.or_else(|| context_id(event)))
}

fn missing(field: &'static str) -> Refused {
    Refused::NotText {
        field,
        found: "missing",
    }
}

/// Writes an optional object, absent as `{}`; returns whether it has members.
fn write_object(
    out: &mut Writer<'_>,
    name: &'static str,
    text: Option<&str>,
) -> Result<bool, Refused> {
    let parsed = object(name, Some(text.unwrap_or("{}")))?;
    out.member(name, parsed.text());
    Ok(!parsed.is_empty())
}
