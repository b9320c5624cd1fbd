//! Where the members of an object lie in its text, and which names they may have.

use super::string::decode;
use alloc::vec::Vec;
use core::ops::Range;

/// The members of one object, in the order they are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Members {
    places: Vec<Place>,
    /// A Bloom filter of one word: the bits of all names; all bits if one of them is escaped and
    /// may mean any.
    names: u64,
}

/// Where a member's name and value lie.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
    escaped: bool,
}

impl Members {
    /// Room for this many before the list grows; most events have fewer properties.
    const USUAL: usize = 16;

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

    pub(super) fn as_slice(&self) -> &[Place] {
        &self.places
    }

    /// The last member of `text` with this name. `name` means itself; nothing in it is an escape.
    pub(super) fn find(&self, text: &str, name: &str) -> Option<&Place> {
        if self.names & bit(name.as_bytes()) == 0 {
            return None;
        }
        self.places.iter().rev().find(|place| {
            let key = part(text, &place.key);
            if place.escaped {
                decode(key) == name
            } else {
                key == name
            }
        })
    }

    /// True if no name of the one can be a name of the other, as one look at their bits says. False
    /// proves nothing.
    pub(super) fn share_no_name_with(&self, other: &Members) -> bool {
        self.names & other.names == 0
    }
}

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
