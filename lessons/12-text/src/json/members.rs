//! Where the members of an object lie in its text, and which names they may have.

use super::string::decode_exactly;
use crate::sort;
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::OnceCell;
use core::cmp::Ordering;
use core::ops::Range;

/// The members of one object, in the order they are written.
#[derive(Debug, Default)]
pub(super) struct Members {
    places: Vec<Place>,
    /// A Bloom filter of one word: the bits of all names; all bits if one of them is escaped and
    /// may mean any.
    names: u64,
    /// The places in the order of their names, equal names in the order they are written. Made when
    /// a large object is first asked for a name, because most are never asked.
    order: OnceCell<Box<[u32]>>,
}

/// Where a member's name and value lie.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
    /// The bits of the names that it may have: one, or all if it is escaped.
    names: u64,
    /// The first object or array of the value, among those of a document.
    pub(super) span: usize,
}

impl Members {
    /// Room for this many before the list grows; most events have fewer properties.
    const USUAL: usize = 16;
    /// Up to so many members looking at each is as fast as looking into their order.
    const FEW: usize = 32;

    pub(super) fn reserve(&mut self) {
        self.places.reserve(Members::USUAL);
    }

    pub(super) fn push(
        &mut self,
        text: &str,
        key: Range<usize>,
        value: Range<usize>,
        escaped: bool,
        span: usize,
    ) {
        let names = if escaped {
            ANY
        } else {
            bit(text.as_bytes().get(key.start..key.end).unwrap_or_default())
        };
        self.names |= names;
        self.places.push(Place {
            key,
            value,
            names,
            span,
        });
    }

    pub(super) fn as_slice(&self) -> &[Place] {
        &self.places
    }

    /// The last member of `text` with this name, and which one it is. `name` means itself; nothing
    /// in it is an escape.
    pub(super) fn find(&self, text: &str, name: &str) -> Option<(usize, &Place)> {
        let bit = bit(name.as_bytes());
        if self.names & bit == 0 {
            return None;
        }
        let Some(order) = self.sort_names(text) else {
            let mut places = self.places.iter().enumerate().rev();
            return places.find(|(_, place)| place.names & bit != 0 && place.is_named(text, name));
        };
        let behind = order.partition_point(|index| {
            self.at(*index)
                .is_some_and(|place| place.compare(text, Some(name)) != Ordering::Greater)
        });
        let index = *order.get(behind.checked_sub(1)?)?;
        let place = self.at(index)?;
        place
            .is_named(text, name)
            .then_some((index as usize, place))
    }

    /// The order of the names, if there are many.
    pub(super) fn sort_names(&self, text: &str) -> Option<&[u32]> {
        let is_large = self.places.len() > Members::FEW;
        is_large.then(|| &**self.order.get_or_init(|| self.sorted(text)))
    }

    fn at(&self, index: u32) -> Option<&Place> {
        self.places.get(index as usize)
    }

    fn sorted(&self, text: &str) -> Box<[u32]> {
        let mut order: Vec<u32> = (0..self.places.len() as u32).collect();
        sort::sort(&mut order, &|one, other| {
            let ordering = match (self.at(one), self.at(other)) {
                (Some(one), Some(other)) => one.compare(text, other.name(text).as_deref()),
                _ => Ordering::Equal,
            };
            ordering.then(one.cmp(&other)) == Ordering::Less
        });
        order.into()
    }

    /// True if no name of the one can be a name of the other, as one look at their bits says. False
    /// proves nothing.
    pub(super) fn share_no_name_with(&self, other: &Members) -> bool {
        self.names & other.names == 0
    }
}

impl Place {
    /// The member's name, decoded; `None` if no `str` can hold it.
    pub(super) fn name<'t>(&self, text: &'t str) -> Option<Cow<'t, str>> {
        let key = part(text, &self.key);
        if self.names == ANY {
            decode_exactly(key)
        } else {
            Some(Cow::Borrowed(key))
        }
    }

    #[inline]
    fn is_named(&self, text: &str, name: &str) -> bool {
        if self.names == ANY {
            return self.name(text).is_some_and(|own| own == name);
        }
        // As bytes: a range of those is not checked for the bounds of characters.
        text.as_bytes().get(self.key.start..self.key.end) == Some(name.as_bytes())
    }

    fn compare(&self, text: &str, name: Option<&str>) -> Ordering {
        self.name(text).as_deref().cmp(&name)
    }
}

/// The bits of a name that may be any.
const ANY: u64 = u64::MAX;

/// A bit that equal names share, drawn from the length and two letters. The names that begin with
/// `$` have half of the bits for themselves: those are given by a library, and most of an
/// application's do not begin so.
fn bit(name: &[u8]) -> u64 {
    let letter = |place: usize| name.get(place).map_or(0, |letter| u32::from(*letter));
    let (middle, last) = (letter(name.len() >> 1), letter(name.len().wrapping_sub(1)));
    // The factor spreads the names that clients and hosts themselves give over all 32.
    let mixed = (name.len() as u32).wrapping_mul(7) ^ middle ^ last.wrapping_mul(7);
    let half = u32::from(name.starts_with(b"$")) << 5;
    1_u64.wrapping_shl(half | mixed & 31)
}

/// The text of a range that the scanner found.
pub(super) fn part<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.start..range.end).unwrap_or_default()
}
