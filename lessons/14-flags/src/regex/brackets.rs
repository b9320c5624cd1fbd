//! What stands in square brackets, and what a backslash makes of a character.

use alloc::vec::Vec;

use super::class::{Kind, Member, Set, caseless};
use super::parse::Error::{self, Invalid, Unsupported};
use super::parse::{Flags, Parser};
use super::program::Part;

/// How many characters a range may span where case is ignored, since they are taken one by one.
const WIDEST_CASELESS: usize = 256;

impl Parser<'_> {
    /// What follows an opening square bracket, up to its closing one.
    pub(super) fn class(&mut self, flags: Flags) -> Result<Part, Error> {
        let mut set = Set {
            negated: self.take("^"),
            caseless: flags.ignore_case,
            members: Vec::new(),
        };
        let mut is_first = true;
        // A bracket in first place is a member.
        while is_first || self.peek() != Some(']') {
            let is_bracket = self.peek() == Some(']');
            is_first = false;
            let member = self.member()?;
            if self.rest.as_str().starts_with("--") {
                return Err(Unsupported);
            }
            let is_range = self.peek() == Some('-') && !self.rest.as_str().starts_with("-]");
            match member {
                // With a bracket a range begins to some engines, to others none does.
                Member::Range(..) if is_range && is_bracket => return Err(Unsupported),
                Member::Range(first, _) if is_range => {
                    self.rest.next();
                    let Member::Range(last, _) = self.member()? else {
                        return Err(Unsupported);
                    };
                    if last < first {
                        return Err(Invalid);
                    }
                    self.add(&mut set, first, last)?;
                }
                Member::Kind(..) if is_range => return Err(Unsupported),
                Member::Range(only, _) => self.add(&mut set, only, only)?,
                kind => {
                    self.spend(1)?;
                    set.members.push(kind);
                }
            }
        }
        self.rest.next();
        self.set(set)
    }

    /// Adds the characters from the first to the last to a set.
    fn add(&mut self, set: &mut Set, first: char, last: char) -> Result<(), Error> {
        if !set.caseless {
            self.spend(1)?;
            set.members.push(Member::Range(first, last));
            return Ok(());
        }
        if (first..=last).nth(WIDEST_CASELESS).is_some() {
            return Err(Unsupported);
        }
        for form in (first..=last).map(caseless) {
            self.spend(1)?;
            match set.members.last_mut() {
                Some(Member::Range(_, end)) if (*end..=form).nth(1) == Some(form) => *end = form,
                Some(Member::Range(_, end)) if *end == form => {}
                _ => set.members.push(Member::Range(form, form)),
            }
        }
        Ok(())
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
    pub(super) fn escaped(&mut self, letter: char) -> Result<char, Error> {
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

pub(super) fn kind(letter: char) -> Option<Member> {
    let kind = match letter.to_ascii_lowercase() {
        'd' => Kind::Digit,
        'w' => Kind::Word,
        's' => Kind::Space,
        _ => return None,
    };
    Some(Member::Kind(kind, letter.is_ascii_lowercase()))
}
