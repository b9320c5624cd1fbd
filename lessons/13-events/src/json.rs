//! JSON as the crate `text` reads it, with the bounds that an event has.

pub use text::json::{
    Expected, Fault, Kind, Member, Object, Writer, decode, same_key, text_of, write_string,
};

use alloc::borrow::Cow;

/// How many objects and arrays may be open at once in what a caller hands over.
///
/// The ingestion service reads a request with a limit of 128 (serde_json's default). At most seven
/// levels lie around what was given: the request, its `batch`, and the five of an event. 100 is our
/// own bound below the difference.
pub const MAX_DEPTH: u32 = 100;

/// The same for an event that the crate itself has put together, because whatever was accepted must
/// be readable again. The deepest has the frames of an exception: around them lie the event, its
/// `properties`, the `$exception_list`, one exception of that and its `stacktrace`.
const MAX_DEPTH_AROUND: u32 = MAX_DEPTH + 5;

/// The object that a caller handed over.
///
/// # Errors
/// The first [`Fault`], also when the text is JSON but not an object.
pub fn given(text: &str) -> Result<Object<'_>, Fault> {
    Object::parse(text, MAX_DEPTH)
}

/// The object that this crate put together around what was given, and which is deeper by that.
///
/// # Errors
/// The first [`Fault`].
pub(crate) fn assembled(text: &str) -> Result<Object<'_>, Fault> {
    Object::parse(text, MAX_DEPTH_AROUND)
}

/// The object that a server replied with, at any depth: what is nested deeper than an event may be
/// hides nothing beside it.
pub(crate) fn replied(text: &str) -> Option<Object<'_>> {
    Object::parse(text, u32::MAX).ok()
}

/// Checks one value of any kind that a caller handed over.
///
/// # Errors
/// The first [`Fault`].
pub fn check(text: &str) -> Result<Cow<'_, str>, Fault> {
    text::json::check(text, MAX_DEPTH)
}
