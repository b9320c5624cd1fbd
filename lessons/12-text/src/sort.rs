//! Heap sort, for the few lists that must be in order. Both sorts of `core` choose among several
//! ways to be fast, and each kind of item brings them into a module anew. This one sorts the places
//! of items, whatever they are, so a module has it once.

/// Puts the places in order (Williams 1964, "Heapsort"), those of equal items in any.
/// `is_less` compares the items at two of them.
pub fn sort(items: &mut [u32], is_less: &dyn Fn(u32, u32) -> bool) {
    let len = items.len();
    for root in (0..len / 2).rev() {
        sift(items, root, is_less);
    }
    for end in (1..len).rev() {
        items.swap(0, end);
        sift(items.get_mut(..end).unwrap_or_default(), 0, is_less);
    }
}

/// Moves the item at the root down to where none below it is greater.
fn sift(heap: &mut [u32], mut root: usize, is_less: &dyn Fn(u32, u32) -> bool) {
    loop {
        let left = root.wrapping_mul(2).wrapping_add(1);
        let right = left.wrapping_add(1);
        let (Some(above), Some(one)) = (heap.get(root).copied(), heap.get(left).copied()) else {
            return;
        };
        let (child, below) = match heap.get(right).copied() {
            Some(other) if is_less(one, other) => (right, other),
            _ => (left, one),
        };
        if !is_less(above, below) {
            return;
        }
        heap.swap(root, child);
        root = child;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn sorted_items_are_in_order(items: BTreeSet<u32>, seed: u16) {
            let mut shuffled: Vec<u32> = items.iter().copied().collect();
            shuffled.rotate_left(usize::from(seed) % items.len().max(1));
            if seed % 2 == 0 { shuffled.reverse(); }
            sort(&mut shuffled, &|one, other| one < other);
            prop_assert!(shuffled.iter().eq(&items));
        }
    }
}
