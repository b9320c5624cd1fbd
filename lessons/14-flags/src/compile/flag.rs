//! One flag: its conditions in the order of the list, its variants with their bounds added up,
//! its payloads.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::Compiler;
use crate::definitions::{Aggregation, Body, Condition, Flag, Holdout, Variant};
use crate::interned::{at, count};
use crate::json::{Kind, Malformed, Node, Object, Reading};
use crate::names::Order;
use crate::printed;
use text::number;

const AGGREGATION: &str = "aggregation_group_type_index";

/// What the conditions of a flag read of it.
struct Inherited<'f> {
    /// The document's text for the flag's group type.
    group_index: Option<String>,
    variants: &'f [Variant],
    order: Order,
}

impl Compiler {
    pub(super) fn flag(&mut self, index: u32, object: &Object<'_>) -> Flag {
        let key: Box<str> = self.keys.text(index).into();
        let is_truthy = |name| object.get(name).is_some_and(Node::is_truthy);
        Flag {
            id: object.get("id").and_then(|id| number::read(id.raw())),
            has_experiment: object
                .get("has_experiment")
                .and_then(|node| match node.kind() {
                    Ok(Kind::Bool(value)) => Some(value),
                    _ => None,
                }),
            active: is_truthy("active"),
            experience_continuity: is_truthy("ensure_experience_continuity"),
            body: self.body(&key, object).ok(),
            key,
        }
    }

    fn body(&mut self, key: &str, flag: &Object<'_>) -> Result<Body, Malformed> {
        let Some(filters) = flag.get_some("filters") else {
            return Ok(Body {
                by_device: is_device(flag.get("bucketing_identifier")),
                ..Body::default()
            });
        };
        let filters = filters.object()?;
        let group_index = match filters.get_some(AGGREGATION) {
            Some(node) => Some(printed::of_node(node, printed::python)?),
            None => None,
        };
        let mut body = Body {
            aggregation: match &group_index {
                Some(index) => Aggregation::Group(self.group_type(index)),
                None => Aggregation::Person,
            },
            by_device: match flag
                .get("bucketing_identifier")
                .filter(|node| node.is_truthy())
            {
                Some(node) => is_device(Some(node)),
                None => is_device(filters.get("bucketing_identifier")),
            },
            early_exit: filters.get("early_exit").is_some_and(Node::is_truthy),
            ..Body::default()
        };
        let payloads = match filters.get_some("payloads") {
            Some(payloads) => Some(payloads.object()?),
            None => None,
        };
        let payload = |compiler: &mut Self, value: &str| match payloads
            .as_ref()
            .and_then(|all| all.get(value))
        {
            Some(node) => compiler.payload(node),
            None => Ok(None),
        };
        body.payload_on = payload(self, "true")?;
        body.payload_off = payload(self, "false")?;

        let mut variants = variants(&filters)?;
        let inherited = Inherited {
            group_index,
            order: Order::new(count(&variants), &|place| variant_key(&variants, place)),
            variants: &variants,
        };
        let mut conditions = Vec::new();
        for node in list(filters.get("groups"))? {
            conditions.push(self.condition(&node.object()?, &inherited)?);
        }
        body.conditions = conditions.into();
        if self.options.strict {
            body.enrollment = flag
                .get("feature_enrollment")
                .filter(|node| node.raw() == "true")
                .map(|_| self.names.index(&["$feature_enrollment/", key].concat()));
            body.holdout = holdout(&filters, &mut variants)?;
        }
        for variant in &mut variants {
            variant.payload = payload(self, &variant.key)?;
        }
        body.variants = variants.into();
        Ok(body)
    }

    fn condition(
        &mut self,
        condition: &Object<'_>,
        flag: &Inherited<'_>,
    ) -> Result<Condition, Malformed> {
        let mut compiled = Vec::new();
        for node in list(condition.get("properties"))? {
            compiled.push(self.filter(&node.object()?, false)?);
        }
        let imposed = match condition.get_some("variant") {
            Some(node) => variant_named(node, flag)?,
            None => None,
        };
        Ok(Condition {
            aggregation: self.own_aggregation(condition, flag)?,
            filters: compiled.into(),
            rollout: match condition.get_some("rollout_percentage") {
                Some(node) => Some(node.float()? / 100.0),
                None => None,
            },
            variant: imposed,
        })
    }

    /// What the condition says of itself. An absent member inherits; so does `null`, except where
    /// strict mode takes it for the person.
    fn own_aggregation(
        &self,
        condition: &Object<'_>,
        flag: &Inherited<'_>,
    ) -> Result<Option<Aggregation>, Malformed> {
        let Some(own) = condition.get(AGGREGATION) else {
            return Ok(None);
        };
        if own.is_null() {
            return Ok(self.options.strict.then_some(Aggregation::Person));
        }
        let own = printed::of_node(own, printed::python)?;
        Ok(if flag.group_index.as_ref() == Some(&own) {
            None
        } else {
            Some(Aggregation::Group(self.group_type(&own)))
        })
    }
}

/// `null` and an absent member are an empty list.
fn list(node: Option<Node<'_>>) -> Result<Vec<Node<'_>>, Malformed> {
    match node {
        Some(node) if !node.is_null() => node.list(),
        _ => Ok(Vec::new()),
    }
}

fn is_device(node: Option<Node<'_>>) -> bool {
    node.is_some_and(|node| node.raw() == "\"device_id\"")
}

fn variant_named(node: Node<'_>, flag: &Inherited<'_>) -> Result<Option<u32>, Malformed> {
    Ok(match node.kind()? {
        Kind::Text(name) if !name.is_empty() => flag
            .order
            .find(&name, &|place| variant_key(flag.variants, place)),
        _ => None,
    })
}

fn variant_key(variants: &[Variant], place: u32) -> &str {
    at(variants, place).map_or("", |variant| &variant.key)
}

/// The bounds are sums of fractions in the order of the list, rounding errors included: a place
/// next to a bound must fall on the same side in every SDK.
fn variants(filters: &Object<'_>) -> Result<Vec<Variant>, Malformed> {
    let Some(multivariate) = filters.get_some("multivariate") else {
        return Ok(Vec::new());
    };
    let mut variants = Vec::new();
    let mut from = 0.0;
    for node in list(multivariate.object()?.get("variants"))? {
        let variant = node.object()?;
        let key = variant.get("key").ok_or(Malformed)?.text()?.into();
        let to = from
            + variant
                .get("rollout_percentage")
                .ok_or(Malformed)?
                .float()?
                / 100.0;
        variants.push(Variant {
            key,
            from,
            to,
            payload: None,
        });
        from = to;
    }
    Ok(variants)
}

/// The holdout's variant comes last and has no place of its own.
fn holdout(
    filters: &Object<'_>,
    variants: &mut Vec<Variant>,
) -> Result<Option<Holdout>, Malformed> {
    let Some(node) = filters.get_some("holdout") else {
        return Ok(None);
    };
    let node = node.object()?;
    let id = printed::of_node(node.get("id").ok_or(Malformed)?, printed::json)?;
    let percentage = node.get("exclusion_percentage").ok_or(Malformed)?.float()?;
    let variant = count(variants);
    variants.push(Variant {
        key: ["holdout-", &id].concat().into(),
        from: 0.0,
        to: 0.0,
        payload: None,
    });
    Ok(Some(Holdout {
        share: percentage.clamp(0.0, 100.0) / 100.0,
        variant,
    }))
}
