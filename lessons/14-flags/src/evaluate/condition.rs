//! The conditions of a flag, in the order of the list: filters, then the rollout, then the variant.

use super::scratch::Stored;
use super::{Evaluation, Subject};
use crate::bucket;
use crate::definitions::{Aggregation, Body, Condition, Flag};
use crate::person::Value;
use crate::verdict::{Stop, Why};

/// What a condition came to that was not inconclusive.
enum Matched {
    No,
    OutOfRollout,
    Yes,
}

impl<'e> Evaluation<'e> {
    /// The first condition that matches decides, whatever those before it came to. If none does,
    /// the flag is inconclusive as soon as one of them was, else off. An early exit is the
    /// exception: who falls out of a condition's rollout is off at once, even after an inconclusive
    /// condition; in strict mode the flag is then inconclusive.
    pub(super) fn conditions(
        &mut self,
        flag: &'e Flag,
        body: &'e Body,
        subject: Subject<'e>,
        bucket: Option<&'e str>,
    ) -> Result<Stored, Stop> {
        if let Some(stored) = self.before_conditions(body, bucket)? {
            return Ok(stored);
        }
        let mut inconclusive = None;
        for condition in &body.conditions {
            self.visit()?;
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
                // A group that the call did not pass makes the condition void, not inconclusive.
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
                inconclusive = inconclusive.max(Some(Why::MissingContext));
                continue;
            };
            match self.condition(flag, condition, subject, bucket) {
                Ok(Matched::Yes) => return Ok(value(flag, body, condition, bucket)),
                Ok(Matched::OutOfRollout) if body.early_exit => match inconclusive {
                    Some(why) if self.strict() => return Err(Stop::Condition(why)),
                    _ => return Ok(Stored::Off),
                },
                Ok(Matched::OutOfRollout | Matched::No) => {}
                Err(Stop::Condition(why)) => inconclusive = inconclusive.max(Some(why)),
                Err(stop) => return Err(stop),
            }
        }
        match inconclusive {
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
        let mut inconclusive = None;
        for filter in &condition.filters {
            match self.filter(filter, subject) {
                Ok(true) => {}
                Ok(false) => return Ok(Matched::No),
                // Strict mode goes on: a later filter may still rule the condition out.
                Err(Stop::Condition(why)) if self.strict() => {
                    inconclusive = inconclusive.max(Some(why))
                }
                Err(stop) => return Err(stop),
            }
        }
        if let Some(why) = inconclusive {
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
