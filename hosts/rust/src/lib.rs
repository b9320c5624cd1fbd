//! What the lessons' programs share, in the order the lessons need it.

mod guest;
mod text;

pub use guest::{load, program};
pub use text::{Texts, unpack};
