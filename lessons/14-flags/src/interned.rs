//! Small numbers that stand for texts, given out in the order of arrival: a definition then holds
//! four bytes where it mentions a property, a cohort or a flag. It knows nothing of any of them.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::names::Order;
use crate::table::{self, Table};

/// Texts with their indices `0..len`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interned {
    texts: Vec<Box<str>>,
    table: Table,
}

impl Interned {
    /// The text's index, a new one if it has none.
    pub(crate) fn index(&mut self, text: &str) -> u32 {
        if let Some(index) = self.find(text) {
            return index;
        }
        let index = self.len();
        self.texts.push(text.into());
        let texts = &self.texts;
        let hash_of = |index| at(texts, index).map_or(0, |text| table::hash(text.as_bytes()));
        self.table.insert(hash_of(index), index, hash_of);
        index
    }

    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let is_it = |index| self.text(index) == text;
        self.table.find(table::hash(text.as_bytes()), is_it)
    }

    /// The text of an index; empty for one that was never given out.
    pub(crate) fn text(&self, index: u32) -> &str {
        at(&self.texts, index).map_or("", |text| text)
    }

    pub(crate) fn len(&self) -> u32 {
        count(&self.texts)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// In the order of the indices.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|text| &**text)
    }

    /// In the order of the texts.
    pub(crate) fn sorted(&self) -> impl Iterator<Item = (&str, u32)> {
        let order = Order::new(self.len(), &|index| self.text(index));
        order.into_iter().map(|index| (self.text(index), index))
    }
}

/// The element at an index of our own making.
pub(crate) fn at<T>(items: &[T], index: u32) -> Option<&T> {
    items.get(usize::try_from(index).ok()?)
}

/// The same, to change it.
pub(crate) fn at_mut<T>(items: &mut [T], index: u32) -> Option<&mut T> {
    items.get_mut(usize::try_from(index).ok()?)
}

/// Puts a value at an index: in place of another, or at the end.
pub(crate) fn put<T>(items: &mut Vec<T>, index: u32, value: T) {
    match at_mut(items, index) {
        Some(item) => *item = value,
        None => items.push(value),
    }
}

pub(crate) fn count<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}
