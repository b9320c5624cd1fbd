//! What the lessons' programs share, in the order the lessons need it.

mod guest;
mod http;
mod memory;
mod strings;

pub use guest::{file, load, load_component, program};
pub use http::{Http, TIMEOUT, host_address};
pub use memory::{hex, hexdump};
pub use strings::{Strings, unpack};
