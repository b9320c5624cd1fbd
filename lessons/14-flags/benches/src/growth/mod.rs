//! Works whose cost must not grow faster than their input. Each makes ready what a client would
//! have, and leaves the crate's own part to be counted.

mod ask;
mod evaluate;
mod parse;

use counting::Growth;
use flags::{Definitions, JsonPerson, Options, Outcome, Scratch};

/// All of them.
pub fn works() -> Vec<Growth> {
    [parse::works(), evaluate::works(), ask::works()].concat()
}

/// The time of every evaluation, in milliseconds since 1970 UTC.
const NOW: i64 = 1_769_938_205_123;

/// So many items or members, with commas between them.
fn each(size: usize, write: impl Fn(usize) -> String) -> String {
    (0..size).map(write).collect::<Vec<_>>().join(",")
}

/// An object of so many members with short values.
fn object(size: usize) -> String {
    let members = each(size, |member| format!("\"name {member}\":\"{member}\""));
    format!("{{{members}}}")
}

/// Lists in lists: each level has some items and the next level.
fn nested(levels: usize) -> String {
    let items = "0,".repeat(ITEMS);
    format!(
        "{}[]{}",
        format!("[{items}").repeat(levels),
        "]".repeat(levels)
    )
}

/// Items of each level of what is nested.
const ITEMS: usize = 20;

/// Definitions with these flags and cohorts.
fn document(flags: &str, cohorts: &str) -> String {
    format!(r#"{{"flags":[{flags}],"cohorts":{{{cohorts}}}}}"#)
}

/// A flag with these conditions, and with more `filters` if there are any.
fn flag(key: &str, conditions: &str, filters: &str) -> String {
    format!(r#"{{"key":"{key}","active":true,"filters":{{"groups":[{conditions}]{filters}}}}}"#)
}

/// A condition with these filters.
fn condition(filters: &str) -> String {
    format!(r#"{{"properties":[{filters}]}}"#)
}

/// A filter on a property; `value` is JSON.
fn filter(name: &str, operator: &str, value: &str) -> String {
    format!(r#"{{"key":"{name}","type":"person","operator":"{operator}","value":{value}}}"#)
}

/// A filter on a cohort.
fn in_cohort(cohort: usize) -> String {
    format!(r#"{{"key":"id","type":"cohort","value":{cohort}}}"#)
}

/// A cohort whose members match one of these entries.
fn cohort(id: usize, entries: &str) -> String {
    format!(r#""{id}":{{"type":"OR","values":[{entries}]}}"#)
}

fn read(document: &str, strict: bool) -> Definitions {
    let options = Options {
        strict,
        ..Options::default()
    };
    Definitions::parse(document, &options).expect("sound definitions")
}

fn person(properties: &str) -> JsonPerson<'_> {
    JsonPerson::new("user-7", properties).expect("sound properties")
}

/// Evaluates all flags; returns how many were decided.
fn evaluate(definitions: &Definitions, person: &JsonPerson<'_>, scratch: &mut Scratch) -> usize {
    let outcome = |flag| definitions.evaluate(flag, person, NOW, scratch).outcome;
    let outcomes = (0..definitions.len()).map(outcome);
    outcomes
        .filter(|outcome: &Outcome| outcome.is_decided())
        .count()
}
