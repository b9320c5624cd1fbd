//! A mechanism: how an error was caught, or how the error before it refers to it.
//!
//! The identifiers are given here, so they are right whatever anybody says. Every other member is
//! decided by itself: one that is not as it must be is left out alone.

use super::boundary::Defaults;
use super::{decided, words};
use crate::json::{self, Object, Writer};
use alloc::borrow::Cow;
use alloc::string::String;
use text::number;

/// The most bytes of members that the server has no rule for. Our own bound: a mechanism is about
/// an error, and must not be what makes its event too large.
const MAX_FURTHER: usize = 8 << 10;

/// What is decided here; any other member is copied.
const KNOWN: [&str; 6] = [
    "type",
    "handled",
    "synthetic",
    "source",
    "exception_id",
    "parent_id",
];

/// How an error was caught, as far as it is known. What is absent is looked for in `native`, then,
/// for the first error, in the [`crate::Boundary`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Mechanism<'a> {
    /// The word for what caught the first error, such as `middleware`. Every other error is
    /// `chained`.
    pub kind: Option<&'a str>,
    /// False if nothing of the application caught it. Absent is unknown, which is not false.
    pub handled: Option<bool>,
    /// True if the SDK made the stack, or made an error out of a different value. Absent is unknown.
    pub synthetic: Option<bool>,
    /// How the parent refers to it: `cause`, `context`, `unwrap`, `member`, `suppressed`, `inner`,
    /// a runtime's name for one of these, such as `__cause__` or `InnerException`, or the
    /// platform's own word if none fits. The first error has none.
    pub source: Option<&'a str>,
    /// A JSON object: the mechanism as the runtime has it, or a caller whose language checks no
    /// types. Its `type`, `handled`, `synthetic`, `source` and `parent_id` are read where the
    /// fields are absent, and ignored if they are of the wrong type; any member beside these is
    /// sent as it is, up to 8 KiB of them.
    pub native: Option<&'a str>,
}

impl<'t> Mechanism<'t> {
    pub(super) fn write(
        &self,
        out: &mut String,
        id: usize,
        parent: Option<usize>,
        defaults: &Defaults,
    ) {
        let native = self.native.and_then(|text| json::given(text).ok());
        let native = native.unwrap_or_default();
        let word = |name: &str, given: Option<&'t str>, default: Option<&'t str>| {
            let native = native.get(name).and_then(json::text_of);
            let inputs = [given.map(Cow::Borrowed), native];
            decided(filled, inputs, default.map(Cow::Borrowed))
        };
        let mut object = Writer::new(out);
        number::write(object.key("exception_id"), id as u64);
        let (kind, handled) = match id.checked_sub(1) {
            None => (word("type", self.kind, defaults.kind), defaults.handled),
            Some(before) => {
                // Only an earlier error can be a parent, so the errors are a tree whatever anybody
                // says.
                let earlier = |parent| Some(parent).filter(|parent| *parent < id as u64);
                let given = parent.map(|parent| parent as u64);
                let native = native.get("parent_id").and_then(number::read);
                let parent = decided(earlier, [given, native], None).unwrap_or(before as u64);
                number::write(object.key("parent_id"), parent);
                if let Some(source) = word("source", self.source, None) {
                    object.text("source", words::cause(&source));
                }
                (Some("chained".into()), None)
            }
        };
        if let Some(kind) = kind {
            object.text("type", &kind);
        }
        for (name, given, default) in [
            ("handled", self.handled, handled),
            ("synthetic", self.synthetic, None),
        ] {
            let native = native.get(name).and_then(boolean);
            if let Some(yes) = decided(Some, [given, native], default) {
                object.member(name, if yes { "true" } else { "false" });
            }
        }
        copy_further(&mut object, &native);
        object.end();
    }
}

/// A string that is not empty.
fn filled(word: Cow<'_, str>) -> Option<Cow<'_, str>> {
    (!word.is_empty()).then_some(word)
}

fn boolean(value: &str) -> Option<bool> {
    match value {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Copies the members that are not known here, as many as there is room for.
fn copy_further(object: &mut Writer<'_>, native: &Object<'_>) {
    let mut room = MAX_FURTHER;
    for member in native.members() {
        let further = !KNOWN.iter().any(|name| json::same_key(member.key, name));
        if let Some(left) = room.checked_sub(member.whole.len()).filter(|_| further) {
            room = left;
            object.copy(member.whole);
        }
    }
}
