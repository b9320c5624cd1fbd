//! Flags that depend on flags. The server has put them in order, prerequisites first; each is
//! evaluated once an evaluation and remembered, with the properties of the flag that asks first.

use super::scratch::{Memo, Stored};
use super::{Evaluation, Subject};
use crate::definitions::{Aggregation, Dependency, Expected};
use crate::interned::at;
use crate::verdict::{Stop, Verdict, Why};

/// How deep dependencies may be evaluated inside one another. In the server's order each finds its
/// prerequisites done, so that more than one or two is a sign of a broken document.
const DEEPEST: u32 = 32;

const UNRESOLVED: Stop = Stop::Condition(Why::UnresolvedDependency);

impl<'e> Evaluation<'e> {
    pub(super) fn dependency(&mut self, dependency: &Dependency, subject: Subject<'e>) -> Verdict {
        let (chain, target, expected) = match dependency {
            Dependency::Malformed => return Ok(false),
            Dependency::WithoutChain => return Err(UNRESOLVED),
            Dependency::Chain {
                chain,
                target,
                expected,
            } => (chain, *target, expected),
        };
        for slot in chain {
            self.scratch.work.spend(1);
            match self.scratch.get(*slot) {
                // A circle that the server did not see. Found here and not when definitions are
                // compiled: a condition that matches first never enters it.
                Some(Memo::InProgress) => return Err(Stop::Flag(Why::UnresolvedDependency)),
                // Also one that was inconclusive, as with posthog-python's cache: it stops the
                // condition that asked first, and later only one that asks for it itself.
                Some(_) => continue,
                None => {}
            }
            self.scratch.set(*slot, Memo::InProgress);
            let result = self.prerequisite(*slot, subject);
            self.scratch
                .set(*slot, result.map_or(Memo::Inconclusive, Memo::Known));
            match result {
                Ok(_) => {}
                Err(Stop::Condition(_)) => return Err(UNRESOLVED),
                Err(stop) => return Err(stop),
            }
        }
        match self.scratch.get(target) {
            Some(Memo::Known(actual)) => Ok(self.is_expected(target, actual, expected)),
            _ => Err(UNRESOLVED),
        }
    }

    fn prerequisite(&mut self, slot: u32, subject: Subject<'e>) -> Result<Stored, Stop> {
        let definitions = self.definitions;
        // Slots beyond the flags are keys that are mentioned and not defined.
        let flag = at(&definitions.flags, slot).ok_or(UNRESOLVED)?;
        if !flag.active {
            return Ok(Stored::Off);
        }
        if flag.experience_continuity && self.strict() {
            return Err(UNRESOLVED);
        }
        let body = flag
            .body
            .as_ref()
            .ok_or(Stop::Flag(Why::UnsupportedDefinition))?;
        if self.nesting >= DEEPEST {
            return Err(Stop::Flag(Why::UnresolvedDependency));
        }
        let bucket = match body.aggregation {
            Aggregation::Group(_) => Some(subject.id),
            Aggregation::Person => self.person_bucket(body, subject.id)?,
        };
        self.nesting = self.nesting.saturating_add(1);
        let result = self.conditions(
            flag,
            body,
            Subject {
                sees_groups: false,
                ..subject
            },
            bucket,
        );
        self.nesting = self.nesting.saturating_sub(1);
        result
    }

    fn is_expected(&self, flag: u32, actual: Stored, expected: &Expected) -> bool {
        match (actual, expected) {
            (Stored::Variant(_), Expected::Bool(expected)) => *expected,
            (Stored::Variant(actual), Expected::Variant(expected)) => {
                self.definitions.variant(flag, actual) == Some(&**expected)
            }
            (Stored::On, Expected::Bool(expected)) => *expected,
            (Stored::Off, Expected::Bool(expected)) => !*expected,
            _ => false,
        }
    }
}
