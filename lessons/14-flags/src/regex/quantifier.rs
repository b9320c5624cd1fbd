//! How often something may come: a star, a plus, a question mark, or bounds in braces. What is
//! repeated, and whether it may be, is the parser's affair.

use super::parse::Error::{self, Invalid, Unsupported};
use super::parse::Parser;
use text::number;

impl Parser<'_> {
    /// How often what stands before may come, if that is said.
    pub(super) fn quantifier(&mut self) -> Result<Option<(usize, Option<usize>)>, Error> {
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
    pub(super) fn bounds(&mut self) -> Result<(usize, Option<usize>), Error> {
        let (inside, rest) = self.rest.as_str().split_once('}').ok_or(Unsupported)?;
        let bound = |text| {
            // Not more than 32 bits, so that a module agrees with a machine of 64.
            let bound = number::read(text).and_then(|bound| u32::try_from(bound).ok());
            let bound = bound.and_then(|bound| usize::try_from(bound).ok());
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
