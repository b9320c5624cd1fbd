//! The fields of an event, one at a time: read with a sentence for what cannot be, and written in
//! the one form they have on the wire.
//!
//! The first check of a capture and the check of an event that came back are the same, because both
//! are this one.

use crate::event::{Event, Scalar};
use crate::json::{self, Kind, Object};
use crate::output::Warning;
use crate::random::Random;
use crate::refused::Refused;
use crate::time::{self, Now};
use alloc::borrow::Cow;
use alloc::string::String;
use uuid::Uuid;

/// The text of a field; `None` for a JSON `null`.
pub(crate) fn text<'a>(
    field: &'static str,
    scalar: Scalar<'a>,
    numbers: bool,
) -> Result<Option<Cow<'a, str>>, Refused> {
    let text = match scalar {
        Scalar::Text(text) => Cow::Borrowed(text),
        Scalar::Json(value) => {
            let checked = json::check(value).map_err(|fault| Refused::NotJson { field, fault })?;
            match Kind::of(&checked) {
                Kind::Null => return Ok(None),
                Kind::Text => Cow::Owned(json::text_of(&checked).unwrap_or_default().into_owned()),
                Kind::Number if numbers => checked,
                other => {
                    return Err(Refused::NotText {
                        field,
                        found: other.noun(),
                    });
                }
            }
        }
    };
    if text.is_empty() {
        Err(Refused::NotText {
            field,
            found: "empty",
        })
    } else {
        Ok(Some(text))
    }
}

/// An optional field that must be an object; absent is empty.
pub(crate) fn object<'a>(
    field: &'static str,
    text: Option<&'a str>,
) -> Result<Object<'a>, Refused> {
    text.map_or(Ok(Object::default()), |text| {
        json::given(text).map_err(|fault| Refused::NotJson { field, fault })
    })
}

/// The distinct id that the call names itself.
pub(crate) fn explicit_id<'a>(event: &Event<'a>) -> Result<Option<Cow<'a, str>>, Refused> {
    event
        .distinct_id
        .map_or(Ok(None), |id| text("distinct id", id, true))
}

/// The context's distinct id; an empty one is as good as none.
pub(crate) fn context_id<'a>(event: &Event<'a>) -> Option<Cow<'a, str>> {
    event
        .context
        .distinct_id
        .filter(|id| !id.is_empty())
        .map(Cow::Borrowed)
}

pub(crate) fn write_timestamp(
    out: &mut String,
    given: Option<&str>,
    now: Now,
    warnings: &mut dyn FnMut(Warning),
) {
    out.push('"');
    if !given.is_some_and(|text| time::write_normalised(out, text)) {
        if given.is_some() {
            warnings(Warning::BadTimestamp);
        }
        time::write_millis(out, now.unix);
    }
    out.push('"');
}

pub(crate) fn write_given_uuid(
    out: &mut String,
    given: Option<&str>,
    now: Now,
    random: &mut Random,
    warnings: &mut dyn FnMut(Warning),
) -> Uuid {
    /// Characters of the form with hyphens. The other forms are read too, and are written in this
    /// one.
    const HYPHENATED: usize = uuid::fmt::Hyphenated::LENGTH;
    let read = given.and_then(|text| Uuid::try_parse(text).ok());
    if given.is_some() && read.is_none() {
        warnings(Warning::BadUuid);
    }
    let uuid = read.unwrap_or_else(|| random.uuid(now.unix));
    match given.filter(|text| read.is_some() && text.len() == HYPHENATED) {
        Some(text) => json::write_string(out, text),
        None => write_uuid(out, uuid),
    }
    uuid
}

pub(crate) fn write_uuid(out: &mut String, uuid: Uuid) {
    out.push('"');
    out.push_str(
        uuid.hyphenated()
            .encode_lower(&mut [0; uuid::fmt::Hyphenated::LENGTH]),
    );
    out.push('"');
}
