//! From what the caller handed over to the one text that is queued and sent.
//!
//! Many hands add properties: the caller, the runtime, the context, flags, the client's own
//! options. Here they are collected, and [`crate::layers`] says who wins. The caller's text is
//! copied, not rebuilt. This file must never know what happens to the text afterwards.

use crate::config::{Config, ConfigError, object_option};
use crate::event::{Event, Refused, Scalar};
use crate::json::{self, Kind, Object};
use crate::layers::{Layers, write_flags, write_names};
use crate::output::Warning;
use crate::random::Random;
use crate::time::{self, Now};
use alloc::borrow::Cow;
use alloc::string::String;
use uuid::Uuid;

/// How much of its surroundings an event takes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surroundings {
    /// Runtime and context: ordinary captures.
    All,
    /// The context's session alone: `alias` and `group_identify`.
    Session,
    /// Nothing: `set` and `set_once`, whose event would carry it into the person.
    None,
}

/// The parts of every event that are the same for the life of a client.
pub(crate) struct Defaults {
    runtime: Object<'static>,
    library: Object<'static>,
    /// What an event has that asks for no look-up of its address, and whether it asks unless it
    /// says otherwise.
    geoip: Object<'static>,
    disable_geoip: bool,
    super_properties: Object<'static>,
    server: Object<'static>,
}

impl Defaults {
    pub(crate) fn new(config: &Config) -> Result<Self, ConfigError> {
        let mut library = String::new();
        let mut object = json::Writer::new(&mut library);
        object.text("$lib", &config.library);
        object.text("$lib_version", &config.library_version);
        object.end();
        let server = config.is_server.then_some("{\"$is_server\":true}");
        Ok(Defaults {
            runtime: object_option("runtime_properties", config.runtime_properties.as_deref())?,
            library: object_option("library", Some(&library))?,
            geoip: object_option("disable_geoip", Some("{\"$geoip_disable\":true}"))?,
            disable_geoip: config.disable_geoip,
            super_properties: object_option(
                "super_properties",
                config.super_properties.as_deref(),
            )?,
            server: object_option("is_server", server)?,
        })
    }

    /// Writes the event's whole JSON into `out`, which is cleared first, and returns its
    /// identifier.
    pub(crate) fn assemble(
        &self,
        out: &mut String,
        event: &Event<'_>,
        surroundings: Surroundings,
        now: Now,
        random: &mut Random,
        warnings: &mut dyn FnMut(Warning),
    ) -> Result<Uuid, Refused> {
        out.clear();
        let name = text("event name", event.name, false)?.ok_or(Refused::NotText {
            field: "event name",
            found: "null",
        })?;
        let known = explicit_id(event)?.or_else(|| context_id(event));
        let caller = object("properties", event.properties)?;
        let groups = object("groups", event.groups)?;
        let flags = object("flags", event.flags)?;
        let tags = object(
            "context tags",
            event
                .context
                .tags
                .filter(|_| surroundings == Surroundings::All),
        )?;

        let mut root = json::Writer::new(out);
        root.text("event", &name);
        match &known {
            Some(id) => root.text("distinct_id", id),
            None => write_uuid(root.key("distinct_id"), random.uuid(now.unix)),
        }
        write_timestamp(root.key("timestamp"), event.timestamp, now, warnings);
        let uuid = write_given_uuid(root.key("uuid"), event.uuid, now, random, warnings);

        let (context, all) = (&event.context, surroundings == Surroundings::All);
        let mut text = String::new();
        let hints = made(&mut text, "flags", &mut |hints| {
            write_flags(hints, &flags);
            if known.is_none() {
                hints.member("$process_person_profile", "false");
            }
            let session = context
                .session_id
                .filter(|_| surroundings != Surroundings::None);
            if let Some(id) = session {
                hints.text("$session_id", id);
            }
            if let Some(id) = context.device_id.filter(|_| all) {
                hints.text("$device_id", id);
            }
        })?;
        let mut text = String::new();
        let around = made(&mut text, "groups", &mut |around| {
            if !tags.is_empty() {
                write_names(
                    around.key("$context_tags"),
                    tags.members().map(|tag| tag.key),
                );
            }
            if !groups.is_empty() {
                around.member("$groups", groups.text());
            }
        })?;
        let none = Object::default();
        let layers = Layers {
            hints: &hints,
            tags: &tags,
            caller: &caller,
            runtime: if all { &self.runtime } else { &none },
            around: &around,
            library: &self.library,
            geoip: if event.disable_geoip.unwrap_or(self.disable_geoip) {
                &self.geoip
            } else {
                &none
            },
            super_properties: &self.super_properties,
            server: &self.server,
        };
        let keeps = |key: &str| self.keeps(key);
        layers.write(
            root.key("properties"),
            event.minimal.then_some(&keeps as &dyn Fn(&str) -> bool),
        );
        root.end();
        Ok(uuid)
    }

    /// True if a minimal `$feature_flag_called` keeps a property of this name.
    fn keeps(&self, key: &str) -> bool {
        /// `_MINIMAL_FLAG_CALLED_EVENT_PROPERTIES` of posthog-python 7.42; the static runtime keys
        /// of that list are here the members of `runtime_properties`.
        const KEPT: [&str; 17] = [
            "$feature_flag",
            "$feature_flag_response",
            "$feature_flag_has_experiment",
            "$feature_flag_id",
            "$feature_flag_version",
            "$feature_flag_reason",
            "$feature_flag_request_id",
            "$feature_flag_evaluated_at",
            "$feature_flag_error",
            "locally_evaluated",
            "$groups",
            "$process_person_profile",
            "$session_id",
            "$lib",
            "$lib_version",
            "$is_server",
            "$geoip_disable",
        ];
        KEPT.contains(&key) || self.runtime.members().any(|member| member.key == key)
    }
}

/// The text of a field; `None` for a JSON `null`.
pub(crate) fn text<'a>(
    field: &'static str,
    scalar: Scalar<'a>,
    numbers: bool,
) -> Result<Option<Cow<'a, str>>, Refused> {
    let text = match scalar {
        Scalar::Text(text) => Cow::Borrowed(text),
        Scalar::Json(value) => {
            let checked = json::check(value).map_err(|fault| Refused::NotJson { field, fault })?;
            match Kind::of(&checked) {
                Kind::Null => return Ok(None),
                Kind::Text => Cow::Owned(json::text_of(&checked).unwrap_or_default().into_owned()),
                Kind::Number if numbers => checked,
                other => {
                    return Err(Refused::NotText {
                        field,
                        found: other.noun(),
                    });
                }
            }
        }
    };
    if text.is_empty() {
        Err(Refused::NotText {
            field,
            found: "empty",
        })
    } else {
        Ok(Some(text))
    }
}

/// An object that `write` puts together from checked parts; its text is left in `text`.
fn made<'t>(
    text: &'t mut String,
    field: &'static str,
    write: &mut dyn FnMut(&mut json::Writer<'_>),
) -> Result<Object<'t>, Refused> {
    let mut object = json::Writer::new(text);
    write(&mut object);
    if object.is_empty() {
        return Ok(Object::default());
    }
    object.end();
    Object::parse_assembled(text).map_err(|fault| Refused::NotJson { field, fault })
}

/// An optional field that must be an object; absent is empty.
pub(crate) fn object<'a>(
    field: &'static str,
    text: Option<&'a str>,
) -> Result<Object<'a>, Refused> {
    text.map_or(Ok(Object::default()), |text| {
        Object::parse(text).map_err(|fault| Refused::NotJson { field, fault })
    })
}

/// The distinct id that the call names itself.
pub(crate) fn explicit_id<'a>(event: &Event<'a>) -> Result<Option<Cow<'a, str>>, Refused> {
    event
        .distinct_id
        .map_or(Ok(None), |id| text("distinct id", id, true))
}

/// The context's distinct id; an empty one is as good as none.
pub(crate) fn context_id<'a>(event: &Event<'a>) -> Option<Cow<'a, str>> {
    event
        .context
        .distinct_id
        .filter(|id| !id.is_empty())
        .map(Cow::Borrowed)
}

pub(crate) fn write_timestamp(
    out: &mut String,
    given: Option<&str>,
    now: Now,
    warnings: &mut dyn FnMut(Warning),
) {
    out.push('"');
    if !given.is_some_and(|text| time::write_normalised(out, text)) {
        if given.is_some() {
            warnings(Warning::BadTimestamp);
        }
        time::write_millis(out, now.unix);
    }
    out.push('"');
}

pub(crate) fn write_given_uuid(
    out: &mut String,
    given: Option<&str>,
    now: Now,
    random: &mut Random,
    warnings: &mut dyn FnMut(Warning),
) -> Uuid {
    /// Characters of the form with hyphens. The other forms are read too, and are written in this
    /// one.
    const HYPHENATED: usize = uuid::fmt::Hyphenated::LENGTH;
    let read = given.and_then(|text| Uuid::try_parse(text).ok());
    if given.is_some() && read.is_none() {
        warnings(Warning::BadUuid);
    }
    let uuid = read.unwrap_or_else(|| random.uuid(now.unix));
    match given.filter(|text| read.is_some() && text.len() == HYPHENATED) {
        Some(text) => json::write_text(out, text),
        None => write_uuid(out, uuid),
    }
    uuid
}

pub(crate) fn write_uuid(out: &mut String, uuid: Uuid) {
    out.push('"');
    out.push_str(
        uuid.hyphenated()
            .encode_lower(&mut [0; uuid::fmt::Hyphenated::LENGTH]),
    );
    out.push('"');
}
