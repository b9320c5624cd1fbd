//! How much one evaluation may do, so that none takes longer than a host can wait: definitions may
//! ask the same cohorts again and again, and a person's text may be long. It also holds the memory
//! that searches share.

#[cfg(feature = "regex")]
use crate::regex::Cache;
use crate::verdict::{Stop, Why};

/// The steps of one evaluation, shared by everything in it: conditions, cohorts, flags that it
/// depends on, searches, patterns. A step is a character that a search or a pattern compares, or an
/// element of a list. Ours: callgrind counts 60 instructions for a pattern's step, which makes a
/// thousand million, a third of a second. No ordinary flag comes near: one with a thousand filters
/// on texts of a thousand characters takes a sixteenth.
const STEPS: u32 = 1 << 24;

/// The steps of visiting a condition, a filter or a group of a cohort. Callgrind counts 250
/// instructions, those of four steps. Four times as many are taken, since visits are what a few
/// bytes of definitions can multiply; a million are left.
pub(crate) const VISIT: usize = 16;

/// How many bytes of a value are read in a step where nothing is searched for.
pub(crate) const READ: usize = 16;

/// What is left to an evaluation.
#[derive(Debug)]
pub(crate) struct Work {
    left: u32,
    #[cfg(feature = "regex")]
    pub(crate) cache: Cache,
}

impl Default for Work {
    fn default() -> Self {
        Work::with(STEPS)
    }
}

impl Work {
    pub(crate) fn with(steps: u32) -> Self {
        Work {
            left: steps,
            #[cfg(feature = "regex")]
            cache: Cache::default(),
        }
    }

    /// Starts an evaluation.
    pub(crate) fn begin(&mut self) {
        self.left = STEPS;
    }

    /// Takes steps. What is done must be done with soon after none is left.
    pub(crate) fn spend(&mut self, steps: usize) {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        self.left = self.left.saturating_sub(steps);
    }

    /// Whether no step is left. What was found meanwhile does not count.
    pub(crate) fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// Stops the flag when no step is left.
    pub(crate) fn check(&self) -> Result<(), Stop> {
        if self.is_spent() {
            return Err(Stop::Flag(Why::LimitExceeded));
        }
        Ok(())
    }
}
