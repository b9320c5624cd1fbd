//! Sets of characters, and the three kinds that have names, as CPython 3.11 has them: `\w` is a
//! letter, a number of any sort or `_`, and no combining mark.

use alloc::vec::Vec;

use super::table::{DIGITS, LETTERS_AND_NUMBERS};
use crate::fold;
use crate::lower;

/// A set of characters.
#[derive(Debug, Default)]
pub(super) struct Set {
    pub(super) members: Vec<Member>,
    /// The set is of all others.
    pub(super) negated: bool,
    /// Characters are compared by their [`caseless`] forms, in which the members are given.
    pub(super) caseless: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Member {
    /// From the first to the last, both included.
    Range(char, char),
    /// Of this kind, or of any other with `false`.
    Kind(Kind, bool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `\d`
    Digit,
    /// `\w`
    Word,
    /// `\s`
    Space,
}

impl Set {
    pub(super) fn has(&self, character: char) -> bool {
        let form = if self.caseless {
            caseless(character)
        } else {
            character
        };
        let is_member = |member: &Member| match member {
            Member::Range(first, last) => (*first..=*last).contains(&form),
            // The form of U+0345, a combining mark, is a letter.
            Member::Kind(kind, expected) => kind.has(character) == *expected,
        };
        self.members.iter().any(is_member) != self.negated
    }
}

impl Kind {
    pub(super) fn has(self, character: char) -> bool {
        match self {
            Kind::Digit if character.is_ascii() => character.is_ascii_digit(),
            Kind::Digit => lower::is_in(DIGITS, character),
            Kind::Word if character.is_ascii() => {
                character.is_ascii_alphanumeric() || character == '_'
            }
            Kind::Word => lower::is_in(LETTERS_AND_NUMBERS, character),
            Kind::Space => matches!(
                character,
                '\t'..='\r' | '\x1c'..='\x20' | '\u{85}' | '\u{a0}' | '\u{1680}'
                    | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}'
                    | '\u{205f}' | '\u{3000}'
            ),
        }
    }
}

/// The form that a character shares with all that Python's `IGNORECASE` takes for the same: its
/// lower case, joined with those that `_EXTRA_CASES` of CPython's `re/_casefix.py` lists.
pub(super) fn caseless(character: char) -> char {
    match character {
        'İ' | 'ı' => 'i',
        '\u{1fd3}' => '\u{390}',
        '\u{1fe3}' => '\u{3b0}',
        '\u{fb05}' => '\u{fb06}',
        _ => fold::single(character).unwrap_or_else(|| lower::of_char(character)),
    }
}
