//! Cohorts: trees of filters that may refer to one another. Circles are found here, so that
//! evaluation needs no guard against them; what is asked again and again it counts itself.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Compiler;
use crate::definitions::{Cohort, Entry, Filter, Group};
use crate::interned::{at, at_mut, count, put};
use crate::json::{Kind, Malformed, Node, Object, Reading};

/// How deep groups and references may nest: the bound that keeps evaluation off the stack's end.
const DEEPEST: u32 = 32;

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
        let mut referrers: Vec<Vec<u32>> = cohorts.iter().map(|_| Vec::new()).collect();
        let mut open: Vec<u32> = cohorts.iter().map(|_| 0).collect();
        for (index, cohort) in (0..).zip(&cohorts) {
            each_reference(&cohort.group, &mut |referred| {
                if let (Some(list), Some(open)) =
                    (at_mut(&mut referrers, referred), at_mut(&mut open, index))
                {
                    list.push(index);
                    *open = open.saturating_add(1);
                }
            });
        }
        let mut depths: Vec<u32> = cohorts.iter().map(|_| 0).collect();
        let is_closed = |open: &[u32], index| at(open, index) == Some(&0);
        let mut waiting: Vec<u32> = (0..count(&cohorts))
            .filter(|index| is_closed(&open, *index))
            .collect();
        while let Some(index) = waiting.pop() {
            let Some(cohort) = at_mut(&mut cohorts, index) else {
                continue;
            };
            let depth = depth(&cohort.group, &depths);
            cohort.endless = depth > DEEPEST;
            if cohort.endless {
                continue;
            }
            put(&mut depths, index, depth);
            for referrer in at(&referrers, index).into_iter().flatten() {
                if let Some(open) = at_mut(&mut open, *referrer) {
                    *open = open.saturating_sub(1);
                }
                if is_closed(&open, *referrer) {
                    waiting.push(*referrer);
                }
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

/// How deep a group nests, the cohorts that it refers to included.
fn depth(group: &Group, depths: &[u32]) -> u32 {
    let Group::Of { entries, .. } = group else {
        return 1;
    };
    let of_entry = |entry: &Entry| match entry {
        Entry::Group(group) => depth(group, depths),
        Entry::Filter {
            filter: Filter::Cohort(reference),
            ..
        } => reference
            .cohort
            .and_then(|cohort| at(depths, cohort))
            .copied()
            .unwrap_or(0),
        Entry::Filter { .. } => 0,
    };
    entries
        .iter()
        .map(of_entry)
        .max()
        .unwrap_or(0)
        .saturating_add(1)
}
