//! What a flag asks of the call, so that a host sends that and nothing else. Found by walking the
//! compiled flag with its cohorts and prerequisites; a host keeps it as long as the definitions.

use alloc::vec::Vec;

use crate::definitions::{Aggregation, Definitions, Dependency, Entry, Filter, Flag, Group};
use crate::interned::{at, count};
use crate::table::{self, Table};

/// What may be asked for when a flag is evaluated, nothing twice. The indices are those of
/// [`Definitions::names`] and [`Definitions::group_types`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Properties of the person.
    pub person: Vec<u32>,
    /// Groups whose key is asked for.
    pub groups: Vec<u32>,
    /// Properties of groups, as group type and name.
    pub group_properties: Vec<(u32, u32)>,
    /// Whether the device id is asked for.
    pub device_id: bool,
}

/// Whose properties a filter reads: the person's, or those of a group of this type.
type Scope = Option<u32>;

/// What was met already, each kind in its scope.
#[derive(Default)]
struct Met {
    list: Vec<(u32, Scope)>,
    table: Table,
}

impl Met {
    /// Whether it is new.
    fn insert(&mut self, index: u32, scope: Scope) -> bool {
        let hash = |(index, scope): (u32, Scope)| {
            let scope = scope.map_or([0; 4], |group_type| group_type.to_le_bytes());
            table::hash([index.to_le_bytes(), scope].as_flattened())
        };
        let wanted = (index, scope);
        let is_it = |place| at(&self.list, place) == Some(&wanted);
        if self.table.find(hash(wanted), is_it).is_some() {
            return false;
        }
        let place = count(&self.list);
        self.list.push(wanted);
        let hash_of = |place| at(&self.list, place).map_or(0, |met| hash(*met));
        self.table.insert(hash(wanted), place, hash_of);
        true
    }
}

struct Walk<'d> {
    definitions: &'d Definitions,
    needs: Needs,
    names: Met,
    groups: Met,
    cohorts: Met,
    flags: Met,
    /// Flags met and not walked yet: a list, since a chain of dependencies may be as long as the
    /// document and must not be walked on the stack.
    waiting: Vec<(u32, Scope)>,
}

impl Definitions {
    /// Everything that [`evaluate`](Self::evaluate) may ask for this flag.
    #[must_use]
    pub fn needs(&self, flag: u32) -> Needs {
        let mut walk = Walk {
            definitions: self,
            needs: Needs::default(),
            names: Met::default(),
            groups: Met::default(),
            cohorts: Met::default(),
            flags: Met::default(),
            waiting: Vec::new(),
        };
        if let Some(definition) = at(&self.flags, flag) {
            let scope = match definition.body.as_ref().map(|body| body.aggregation) {
                Some(Aggregation::Group(Some(group_type))) => {
                    walk.group(group_type);
                    Some(group_type)
                }
                _ => None,
            };
            walk.waiting.push((flag, scope));
        }
        while let Some((flag, scope)) = walk.waiting.pop() {
            if let Some(definition) = at(&self.flags, flag) {
                walk.conditions(definition, scope);
            }
        }
        walk.needs
    }
}

impl<'d> Walk<'d> {
    fn name(&mut self, name: u32, scope: Scope) {
        if !self.names.insert(name, scope) {
            return;
        }
        match scope {
            Some(group_type) => self.needs.group_properties.push((group_type, name)),
            None => self.needs.person.push(name),
        }
    }

    fn group(&mut self, group_type: u32) {
        if self.groups.insert(group_type, None) {
            self.needs.groups.push(group_type);
        }
    }

    fn conditions(&mut self, flag: &'d Flag, scope: Scope) {
        let Some(body) = flag.body.as_ref().filter(|_| flag.active) else {
            return;
        };
        self.needs.device_id |= body.by_device;
        if let Some(name) = body.enrollment {
            self.name(name, None);
        }
        for condition in &body.conditions {
            let scope = match condition.aggregation {
                None => scope,
                Some(Aggregation::Person) => None,
                Some(Aggregation::Group(None)) => continue,
                Some(Aggregation::Group(Some(group_type))) => {
                    self.group(group_type);
                    Some(group_type)
                }
            };
            condition
                .filters
                .iter()
                .for_each(|filter| self.filter(filter, scope));
        }
    }

    fn filter(&mut self, filter: &'d Filter, scope: Scope) {
        match filter {
            Filter::Property { name, .. } => self.name(*name, scope),
            Filter::Cohort(reference) => {
                let scope = scope.filter(|_| !self.definitions.options.strict);
                let cohort = reference
                    .cohort
                    .filter(|cohort| self.cohorts.insert(*cohort, scope));
                let cohort = cohort.and_then(|cohort| at(&self.definitions.cohorts, cohort));
                if let Some(cohort) = cohort.filter(|cohort| !cohort.endless) {
                    self.entries(&cohort.group, scope);
                }
            }
            Filter::Dependency(Dependency::Chain { chain, .. }) => {
                for slot in chain {
                    if self.flags.insert(*slot, scope) {
                        self.waiting.push((*slot, scope));
                    }
                }
            }
            Filter::Unreadable | Filter::Dependency(_) => {}
        }
    }

    fn entries(&mut self, group: &'d Group, scope: Scope) {
        let Group::Of { entries, .. } = group else {
            return;
        };
        for entry in entries {
            match entry {
                Entry::Group(group) => self.entries(group, scope),
                Entry::Filter { filter, .. } => self.filter(filter, scope),
            }
        }
    }
}
