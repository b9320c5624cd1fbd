//! Who wins when several hands set the same property: one ordered list, [`Layer`], and one rule: a property is
//! written unless a later layer has its name. The list names every hand, so that the order is read in one place; how
//! a hand came by its properties this file must never know.

use crate::json::{self, Kind, Member, Object};
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

/// How many layers there are.
const LAYERS: usize = Layer::Server as usize + 1;

/// A property that some layer wants to set.
struct Entry<'a> {
    layer: Layer,
    /// Written before the name; `$feature/` or nothing.
    prefix: &'static str,
    member: Member<'a>,
}

impl Entry<'_> {
    fn same_name(&self, other: &Entry<'_>) -> bool {
        if self.member.escaped || other.member.escaped {
            let name = |entry: &Entry<'_>| [entry.prefix, &json::decode(entry.member.key)].concat();
            return name(self) == name(other);
        }
        other.prefix.is_empty()
            && other.member.key.strip_prefix(self.prefix) == Some(self.member.key)
    }

    /// A bit that equal names share, drawn from length and ends; all bits if the bytes may be spelled otherwise.
    fn bit(&self) -> u64 {
        let (prefix, key) = (self.prefix.as_bytes(), self.member.key.as_bytes());
        if self.member.escaped {
            return u64::MAX;
        }
        let first = prefix.first().or(key.first()).copied().unwrap_or(0);
        let last = key.last().copied().unwrap_or(0);
        let length = prefix.len().wrapping_add(key.len()) as u32;
        1_u64.wrapping_shl(
            length.wrapping_mul(5) ^ u32::from(first) ^ u32::from(last).wrapping_mul(3),
        )
    }
}

/// All properties that any layer wants to set, in the order of the layers.
pub(crate) struct Entries<'a> {
    list: Vec<Entry<'a>>,
    /// The bits of each layer's names: most names are nobody else's, and one look here says so.
    names: [u64; LAYERS],
}

impl<'a> Entries<'a> {
    pub(crate) fn new() -> Self {
        // Room for an event's own properties beside the dozen that surround it; a longer list grows.
        Entries {
            list: Vec::with_capacity(32),
            names: [0; LAYERS],
        }
    }

    pub(crate) fn push(&mut self, layer: Layer, key: &'static str, value: &'a str) {
        let member = Member {
            key,
            value,
            whole: "",
            escaped: false,
        };
        self.add(Entry {
            layer,
            prefix: "",
            member,
        });
    }

    pub(crate) fn all(&mut self, layer: Layer, object: &'a Object<'_>) {
        for member in object.members() {
            self.add(Entry {
                layer,
                prefix: "",
                member,
            });
        }
    }

    /// One `$feature/<key>` for each flag.
    pub(crate) fn flags(&mut self, flags: &'a Object<'_>) {
        for member in flags.members() {
            self.add(Entry {
                layer: Layer::Flags,
                prefix: "$feature/",
                member,
            });
        }
    }

    fn add(&mut self, entry: Entry<'a>) {
        if let Some(names) = self.names.get_mut(entry.layer as usize) {
            *names |= entry.bit();
        }
        self.list.push(entry);
    }

    /// Writes what no later layer sets again, as one object; of that only what `keeps` says, if it is given.
    pub(crate) fn write(&self, out: &mut String, keeps: Option<&dyn Fn(&str) -> bool>) {
        let mut object = json::Writer::new(out);
        for entry in &self.list {
            let later = self.names.iter().skip(entry.layer as usize).skip(1);
            let maybe = later.fold(0, |bits, names| bits | names) & entry.bit() != 0;
            let mut stronger = self
                .list
                .iter()
                .rev()
                .take_while(|other| other.layer > entry.layer);
            if maybe && stronger.any(|other| entry.same_name(other)) {
                continue;
            }
            if keeps.is_some_and(|keeps| {
                !entry.prefix.is_empty() || !keeps(&json::decode(entry.member.key))
            }) {
                continue;
            }
            if entry.prefix.is_empty() && !entry.member.whole.is_empty() {
                object.copy(&entry.member);
            } else {
                object
                    .split_key(entry.prefix, entry.member.key)
                    .push_str(entry.member.value);
            }
        }
        object.end();
    }
}

/// Writes the sorted names of the flags that are on; returns false, and writes nothing, if none is.
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
