//! Cohorts: three-valued AND and OR without a short cut, so that a cohort which only the server
//! knows is met wherever it stands.

use super::{Evaluation, Subject};
use crate::definitions::{Entry, Group, Reference};
use crate::interned::at;
use crate::verdict::{Stop, Verdict, Why};

impl<'e> Evaluation<'e> {
    pub(super) fn reference(&mut self, reference: &Reference, subject: Subject<'e>) -> Verdict {
        let definitions = self.definitions;
        let cohort = reference
            .cohort
            .and_then(|cohort| at(&definitions.cohorts, cohort))
            .ok_or(Stop::Server)?;
        if cohort.endless {
            return Err(Stop::Flag(Why::UnsupportedDefinition));
        }
        let is_member = self.group(&cohort.group, subject)?;
        match reference.member {
            Some(member) => Ok(is_member == member),
            None => Err(Stop::Condition(Why::UnsupportedDefinition)),
        }
    }

    fn group(&mut self, group: &'e Group, subject: Subject<'e>) -> Verdict {
        self.visit()?;
        let (all, entries) = match group {
            Group::Constant(value) => return Ok(*value),
            Group::Malformed => return Err(Stop::Server),
            Group::Of { all, entries } => (*all, entries),
        };
        let (mut decided, mut inconclusive) = (false, None);
        for entry in entries {
            let passes = match entry {
                Entry::Group(group) => self.group(group, subject),
                // Not knowing is not flipped: the opposite is as unknown.
                Entry::Filter { filter, negated } => self
                    .filter(filter, subject)
                    .map(|passes| passes != *negated),
            };
            match passes {
                // A false decides an AND, a true decides an OR.
                Ok(passes) => decided |= passes != all,
                Err(Stop::Condition(why)) => inconclusive = inconclusive.max(Some(why)),
                Err(stop) => return Err(stop),
            }
        }
        match inconclusive {
            _ if decided => Ok(!all),
            Some(why) => Err(Stop::Condition(why)),
            None => Ok(all),
        }
    }
}
