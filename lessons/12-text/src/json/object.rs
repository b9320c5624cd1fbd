//! An object as text: checked once, and known by where its members lie.
//!
//! Nothing is copied unless something has to be replaced.

use super::Fault;
use super::members::{Members, part};
use super::repair::repaired;
use super::scan::Scanner;
use super::string::decode;
use alloc::borrow::Cow;

/// One member of an object: both parts as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// The name between its quotes, escapes left as they are.
    pub key: &'a str,
    /// The value, without white space around it.
    pub value: &'a str,
    /// Both, as they are written, but for the quote in front.
    pub whole: &'a str,
}

/// A checked object and where its members lie.
#[derive(Debug, Default)]
pub struct Object<'a> {
    text: Cow<'a, str>,
    members: Members,
}

impl<'a> Object<'a> {
    /// Checks `text` and finds the members of its one object, in which at most `depth` objects and
    /// arrays may be open at once, itself included.
    ///
    /// What a strict reader cannot read is replaced on the way: numbers that are not finite as
    /// 64-bit floats (`NaN`, `-Infinity`, `1e999`) by `null`, and unpaired surrogates (`\ud800`) by
    /// `\ufffd`, in names too. Two names that become one by that are a name given twice.
    ///
    /// # Errors
    /// The first [`Fault`], also when the text is JSON but not an object.
    pub fn parse(text: &'a str, depth: u32) -> Result<Object<'a>, Fault> {
        Object::read(text, depth, false)
    }

    /// The same, but objects and arrays that are nested deeper than `depth` become `null`.
    ///
    /// # Errors
    /// The first [`Fault`], which is never one of depth.
    pub fn parse_and_cut(text: &'a str, depth: u32) -> Result<Object<'a>, Fault> {
        Object::read(text, depth, true)
    }

    fn read(text: &'a str, depth: u32, cuts: bool) -> Result<Object<'a>, Fault> {
        let mut members = Members::default();
        let mut scanner = Scanner::new(text, depth);
        scanner.cuts = cuts;
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
        let object = Object::parse(&repaired, depth)?;
        Ok(object.into_owned())
    }

    /// The members in the order they are written.
    pub fn members(&self) -> impl DoubleEndedIterator<Item = Member<'_>> {
        self.members.as_slice().iter().map(|place| Member {
            key: part(&self.text, &place.key),
            value: part(&self.text, &place.value),
            whole: part(&self.text, &(place.key.start..place.value.end)),
        })
    }

    /// Which of the [`members`](Object::members) was written last under `name`, and its value.
    #[inline]
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(usize, &str)> {
        let (index, place) = self.members.find(&self.text, name)?;
        Some((index, part(&self.text, &place.value)))
    }

    /// Puts the names of a large object in order now, so that the first look-up does not have to.
    pub fn sort_names(&self) {
        self.members.sort_names(&self.text);
    }

    /// The object as it was written, after the replacements and without white space around it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.trim_ascii()
    }

    /// All members as they are written, but for the quote in front of the first name.
    #[inline]
    #[must_use]
    pub fn inside(&self) -> &str {
        match self.members.as_slice() {
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
        self.find(name).map(|(_, value)| value)
    }

    /// True if a member has this name, both as they are written.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        let escaped = key.contains('\\');
        if escaped {
            self.members.find(&self.text, &decode(key)).is_some()
        } else {
            self.members.find(&self.text, key).is_some()
        }
    }

    /// True if no name of the one can be a name of the other, as one look at their bits says. False
    /// proves nothing.
    #[inline]
    #[must_use]
    pub fn shares_no_name_with(&self, others: &[&Object<'_>]) -> bool {
        others
            .iter()
            .all(|other| self.members.share_no_name_with(&other.members))
    }

    /// True if there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.as_slice().is_empty()
    }
}
