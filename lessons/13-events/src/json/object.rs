//! An object as text: checked once, and known by where its members lie.
//!
//! Nothing is copied unless something has to be replaced.

use super::repair::repaired;
use super::scan::{ASSEMBLED, Depth, GIVEN, Scanner};
use super::{Fault, decode};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;

/// One member of an object: both parts as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// The name between its quotes, escapes left as they are.
    pub key: &'a str,
    /// The value, without white space around it.
    pub value: &'a str,
    /// Both, as they are written, but for the quote in front.
    pub(crate) whole: &'a str,
}

/// A checked object and where its members lie.
#[derive(Debug, Clone, Default)]
pub struct Object<'a> {
    pub(super) text: Cow<'a, str>,
    members: Members,
}

/// Where the members of an object lie, and which names they may have.
#[derive(Debug, Clone, Default)]
pub(super) struct Members {
    places: Vec<Place>,
    /// A Bloom filter of one word: the bits of all names; all bits if one of them is escaped and
    /// may mean any.
    names: u64,
}

/// Where a member's name and value lie.
#[derive(Debug, Clone)]
struct Place {
    key: Range<usize>,
    value: Range<usize>,
    escaped: bool,
}

impl Members {
    /// Room for this many before the list grows; most events have fewer properties.
    pub(super) const USUAL: usize = 16;

    pub(super) fn reserve(&mut self) {
        self.places.reserve(Members::USUAL);
    }

    pub(super) fn push(
        &mut self,
        text: &str,
        key: Range<usize>,
        value: Range<usize>,
        escaped: bool,
    ) {
        self.names |= if escaped {
            u64::MAX
        } else {
            bit(text.as_bytes().get(key.start..key.end).unwrap_or_default())
        };
        self.places.push(Place {
            key,
            value,
            escaped,
        });
    }
}

/// A bit that equal names share, drawn from the length and two letters. The names that PostHog
/// gives begin with `$` and have half of the bits for themselves, because most names of
/// applications do not.
fn bit(name: &[u8]) -> u64 {
    let letter = |place: usize| name.get(place).map_or(0, |letter| u32::from(*letter));
    let (middle, last) = (letter(name.len() >> 1), letter(name.len().wrapping_sub(1)));
    // The factor spreads the names that clients and hosts themselves give over all 32.
    let mixed = (name.len() as u32).wrapping_mul(7) ^ middle ^ last.wrapping_mul(7);
    let half = u32::from(name.starts_with(b"$")) << 5;
    1_u64.wrapping_shl(half | mixed & 31)
}

fn part<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.start..range.end).unwrap_or_default()
}

impl<'a> Object<'a> {
    /// Checks `text` and finds the members of its one object.
    ///
    /// What the server cannot read is replaced on the way: numbers that it does not find finite as
    /// 64-bit floats (`NaN`, `-Infinity`, `1e999`) by `null`, and unpaired surrogates (`\ud800`) by
    /// `\ufffd`. One such value, sent as it is, makes the server refuse every event of the request.
    ///
    /// # Errors
    /// The first [`Fault`], also when the text is JSON but no object.
    pub fn parse(text: &'a str) -> Result<Object<'a>, Fault> {
        Object::within(text, GIVEN)
    }

    /// The same for a text that this crate put together around checked texts, and which is deeper
    /// by that.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub(crate) fn parse_assembled(text: &'a str) -> Result<Object<'a>, Fault> {
        Object::within(text, ASSEMBLED)
    }

    pub(super) fn within(text: &'a str, limit: Depth) -> Result<Object<'a>, Fault> {
        let mut members = Members::default();
        let mut scanner = Scanner::new(text, limit);
        scanner
            .whole_object(&mut members)
            .map_err(|expected| scanner.fault(expected))?;
        if scanner.repairs.is_empty() {
            return Ok(Object {
                text: Cow::Borrowed(text),
                members,
            });
        }
        let repaired = repaired(text, &scanner.repairs);
        let object = Object::within(&repaired, limit)?;
        Ok(object.into_owned())
    }

    /// The members in the order they are written.
    pub fn members(&self) -> impl DoubleEndedIterator<Item = Member<'_>> {
        self.members.places.iter().map(|place| Member {
            key: part(&self.text, &place.key),
            value: part(&self.text, &place.value),
            whole: part(&self.text, &(place.key.start..place.value.end)),
        })
    }

    /// The object as it was written, after the replacements and without white space around it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.trim_ascii()
    }

    /// All members as they are written, but for the quote in front of the first name.
    pub(crate) fn inside(&self) -> &str {
        match self.members.places.as_slice() {
            [first, .., last] => part(&self.text, &(first.key.start..last.value.end)),
            [only] => part(&self.text, &(only.key.start..only.value.end)),
            [] => "",
        }
    }

    /// The same object with its text its own, for keeping.
    #[must_use]
    pub fn into_owned(self) -> Object<'static> {
        Object {
            text: Cow::Owned(self.text.into_owned()),
            members: self.members,
        }
    }

    /// The value written last under `name`, as readers of duplicate names take it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.place(name).map(|place| part(&self.text, &place.value))
    }

    /// True if a member has this name, both as they are written.
    pub(crate) fn has(&self, key: &str) -> bool {
        let escaped = key.contains('\\');
        if escaped {
            self.place(&decode(key)).is_some()
        } else {
            self.place(key).is_some()
        }
    }

    /// `name` means itself; nothing in it is an escape.
    fn place(&self, name: &str) -> Option<&Place> {
        if self.members.names & bit(name.as_bytes()) == 0 {
            return None;
        }
        self.members.places.iter().rev().find(|place| {
            let key = part(&self.text, &place.key);
            if place.escaped {
                decode(key) == name
            } else {
                key == name
            }
        })
    }

    /// True if no name of the one can be a name of the other, as one look at their bits says. False
    /// proves nothing.
    pub(crate) fn shares_no_name_with(&self, others: &[&Object<'_>]) -> bool {
        others
            .iter()
            .all(|other| other.members.names & self.members.names == 0)
    }

    /// True if there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.places.is_empty()
    }
}
