//! Strict mode: the newer semantics of PostHog's server and specification, behind one switch.
//! What differs in single operators is here; what differs in conditions, cohorts and dependencies
//! is one `if` each where the default is told.

pub(crate) mod equality;
pub(crate) mod operator;
pub(crate) mod version;
