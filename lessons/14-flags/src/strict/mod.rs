//! Strict mode, behind one switch; the crate's documentation names its source.
//! What differs in single operators is here; what differs in flags, conditions, cohorts and
//! dependencies is a branch on `strict` at the step that differs.

pub(crate) mod equality;
pub(crate) mod operator;
pub(crate) mod version;
