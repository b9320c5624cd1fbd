//! Events that were out of the core's hands: back from the host's `before_send`, or from an export.
//!
//! Whoever had them may have changed them, so they are checked like a stranger's. This file must
//! never be more trusting than the first check was.

use crate::enrich::{text, write_given_uuid, write_timestamp};
use crate::event::Scalar;
use crate::json::{self, Fault, Kind, Writer};
use crate::output::Warning;
use crate::random::Random;
use crate::refused::Refused;
use crate::time::Now;
use alloc::string::String;
use uuid::Uuid;

/// Writes the event that a hook returned into `out`, which is cleared first, and returns its
/// identifier.
///
/// Members of the root that no event has are left out; a time or an identifier that the hook broke
/// is replaced.
pub(crate) fn rewrite(
    out: &mut String,
    returned: &str,
    now: Now,
    random: &mut Random,
    warnings: &mut dyn FnMut(Warning),
) -> Result<Uuid, Refused> {
    out.clear();
    let root = json::assembled(returned).map_err(|fault| Refused::NotJson {
        field: "before_send",
        fault,
    })?;
    let required = |member: &str, field| {
        let value = root.get(member).ok_or(Refused::NotText {
            field,
            found: "missing",
        })?;
        text(field, Scalar::Json(value), true)?.ok_or(Refused::NotText {
            field,
            found: "null",
        })
    };
    let inner = |member: &str| {
        root.get(member)
            .filter(|value| Kind::of(value) == Kind::Object)
    };
    let mut object = Writer::new(out);
    object.text("event", &required("event", "event name")?);
    object.text("distinct_id", &required("distinct_id", "distinct id")?);
    let optional = |member: &str| {
        root.get(member)
            .map(|value| json::text_of(value).unwrap_or_default())
    };
    write_timestamp(
        object.key("timestamp"),
        optional("timestamp").as_deref(),
        now,
        warnings,
    );
    let uuid = write_given_uuid(
        object.key("uuid"),
        optional("uuid").as_deref(),
        now,
        random,
        warnings,
    );
    object.member(
        "properties",
        inner("properties").ok_or(Refused::NotJson {
            field: "properties",
            fault: Fault::new(0, "an object"),
        })?,
    );
    for name in ["$set", "$set_once"] {
        if let Some(value) = inner(name) {
            object.member(name, value);
        }
    }
    object.end();
    Ok(uuid)
}

/// True if the text of a restored record is an event that a client of this crate could have queued
/// under this identifier.
pub(crate) fn is_event(bytes: &[u8], uuid: Uuid) -> bool {
    let Ok(text) = core::str::from_utf8(bytes) else {
        return false;
    };
    let Ok(root) = json::assembled(text) else {
        return false;
    };
    let kind = |name: &str| root.get(name).map(Kind::of);
    // A queued event has nothing left that the server cannot read; another text was replaced.
    let unrepaired = core::ptr::eq(root.text().as_ptr(), text.as_ptr());
    unrepaired
        && ["event", "distinct_id", "timestamp"]
            .iter()
            .all(|name| kind(name) == Some(Kind::Text))
        && kind("properties") == Some(Kind::Object)
        && root
            .get("uuid")
            .and_then(json::text_of)
            .and_then(|text| Uuid::try_parse(&text).ok())
            == Some(uuid)
}
