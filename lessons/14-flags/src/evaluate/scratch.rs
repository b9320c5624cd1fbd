//! The working memory of evaluations: made once, reused, so that an evaluation allocates nothing.

use alloc::vec::Vec;

use crate::interned::{at, at_mut};
use crate::work::Work;

/// Working memory for [`Definitions::evaluate`](crate::Definitions::evaluate). It carries nothing
/// from one evaluation to the next and may serve any definitions; it grows when larger ones come.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Values of flags evaluated as dependencies, by slot, each with the evaluation it belongs to.
    memo: Vec<(u32, Memo)>,
    evaluation: u32,
    pub(crate) work: Work,
}

/// The value of a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    Off,
    On,
    Variant(u32),
}

/// What is known of a dependency within this evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Memo {
    InProgress,
    Inconclusive,
    Known(Stored),
}

impl Scratch {
    /// Starts an evaluation, for which nothing is known yet.
    pub(super) fn begin(&mut self, slots: u32) {
        self.work.begin();
        let slots = usize::try_from(slots).unwrap_or(usize::MAX);
        self.evaluation = self.evaluation.wrapping_add(1);
        if self.evaluation == 0 || self.memo.len() < slots {
            // A stamp of four billion evaluations ago must not pass for one of today.
            self.evaluation = 1;
            self.memo.clear();
            self.memo.resize(slots, (0, Memo::Inconclusive));
        }
    }

    pub(super) fn get(&self, slot: u32) -> Option<Memo> {
        let (evaluation, memo) = at(&self.memo, slot)?;
        (*evaluation == self.evaluation).then_some(*memo)
    }

    pub(super) fn set(&mut self, slot: u32, memo: Memo) {
        if let Some(entry) = at_mut(&mut self.memo, slot) {
            *entry = (self.evaluation, memo);
        }
    }
}
