//! Who wins when several sources set the same property: the layers of an event, the weakest first.
//!
//! There is one rule: a property is written unless a later layer has its name. A layer that shares
//! no name with the later ones, which is the usual case, is copied in one piece. How a layer came
//! by its properties this file must never know.

use crate::json::{self, Object};
use alloc::string::String;

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
    /// An object, or nothing, with names that `keeps` allows in none of the others.
    pub(crate) owned: &'a str,
}

/// Whether an event may have a property of this name with this JSON value.
pub(crate) type Keeps<'a> = dyn Fn(&str, &str) -> bool + 'a;

impl Layers<'_> {
    /// Writes what no later layer sets again, as one object; of all layers but `owned` only the
    /// names and values that `keeps` allows, if it is given.
    pub(crate) fn write(&self, out: &mut String, keeps: Option<&Keeps<'_>>) {
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
                let Some(keeps) = keeps else {
                    if !later.iter().any(|layer| layer.has(member.key)) {
                        object.copy(member.whole);
                    }
                    continue;
                };
                let name = json::decode(member.key);
                let kept = |value: &str| keeps(&name, value);
                let mut later = later.iter().filter_map(|layer| layer.get(&name));
                if kept(member.value) && !later.any(kept) {
                    object.copy(member.whole);
                }
            }
        }
        let owned = self.owned.strip_prefix("{\"");
        if let Some(members) = owned.and_then(|owned| owned.strip_suffix('}')) {
            object.copy(members);
        }
        object.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;
    use serde_json::{Map, Value};
    use std::vec::Vec;

    /// Names that meet often: short ones, of both halves of the bits, and spelled in two ways.
    fn layer() -> impl Strategy<Value = String> {
        let name = prop::sample::select(&["a", "\\u0061", "b", "ab", "$lib", "\\u0024lib", ""][..]);
        prop::collection::vec((name, 0_u8..100), 0..4).prop_map(|members| {
            let mut text = String::new();
            let mut object = json::Writer::new(&mut text);
            for (name, value) in members {
                object.member(name, &std::format!("{value}"));
            }
            object.end();
            text
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(12), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_property_has_the_value_of_the_last_layer_that_may_set_it(
            texts in prop::collection::vec(layer(), 9),
            filtered in any::<bool>(),
        ) {
            let keeps = |name: &str, _: &str| name != "b";
            let objects: Vec<_> = texts.iter().map(|text| json::given(text).unwrap()).collect();
            let layers = Layers {
                hints: &objects[0],
                tags: &objects[1],
                caller: &objects[2],
                runtime: &objects[3],
                around: &objects[4],
                library: &objects[5],
                geoip: &objects[6],
                super_properties: &objects[7],
                server: &objects[8],
                owned: if filtered { "{\"b\":7}" } else { "" },
            };
            let mut out = String::new();
            layers.write(&mut out, filtered.then_some(&keeps as &Keeps<'_>));
            let read = |text: &String| {
                let mut layer: Map<String, Value> = serde_json::from_str(text).unwrap();
                layer.retain(|name, _| !filtered || name != "b");
                layer
            };
            let mut expected = Map::new();
            let mut count = 0;
            for (place, text) in texts.iter().enumerate() {
                let layer = read(text);
                let later: Vec<_> = texts[place + 1..].iter().map(read).collect();
                let wins = |name: &str| layer.contains_key(name) && !later.iter().any(|layer| layer.contains_key(name));
                let members = objects[place].members();
                count += members.filter(|member| wins(&json::decode(member.key))).count();
                expected.extend(layer);
            }
            if filtered {
                expected.insert("b".into(), 7.into());
                count += 1;
            }
            prop_assert_eq!(serde_json::from_str::<Map<String, Value>>(&out).unwrap(), expected);
            prop_assert_eq!(json::given(&out).unwrap().members().count(), count);
        }
    }
}
