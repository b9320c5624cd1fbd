//! The body of `POST /flags/?v=2`. The caller's properties are JSON text of its own serializer:
//! every value that the server can read is copied byte by byte into the body, and of
//! `group_properties` the outermost two levels are put together anew, since each group's key joins
//! its properties.

use alloc::string::String;
use core::fmt;

use text::date::{self, Instant};
use text::json::{ArrayWriter, Object, Writer, decode, same_key, write_string};

/// What is asked of the server for one call. Texts named "JSON" are JSON objects; an empty text
/// stands for an empty object.
#[derive(Clone, Copy, Debug, Default)]
pub struct FlagsRequest<'a> {
    /// The project's key.
    pub api_key: &'a str,
    /// Whom the flags are for. Never empty.
    pub distinct_id: &'a str,
    /// JSON: group keys by group type.
    pub groups: &'a str,
    /// JSON: the person's properties as given; `distinct_id` is not added to them.
    pub person_properties: &'a str,
    /// JSON: objects of properties by group type. Those of groups not passed are left out.
    pub group_properties: &'a str,
    /// Whether the server shall not derive properties from the address of the request.
    pub geoip_disable: bool,
    /// The device, sent as `null` when there is none.
    pub device_id: Option<&'a str>,
    /// The flags asked for; none means all of them.
    pub flag_keys: &'a [&'a str],
    /// Only flags with one of these tags; none means no restriction, and the member is left out.
    pub evaluation_contexts: &'a [&'a str],
}

/// Why no request can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// There is no distinct id.
    NoDistinctId,
    /// This member is not a JSON object.
    NotAnObject(&'static str),
}

impl fmt::Display for RequestError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDistinctId => {
                out.write_str("distinct_id is empty; flags are asked for somebody")
            }
            Self::NotAnObject(part) => write!(out, "{part} must be a JSON object"),
        }
    }
}

impl core::error::Error for RequestError {}

impl FlagsRequest<'_> {
    /// Path and query of the request; its method is POST and its content type
    /// `application/json`. It carries no `Authorization`.
    pub const TARGET: &'static str = "/flags/?v=2";

    /// The JSON body. `now`, in milliseconds since 1970 UTC, becomes `sent_at`.
    ///
    /// # Errors
    /// [`RequestError`] without a distinct id, or when a JSON member is not an object. What the
    /// server could not read in one is replaced: a number that is not finite by `null`, a list or an
    /// object that is nested deeper than the server reads by `null`, half of a surrogate pair by
    /// U+FFFD.
    pub fn body(&self, now: i64) -> Result<String, RequestError> {
        if self.distinct_id.is_empty() {
            return Err(RequestError::NoDistinctId);
        }
        let groups = object("groups", self.groups)?;
        let person_properties = object("person_properties", self.person_properties)?;
        let group_properties = object("group_properties", self.group_properties)?;

        let mut out = String::new();
        let mut body = Writer::new(&mut out);
        body.text("api_key", self.api_key);
        body.text("distinct_id", self.distinct_id);
        body.member("groups", groups.text());
        body.member("person_properties", person_properties.text());
        write_group_properties(body.key("group_properties"), &groups, &group_properties)?;
        let geoip_disable = if self.geoip_disable { "true" } else { "false" };
        body.member("geoip_disable", geoip_disable);
        match self.device_id {
            Some(device_id) => body.text("device_id", device_id),
            None => body.member("device_id", "null"),
        }
        write_list(&mut body, "flag_keys_to_evaluate", self.flag_keys);
        write_list(&mut body, "evaluation_contexts", self.evaluation_contexts);
        let sent_at = body.key("sent_at");
        sent_at.push('"');
        let (seconds, fraction) = (now.div_euclid(1000), "");
        date::write(sent_at, Instant { seconds, fraction });
        sent_at.push('"');
        body.end();
        Ok(out)
    }
}

/// The most levels of lists and objects that the server reads: serde_json, with which it does, has a
/// limit of 128, and refuses the level that reaches it. One level is the request's own object.
const SERVER_DEPTH: u32 = 127 - 1;

/// What a caller's serialiser wrote, made readable for the server: one value that is not would make
/// it refuse the complete request. Numbers that are not finite become `null`, and so does a list or
/// an object that is nested too deep; half of a surrogate pair becomes U+FFFD.
fn object<'a>(part: &'static str, json: &'a str) -> Result<Object<'a>, RequestError> {
    let json = if json.is_empty() { "{}" } else { json };
    Object::parse_and_cut(json, SERVER_DEPTH).map_err(|_| RequestError::NotAnObject(part))
}

/// Every passed group has its key among its properties, unless the caller gave another there.
fn write_group_properties(
    out: &mut String,
    groups: &Object<'_>,
    given: &Object<'_>,
) -> Result<(), RequestError> {
    const PART: &str = "every member of group_properties";
    const KEY: &str = "$group_key";
    let mut written = Writer::new(out);
    for group in groups.members() {
        let group_type = decode(group.key);
        let properties = given.get(&group_type).filter(|value| *value != "null");
        let properties = object(PART, properties.unwrap_or_default())?;
        let mut members = Writer::new(written.key(group.key));
        members.member(KEY, properties.get(KEY).unwrap_or(group.value));
        for member in properties.members() {
            if !same_key(member.key, KEY) {
                members.copy(member.whole);
            }
        }
        members.end();
    }
    written.end();
    Ok(())
}

/// Writes nothing for an empty list: its absence is what the server takes for "all".
fn write_list(body: &mut Writer<'_>, name: &str, items: &[&str]) {
    if items.is_empty() {
        return;
    }
    let mut list = ArrayWriter::new(body.key(name));
    for item in items {
        write_string(list.element(), item);
    }
    list.end();
}
