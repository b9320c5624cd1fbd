//! Finding items by name where many names are looked up among many items: the names are put in
//! order once, and each look-up halves that order. A hash would be faster and could be made to
//! collide, since anybody who fills in a form may name a person's properties.

use alloc::vec::Vec;

use text::sort;

/// The places of a list's items, sorted by the items' names. Of equal names the last comes last.
#[derive(Debug, Default)]
pub(crate) struct Order(Vec<u32>);

/// The name of the item at a place. Dynamic, so that the module has the look-up once.
type NameOf<'f, 'n> = &'f dyn Fn(u32) -> &'n str;

impl Order {
    pub(crate) fn new(items: u32, name_of: NameOf<'_, '_>) -> Self {
        let mut order: Vec<u32> = (0..items).collect();
        sort::sort(&mut order, &|one, other| {
            (name_of(one), one) < (name_of(other), other)
        });
        Order(order)
    }

    /// The places in the order of the names.
    pub(crate) fn into_iter(self) -> impl Iterator<Item = u32> {
        self.0.into_iter()
    }

    /// The place of the last item of this name.
    pub(crate) fn find(&self, wanted: &str, name_of: NameOf<'_, '_>) -> Option<u32> {
        let end = self.0.partition_point(|place| name_of(*place) <= wanted);
        let place = *self.0.get(end.checked_sub(1)?)?;
        (name_of(place) == wanted).then_some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interned::{at, count};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn the_last_of_a_name_is_found(names in prop::collection::vec("[a-c]{0,2}", 0..30), wanted in "[a-d]{0,2}") {
            let name_of = |place| at(&names, place).map_or("", |name| &**name);
            let expected = names.iter().rposition(|name| *name == wanted);
            let found = Order::new(count(&names), &name_of).find(&wanted, &name_of);
            prop_assert_eq!(found, expected.map(|place| place as u32));
        }
    }
}
