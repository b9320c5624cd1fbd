//! A pattern as a list of steps. All jumps are relative, so that a part of a program can be copied
//! to repeat it, and parts are joined by laying them end to end.

use alloc::vec::Vec;

use super::class::Set;
use crate::interned::{count, put};

/// A compiled pattern. A search starts at the first step and has found a match beyond the last.
#[derive(Debug, Default)]
pub(crate) struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) sets: Vec<Set>,
    /// Somewhere `$` stands for the end of the text.
    pub(super) has_dollar: bool,
    /// Somewhere stands `\B`.
    pub(super) has_no_boundary: bool,
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

/// A part of a program.
pub(super) type Part = Vec<Step>;

/// How many jumps there are at most for an alternative, and for a copy of what is repeated.
pub(super) const JUMPS: usize = 2;

/// How far a jump goes over so many steps. The parser's bound keeps every part short enough.
fn over(steps: usize) -> i32 {
    i32::try_from(steps).unwrap_or(0)
}

/// Adds a part to alternatives, with more behind it or as the last one. `ends` has the places of the
/// jumps behind the parts, which lead to the end of the last.
pub(super) fn add_alternative(whole: &mut Part, part: Part, is_last: bool, ends: &mut Vec<u32>) {
    if !is_last {
        whole.push(Step::Split(over(part.len()).wrapping_add(2)));
    }
    whole.extend(part);
    if !is_last {
        ends.push(count(whole));
        whole.push(Step::Jump(0));
        return;
    }
    let length = count(whole);
    for end in ends {
        let distance = length.wrapping_sub(*end).cast_signed();
        put(whole, *end, Step::Jump(distance));
    }
}

/// How many copies of a part make it come so many times.
pub(super) fn copies(least: usize, most: Option<usize>) -> usize {
    most.unwrap_or(1).max(least)
}

/// A part so many times, without a `most` as often as there is.
pub(super) fn repeat(part: &Part, least: usize, most: Option<usize>) -> Part {
    let length = over(part.len());
    // An endless copy has a jump behind it.
    let over_copy = if most.is_none() { 2 } else { 1 };
    let mut repeated = Part::new();
    (0..least).for_each(|_| repeated.extend_from_slice(part));
    (least..copies(least, most)).for_each(|_| {
        repeated.push(Step::Split(length.wrapping_add(over_copy)));
        repeated.extend_from_slice(part);
    });
    match (most, least) {
        (Some(_), _) => {}
        // Back to the split in front.
        (None, 0) => repeated.push(Step::Jump(length.wrapping_neg().wrapping_sub(1))),
        // Back to the last copy: with another one, `+` in `+` would double what it repeats.
        (None, _) => repeated.push(Step::Split(length.wrapping_neg())),
    }
    repeated
}
