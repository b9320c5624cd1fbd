//! From a pattern's text to its program: the part of Python's syntax that other engines, PostHog's
//! among them, understand in the same way. What means something else to one of them is unsupported;
//! what is an error to all of them is invalid.

use alloc::vec::Vec;
use core::str::Chars;

use super::brackets::kind;
use super::class::{Member, Set, caseless};
use super::program::{JUMPS, Look, Part, Program, Step, add_alternative, copies, repeat};
use crate::interned::count;

/// Why there is no program.
#[derive(Debug)]
pub(super) enum Error {
    /// No engine reads the pattern.
    Invalid,
    /// It means something else elsewhere, or is too much for us.
    Unsupported,
}

use Error::{Invalid, Unsupported};

/// The longest pattern read, in bytes, and how deep its groups may nest. Far beyond what anybody
/// would write into a flag; the depth keeps reading off the stack's end.
const LONGEST: usize = 4096;
const DEEPEST: u32 = 100;

/// How many steps and members of sets one pattern may take, those included that a `{0}` throws away
/// again. It bounds what a search does for each character of a text, and what reading copies.
const LARGEST: usize = 16 * 1024;

/// The flags `i`, `s` and `m`.
#[derive(Clone, Copy, Default)]
pub(super) struct Flags {
    pub(super) ignore_case: bool,
    dot_all: bool,
    multi_line: bool,
}

pub(super) struct Parser<'p> {
    pub(super) rest: Chars<'p>,
    program: Program,
    names: Vec<&'p str>,
    depth: u32,
    /// How many more steps and members may be made.
    room: usize,
}

/// What one element of a pattern comes to.
enum Atom {
    Part(Part),
    /// It reads nothing, so that to repeat it is an error to some engines.
    Look(Look),
}

/// Takes from the budget what was made, also for a pattern that fails in the end.
pub(super) fn parse(pattern: &str, budget: &mut usize) -> Result<Program, Error> {
    if pattern.len() > LONGEST {
        return Err(Unsupported);
    }
    let room = LARGEST.min(*budget);
    let mut parser = Parser {
        rest: pattern.chars(),
        program: Program::default(),
        names: Vec::new(),
        depth: 0,
        room,
    };
    let steps = parser.whole();
    *budget = budget.saturating_sub(room.saturating_sub(parser.room));
    parser.program.steps = steps?;
    Ok(parser.program)
}

impl Flags {
    /// Sets what the letters say, with those behind a minus taken away.
    fn set(&mut self, letters: &str) -> Result<(), Error> {
        let (on, off) = letters.split_once('-').unwrap_or((letters, ""));
        let flags = on.chars().map(|letter| (letter, true));
        let mut seen = Vec::new();
        for (letter, value) in flags.chain(off.chars().map(|letter| (letter, false))) {
            match letter {
                _ if seen.contains(&letter) => return Err(Unsupported),
                'i' => self.ignore_case = value,
                's' => self.dot_all = value,
                'm' => self.multi_line = value,
                _ => return Err(Unsupported),
            }
            seen.push(letter);
        }
        let is_nothing = on.is_empty() && off.is_empty() || letters.ends_with('-');
        if is_nothing { Err(Unsupported) } else { Ok(()) }
    }
}

impl Parser<'_> {
    fn whole(&mut self) -> Result<Part, Error> {
        let mut flags = Flags::default();
        // Only here may flags stand for the whole pattern.
        while let Some(rest) = self.rest.as_str().strip_prefix("(?")
            && let Some((letters, rest)) = rest.split_once(')')
            && letters.bytes().all(|letter| letter.is_ascii_lowercase())
        {
            flags.set(letters)?;
            self.rest = rest.chars();
        }
        let steps = self.alternatives(flags)?;
        // Only a bracket without a partner ends the alternatives early.
        match self.rest.next() {
            Some(_) => Err(Invalid),
            None => Ok(steps),
        }
    }

    /// Asked before anything is made.
    pub(super) fn spend(&mut self, size: usize) -> Result<(), Error> {
        self.room = self.room.checked_sub(size).ok_or(Unsupported)?;
        Ok(())
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let rest = self.rest.as_str().strip_prefix(wanted);
        if let Some(rest) = rest {
            self.rest = rest.chars();
        }
        rest.is_some()
    }

    fn alternatives(&mut self, flags: Flags) -> Result<Part, Error> {
        let (mut whole, mut ends) = (Part::new(), Vec::new());
        loop {
            let part = self.sequence(flags)?;
            let is_last = !self.take("|");
            add_alternative(&mut whole, part, is_last, &mut ends);
            if is_last {
                return Ok(whole);
            }
            self.spend(JUMPS)?;
        }
    }

    fn sequence(&mut self, flags: Flags) -> Result<Part, Error> {
        let mut sequence = Part::new();
        while self.peek().is_some_and(|next| next != '|' && next != ')') {
            let part = match self.atom(flags)? {
                Atom::Part(part) => match self.quantifier()? {
                    Some((least, most)) => {
                        let length = part.len().saturating_add(JUMPS);
                        self.spend(copies(least, most).saturating_mul(length))?;
                        repeat(&part, least, most)
                    }
                    None => part,
                },
                Atom::Look(_) if self.quantifier()?.is_some() => return Err(Unsupported),
                Atom::Look(look) => self.step(Step::Look(look))?,
            };
            sequence.extend(part);
        }
        Ok(sequence)
    }

    fn atom(&mut self, flags: Flags) -> Result<Atom, Error> {
        Ok(Atom::Part(match self.rest.next().ok_or(Invalid)? {
            '(' => self.group(flags)?,
            '[' => self.class(flags)?,
            '.' => {
                let line_break = (!flags.dot_all).then_some(Member::Range('\n', '\n'));
                self.set(Set {
                    members: line_break.into_iter().collect(),
                    negated: true,
                    caseless: false,
                })?
            }
            '^' if flags.multi_line => return Ok(Atom::Look(Look::LineStart)),
            '^' => return Ok(Atom::Look(Look::TextStart)),
            '$' if flags.multi_line => return Ok(Atom::Look(Look::LineEnd)),
            '$' => {
                self.program.has_dollar = true;
                return Ok(Atom::Look(Look::TextEnd));
            }
            // Nothing to repeat.
            '*' | '+' | '?' => return Err(Invalid),
            '{' => {
                return Err(if self.bounds().is_ok() {
                    Invalid
                } else {
                    Unsupported
                });
            }
            '\\' => match self.rest.next().ok_or(Invalid)? {
                'b' => return Ok(Atom::Look(Look::WordBoundary)),
                'B' => {
                    self.program.has_no_boundary = true;
                    return Ok(Atom::Look(Look::NoWordBoundary));
                }
                'A' => return Ok(Atom::Look(Look::TextStart)),
                letter => match kind(letter) {
                    Some(kind) => self.set(Set {
                        members: [kind].to_vec(),
                        ..Set::default()
                    })?,
                    None => {
                        let literal = self.escaped(letter)?;
                        self.literal(literal, flags)?
                    }
                },
            },
            literal => self.literal(literal, flags)?,
        }))
    }

    fn literal(&mut self, literal: char, flags: Flags) -> Result<Part, Error> {
        let has_cases = literal.is_ascii_alphabetic() || !literal.is_ascii();
        if !flags.ignore_case || !has_cases {
            return self.step(Step::Char(literal));
        }
        let form = caseless(literal);
        self.set(Set {
            members: [Member::Range(form, form)].to_vec(),
            negated: false,
            caseless: true,
        })
    }

    pub(super) fn set(&mut self, set: Set) -> Result<Part, Error> {
        let index = count(&self.program.sets);
        self.program.sets.push(set);
        self.step(Step::Set(index))
    }

    fn step(&mut self, step: Step) -> Result<Part, Error> {
        self.spend(1)?;
        Ok([step].to_vec())
    }

    /// What follows an opening bracket, up to its closing one.
    fn group(&mut self, mut flags: Flags) -> Result<Part, Error> {
        if self.take("?P<") {
            let (name, rest) = self.rest.as_str().split_once('>').ok_or(Unsupported)?;
            let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            let starts_well = name.starts_with(|first: char| !first.is_ascii_digit());
            if !starts_well || !name.bytes().all(is_word) || self.names.contains(&name) {
                return Err(Unsupported);
            }
            self.names.push(name);
            self.rest = rest.chars();
        } else if self.take("?") && !self.take(":") {
            // A group with flags of its own; anything else with a question mark looks around, names
            // or refers.
            let (letters, rest) = self.rest.as_str().split_once(':').ok_or(Unsupported)?;
            flags.set(letters)?;
            self.rest = rest.chars();
        }
        if self.depth == DEEPEST {
            return Err(Unsupported);
        }
        self.depth = self.depth.saturating_add(1);
        let inner = self.alternatives(flags)?;
        self.depth = self.depth.saturating_sub(1);
        if self.take(")") {
            Ok(inner)
        } else {
            Err(Invalid)
        }
    }
}
