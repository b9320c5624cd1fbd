//! Reads text from its front, piece by piece. Everything that is read is ASCII, so bytes will do.

pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn literal(&mut self, expected: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    pub(super) fn one_of(&mut self, expected: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if !expected.iter().any(|one| one == first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn is_at_digit(&self) -> bool {
        self.0.first().is_some_and(u8::is_ascii_digit)
    }

    /// A number of exactly so many digits, of which no more than four are asked for.
    pub(super) fn number(&mut self, count: usize) -> Option<i32> {
        let mut number: i32 = 0;
        for byte in self.take(count)? {
            if !byte.is_ascii_digit() {
                return None;
            }
            number = number.wrapping_mul(10).wrapping_add(i32::from(byte & 0xf));
        }
        Some(number)
    }

    /// A number of two digits below a bound.
    pub(super) fn below(&mut self, bound: i32) -> Option<i32> {
        self.number(2).filter(|number| *number < bound)
    }
}
