//! From a pattern's text to its program: the part of Python's syntax that other engines, PostHog's
//! among them, understand in the same way. What means something else to one of them is unsupported;
//! what is an error to all of them is invalid.

use alloc::vec::Vec;
use core::str::Chars;

use super::brackets::kind;
use super::class::{Member, Set, caseless};
use super::program::{Look, Part, Program, Step, append, either, repeat};
use crate::interned::count;
use crate::number;

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
}

/// What one element of a pattern comes to.
enum Atom {
    Part(Part),
    /// It reads nothing, so that to repeat it is an error to some engines.
    Look(Look),
}

pub(super) fn parse(pattern: &str) -> Result<Program, Error> {
    if pattern.len() > LONGEST {
        return Err(Unsupported);
    }
    let mut parser = Parser {
        rest: pattern.chars(),
        program: Program::default(),
        names: Vec::new(),
        depth: 0,
    };
    let mut flags = Flags::default();
    // Only here may flags stand for the whole pattern.
    while let Some(rest) = parser.rest.as_str().strip_prefix("(?")
        && let Some((letters, rest)) = rest.split_once(')')
        && letters.bytes().all(|letter| letter.is_ascii_lowercase())
    {
        flags.set(letters)?;
        parser.rest = rest.chars();
    }
    parser.program.steps = parser.alternatives(flags)?;
    // Only a bracket without a partner ends the alternatives early.
    match parser.rest.next() {
        Some(_) => Err(Invalid),
        None => Ok(parser.program),
    }
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

impl<'p> Parser<'p> {
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
        let mut whole = self.sequence(flags)?;
        while self.take("|") {
            whole = either(whole, self.sequence(flags)?);
        }
        Ok(whole)
    }

    fn sequence(&mut self, flags: Flags) -> Result<Part, Error> {
        let mut sequence = Part::new();
        while self.peek().is_some_and(|next| next != '|' && next != ')') {
            let part = match self.atom(flags)? {
                Atom::Part(part) => match self.quantifier()? {
                    Some((least, most)) => repeat(&part, least, most).ok_or(Unsupported)?,
                    None => part,
                },
                Atom::Look(_) if self.quantifier()?.is_some() => return Err(Unsupported),
                Atom::Look(look) => [Step::Look(look)].to_vec(),
            };
            append(&mut sequence, part).ok_or(Unsupported)?;
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
                })
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
                'B' => return Ok(Atom::Look(Look::NoWordBoundary)),
                'A' => return Ok(Atom::Look(Look::TextStart)),
                letter => match kind(letter) {
                    Some(kind) => self.set(Set {
                        members: [kind].to_vec(),
                        ..Set::default()
                    }),
                    None => {
                        let literal = self.escaped(letter)?;
                        self.literal(literal, flags)
                    }
                },
            },
            literal => self.literal(literal, flags),
        }))
    }

    fn literal(&mut self, literal: char, flags: Flags) -> Part {
        let has_cases = literal.is_ascii_alphabetic() || !literal.is_ascii();
        if !flags.ignore_case || !has_cases {
            return [Step::Char(literal)].to_vec();
        }
        let form = caseless(literal);
        self.set(Set {
            members: [Member::Range(form, form)].to_vec(),
            negated: false,
            caseless: true,
        })
    }

    pub(super) fn set(&mut self, set: Set) -> Part {
        let index = count(&self.program.sets);
        self.program.sets.push(set);
        [Step::Set(index)].to_vec()
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

    /// How often what stands before may come, if that is said.
    fn quantifier(&mut self) -> Result<Option<(usize, Option<usize>)>, Error> {
        let found = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => (0, Some(0)),
            _ => return Ok(None),
        };
        let found = if self.rest.next() == Some('{') {
            self.bounds()?
        } else {
            found
        };
        // To prefer fewer changes where a match ends, and not whether there is one. A plus would
        // forbid to give anything back in Python, and repeat once more elsewhere; what else repeats
        // a repetition is an error to some.
        self.take("?");
        match self.peek() {
            Some('*' | '+' | '?' | '{') => Err(Unsupported),
            _ => Ok(Some(found)),
        }
    }

    /// The inside of braces and the closing one: `2}`, `2,}` or `2,3}`.
    fn bounds(&mut self) -> Result<(usize, Option<usize>), Error> {
        let (inside, rest) = self.rest.as_str().split_once('}').ok_or(Unsupported)?;
        let bound = |text| {
            let bound = number::digits(text).and_then(|bound| usize::try_from(bound).ok());
            bound.ok_or(Unsupported)
        };
        let bounds = match inside.split_once(',') {
            None => (bound(inside)?, Some(bound(inside)?)),
            Some((least, "")) => (bound(least)?, None),
            Some((least, most)) => (bound(least)?, Some(bound(most)?)),
        };
        self.rest = rest.chars();
        match bounds {
            (least, Some(most)) if most < least => Err(Invalid),
            bounds => Ok(bounds),
        }
    }
}
