//! From a pattern's text to its program: the part of Python's syntax that other engines, PostHog's
//! among them, understand in the same way. What means something else to one of them is unsupported;
//! what is an error to all of them is invalid.

use alloc::vec::Vec;
use core::str::Chars;

use super::class::{Kind, Member, Set, caseless};
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

/// How many characters a range may span where case is ignored, since they are taken one by one.
const WIDEST_CASELESS: usize = 256;

/// The flags `i`, `s` and `m`.
#[derive(Clone, Copy, Default)]
struct Flags {
    ignore_case: bool,
    dot_all: bool,
    multi_line: bool,
}

struct Parser<'p> {
    rest: Chars<'p>,
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
    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn take(&mut self, wanted: &str) -> bool {
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

    fn set(&mut self, set: Set) -> Part {
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

    /// What follows an opening square bracket, up to its closing one.
    fn class(&mut self, flags: Flags) -> Result<Part, Error> {
        let mut set = Set {
            negated: self.take("^"),
            caseless: flags.ignore_case,
            members: Vec::new(),
        };
        let mut is_first = true;
        // A bracket in first place is a member.
        while is_first || self.peek() != Some(']') {
            is_first = false;
            let member = self.member()?;
            if self.rest.as_str().starts_with("--") {
                return Err(Unsupported);
            }
            let is_range = self.peek() == Some('-') && !self.rest.as_str().starts_with("-]");
            match member {
                Member::Range(first, _) if is_range => {
                    self.rest.next();
                    let Member::Range(last, _) = self.member()? else {
                        return Err(Unsupported);
                    };
                    if last < first {
                        return Err(Invalid);
                    }
                    set.add(first, last)?;
                }
                Member::Kind(..) if is_range => return Err(Unsupported),
                Member::Range(only, _) => set.add(only, only)?,
                kind => set.members.push(kind),
            }
        }
        self.rest.next();
        Ok(self.set(set))
    }

    /// A character or a kind inside of square brackets.
    fn member(&mut self) -> Result<Member, Error> {
        let member = match self.rest.next().ok_or(Invalid)? {
            // A set in a set to some engines.
            '[' => return Err(Unsupported),
            // Operations on sets, to some engines.
            twice @ ('&' | '-' | '~' | '|') if self.peek() == Some(twice) => {
                return Err(Unsupported);
            }
            '\\' => {
                let letter = self.rest.next().ok_or(Invalid)?;
                match kind(letter) {
                    Some(kind) => return Ok(kind),
                    None => self.escaped(letter)?,
                }
            }
            literal => literal,
        };
        Ok(Member::Range(member, member))
    }

    /// The character that a backslash and this one stand for.
    fn escaped(&mut self, letter: char) -> Result<char, Error> {
        Ok(match letter {
            'a' => '\x07',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            'x' => self.code(2)?,
            'u' => self.code(4)?,
            'U' => self.code(8)?,
            // To some engines these are the ends of a word.
            '<' | '>' => return Err(Unsupported),
            _ if letter.is_ascii() && !letter.is_ascii_alphanumeric() => letter,
            _ => return Err(Unsupported),
        })
    }

    /// The character with so many hexadecimal digits.
    fn code(&mut self, digits: usize) -> Result<char, Error> {
        let mut code = 0;
        for _ in 0..digits {
            let digit = self.rest.next().and_then(|digit| digit.to_digit(16));
            code = code << 4 | digit.ok_or(Unsupported)?;
        }
        char::from_u32(code).ok_or(Unsupported)
    }
}

fn kind(letter: char) -> Option<Member> {
    let kind = match letter.to_ascii_lowercase() {
        'd' => Kind::Digit,
        'w' => Kind::Word,
        's' => Kind::Space,
        _ => return None,
    };
    Some(Member::Kind(kind, letter.is_ascii_lowercase()))
}

impl Set {
    fn add(&mut self, first: char, last: char) -> Result<(), Error> {
        if !self.caseless {
            self.members.push(Member::Range(first, last));
            return Ok(());
        }
        if (first..=last).nth(WIDEST_CASELESS).is_some() {
            return Err(Unsupported);
        }
        for form in (first..=last).map(caseless) {
            match self.members.last_mut() {
                Some(Member::Range(_, end)) if (*end..=form).nth(1) == Some(form) => *end = form,
                Some(Member::Range(_, end)) if *end == form => {}
                _ => self.members.push(Member::Range(form, form)),
            }
        }
        Ok(())
    }
}
