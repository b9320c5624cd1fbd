//! From JSON to [`Definitions`]: the document's outermost level, and what its parts share. A part
//! that cannot be read spoils the flag it stands in, never the document.

mod cohort;
mod filter;
mod flag;

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::definitions::{Definitions, Options, Payload};
use crate::interned::{Interned, at, count, put};
use crate::json::{Document, Kind, Malformed, Node, Object, Reading};
use crate::limits::DocumentError;
use crate::regex::Budget;
use crate::remote::is_quota_limited;

/// What the parts of a document need of the whole while they are compiled.
struct Compiler {
    options: Options,
    /// `property_matching_version` is 2.
    explicit: bool,
    /// Keys of defined flags first, so that a flag's slot is its index.
    keys: Interned,
    names: Interned,
    cohort_ids: Interned,
    group_types: Interned,
    /// What the document calls the group types, and our index of each.
    group_indices: Interned,
    group_of_index: Vec<u32>,
    payloads: Vec<Payload>,
    regex_budget: Budget,
}

impl Definitions {
    /// Compiles the answer of the definitions endpoint. `flags` makes it one: JSON without it, such
    /// as a proxy's or a login page's, is refused and not taken for a project without flags.
    /// Without a readable `group_type_mapping` or `cohorts` the flags that need them go to the
    /// server.
    ///
    /// # Errors
    /// [`DocumentError`] when the text exceeds a limit, is not JSON, has no list of `flags`, or says
    /// that the quota is used up. A malformed flag is not an error: it is inconclusive.
    pub fn parse(json: &str, options: &Options) -> Result<Self, DocumentError> {
        let document = options.limits.open(json)?;
        let wrong =
            |part, expected| move |_: Malformed| DocumentError::WrongType { part, expected };
        let root = document
            .root()
            .object()
            .map_err(wrong("the document", "an object"))?;
        let flags = root.get("flags").ok_or(Malformed).and_then(Node::list);
        let flags = flags.map_err(wrong("flags", "a list"))?;
        // posthog-python keeps what it has also when the flags are there.
        if is_quota_limited(&root) {
            return Err(wrong("quotaLimited", "without feature_flags")(Malformed));
        }
        let part = |name| root.get_some(name);
        let object = |name| part(name).and_then(|node| node.object().ok());

        let mut compiler = Compiler {
            options: *options,
            explicit: part("property_matching_version")
                .is_some_and(|node| node.float().is_ok_and(|number| number == 2.0)),
            keys: Interned::default(),
            names: Interned::default(),
            cohort_ids: Interned::default(),
            group_types: Interned::default(),
            group_indices: Interned::default(),
            group_of_index: Vec::new(),
            payloads: Vec::new(),
            regex_budget: Budget::default(),
        };
        if let Some(mapping) = object("group_type_mapping") {
            compiler.group_types(mapping);
        }
        let mut cohorts = Vec::new();
        let groups = object("cohorts");
        for (id, group) in groups.iter().flat_map(Object::members) {
            // Of an id given twice the last counts.
            put(&mut cohorts, compiler.cohort_ids.index(&id), group);
        }

        let mut skipped = 0_u32;
        let mut defined: Vec<Object<'_>> = Vec::new();
        for node in flags {
            let Some((key, object)) = header(node) else {
                skipped = skipped.saturating_add(1);
                continue;
            };
            put(&mut defined, compiler.keys.index(&key), object);
        }
        let cohorts = compiler.cohorts(cohorts);
        let flags = (0..)
            .zip(&defined)
            .map(|(index, object)| compiler.flag(index, object))
            .collect();

        Ok(Definitions {
            options: *options,
            flags,
            keys: compiler.keys,
            names: compiler.names,
            group_types: compiler.group_types,
            cohorts,
            payloads: compiler.payloads,
            minimal_flag_called_events: part("minimal_flag_called_events")
                .is_some_and(|node| node.raw() == "true"),
            skipped,
            is_complete: root.get("group_type_mapping").is_some() && root.get("cohorts").is_some(),
        })
    }
}

/// A flag's key, without which it cannot be asked for.
fn header(node: Node<'_>) -> Option<(Box<str>, Object<'_>)> {
    let object = node.object().ok()?;
    let key = object.get("key")?.text().ok()?;
    Some((key.into(), object))
}

impl Compiler {
    fn group_types(&mut self, mapping: Object<'_>) {
        for (index, name) in mapping.members() {
            if let Ok(name) = name.text() {
                let own = self.group_types.index(&name);
                let index = self.group_indices.index(&index);
                put(&mut self.group_of_index, index, own);
            }
        }
    }

    /// Our index of a group type, which the document gives as a number.
    fn group_type(&self, index: &str) -> Option<u32> {
        at(&self.group_of_index, self.group_indices.find(index)?).copied()
    }

    /// Keeps a payload, decoded, and gives its index; `null` and the empty text are none.
    fn payload(&mut self, node: Node<'_>) -> Result<Option<u32>, Malformed> {
        let index = count(&self.payloads);
        let payload = Payload::decode(node)?;
        Ok(payload.map(|payload| {
            self.payloads.push(payload);
            index
        }))
    }
}

impl Payload {
    /// A payload as it is on the wire: JSON text inside of a JSON text, mostly.
    pub(crate) fn decode(node: Node<'_>) -> Result<Option<Self>, Malformed> {
        Ok(match node.kind()? {
            Kind::Null => None,
            Kind::Text(text) if text.is_empty() => None,
            Kind::Text(text) => Some(match Document::parse(&text, u32::MAX, 0) {
                Ok(json) => Payload::Json(json.root().raw().into()),
                Err(_) => Payload::Text(text.into_owned()),
            }),
            _ => Some(Payload::Json(node.raw().into())),
        })
    }
}
