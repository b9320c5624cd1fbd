//! The operators in default mode: a filter's operator and value, compiled once into a question,
//! and the answer for one present value. Strict mode has its own in `strict/operator.rs`.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::date::{self, Dialect, Micros};
use crate::fold::{self, Place};
use crate::json::{Kind, Malformed, Node};
use crate::number::{self, Short};
use crate::person::Value;
use crate::printed;
use crate::regex::{Budget, Pattern};
use crate::verdict::{Stop, Verdict, Why};
use crate::version::{self, Relation, VersionTest};
use crate::work::Work;
use text::number::float;

/// What a filter asks of a value, ready to be asked.
#[derive(Debug)]
pub(crate) enum Test {
    /// One of these folded texts, or none of them.
    Equals {
        any: Box<[Box<str>]>,
        negated: bool,
    },
    IsSet,
    IsNotSet,
    /// A folded text at a place, or not there.
    Find {
        needle: Box<str>,
        place: Place,
        negated: bool,
    },
    Regex {
        pattern: Pattern,
        negated: bool,
    },
    /// Against a number where the filter reads as one and the value is no text, else as text.
    Compare {
        order: Order,
        number: Option<f64>,
        text: Box<str>,
    },
    Date {
        after: bool,
        bound: Option<date::Bound>,
    },
    Version(Option<VersionTest>),
}

/// How the value has to stand to the filter's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

impl Order {
    pub(crate) fn holds<T: PartialOrd>(self, value: T, filter: T) -> bool {
        match self {
            Order::Greater => value > filter,
            Order::GreaterOrEqual => value >= filter,
            Order::Less => value < filter,
            Order::LessOrEqual => value <= filter,
        }
    }

    pub(crate) fn named(operator: &str) -> Option<Self> {
        Some(match operator {
            "gt" => Order::Greater,
            "gte" => Order::GreaterOrEqual,
            "lt" => Order::Less,
            "lte" => Order::LessOrEqual,
            _ => return None,
        })
    }
}

/// The operators on versions, which have the same names in both modes.
pub(crate) fn relation(operator: &str) -> Option<Relation> {
    Some(match operator.strip_prefix("semver_")? {
        "eq" => Relation::Equal,
        "neq" => Relation::Unequal,
        "gt" => Relation::Greater,
        "gte" => Relation::GreaterOrEqual,
        "lt" => Relation::Less,
        "lte" => Relation::LessOrEqual,
        "tilde" => Relation::Tilde,
        "caret" => Relation::Caret,
        "wildcard" => Relation::Wildcard,
        _ => return None,
    })
}

/// The operators that look for a text within another, which have the same names in both modes.
pub(crate) fn place(operator: &str) -> Option<(Place, bool)> {
    let (operator, negated) = match operator.strip_prefix("not_") {
        Some(operator) => (operator, true),
        None => (operator, false),
    };
    let place = match operator {
        "icontains" => Place::Anywhere,
        "starts_with" => Place::Start,
        "ends_with" => Place::End,
        _ => return None,
    };
    Some((place, negated))
}

impl Test {
    /// `None` when the operator is unknown.
    pub(crate) fn compile(
        operator: &str,
        filter: Node<'_>,
        budget: &mut Budget,
    ) -> Result<Option<Self>, Malformed> {
        let text = || printed::of_node(filter, printed::python);
        if let Some((place, negated)) = place(operator) {
            return Ok(Some(Test::Find {
                needle: folded(&text()?),
                place,
                negated,
            }));
        }
        if let Some(order) = Order::named(operator) {
            return Ok(Some(Test::Compare {
                order,
                number: as_number(filter)?,
                text: text()?.into(),
            }));
        }
        if let Some(relation) = relation(operator) {
            return Ok(Some(Test::Version(VersionTest::new(relation, &text()?))));
        }
        Ok(Some(match operator {
            "exact" => Test::Equals {
                any: alternatives(filter)?,
                negated: false,
            },
            "is_not" => Test::Equals {
                any: alternatives(filter)?,
                negated: true,
            },
            "is_set" => Test::IsSet,
            "is_not_set" => Test::IsNotSet,
            "regex" => Test::Regex {
                pattern: Pattern::compile(&text()?, budget),
                negated: false,
            },
            "not_regex" => Test::Regex {
                pattern: Pattern::compile(&text()?, budget),
                negated: true,
            },
            "is_date_before" => Test::Date {
                after: false,
                bound: date::bound(&text()?, Dialect::Python),
            },
            "is_date_after" => Test::Date {
                after: true,
                bound: date::bound(&text()?, Dialect::Python),
            },
            _ => return Ok(None),
        }))
    }

    /// Whether a present value passes. `now` is read by relative dates alone.
    pub(crate) fn passes(&self, value: Value<'_>, now: Micros, work: &mut Work) -> Verdict {
        // posthog-python never knows that a property is not set: it could be set on the server.
        if let Test::IsNotSet = self {
            return Err(Stop::Condition(Why::MissingContext));
        }
        // To `is_not`, and to it alone, `null` is a value like any other.
        if value == Value::Null && !matches!(self, Test::Equals { negated: true, .. }) {
            return Ok(false);
        }
        let mut short = Short::new();
        Ok(match self {
            Test::IsSet | Test::IsNotSet => true,
            Test::Equals { any, negated } => {
                let text = printed::python(value, &mut short).ok_or(UNREADABLE)?;
                any.iter()
                    .any(|wanted| fold::found(&text, wanted, Place::Whole, work))
                    != *negated
            }
            Test::Find {
                needle,
                place,
                negated,
            } => {
                fold::found(
                    &printed::python(value, &mut short).ok_or(UNREADABLE)?,
                    needle,
                    *place,
                    work,
                ) != *negated
            }
            Test::Regex { pattern, negated } => pattern
                .search(
                    &printed::python(value, &mut short).ok_or(UNREADABLE)?,
                    *negated,
                    work,
                )
                .ok_or(UNSUPPORTED)?,
            Test::Compare {
                order,
                number: Some(number),
                text,
            } => match value {
                Value::Text(value) => order.holds(value, text),
                Value::Bool(value) => order.holds(f64::from(value), *number),
                Value::Number(json) => order.holds(float(json).ok_or(UNREADABLE)?, *number),
                // Python raises a `TypeError` when it orders a list and a number, and no condition
                // catches it. `null` was answered above.
                Value::Json(_) | Value::Null => return Err(Stop::Flag(Why::MissingContext)),
            },
            Test::Compare {
                order,
                number: None,
                text,
            } => order.holds(
                &*printed::python(value, &mut short).ok_or(UNREADABLE)?,
                &**text,
            ),
            Test::Date { after, bound } => {
                let bound = bound.and_then(|bound| bound.at(now)).ok_or(UNSUPPORTED)?;
                let Value::Text(text) = value else {
                    return Err(UNREADABLE);
                };
                let value = date::absolute(text, Dialect::Python)
                    .and_then(|date| date.at(now))
                    .ok_or(UNREADABLE)?;
                if *after { value > bound } else { value < bound }
            }
            Test::Version(test) => {
                let version =
                    version::parse(&printed::python(value, &mut short).ok_or(UNREADABLE)?)
                        .ok_or(UNREADABLE)?;
                test.as_ref().ok_or(UNSUPPORTED)?.matches(version)
            }
        })
    }
}

/// The filter's own value cannot be understood here.
pub(crate) const UNSUPPORTED: Stop = Stop::Condition(Why::UnsupportedDefinition);
/// The person's value cannot be read as what the operator compares.
pub(crate) const UNREADABLE: Stop = Stop::Condition(Why::MissingContext);

fn folded(text: &str) -> Box<str> {
    fold::folded(text).collect::<String>().into()
}

fn alternatives(filter: Node<'_>) -> Result<Box<[Box<str>]>, Malformed> {
    let nodes = match filter.kind()? {
        Kind::List(items) => items,
        _ => [filter].to_vec(),
    };
    nodes
        .into_iter()
        .map(|node| Ok(folded(&printed::of_node(node, printed::python)?)))
        .collect::<Result<Vec<_>, _>>()
        .map(Into::into)
}

/// What Python's `float()` makes of the filter's value.
fn as_number(filter: Node<'_>) -> Result<Option<f64>, Malformed> {
    Ok(match filter.kind()? {
        Kind::Bool(value) => Some(f64::from(value)),
        Kind::Number(json) => float(json),
        Kind::Text(text) => number::python_float(&text),
        _ => None,
    })
}
