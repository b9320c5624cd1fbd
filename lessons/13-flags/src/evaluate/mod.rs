//! From definitions and a person to an answer. One file a step: the flag and its conditions here,
//! then cohorts, then dependencies on other flags. Nothing is allocated on the way, with two
//! exceptions: a [`Scratch`] grows once, and a list or object compared as text needs a copy.

mod cohort;
mod dependency;
mod scratch;

pub use scratch::Scratch;

use crate::bucket;
use crate::date::Micros;
use crate::definitions::{Aggregation, Body, Condition, Definitions, Filter, Flag, Test};
use crate::interned::at;
use crate::person::{Person, Value};
use crate::verdict::{Outcome, Stop, Verdict, Why};
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
    /// Whether the call's groups are known here: a dependency is evaluated without them.
    sees_groups: bool,
}

/// What a condition came to when nothing was left open.
enum Matched {
    No,
    OutOfRollout,
    Yes,
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

    /// The id that is bucketed for a person. A missing device id leaves the whole flag open, or in
    /// strict mode (`None`) only the conditions about persons.
    fn person_bucket(&self, body: &Body, id: &'e str) -> Result<Option<&'e str>, Stop> {
        if !body.by_device {
            return Ok(Some(id));
        }
        match self.person.device_id().filter(|device| !device.is_empty()) {
            None if !self.strict() => Err(Stop::Condition(Why::MissingContext)),
            device => Ok(device),
        }
    }

    /// The first condition that matches decides; what was left open counts only if none does.
    fn conditions(
        &mut self,
        flag: &'e Flag,
        body: &'e Body,
        subject: Subject<'e>,
        bucket: Option<&'e str>,
    ) -> Result<Stored, Stop> {
        if let Some(stored) = self.before_conditions(body, bucket)? {
            return Ok(stored);
        }
        let mut open = None;
        for condition in &body.conditions {
            let (subject, bucket) = match condition.aggregation {
                None => (subject, bucket),
                Some(Aggregation::Person) => {
                    let id = self.person.distinct_id();
                    (
                        Subject {
                            group: None,
                            id,
                            ..subject
                        },
                        self.person_bucket(body, id)?,
                    )
                }
                // A group that the call did not pass makes the condition void, not open.
                Some(Aggregation::Group(group_type)) => {
                    let Some(group_type) = group_type.filter(|_| subject.sees_groups) else {
                        continue;
                    };
                    let Some(key) = self.group_key(group_type) else {
                        continue;
                    };
                    (
                        Subject {
                            group: Some((group_type, key)),
                            ..subject
                        },
                        Some(key),
                    )
                }
            };
            let Some(bucket) = bucket else {
                open = open.max(Some(Why::MissingContext));
                continue;
            };
            match self.condition(flag, condition, subject, bucket) {
                Ok(Matched::Yes) => return Ok(value(flag, body, condition, bucket)),
                Ok(Matched::OutOfRollout) if body.early_exit => match open {
                    Some(why) if self.strict() => return Err(Stop::Condition(why)),
                    _ => return Ok(Stored::Off),
                },
                Ok(Matched::OutOfRollout | Matched::No) => {}
                Err(Stop::Condition(why)) => open = open.max(Some(why)),
                Err(stop) => return Err(stop),
            }
        }
        match open {
            Some(why) => Err(Stop::Condition(why)),
            None => Ok(Stored::Off),
        }
    }

    /// Strict mode: a person may have enrolled, or be held out of every experiment.
    fn before_conditions(&self, body: &Body, bucket: Option<&str>) -> Result<Option<Stored>, Stop> {
        if let Some(name) = body.enrollment {
            let enrolled = self.person.property(self.definitions.name(name));
            if matches!(enrolled, Some(Value::Bool(true) | Value::Text("true"))) {
                return Ok(Some(Stored::On));
            }
        }
        let Some(holdout) = &body.holdout else {
            return Ok(None);
        };
        let bucket = bucket.ok_or(Stop::Condition(Why::MissingContext))?;
        let held = bucket::holdout_place(bucket) <= holdout.share;
        Ok(held.then_some(Stored::Variant(holdout.variant)))
    }

    fn condition(
        &mut self,
        flag: &Flag,
        condition: &'e Condition,
        subject: Subject<'e>,
        bucket: &str,
    ) -> Result<Matched, Stop> {
        let mut open = None;
        for filter in &condition.filters {
            match self.filter(filter, subject) {
                Ok(true) => {}
                Ok(false) => return Ok(Matched::No),
                // Strict mode goes on: a later filter may still rule the condition out.
                Err(Stop::Condition(why)) if self.strict() => open = open.max(Some(why)),
                Err(stop) => return Err(stop),
            }
        }
        if let Some(why) = open {
            return Err(Stop::Condition(why));
        }
        Ok(match condition.rollout {
            // No place lies above 1.0, so nobody needs to be hashed for a full rollout.
            Some(share)
                if share < 1.0 && bucket::place(&flag.key, bucket, bucket::ROLLOUT) > share =>
            {
                Matched::OutOfRollout
            }
            _ => Matched::Yes,
        })
    }

    fn filter(&mut self, filter: &'e Filter, subject: Subject<'e>) -> Verdict {
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
        match test {
            Test::Default(test) => test.passes(value, self.now, &mut self.scratch.regex),
            Test::Strict(test) => test.passes(value, self.now, &mut self.scratch.regex),
        }
    }
}

/// The variant that the condition imposes, else the one that the hash chooses, else plainly on.
fn value(flag: &Flag, body: &Body, condition: &Condition, bucket: &str) -> Stored {
    if let Some(variant) = condition.variant {
        return Stored::Variant(variant);
    }
    if body.variants.is_empty() {
        return Stored::On;
    }
    let place = bucket::place(&flag.key, bucket, bucket::VARIANT);
    let chosen = (0..)
        .zip(&body.variants)
        .find(|(_, variant)| variant.from <= place && place < variant.to);
    match chosen {
        // A variant without a name cannot be told from plainly on.
        Some((index, variant)) if !variant.key.is_empty() => Stored::Variant(index),
        _ => Stored::On,
    }
}
