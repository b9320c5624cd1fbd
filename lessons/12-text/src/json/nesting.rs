//! Which objects and arrays are open, one bit a level.
//!
//! Recursion would spend a stack frame on each level, and end with the stack of a guest.

use alloc::vec::Vec;

/// The open objects and arrays.
#[derive(Default)]
pub(super) struct Nesting {
    /// The innermost levels, the last one lowest: 1 is an object, 0 an array.
    word: u64,
    depth: u32,
    /// Complete words of the levels further out. Few texts are so deep that there is one.
    outer: Vec<u64>,
}

impl Nesting {
    pub(super) fn depth(&self) -> u32 {
        self.depth
    }

    pub(super) fn open(&mut self, object: bool) {
        if self.is_at_the_end_of_a_word() {
            self.outer.push(self.word);
        }
        self.word = self.word << 1 | u64::from(object);
        self.depth = self.depth.saturating_add(1);
    }

    pub(super) fn close(&mut self) {
        self.word >>= 1;
        self.depth = self.depth.saturating_sub(1);
        if self.is_at_the_end_of_a_word() {
            self.word = self.outer.pop().unwrap_or_default();
        }
    }

    /// True if the innermost open level is an object.
    pub(super) fn in_object(&self) -> bool {
        self.word & 1 == 1
    }

    fn is_at_the_end_of_a_word(&self) -> bool {
        self.depth > 0 && self.depth.is_multiple_of(u64::BITS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_remembered_beyond_one_word_and_two() {
        let object = |level: u32| level.is_multiple_of(3);
        let mut nesting = Nesting::default();
        for level in 0..200 {
            nesting.open(object(level));
            assert_eq!(nesting.depth(), level + 1);
        }
        for level in (0..200).rev() {
            assert_eq!(nesting.in_object(), object(level), "level {level}");
            nesting.close();
        }
        assert_eq!(nesting.depth(), 0);
    }
}
