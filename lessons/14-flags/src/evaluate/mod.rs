//! From definitions and a person to an answer. One file a step: the flag here, then its conditions,
//! then cohorts, then dependencies on other flags. Default mode allocates nothing on the way, with
//! two exceptions: a [`Scratch`] grows when it meets larger definitions, and a property that is a
//! list or an object is copied to be compared as text. Strict mode also copies a text beyond ASCII
//! to lower it, and a version's prerelease.

mod cohort;
mod condition;
mod dependency;
mod scratch;

pub use scratch::Scratch;

use crate::date::Micros;
use crate::definitions::{Aggregation, Body, Definitions, Filter, Flag, Test};
use crate::interned::at;
use crate::person::{Person, Value};
use crate::verdict::{Outcome, Stop, Verdict, Why};
use crate::work::{READ, VISIT};
use scratch::Stored;

/// What a flag came to for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The flag's value, or why it has none.
    pub outcome: Outcome,
    /// The index of the payload that belongs to it: see [`Definitions::payload`].
    pub payload: Option<u32>,
}

impl Definitions {
    /// Evaluates the flag with this index for a person. `now` is the wall clock in milliseconds
    /// since 1970 UTC, read by relative dates alone. An index beyond the flags is
    /// [`Outcome::NeedsServer`], as for any flag without a definition.
    pub fn evaluate(
        &self,
        flag: u32,
        person: &dyn Person,
        now: i64,
        scratch: &mut Scratch,
    ) -> Answer {
        let now = now.saturating_mul(1000);
        scratch.begin(self.keys.len());
        let outcome = match at(&self.flags, flag) {
            None => Outcome::NeedsServer,
            Some(flag) => match (Evaluation {
                definitions: self,
                person,
                now,
                scratch,
                nesting: 0,
            })
            .flag(flag)
            {
                Ok(Stored::Off) => Outcome::Off,
                Ok(Stored::On) => Outcome::On,
                Ok(Stored::Variant(variant)) => Outcome::Variant(variant),
                Err(stop) => stop.into(),
            },
        };
        Answer {
            outcome,
            payload: self.payload_of(flag, outcome),
        }
    }
}

struct Evaluation<'e> {
    definitions: &'e Definitions,
    person: &'e dyn Person,
    now: Micros,
    scratch: &'e mut Scratch,
    /// How many dependencies are being evaluated inside one another.
    nesting: u32,
}

/// For whom a condition is evaluated.
#[derive(Clone, Copy)]
struct Subject<'e> {
    /// The group whose properties count, by type and key; else the person's do.
    group: Option<(u32, &'e str)>,
    /// The id under which dependencies are bucketed.
    id: &'e str,
    /// Whether the groups of the call are known here: posthog-python evaluates a dependency without
    /// them.
    sees_groups: bool,
}

impl<'e> Evaluation<'e> {
    fn strict(&self) -> bool {
        self.definitions.options.strict
    }

    fn flag(&mut self, flag: &'e Flag) -> Result<Stored, Stop> {
        // Strict mode asks first whether the flag is active at all, default mode last.
        if flag.experience_continuity && (flag.active || !self.strict()) {
            return Err(Stop::Flag(Why::ExperienceContinuity));
        }
        if !flag.active {
            return Ok(Stored::Off);
        }
        let body = flag
            .body
            .as_ref()
            .ok_or(Stop::Flag(Why::UnsupportedDefinition))?;
        let id = self.person.distinct_id();
        let subject = Subject {
            group: None,
            id,
            sees_groups: true,
        };
        match body.aggregation {
            Aggregation::Person => {
                let bucket = self.person_bucket(body, id)?;
                self.conditions(flag, body, subject, bucket)
            }
            Aggregation::Group(None) => Err(Stop::Flag(Why::UnsupportedDefinition)),
            Aggregation::Group(Some(group_type)) => match self.group_key(group_type) {
                Some(key) => {
                    let subject = Subject {
                        group: Some((group_type, key)),
                        id: key,
                        ..subject
                    };
                    self.conditions(flag, body, subject, Some(key))
                }
                None if self.definitions.options.missing_group_is_inconclusive => {
                    Err(Stop::Flag(Why::MissingContext))
                }
                None => Ok(Stored::Off),
            },
        }
    }

    fn group_key(&self, group_type: u32) -> Option<&'e str> {
        self.person
            .group_key(self.definitions.group_type(group_type))
    }

    /// The id that is bucketed for a person. Without a device id the whole flag is inconclusive, or
    /// in strict mode (`None`) only its conditions about persons.
    fn person_bucket(&self, body: &Body, id: &'e str) -> Result<Option<&'e str>, Stop> {
        if !body.by_device {
            return Ok(Some(id));
        }
        match self.person.device_id().filter(|device| !device.is_empty()) {
            // Not `Stop::Flag`: in a dependency it must stop only the condition that asked.
            None if !self.strict() => Err(Stop::Condition(Why::MissingContext)),
            device => Ok(device),
        }
    }

    /// Every step of the way begins with this.
    fn visit(&mut self) -> Result<(), Stop> {
        self.scratch.work.spend(VISIT);
        self.scratch.work.check()
    }

    fn filter(&mut self, filter: &'e Filter, subject: Subject<'e>) -> Verdict {
        self.visit()?;
        match filter {
            Filter::Property { name, test } => self.property(*name, test, subject),
            Filter::Unreadable => Err(Stop::Condition(Why::UnsupportedDefinition)),
            Filter::Cohort(reference) => {
                // Strict mode asks about the person, whatever the condition is about.
                let group = subject.group.filter(|_| !self.strict());
                self.reference(reference, Subject { group, ..subject })
            }
            Filter::Dependency(dependency) => self.dependency(dependency, subject),
        }
    }

    fn property(&mut self, name: u32, test: &Test, subject: Subject<'e>) -> Verdict {
        let name = self.definitions.name(name);
        let value = match subject.group {
            Some((group_type, key)) => self
                .person
                .group_property(self.definitions.group_type(group_type), name)
                .or_else(|| (name.text == "$group_key").then_some(Value::Text(key))),
            None => self.person.property(name).or_else(|| {
                (name.text == "distinct_id").then(|| Value::Text(self.person.distinct_id()))
            }),
        };
        let value = value.ok_or(Stop::Condition(Why::MissingContext))?;
        let work = &mut self.scratch.work;
        if let Value::Number(text) | Value::Text(text) | Value::Json(text) = value {
            work.spend(text.len() / READ);
        }
        let verdict = match test {
            Test::Default(test) => test.passes(value, self.now, work),
            Test::Strict(test) => test.passes(value, self.now, work),
        };
        work.check()?;
        verdict
    }
}
