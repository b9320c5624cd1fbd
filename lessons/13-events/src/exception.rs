//! `$exception`: errors and their causes, in the shape the server groups them by.
//!
//! The host walks stacks and reads source lines; here they are put in order, numbered and capped.
//! What is in a frame is copied as it is.

use crate::json::{self, Kind, Writer};
use crate::refused::Refused;
use alloc::string::String;
use text::number;

/// More errors than this are left out. Our own bound: posthog-js has one too, of another kind
/// (`MAX_CAUSE_RECURSION`), posthog-python 7.42 has none, and a chain of thousands would be an
/// event that is too large.
const MAX_EXCEPTIONS: usize = 50;

/// One error of a chain.
#[derive(Debug, Clone, Copy, Default)]
pub struct Exception<'a> {
    /// The error's type, such as `ValueError`.
    pub kind: &'a str,
    /// Its message.
    pub value: &'a str,
    /// Where its type is defined.
    pub module: Option<&'a str>,
    /// False if it escaped to an integration.
    pub handled: bool,
    /// True if the stack was made up by the SDK.
    pub synthetic: bool,
    /// How the parent refers to it, such as `__cause__`.
    pub source: Option<&'a str>,
    /// Which earlier error of the list it caused, by position; absent means the one before.
    pub parent: Option<usize>,
    /// A JSON array of frames, from the program's entry to where it was raised.
    pub frames: Option<&'a str>,
}

/// The properties an application may not replace.
pub(crate) fn is_canonical(key: &str) -> bool {
    ["$exception_list", "$exception_level", "$exception_source"]
        .into_iter()
        .any(|name| json::same_key(key, name))
}

/// Writes the canonical properties.
pub(crate) fn write(
    object: &mut Writer<'_>,
    list: &[Exception<'_>],
    level: Option<&str>,
    source: Option<&str>,
) -> Result<(), Refused> {
    if list.is_empty() {
        return Err(Refused::NoException);
    }
    object.text("$exception_level", level.unwrap_or("error"));
    if let Some(source) = source {
        object.text("$exception_source", source);
    }
    let out = object.key("$exception_list");
    for (id, exception) in list.iter().take(MAX_EXCEPTIONS).enumerate() {
        out.push(if id == 0 { '[' } else { ',' });
        write_one(out, id, exception)?;
    }
    out.push(']');
    Ok(())
}

fn write_one(out: &mut String, id: usize, exception: &Exception<'_>) -> Result<(), Refused> {
    let mut object = Writer::new(out);
    object.text("type", exception.kind);
    object.text("value", exception.value);
    if let Some(module) = exception.module {
        object.text("module", module);
    }
    let boolean = |yes: bool| if yes { "true" } else { "false" };
    let mut mechanism = Writer::new(object.key("mechanism"));
    mechanism.text("type", if id == 0 { "generic" } else { "chained" });
    mechanism.member("handled", boolean(exception.handled));
    mechanism.member("synthetic", boolean(exception.synthetic));
    if let Some(source) = exception.source {
        mechanism.text("source", source);
    }
    number::write(mechanism.key("exception_id"), id as u64);
    if let Some(before) = id.checked_sub(1) {
        // Only an earlier error can be a parent, so the causes are a tree whatever the host says.
        let parent = exception
            .parent
            .filter(|parent| *parent < id)
            .unwrap_or(before);
        number::write(mechanism.key("parent_id"), parent as u64);
    }
    mechanism.end();
    if let Some(frames) = exception.frames {
        let frames = json::check(frames).map_err(|fault| Refused::NotJson {
            field: "frames",
            fault,
        })?;
        if Kind::of(&frames) != Kind::Array {
            return Err(Refused::NotJson {
                field: "frames",
                fault: json::Fault::new(0, "an array"),
            });
        }
        let mut stacktrace = Writer::new(object.key("stacktrace"));
        stacktrace.text("type", "raw");
        stacktrace.member("frames", &frames);
        stacktrace.end();
    }
    object.end();
    Ok(())
}
