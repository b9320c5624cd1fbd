//! Who wins when several hands set the same property: the layers of an event, the weakest first,
//! and one rule. A property is written unless a later layer has its name. A layer that shares no
//! name with the later ones, which is the usual case, is copied in one piece. How a layer came by
//! its properties this file must never know.

use crate::json::{self, Kind, Object};
use alloc::string::String;
use alloc::vec::Vec;

/// The properties of one event, by who sets them. The order is that of the fields: each wins over
/// those above it.
pub(crate) struct Layers<'a> {
    /// What the caller may overrule: a snapshot of its flags, `$process_person_profile: false` of
    /// an event that names nobody, and `$session_id` and `$device_id` of the context.
    pub(crate) hints: &'a Object<'a>,
    /// The context's tags.
    pub(crate) tags: &'a Object<'a>,
    /// The caller's own.
    pub(crate) caller: &'a Object<'a>,
    /// What the host knows of its runtime and system.
    pub(crate) runtime: &'a Object<'a>,
    /// `$context_tags`, the names of the tags, and `$groups`.
    pub(crate) around: &'a Object<'a>,
    /// `$lib` and `$lib_version`.
    pub(crate) library: &'a Object<'a>,
    /// `$geoip_disable`.
    pub(crate) geoip: &'a Object<'a>,
    /// The client's super properties: over the caller's, as in the other server SDKs.
    pub(crate) super_properties: &'a Object<'a>,
    /// `$is_server`, last so that nothing overrides it.
    pub(crate) server: &'a Object<'a>,
}

impl Layers<'_> {
    /// Writes what no later layer sets again, as one object; of that only what `keeps` says, if it
    /// is given.
    pub(crate) fn write(&self, out: &mut String, keeps: Option<&dyn Fn(&str) -> bool>) {
        let layers = [
            self.hints,
            self.tags,
            self.caller,
            self.runtime,
            self.around,
            self.library,
            self.geoip,
            self.super_properties,
            self.server,
        ];
        let mut object = json::Writer::new(out);
        let mut rest = layers.as_slice();
        while let Some((layer, later)) = rest.split_first() {
            rest = later;
            if layer.is_empty() {
                continue;
            }
            if keeps.is_none() && layer.shares_no_name_with(later) {
                object.copy(layer.inside());
                continue;
            }
            for member in layer.members() {
                let overruled = later.iter().any(|layer| layer.has(member.key));
                if !overruled && keeps.is_none_or(|keeps| keeps(&json::decode(member.key))) {
                    object.copy(member.whole);
                }
            }
        }
        object.end();
    }
}

/// Writes `$feature/<key>` for each flag, and `$active_feature_flags`, the sorted names of those
/// that are on, if any is.
pub(crate) fn write_flags(object: &mut json::Writer<'_>, flags: &Object<'_>) {
    let mut active: Vec<&str> = Vec::new();
    for flag in flags.members() {
        object.split_key("$feature/", flag.key).push_str(flag.value);
        if flag.value != "false" && Kind::of(flag.value) != Kind::Null {
            // In its place at once: the sort of `core` is three kilobytes of module.
            let place = active.partition_point(|name| *name < flag.key);
            active.insert(place, flag.key);
        }
    }
    if !active.is_empty() {
        write_names(object.key("$active_feature_flags"), active.into_iter());
    }
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
