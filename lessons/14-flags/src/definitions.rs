//! Flag definitions in compact form: texts folded, numbers, dates, versions and patterns read,
//! variant bounds added up, every reference an index. Made once when definitions arrive, never
//! changed after; how it is made is in `compile`, how it is asked in `evaluate`.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::interned::{Interned, at, count};
use crate::limits::Limits;
use crate::person::Name;
use crate::verdict::Outcome;
use crate::{operator, strict};

/// How definitions are to be understood.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Strict mode instead of default mode: see [Two semantics](crate#two-semantics).
    pub strict: bool,
    /// A group flag without its group is inconclusive, where it is definitely off otherwise.
    pub missing_group_is_inconclusive: bool,
    /// Bounds on the document.
    pub limits: Limits,
}

/// All flags of a project, compiled. Indices are valid for definitions of the same generation
/// ([`Poll::generation`](crate::Poll::generation)), with which whoever keeps some stamps them.
///
/// The default has no flags, so that everything goes to the server: what a client holds before the
/// first load, and after [`Change::Clear`](crate::Change::Clear).
#[derive(Debug, Default)]
pub struct Definitions {
    pub(crate) options: Options,
    pub(crate) flags: Vec<Flag>,
    /// The keys of all flags, then those that are mentioned and not defined: the slots of a memo.
    pub(crate) keys: Interned,
    pub(crate) names: Interned,
    pub(crate) group_types: Interned,
    pub(crate) cohorts: Vec<Cohort>,
    pub(crate) payloads: Vec<Payload>,
    pub(crate) minimal_flag_called_events: bool,
    pub(crate) skipped: u32,
    /// Whether the document had all its parts.
    pub(crate) is_complete: bool,
}

/// What a flag hands out beside its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// JSON text, known to be well-formed.
    Json(String),
    /// A text that is not JSON, as it came.
    Text(String),
}

#[derive(Debug)]
pub(crate) struct Flag {
    pub(crate) key: Box<str>,
    pub(crate) id: Option<u64>,
    pub(crate) has_experiment: Option<bool>,
    pub(crate) active: bool,
    pub(crate) experience_continuity: bool,
    /// `None` when the definition is malformed, which concerns this flag alone.
    pub(crate) body: Option<Body>,
}

#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) aggregation: Aggregation,
    pub(crate) by_device: bool,
    pub(crate) early_exit: bool,
    pub(crate) conditions: Box<[Condition]>,
    pub(crate) variants: Box<[Variant]>,
    pub(crate) payload_on: Option<u32>,
    pub(crate) payload_off: Option<u32>,
    /// The name of the property by which a person is enrolled. Strict mode only.
    pub(crate) enrollment: Option<u32>,
    /// Strict mode only.
    pub(crate) holdout: Option<Holdout>,
}

/// Whose properties count, and whose key is bucketed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Aggregation {
    #[default]
    Person,
    /// A group type; `None` when the mapping does not know it.
    Group(Option<u32>),
}

#[derive(Debug)]
pub(crate) struct Condition {
    /// `None` inherits the flag's.
    pub(crate) aggregation: Option<Aggregation>,
    pub(crate) filters: Box<[Filter]>,
    /// As a fraction; `None` is everybody.
    pub(crate) rollout: Option<f64>,
    /// The variant that this condition imposes.
    pub(crate) variant: Option<u32>,
}

/// A variant is given to the places `from <= place < to`.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) key: Box<str>,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) payload: Option<u32>,
}

/// A share of persons kept out of all experiments, to whom the flag gives one variant.
#[derive(Debug)]
pub(crate) struct Holdout {
    pub(crate) share: f64,
    pub(crate) variant: u32,
}

#[derive(Debug)]
pub(crate) enum Filter {
    Property {
        name: u32,
        test: Test,
    },
    /// Without a name, or with an operator unknown here: inconclusive.
    Unreadable,
    Cohort(Reference),
    Dependency(Dependency),
}

/// A filter's question in the dialect of the mode.
#[derive(Debug)]
pub(crate) enum Test {
    Default(operator::Test),
    Strict(strict::operator::Test),
}

/// A reference to a cohort; `None` when it is not in the document.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) cohort: Option<u32>,
    /// Whether members pass, or the others; `None` for an unknown operator.
    pub(crate) member: Option<bool>,
}

#[derive(Debug)]
pub(crate) struct Cohort {
    pub(crate) group: Group,
    /// Not to be entered: it leads into a circle, or is nested too deep.
    pub(crate) endless: bool,
}

#[derive(Debug)]
pub(crate) enum Group {
    Constant(bool),
    Malformed,
    Of { all: bool, entries: Box<[Entry]> },
}

#[derive(Debug)]
pub(crate) enum Entry {
    Group(Group),
    Filter { filter: Filter, negated: bool },
}

/// A condition on another flag's value.
#[derive(Debug)]
pub(crate) enum Dependency {
    /// Wrong operator, no key or no expected value: never matches.
    Malformed,
    /// No order of evaluation was given, or an empty one, the server's sign of a circle.
    WithoutChain,
    /// Slots of the flags to evaluate in this order, then the one to compare.
    Chain {
        chain: Box<[u32]>,
        target: u32,
        expected: Expected,
    },
}

#[derive(Debug)]
pub(crate) enum Expected {
    Bool(bool),
    Variant(Box<str>),
    /// Neither, which no flag ever is.
    Other,
}

impl Definitions {
    /// How many flags there are; their indices are `0..len`.
    #[must_use]
    pub fn len(&self) -> u32 {
        count(&self.flags)
    }

    /// Whether there are no flags, which counts as having no definitions: everything goes to the
    /// server.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.flags.is_empty()
    }

    /// The index of the flag with this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<u32> {
        self.keys.find(key).filter(|index| *index < self.len())
    }

    /// The key of a flag.
    #[must_use]
    pub fn key(&self, flag: u32) -> Option<&str> {
        at(&self.flags, flag).map(|flag| &*flag.key)
    }

    /// The numeric id of a flag, where the definition has one.
    #[must_use]
    pub fn id(&self, flag: u32) -> Option<u64> {
        at(&self.flags, flag)?.id
    }

    /// Whether the flag belongs to an experiment, where the definition says so or not.
    #[must_use]
    pub fn has_experiment(&self, flag: u32) -> Option<bool> {
        at(&self.flags, flag)?.has_experiment
    }

    /// The text of a variant, as in [`Outcome::Variant`].
    #[must_use]
    pub fn variant(&self, flag: u32, variant: u32) -> Option<&str> {
        let body = at(&self.flags, flag)?.body.as_ref()?;
        at(&body.variants, variant).map(|variant| &*variant.key)
    }

    /// The index of the payload that belongs to an outcome of the flag.
    #[must_use]
    pub fn payload_of(&self, flag: u32, outcome: Outcome) -> Option<u32> {
        let body = at(&self.flags, flag)?.body.as_ref()?;
        match outcome {
            Outcome::Off => body.payload_off,
            Outcome::On => body.payload_on,
            Outcome::Variant(variant) => at(&body.variants, variant)?.payload,
            Outcome::Inconclusive(_) | Outcome::NeedsServer => None,
        }
    }

    /// A payload by its index.
    #[must_use]
    pub fn payload(&self, index: u32) -> Option<&Payload> {
        at(&self.payloads, index)
    }

    /// The names of all properties that any flag asks for, in the order of their indices.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.texts()
    }

    /// The names of all known group types.
    pub fn group_types(&self) -> impl Iterator<Item = &str> {
        self.group_types.texts()
    }

    /// Whether `$feature_flag_called` events may be reduced to their essence.
    #[must_use]
    pub fn minimal_flag_called_events(&self) -> bool {
        self.minimal_flag_called_events
    }

    /// How many entries of `flags` had no readable key and could not even be kept as inconclusive.
    #[must_use]
    pub fn skipped(&self) -> u32 {
        self.skipped
    }

    pub(crate) fn name(&self, index: u32) -> Name<'_> {
        Name {
            index,
            text: self.names.text(index),
        }
    }

    pub(crate) fn group_type(&self, index: u32) -> &str {
        self.group_types.text(index)
    }
}
