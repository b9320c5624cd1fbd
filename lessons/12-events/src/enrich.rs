//! From what the caller handed over to the one text that is queued and sent.
//!
//! Many hands add properties: the caller, the runtime, the context, flags, the client's own options. Who wins is one
//! ordered list, [`Layer`]; a property is written unless a later layer has its name. The caller's text is copied, not
//! rebuilt. This file must never know what happens to the text afterwards.

use crate::config::{Config, ConfigError, object_option};
use crate::event::{Event, Refused, Scalar};
use crate::json::{self, Kind, Object};
use crate::output::Warning;
use crate::random::Random;
use crate::time::{self, Now};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use uuid::Uuid;

/// Who sets a property, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    /// `$feature/<key>` and `$active_feature_flags`: a snapshot never overrides what the caller says.
    Flags,
    /// `$process_person_profile: false` of an event that names nobody.
    Personless,
    /// `$session_id` and `$device_id` of the context.
    Session,
    /// The context's tags.
    Tags,
    /// The caller's own.
    Caller,
    /// What the host knows of its runtime and system.
    Runtime,
    /// `$context_tags`, the names of the tags.
    TagNames,
    /// `$groups`.
    Groups,
    /// `$lib` and `$lib_version`.
    Library,
    /// `$geoip_disable`.
    Geoip,
    /// The client's super properties: over the caller's, as in the other server SDKs.
    Super,
    /// `$is_server`, last so that nothing overrides it.
    Server,
}

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
    super_properties: Object<'static>,
    library: String,
    library_version: String,
    disable_geoip: bool,
    is_server: bool,
}

impl Defaults {
    pub(crate) fn new(config: &Config) -> Result<Self, ConfigError> {
        let quoted = |text: &str| {
            let mut out = String::new();
            json::write_text(&mut out, text);
            out
        };
        Ok(Defaults {
            runtime: object_option("runtime_properties", config.runtime_properties.as_deref())?,
            super_properties: object_option(
                "super_properties",
                config.super_properties.as_deref(),
            )?,
            library: quoted(&config.library),
            library_version: quoted(&config.library_version),
            disable_geoip: config.disable_geoip,
            is_server: config.is_server,
        })
    }

    /// Writes the event's whole JSON into `out`, which is cleared first, and answers its identifier.
    pub(crate) fn assemble(
        &self,
        out: &mut String,
        event: &Event<'_>,
        surroundings: Surroundings,
        now: Now,
        random: &mut Random,
        warnings: &mut impl FnMut(Warning),
    ) -> Result<Uuid, Refused> {
        out.clear();
        let name = text("event name", event.name, false)?.ok_or(Refused::NotText {
            field: "event name",
            found: "null",
        })?;
        let explicit = event
            .distinct_id
            .map(|id| text("distinct id", id, true))
            .transpose()?
            .flatten();
        let known = explicit.or_else(|| context_id(event));
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

        let mut session = String::new();
        let mut device = String::new();
        let mut names = String::new();
        let mut active = String::new();
        let mut entries = Entries(Vec::with_capacity(32));
        for flag in flags.members() {
            entries.0.push(Entry {
                layer: Layer::Flags,
                prefix: "$feature/",
                key: flag.key,
                value: flag.value,
                escaped: flag.key.contains('\\'),
            });
        }
        if write_active(&mut active, &flags) {
            entries.push(Layer::Flags, "$active_feature_flags", &active);
        }
        if known.is_none() {
            entries.push(Layer::Personless, "$process_person_profile", "false");
        }
        if surroundings != Surroundings::None
            && let Some(id) = event.context.session_id
        {
            json::write_text(&mut session, id);
            entries.push(Layer::Session, "$session_id", &session);
        }
        if surroundings == Surroundings::All {
            if let Some(id) = event.context.device_id {
                json::write_text(&mut device, id);
                entries.push(Layer::Session, "$device_id", &device);
            }
            entries.all(Layer::Tags, &tags);
        }
        entries.all(Layer::Caller, &caller);
        if surroundings == Surroundings::All {
            entries.all(Layer::Runtime, &self.runtime);
            if !tags.is_empty() {
                write_names(&mut names, tags.members().map(|tag| tag.key));
                entries.push(Layer::TagNames, "$context_tags", &names);
            }
        }
        if !groups.is_empty() {
            entries.push(Layer::Groups, "$groups", groups.text());
        }
        entries.push(Layer::Library, "$lib", &self.library);
        entries.push(Layer::Library, "$lib_version", &self.library_version);
        if event.disable_geoip.unwrap_or(self.disable_geoip) {
            entries.push(Layer::Geoip, "$geoip_disable", "true");
        }
        entries.all(Layer::Super, &self.super_properties);
        if self.is_server {
            entries.push(Layer::Server, "$is_server", "true");
        }
        entries.write(root.key("properties"), event.minimal.then_some(self));
        root.end();
        Ok(uuid)
    }

    /// True if a minimal `$feature_flag_called` keeps a property of this name.
    fn keeps(&self, key: &str) -> bool {
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

/// A property that some layer wants to set.
struct Entry<'a> {
    layer: Layer,
    /// Written before the name; `$feature/` or nothing.
    prefix: &'static str,
    key: &'a str,
    value: &'a str,
    /// True if the name has escapes, so that comparing its bytes is not enough.
    escaped: bool,
}

impl Entry<'_> {
    fn same_name(&self, other: &Entry<'_>) -> bool {
        if self.escaped || other.escaped {
            let name = |entry: &Entry<'_>| [entry.prefix, &json::decode(entry.key)].concat();
            return name(self) == name(other);
        }
        other.prefix.is_empty() && other.key.strip_prefix(self.prefix) == Some(self.key)
    }
}

/// All properties that any layer wants to set, in the order of the layers.
struct Entries<'a>(Vec<Entry<'a>>);

impl<'a> Entries<'a> {
    fn push(&mut self, layer: Layer, key: &'static str, value: &'a str) {
        self.0.push(Entry {
            layer,
            prefix: "",
            key,
            value,
            escaped: false,
        });
    }

    fn all(&mut self, layer: Layer, object: &'a Object<'_>) {
        let entry = |member: json::Member<'a>| Entry {
            layer,
            prefix: "",
            key: member.key,
            value: member.value,
            escaped: member.key.contains('\\'),
        };
        self.0.extend(object.members().map(entry));
    }

    fn write(&self, out: &mut String, minimal: Option<&Defaults>) {
        let mut object = json::Writer::new(out);
        for entry in &self.0 {
            let mut stronger = self
                .0
                .iter()
                .rev()
                .take_while(|other| other.layer > entry.layer);
            if stronger.any(|other| entry.same_name(other)) {
                continue;
            }
            if minimal.is_some_and(|defaults| {
                !entry.prefix.is_empty() || !defaults.keeps(&json::decode(entry.key))
            }) {
                continue;
            }
            object
                .split_key(entry.prefix, entry.key)
                .push_str(entry.value);
        }
        object.end();
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

/// An optional field that must be an object; absent is empty.
pub(crate) fn object<'a>(
    field: &'static str,
    text: Option<&'a str>,
) -> Result<Object<'a>, Refused> {
    text.map_or(Ok(Object::default()), |text| {
        Object::parse(text).map_err(|fault| Refused::NotJson { field, fault })
    })
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
    warnings: &mut impl FnMut(Warning),
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
    warnings: &mut impl FnMut(Warning),
) -> Uuid {
    /// Characters of the form with hyphens. The other forms are read too, and are written in this one.
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

/// Writes the sorted names of the flags that are on; answers false, and writes nothing, if none is.
fn write_active(out: &mut String, flags: &Object<'_>) -> bool {
    let mut names: Vec<&str> = Vec::new();
    for flag in flags
        .members()
        .filter(|flag| flag.value != "false" && Kind::of(flag.value) != Kind::Null)
    {
        // In its place at once: the sort of `core` is three kilobytes of module.
        names.insert(names.partition_point(|name| *name < flag.key), flag.key);
    }
    if names.is_empty() {
        return false;
    }
    write_names(out, names.into_iter());
    true
}

/// Writes an array of names that are already escaped.
fn write_names<'a>(out: &mut String, names: impl Iterator<Item = &'a str>) {
    let mut separator = "[\"";
    for name in names {
        out.push_str(separator);
        out.push_str(name);
        separator = "\",\"";
    }
    out.push_str("\"]");
}
