//! From what the caller handed over to the one text that is queued and sent.
//!
//! Many sources have properties for it: the caller, the runtime, the context, flags, the client's
//! own options. Here they are collected, and [`crate::layers`] says who wins. The caller's text is
//! copied, not rebuilt; `fields` reads and writes what is a field of its own.

mod fields;

pub(crate) use fields::{
    context_id, explicit_id, object, text, write_given_uuid, write_timestamp, write_uuid,
};

use crate::config::{Config, ConfigError, object_option};
use crate::event::Event;
use crate::exception;
use crate::json::{self, Kind, Object};
use crate::layers::{Keeps, Layers};
use crate::output::Warning;
use crate::random::Random;
use crate::refused::Refused;
use crate::time::Now;
use ::text::sort::sort;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use uuid::Uuid;

/// How much of its surroundings an event takes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surroundings {
    /// Runtime and context: ordinary captures.
    All,
    /// The context's session alone: `alias` and `group_identify`.
    Session,
    /// Nothing: `set` and `set_once`. posthog-python 7.42 merges the context into their `$set`, and
    /// the server makes properties of the person of what it finds there.
    None,
}

/// What a special event is as an ordinary one; it takes the place of those fields of the event.
pub(crate) struct Plan<'a> {
    pub(crate) name: &'static str,
    pub(crate) distinct_id: Option<Cow<'a, str>>,
    /// An object around texts that were checked, and deeper than they by that; absent means the
    /// event's own properties.
    pub(crate) properties: Option<String>,
    /// The same with the properties of an exception that nobody else may set.
    pub(crate) owned: Option<String>,
    pub(crate) surroundings: Surroundings,
}

/// The parts of every event that are the same for the life of a client.
pub(crate) struct Defaults {
    runtime: Object<'static>,
    library: Object<'static>,
    /// The property of an event that asks for no look-up of its address.
    geoip: Object<'static>,
    /// Whether an event asks for that unless it says otherwise.
    disable_geoip: bool,
    super_properties: Object<'static>,
    minimal_keeps_attribution: bool,
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
            minimal_keeps_attribution: config.minimal_keeps_attribution,
            server: object_option("is_server", server)?,
        })
    }

    /// Writes the event's whole JSON into `out`, which is cleared first, and returns its
    /// identifier.
    pub(crate) fn assemble(
        &self,
        out: &mut String,
        event: &Event<'_>,
        plan: Option<&Plan<'_>>,
        now: Now,
        random: &mut Random,
        warnings: &mut dyn FnMut(Warning),
    ) -> Result<Uuid, Refused> {
        out.clear();
        let (name, known, caller, surroundings) = match plan {
            Some(plan) => (
                Cow::Borrowed(plan.name),
                plan.distinct_id.as_deref().map(Cow::Borrowed),
                match &plan.properties {
                    Some(properties) => assembled("properties", properties)?,
                    None => object("properties", event.properties)?,
                },
                plan.surroundings,
            ),
            None => (
                text("event name", event.name, false)?.ok_or(Refused::NotText {
                    field: "event name",
                    found: "null",
                })?,
                explicit_id(event)?.or_else(|| context_id(event)),
                object("properties", event.properties)?,
                Surroundings::All,
            ),
        };
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
        let minimal = |name: &str, _: &str| self.keeps(name);
        let owned = plan.and_then(|plan| plan.owned.as_deref());
        let keeps: Option<&Keeps<'_>> = if owned.is_some() {
            Some(&exception::keeps)
        } else {
            event.minimal.then_some(&minimal)
        };
        let mut text = String::new();
        let around = made(&mut text, "groups", &mut |around| {
            if !tags.is_empty() {
                let kept = tags.members().filter(|tag| {
                    keeps.is_none_or(|keeps| keeps(&json::decode(tag.key), tag.value))
                });
                write_names(around, "$context_tags", &mut kept.map(|tag| tag.key));
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
            owned: owned.unwrap_or_default(),
        };
        layers.write(root.key("properties"), keeps);
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
        /// Those that posthog-js registers of an address, in PostHog's contract for
        /// `$feature_flag_called`; never `$referrer`.
        const ATTRIBUTION: [&str; 10] = [
            "$referring_domain",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_content",
            "utm_term",
            "gad_source",
            "mc_cid",
            "gclid",
            "fbclid",
        ];
        KEPT.contains(&key)
            || (self.minimal_keeps_attribution && ATTRIBUTION.contains(&key))
            || self.runtime.get(key).is_some()
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
    assembled(field, text)
}

/// An object that this crate put together.
fn assembled<'t>(field: &'static str, text: &'t str) -> Result<Object<'t>, Refused> {
    json::assembled(text).map_err(|fault| Refused::NotJson { field, fault })
}

/// Writes `$feature/<key>` for each flag, and `$active_feature_flags`, the sorted names of those
/// that are on, if any is.
fn write_flags(object: &mut json::Writer<'_>, flags: &Object<'_>) {
    let mut active: Vec<&str> = Vec::new();
    for flag in flags.members() {
        object.split_key("$feature/", flag.key).push_str(flag.value);
        if flag.value != "false" && Kind::of(flag.value) != Kind::Null {
            active.push(flag.key);
        }
    }
    if !active.is_empty() {
        let mut order: Vec<u32> = (0..active.len() as u32).collect();
        let at = |place: u32| active.get(place as usize).copied().unwrap_or_default();
        sort(&mut order, &|one, other| at(one) < at(other));
        let mut names = order.into_iter().map(at);
        write_names(object, "$active_feature_flags", &mut names);
    }
}

/// Writes an array of names that are already escaped; nothing if there are none.
fn write_names(object: &mut json::Writer<'_>, key: &str, names: &mut dyn Iterator<Item = &str>) {
    let Some(first) = names.next() else { return };
    let out = object.key(key);
    out.push_str("[\"");
    out.push_str(first);
    for name in names {
        out.push_str("\",\"");
        out.push_str(name);
    }
    out.push_str("\"]");
}
