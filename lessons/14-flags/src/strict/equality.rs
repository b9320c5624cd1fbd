//! `exact` and `is_not` in strict mode, whose meaning the document chooses by its
//! `property_matching_version`: with 2 texts are compared, with anything else a filter that looks
//! boolean compares truthiness instead.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::fold::{self, Place};
use crate::json::{Document, Kind, Malformed, Node};
use crate::lower;
use crate::person::Value;
use crate::printed;
use crate::work::Work;

#[derive(Debug)]
pub(crate) enum Equality {
    /// The value's truthiness has to be this.
    Truth(bool),
    /// The value's lower-cased text has to be one of these.
    Texts(Box<[Box<str>]>),
}

impl Equality {
    pub(crate) fn compile(filter: Node<'_>, explicit: bool) -> Result<Self, Malformed> {
        let kind = filter.kind()?;
        let is_empty_list = matches!(&kind, Kind::List(items) if items.is_empty());
        if is_empty_list || (!explicit && is_boolean_like(filter)?) {
            return Ok(Equality::Truth(is_true(filter)));
        }
        let nodes = match kind {
            Kind::List(items) => items,
            _ => [filter].to_vec(),
        };
        let lowered = |node| Ok(lower::of_text(&printed::of_node(node, printed::json)?).into());
        Ok(Equality::Texts(
            nodes
                .into_iter()
                .map(lowered)
                .collect::<Result<Vec<_>, _>>()?
                .into(),
        ))
    }

    pub(crate) fn holds(&self, value: Value<'_>, text: &str, work: &mut Work) -> bool {
        match self {
            Equality::Truth(expected) => value_is_true(value) == *expected,
            Equality::Texts(any) if text.is_ascii() => any
                .iter()
                .any(|wanted| fold::found_ascii(text, wanted, Place::Whole, work)),
            Equality::Texts(any) => {
                // A final sigma depends on what stands before it, so the whole text is needed.
                let lowered = lower::of_text(text);
                work.spend(any.len());
                any.iter().any(|wanted| **wanted == *lowered)
            }
        }
    }
}

fn is_boolean_like(node: Node<'_>) -> Result<bool, Malformed> {
    Ok(match node.kind()? {
        Kind::Bool(_) => true,
        Kind::Text(text) => text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"),
        Kind::List(items) => {
            for item in items {
                if !is_boolean_like(item)? {
                    return Ok(false);
                }
            }
            true
        }
        _ => false,
    })
}

fn is_true(node: Node<'_>) -> bool {
    match node.kind() {
        Ok(Kind::Bool(value)) => value,
        Ok(Kind::Text(text)) => text.eq_ignore_ascii_case("true"),
        Ok(Kind::List(items)) => items.into_iter().all(is_true),
        _ => false,
    }
}

fn value_is_true(value: Value<'_>) -> bool {
    match value {
        Value::Bool(value) => value,
        Value::Text(text) => text.eq_ignore_ascii_case("true"),
        Value::Json(json) => {
            let document = Document::parse(json, u32::MAX, printed::DEPTH);
            document.is_ok_and(|document| is_true(document.root()))
        }
        Value::Null | Value::Number(_) => false,
    }
}
