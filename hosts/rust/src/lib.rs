//! What the lessons' programs share, in the order the lessons need it.

mod guest;
mod memory;
mod text;

pub use guest::{load, program};
pub use memory::{hex, hexdump};
pub use text::{Texts, unpack};
