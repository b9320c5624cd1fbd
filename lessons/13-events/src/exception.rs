//! `$exception`: errors and their causes, in the shape the server groups them by.
//!
//! The host walks stacks and reads source lines; here the errors are put in order, numbered and
//! capped, and what is known of how they were caught is brought into the server's words. What is in
//! a frame is copied as it is.

mod boundary;
mod images;
mod mechanism;
mod owned;
mod words;

pub use boundary::Boundary;
pub use mechanism::Mechanism;
pub(crate) use owned::keeps;

use crate::json::{self, Fault, Kind, Writer};
use crate::refused::Refused;
use alloc::borrow::Cow;
use alloc::string::String;
use boundary::Defaults;
use images::Addresses;

/// More errors than this are left out. It is the server specification's bound; posthog-python 7.42
/// has none, and a chain of thousands would be an event that is too large.
const MAX_EXCEPTIONS: usize = 50;

/// One error of an [`ExceptionEvent`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Exception<'a> {
    /// The error's type, such as `ValueError`; an empty one is sent as `Error`.
    pub kind: &'a str,
    /// Its message, which may be empty.
    pub value: &'a str,
    /// Where its type is defined.
    pub module: Option<&'a str>,
    /// How it was caught, or how the error before it refers to it.
    pub mechanism: Mechanism<'a>,
    /// Which earlier error of the list it belongs to, by position; absent, or not an earlier one,
    /// means the one before.
    pub parent: Option<usize>,
    /// A JSON array of frames, from the program's entry to where it was raised. A native frame has
    /// the `platform` `native`, and its `instruction_addr` and `image_addr` are strings such as
    /// `"0x1f00"`.
    pub frames: Option<&'a str>,
}

/// What a `$exception` says, beside the properties of its [`crate::Event`].
///
/// Each of level, source and mechanism is decided by itself: the first valid one of what the
/// integration says here, what the runtime said, and what [`Boundary`] implies; else it is absent.
#[derive(Debug, Clone, Copy, Default)]
pub struct ExceptionEvent<'a> {
    /// The error that was caught, then those it belongs to: parents before children, each error
    /// once. The host breaks cycles; only the first 50 are kept.
    pub list: &'a [Exception<'a>],
    /// Where it was caught; absent if nothing is known of that.
    pub boundary: Option<Boundary<'a>>,
    /// How bad it is: `fatal`, `error`, `warning`, `log`, `info`, `debug`, or one of the words that
    /// loggers have for these, in any case. Absent, or a different word, means the boundary's.
    pub level: Option<&'a str>,
    /// Which integration caught it, as `<technology>.<hook>` in lower case, such as
    /// `django.middleware`. Anything else is left out, and so is all of it at [`Boundary::Manual`].
    pub source: Option<&'a str>,
    /// A JSON array of the images (executables and libraries) that native frames lie in, each with
    /// its `debug_id` and `image_addr`. Only those that a native frame refers to are sent.
    pub images: Option<&'a str>,
    /// True if no line of the application captured it; the client may limit how many of these
    /// there are.
    pub automatic: bool,
}

impl Exception<'_> {
    /// The type as it is sent.
    pub(crate) fn kind(&self) -> &str {
        if self.kind.is_empty() {
            "Error"
        } else {
            self.kind
        }
    }
}

/// What is valid of the first input that is, else the default. The inputs are what an integration
/// says and what the runtime said.
fn decided<T, V>(
    valid: impl Fn(T) -> Option<V>,
    [integration, runtime]: [Option<T>; 2],
    default: Option<V>,
) -> Option<V> {
    let integration = integration.and_then(&valid);
    integration.or_else(|| runtime.and_then(valid)).or(default)
}

/// True for a JSON string that is not empty.
fn is_filled(value: &str) -> bool {
    value.len() > 2 && value.starts_with('"')
}

impl ExceptionEvent<'_> {
    /// Writes the properties that only the client sets, as one object.
    pub(crate) fn write(&self, out: &mut String) -> Result<(), Refused> {
        if self.list.is_empty() {
            return Err(Refused::NoException);
        }
        let defaults = Boundary::defaults(self.boundary);
        let mut object = Writer::new(out);
        let line = self.boundary.and_then(Boundary::line_level);
        if let Some(level) = decided(words::level, [self.level, line], defaults.level) {
            object.text("$exception_level", level);
        }
        let named = self.source.filter(|source| words::is_hook(source));
        if let Some(source) = named.filter(|_| self.boundary != Some(Boundary::Manual)) {
            object.text("$exception_source", source);
        }
        let mut addresses = Addresses::default();
        let list = object.key("$exception_list");
        for (id, exception) in self.list.iter().take(MAX_EXCEPTIONS).enumerate() {
            list.push(if id == 0 { '[' } else { ',' });
            let frames = array("frames", exception.frames)?;
            exception.write(list, id, &defaults, frames.as_deref());
            if self.images.is_some() {
                addresses.note(frames.as_deref().unwrap_or_default());
            }
        }
        list.push(']');
        let images = array("debug images", self.images)?.unwrap_or_default();
        let images = addresses.write_images(&images);
        if !images.is_empty() {
            object.member("$debug_images", &images);
        }
        object.end();
        Ok(())
    }
}

impl Exception<'_> {
    fn write(&self, out: &mut String, id: usize, defaults: &Defaults, frames: Option<&str>) {
        let mut object = Writer::new(out);
        object.text("type", self.kind());
        object.text("value", self.value);
        if let Some(module) = self.module {
            object.text("module", module);
        }
        self.mechanism
            .write(object.key("mechanism"), id, self.parent, defaults);
        if let Some(frames) = frames {
            let mut stacktrace = Writer::new(object.key("stacktrace"));
            stacktrace.text("type", "raw");
            stacktrace.member("frames", frames);
            stacktrace.end();
        }
        object.end();
    }
}

/// An optional field that must be an array.
fn array<'a>(field: &'static str, text: Option<&'a str>) -> Result<Option<Cow<'a, str>>, Refused> {
    let Some(text) = text else { return Ok(None) };
    let checked = json::check(text).map_err(|fault| Refused::NotJson { field, fault })?;
    if Kind::of(&checked) == Kind::Array {
        return Ok(Some(checked));
    }
    let fault = Fault::new(0, "an array");
    Err(Refused::NotJson { field, fault })
}
