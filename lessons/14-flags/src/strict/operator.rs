//! The operators in strict mode. A value that cannot be read as what the operator compares is a
//! definite no, and one that has no text is inconclusive, as a filter that cannot be read is; `null`
//! takes part like any other value. What cannot be read here and may be a date to the server is
//! inconclusive too.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::equality::Equality;
use super::version::{self, VersionTest};
use crate::date::{self, Dialect, Micros};
use crate::fold::{self, Place};
use crate::json::{Kind, Malformed, Node};
use crate::number::{self, Short};
use crate::operator::{Order, UNREADABLE, UNSUPPORTED, place, relation};
use crate::person::Value;
use crate::printed;
use crate::regex::{Budget, Pattern};
use crate::verdict::{Stop, Verdict};
use crate::work::Work;

#[derive(Debug)]
pub(crate) enum Test {
    Equals {
        equality: Equality,
        negated: bool,
    },
    IsSet,
    IsNotSet,
    /// One of these ASCII-lowered texts at a place, or none of them there.
    Find {
        needles: Box<[Box<str>]>,
        place: Place,
        negated: bool,
    },
    Regex {
        pattern: Option<Pattern>,
        negated: bool,
    },
    Compare {
        order: Order,
        number: Option<f64>,
    },
    Between {
        bounds: Option<(f64, f64)>,
        negated: bool,
    },
    Date {
        when: When,
        bound: Option<date::Bound>,
    },
    Version(Option<VersionTest>),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum When {
    Before,
    Exactly,
    After,
}

/// What the place of a filter and its document have to say about its operator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// `property_matching_version` is 2.
    pub(crate) explicit: bool,
    /// The filter is a leaf of a cohort.
    pub(crate) in_cohort: bool,
}

impl Test {
    /// `None` when the operator is unknown.
    pub(crate) fn compile(
        operator: &str,
        filter: Node<'_>,
        setting: Setting,
        budget: &mut Budget,
    ) -> Result<Option<Self>, Malformed> {
        let text = || printed::of_node(filter, printed::json);
        if let Some((place, negated)) = place(operator) {
            return Ok(Some(Test::Find {
                needles: [lowered(filter)?].into(),
                place,
                negated,
            }));
        }
        if let Some(order) = Order::named(operator) {
            return Ok(Some(Test::Compare {
                order,
                number: number(filter)?,
            }));
        }
        if let Some(relation) = relation(operator) {
            return Ok(Some(Test::Version(VersionTest::new(relation, &text()?))));
        }
        let equals = |negated| {
            Ok(Test::Equals {
                equality: Equality::compile(filter, setting.explicit)?,
                negated,
            })
        };
        let find = |negated| {
            Ok(Test::Find {
                needles: elements(filter)?,
                place: Place::Anywhere,
                negated,
            })
        };
        let date = |when| {
            Ok(Test::Date {
                when,
                bound: date::bound(&text()?, Dialect::Strict),
            })
        };
        let between = |negated| {
            Ok(Test::Between {
                bounds: bounds(filter)?,
                negated,
            })
        };
        let mut regex = |negated| {
            let pattern = match filter.kind()? {
                Kind::Text(pattern) => Some(Pattern::compile(&pattern, budget)),
                _ => None,
            };
            Ok(Test::Regex { pattern, negated })
        };
        match operator {
            "exact" => equals(false),
            "is_not" => equals(true),
            "is_set" => Ok(Test::IsSet),
            "is_not_set" => Ok(Test::IsNotSet),
            "regex" => regex(false),
            "not_regex" => regex(true),
            "icontains_multi" => find(false),
            "not_icontains_multi" => find(true),
            "min" => Ok(Test::Compare {
                order: Order::GreaterOrEqual,
                number: number(filter)?,
            }),
            "max" => Ok(Test::Compare {
                order: Order::LessOrEqual,
                number: number(filter)?,
            }),
            "between" if setting.in_cohort => between(false),
            "not_between" if setting.in_cohort => between(true),
            "is_date_before" => date(When::Before),
            "is_date_exact" => date(When::Exactly),
            "is_date_after" => date(When::After),
            _ => return Ok(None),
        }
        .map(Some)
    }

    pub(crate) fn passes(&self, value: Value<'_>, now: Micros, work: &mut Work) -> Verdict {
        let mut short = Short::new();
        Ok(match self {
            Test::IsSet => true,
            Test::IsNotSet => false,
            Test::Equals { equality, negated } => {
                equality.holds(
                    value,
                    &printed::json(value, &mut short).ok_or(UNREADABLE)?,
                    work,
                ) != *negated
            }
            Test::Find {
                needles,
                place,
                negated,
            } => {
                let text = printed::json(value, &mut short).ok_or(UNREADABLE)?;
                needles
                    .iter()
                    .any(|needle| fold::found_ascii(&text, needle, *place, work))
                    != *negated
            }
            Test::Regex { pattern, negated } => {
                let pattern = pattern.as_ref().ok_or(UNSUPPORTED)?;
                pattern
                    .search(
                        &printed::json(value, &mut short).ok_or(UNREADABLE)?,
                        *negated,
                        work,
                    )
                    .ok_or(UNSUPPORTED)?
            }
            Test::Compare { order, number } => {
                let number = number.ok_or(UNSUPPORTED)?;
                value_number(value).is_some_and(|value| order.holds(value, number))
            }
            Test::Between { bounds, negated } => {
                let (low, high) = bounds.ok_or(UNSUPPORTED)?;
                value_number(value).is_some_and(|value| (low <= value && value <= high) != *negated)
            }
            Test::Date { when, bound } => {
                let bound = bound.and_then(|bound| bound.at(now)).ok_or(UNSUPPORTED)?;
                value_instant(value)?.is_some_and(|value| match when {
                    When::Before => value < bound,
                    When::Exactly => value == bound,
                    When::After => value > bound,
                })
            }
            Test::Version(test) => {
                let test = test.as_ref().ok_or(UNSUPPORTED)?;
                version::parse(&printed::json(value, &mut short).ok_or(UNREADABLE)?)
                    .is_some_and(|version| test.matches(&version))
            }
        })
    }
}

fn lowered(node: Node<'_>) -> Result<Box<str>, Malformed> {
    let mut text: String = printed::of_node(node, printed::json)?;
    text.make_ascii_lowercase();
    Ok(text.into())
}

fn elements(filter: Node<'_>) -> Result<Box<[Box<str>]>, Malformed> {
    match filter.kind()? {
        Kind::List(items) => items
            .into_iter()
            .map(lowered)
            .collect::<Result<Vec<_>, _>>()
            .map(Into::into),
        _ => Ok([lowered(filter)?].into()),
    }
}

/// A filter's number has to be written as text; a JSON number is not one here.
fn number(filter: Node<'_>) -> Result<Option<f64>, Malformed> {
    Ok(match filter.kind()? {
        Kind::Text(text) => number::strict_float(&text),
        _ => None,
    })
}

fn bounds(filter: Node<'_>) -> Result<Option<(f64, f64)>, Malformed> {
    let Kind::List(items) = filter.kind()? else {
        return Ok(None);
    };
    let [low, high] = items.as_slice() else {
        return Ok(None);
    };
    let bound = |node: &Node<'_>| match node.kind()? {
        Kind::Number(text) => Ok(number::strict_float(text)),
        Kind::Text(text) => Ok(number::strict_float(&text)),
        _ => Ok(None),
    };
    Ok(bound(low)?
        .zip(bound(high)?)
        .filter(|(low, high)| low <= high))
}

fn value_number(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Number(text) | Value::Text(text) => number::strict_float(text),
        _ => None,
    }
}

/// Text as a date, or whole seconds since 1970 as a number or its text. `None` is definitely not a
/// date. The server also reads forms that [`date::absolute`] does not, and every one of them has a
/// digit, so that nothing can be said here of a string with one.
fn value_instant(value: Value<'_>) -> Result<Option<Micros>, Stop> {
    let (Value::Number(text) | Value::Text(text)) = value else {
        return Ok(None);
    };
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => (-1, unsigned),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let instant = match text::number::read(unsigned) {
        Some(seconds) => i64::try_from(seconds)
            .ok()
            .and_then(|seconds| seconds.checked_mul(sign)?.checked_mul(1_000_000)),
        None => date::absolute(text, Dialect::Strict).and_then(|date| date.at(0)),
    };
    match instant {
        None if text.bytes().any(|byte| byte.is_ascii_digit()) => Err(UNREADABLE),
        instant => Ok(instant),
    }
}
