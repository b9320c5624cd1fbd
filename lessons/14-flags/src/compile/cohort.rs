//! Cohorts: trees of filters that may refer to one another. Circles and explosions are found
//! here, so that evaluation needs no guard against them.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Compiler;
use crate::definitions::{Cohort, Entry, Filter, Group};
use crate::interned::{at, count};
use crate::json::{Kind, Malformed, Node, Object};

/// How deep groups and references may nest: the bound that keeps evaluation off the stack's end.
const DEEPEST: u32 = 32;

/// How many entries an evaluation of one cohort may visit. Cohorts that refer twice to cohorts
/// that refer twice to cohorts double with each step.
const HEAVIEST: u32 = 100_000;

impl Compiler {
    pub(super) fn cohorts(&mut self, nodes: Vec<Node<'_>>) -> Vec<Cohort> {
        let mut cohorts: Vec<Cohort> = nodes
            .into_iter()
            .map(|node| Cohort {
                group: self.group(node),
                endless: true,
            })
            .collect();
        // Whatever refers only to finished cohorts is finished. What is left when no more can be
        // finished leads into a circle.
        let mut extents: Vec<Option<Extent>> = cohorts.iter().map(|_| None).collect();
        let mut waiting: Vec<u32> = (0..count(&cohorts)).collect();
        let mut referrers: Vec<Vec<u32>> = cohorts.iter().map(|_| Vec::new()).collect();
        for (index, cohort) in (0..).zip(&cohorts) {
            each_reference(&cohort.group, &mut |referred| {
                if let Some(list) = usize::try_from(referred)
                    .ok()
                    .and_then(|referred| referrers.get_mut(referred))
                {
                    list.push(index);
                }
            });
        }
        while let Some(index) = waiting.pop() {
            let (Some(cohort), Some(None)) = (at(&cohorts, index), at(&extents, index)) else {
                continue;
            };
            let Some(extent) = extent(&cohort.group, &extents) else {
                continue;
            };
            let within = extent.depth <= DEEPEST && extent.weight <= HEAVIEST;
            let Some(position) = usize::try_from(index).ok() else {
                continue;
            };
            if let Some(cohort) = cohorts.get_mut(position) {
                cohort.endless = !within;
            }
            if let Some(slot) = extents.get_mut(position).filter(|_| within) {
                *slot = Some(extent);
                waiting.extend(referrers.get(position).into_iter().flatten());
            }
        }
        cohorts
    }

    fn group(&mut self, node: Node<'_>) -> Group {
        self.readable_group(node).unwrap_or(Group::Malformed)
    }

    fn readable_group(&mut self, node: Node<'_>) -> Result<Group, Malformed> {
        let object = node.object()?;
        if object.is_empty() {
            return Ok(Group::Constant(true));
        }
        let strict = self.options.strict;
        let all = match object.get("type").map(Node::raw) {
            Some("\"AND\"") => true,
            Some("\"OR\"") => false,
            Some("\"property\"") if strict => true,
            _ => return Err(Malformed),
        };
        let entries = object.get("values").ok_or(Malformed)?.list()?;
        if entries.is_empty() {
            return Ok(Group::Constant(all || !strict));
        }
        let entries: Box<[Entry]> = entries.into_iter().map(|entry| self.entry(entry)).collect();
        Ok(Group::Of { all, entries })
    }

    fn entry(&mut self, node: Node<'_>) -> Entry {
        let Ok(Kind::Object(object)) = node.kind() else {
            return Entry::Group(Group::Malformed);
        };
        if is_group(&object) {
            return Entry::Group(self.group(node));
        }
        match self.filter(&object, true) {
            Ok(filter) => Entry::Filter {
                filter,
                negated: object.get("negation").is_some_and(Node::is_truthy),
            },
            Err(Malformed) => Entry::Group(Group::Malformed),
        }
    }
}

fn is_group(object: &Object<'_>) -> bool {
    object.is_empty()
        || object.get("values").is_some()
        || matches!(
            object.get("type").map(Node::raw),
            Some("\"AND\"" | "\"OR\"")
        )
}

/// What an evaluation of a cohort costs.
struct Extent {
    depth: u32,
    weight: u32,
}

fn each_reference(group: &Group, visit: &mut impl FnMut(u32)) {
    let Group::Of { entries, .. } = group else {
        return;
    };
    for entry in entries {
        match entry {
            Entry::Group(group) => each_reference(group, visit),
            Entry::Filter {
                filter: Filter::Cohort(reference),
                ..
            } => reference.cohort.into_iter().for_each(&mut *visit),
            Entry::Filter { .. } => {}
        }
    }
}

/// `None` while a cohort that is referred to is not finished.
fn extent(group: &Group, finished: &[Option<Extent>]) -> Option<Extent> {
    let mut total = Extent {
        depth: 1,
        weight: 1,
    };
    let Group::Of { entries, .. } = group else {
        return Some(total);
    };
    for entry in entries {
        let (depth, weight) = match entry {
            Entry::Group(group) => {
                let inner = extent(group, finished)?;
                (inner.depth, inner.weight)
            }
            Entry::Filter {
                filter: Filter::Cohort(reference),
                ..
            } => match reference.cohort {
                Some(cohort) => {
                    let inner = at(finished, cohort)?.as_ref()?;
                    (inner.depth, inner.weight)
                }
                None => (0, 1),
            },
            Entry::Filter { .. } => (0, 1),
        };
        total.depth = total.depth.max(depth.saturating_add(1));
        total.weight = total.weight.saturating_add(weight);
    }
    Some(total)
}
