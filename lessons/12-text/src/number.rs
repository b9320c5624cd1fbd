//! Numbers as text: whole ones, and the doubles next to decimal ones.
//!
//! `whole` reads and writes digits. `float` finds the double nearest to a decimal number, `shortest`
//! the fewest digits that name a double; both count in `big`, which is exact at any length. A crate
//! that only handles whole numbers does not get `big` into its module.

mod big;
mod float;
mod shortest;
mod whole;

pub use float::float;
pub use shortest::{Digits, shortest};
pub use whole::{read, write, write_hex, written};
