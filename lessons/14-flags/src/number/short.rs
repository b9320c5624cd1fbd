//! A text of a few bytes on the stack. It knows nothing of numbers but how long their texts are.

/// Longest text written here: a sign, 17 digits, a point, and four zeros or `e-308`.
const CAPACITY: usize = 32;

/// A short text on the stack, so that printing a number allocates nothing.
#[derive(Clone, Copy)]
pub(crate) struct Short {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Short {
    pub(crate) const fn new() -> Self {
        Short {
            bytes: [0; CAPACITY],
            len: 0,
        }
    }

    pub(super) fn as_str(&self) -> &str {
        self.bytes
            .get(..self.len)
            .and_then(|bytes| core::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }

    /// Beyond the capacity nothing is written.
    pub(super) fn push(&mut self, byte: u8) {
        if let Some(room) = self.bytes.get_mut(self.len) {
            *room = byte;
            self.len = self.len.saturating_add(1);
        }
    }

    pub(super) fn extend(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.push(*byte));
    }

    pub(super) fn push_zeros(&mut self, count: i64) {
        (0..count).for_each(|_| self.push(b'0'));
    }
}
