//! A pattern as a list of steps. All jumps are relative, so that a part of a program can be copied
//! to repeat it, and parts are joined by laying them end to end.

use alloc::vec::Vec;

use super::class::Set;

/// A compiled pattern. A search starts at the first step and has found a match beyond the last.
#[derive(Debug, Default)]
pub(crate) struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) sets: Vec<Set>,
    /// Somewhere `$` stands for the end of the text.
    pub(super) has_dollar: bool,
}

impl Program {
    /// What it takes of a document's budget.
    pub(super) fn size(&self) -> usize {
        let members = self.sets.iter().map(|set| set.members.len());
        members.fold(self.steps.len(), usize::saturating_add)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Reads this character.
    Char(char),
    /// Reads a character of the set with this index.
    Set(u32),
    /// Goes on only if this holds here.
    Look(Look),
    /// Goes on at so many steps from here.
    Jump(i32),
    /// Goes on at the next step, and as well at so many steps from here.
    Split(i32),
}

/// What may hold between two characters.
#[derive(Clone, Copy, Debug)]
pub(super) enum Look {
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordBoundary,
    NoWordBoundary,
}

/// More steps than that are no pattern for a flag; each takes eight bytes.
const LONGEST: usize = 16 * 1024;

/// A part of a program.
pub(super) type Part = Vec<Step>;

/// How far a jump goes over so many steps. Parts are short enough for it to fit.
fn over(steps: usize) -> i32 {
    i32::try_from(steps).unwrap_or(0)
}

/// One part or the other.
pub(super) fn either(one: Part, other: Part) -> Part {
    let mut part = Vec::new();
    part.push(Step::Split(over(one.len()).wrapping_add(2)));
    part.extend(one);
    part.push(Step::Jump(over(other.len()).wrapping_add(1)));
    part.extend(other);
    part
}

/// A part so many times, without a `most` as often as there is.
pub(super) fn repeat(part: &Part, least: usize, most: Option<usize>) -> Option<Part> {
    let optional = most.map_or(1, |most| most.saturating_sub(least));
    // An optional part and an endless one take two steps more at most.
    let length = part.len().saturating_add(2);
    if least.saturating_add(optional).checked_mul(length)? > LONGEST {
        return None;
    }
    let mut repeated = Vec::new();
    (0..least).for_each(|_| repeated.extend_from_slice(part));
    match most {
        Some(_) => (0..optional).for_each(|_| {
            repeated.push(Step::Split(over(part.len()).wrapping_add(1)));
            repeated.extend_from_slice(part);
        }),
        None => {
            repeated.push(Step::Split(over(length)));
            repeated.extend_from_slice(part);
            repeated.push(Step::Jump(over(part.len()).wrapping_neg().wrapping_sub(1)));
        }
    }
    Some(repeated)
}

/// Lays a part behind another; `None` when both together are too long.
pub(super) fn append(part: &mut Part, next: Part) -> Option<()> {
    part.extend(next);
    (part.len() <= LONGEST).then_some(())
}
