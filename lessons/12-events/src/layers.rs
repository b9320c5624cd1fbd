//! Who wins when several hands set the same property: one ordered list, [`Layer`], and one rule: a property is
//! written unless a later layer has its name. This file must never know where a property comes from.

use crate::json::{self, Kind, Object};
use alloc::string::String;
use alloc::vec::Vec;

/// Who sets a property, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Layer {
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
pub(crate) struct Entries<'a>(Vec<Entry<'a>>);

impl<'a> Entries<'a> {
    pub(crate) fn new() -> Self {
        // More than most events have.
        Entries(Vec::with_capacity(32))
    }

    pub(crate) fn push(&mut self, layer: Layer, key: &'static str, value: &'a str) {
        self.0.push(Entry {
            layer,
            prefix: "",
            key,
            value,
            escaped: false,
        });
    }

    pub(crate) fn all(&mut self, layer: Layer, object: &'a Object<'_>) {
        let entry = |member: json::Member<'a>| Entry {
            layer,
            prefix: "",
            key: member.key,
            value: member.value,
            escaped: member.key.contains('\\'),
        };
        self.0.extend(object.members().map(entry));
    }

    /// One `$feature/<key>` for each flag.
    pub(crate) fn flags(&mut self, flags: &'a Object<'_>) {
        self.all(Layer::Flags, flags);
        self.0
            .iter_mut()
            .filter(|entry| entry.layer == Layer::Flags)
            .for_each(|entry| entry.prefix = "$feature/");
    }

    /// Writes what no later layer sets again, as one object; of that only what `keeps` says, if it is given.
    pub(crate) fn write(&self, out: &mut String, keeps: Option<&dyn Fn(&str) -> bool>) {
        let mut object = json::Writer::new(out);
        for entry in &self.0 {
            let mut stronger = self
                .0
                .iter()
                .rev()
                .take_while(|other| other.layer > entry.layer);
            let kept = keeps
                .is_none_or(|keeps| entry.prefix.is_empty() && keeps(&json::decode(entry.key)));
            if kept && !stronger.any(|other| entry.same_name(other)) {
                object
                    .split_key(entry.prefix, entry.key)
                    .push_str(entry.value);
            }
        }
        object.end();
    }
}

/// Writes the sorted names of the flags that are on; answers false, and writes nothing, if none is.
pub(crate) fn write_active(out: &mut String, flags: &Object<'_>) -> bool {
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
pub(crate) fn write_names<'a>(out: &mut String, names: impl Iterator<Item = &'a str>) {
    let mut separator = "[\"";
    for name in names {
        out.push_str(separator);
        out.push_str(name);
        separator = "\",\"";
    }
    out.push_str("\"]");
}
