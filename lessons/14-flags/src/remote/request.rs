//! The body of `POST /flags/?v=2`. The caller's properties are JSON text of its own serializer:
//! every value is copied byte by byte into the body, and of `group_properties` the outermost two
//! levels are put together anew, since each group's key joins its properties.

use alloc::string::String;
use core::fmt;

use crate::date;
use crate::json::{Kind, Malformed, Node, Object};
use crate::limits::Limits;
use crate::names::Named;
use crate::write::write_quoted;

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
    /// This member is not a JSON object within the default [`Limits`].
    NotAnObject(&'static str),
    /// This member is JSON, and holds what the server's parser refuses together with the whole
    /// request: half of a surrogate pair, or a number beyond a 64-bit float.
    Unreadable(&'static str),
}

impl fmt::Display for RequestError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDistinctId => {
                out.write_str("distinct_id is empty; flags are asked for somebody")
            }
            Self::NotAnObject(part) => write!(out, "{part} must be a JSON object"),
            Self::Unreadable(part) => write!(
                out,
                "{part} has half of a surrogate pair or a number beyond a 64-bit float; the server reads neither"
            ),
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
    /// [`RequestError`] without a distinct id, or when a JSON member is no object or cannot be
    /// read by the server.
    pub fn body(&self, now: i64) -> Result<String, RequestError> {
        if self.distinct_id.is_empty() {
            return Err(RequestError::NoDistinctId);
        }
        let (groups_json, groups) = object("groups", self.groups)?;
        let (person_properties, _) = object("person_properties", self.person_properties)?;
        let (_, group_properties) = object("group_properties", self.group_properties)?;

        let mut out = String::from("{\"api_key\":");
        write_quoted(self.api_key, &mut out);
        out.push_str(",\"distinct_id\":");
        write_quoted(self.distinct_id, &mut out);
        out.push_str(",\"groups\":");
        out.push_str(groups_json);
        out.push_str(",\"person_properties\":");
        out.push_str(person_properties);
        out.push_str(",\"group_properties\":");
        let group_properties = Named::new(group_properties.into_members());
        write_group_properties(groups, &group_properties, &mut out)?;
        out.push_str(if self.geoip_disable {
            ",\"geoip_disable\":true"
        } else {
            ",\"geoip_disable\":false"
        });
        out.push_str(",\"device_id\":");
        match self.device_id {
            Some(device_id) => write_quoted(device_id, &mut out),
            None => out.push_str("null"),
        }
        write_list(",\"flag_keys_to_evaluate\":", self.flag_keys, &mut out);
        write_list(
            ",\"evaluation_contexts\":",
            self.evaluation_contexts,
            &mut out,
        );
        out.push_str(",\"sent_at\":");
        write_quoted(&date::rfc3339(now), &mut out);
        out.push('}');
        Ok(out)
    }
}

fn object<'a>(part: &'static str, json: &'a str) -> Result<(&'a str, Object<'a>), RequestError> {
    let json = if json.is_empty() { "{}" } else { json };
    let wrong = RequestError::NotAnObject(part);
    Limits::default().check(json).map_err(|_| wrong)?;
    let node = Node::parse(json).map_err(|_| wrong)?;
    if !is_readable(node) {
        return Err(RequestError::Unreadable(part));
    }
    Ok((node.raw(), node.object().map_err(|Malformed| wrong)?))
}

/// Whether serde_json, with which the server reads requests, takes every text and number. The
/// depth is bounded by [`Limits`].
fn is_readable(node: Node<'_>) -> bool {
    match node.kind() {
        Ok(Kind::Number(_)) => node.float().is_ok_and(f64::is_finite),
        Ok(Kind::List(items)) => items.into_iter().all(is_readable),
        Ok(Kind::Object(object)) => {
            let mut members = object.into_members().into_iter();
            members.all(|(_, value)| is_readable(value))
        }
        other => other.is_ok(),
    }
}

/// Every passed group has its key among its properties, unless the caller gave another there.
fn write_group_properties(
    groups: Object<'_>,
    given: &Named<'_, Node<'_>>,
    out: &mut String,
) -> Result<(), RequestError> {
    const PART: RequestError = RequestError::NotAnObject("every member of group_properties");
    out.push('{');
    let mut separator = "";
    for (group_type, key) in groups.into_members() {
        out.push_str(separator);
        separator = ",";
        write_quoted(&group_type, out);
        out.push_str(":{\"$group_key\":");
        let (mut group_key, mut rest) = (key.raw(), Default::default());
        if let Some(properties) = given.get(&group_type).filter(|node| !node.is_null()) {
            let properties = properties.object().map_err(|Malformed| PART)?;
            group_key = properties.get("$group_key").map_or(group_key, Node::raw);
            rest = properties.into_members();
        }
        out.push_str(group_key);
        for (name, value) in rest.into_iter().filter(|(name, _)| name != "$group_key") {
            out.push(',');
            write_quoted(&name, out);
            out.push(':');
            out.push_str(value.raw());
        }
        out.push('}');
    }
    out.push('}');
    Ok(())
}

/// Writes nothing for an empty list: its absence is what the server takes for "all".
fn write_list(name: &str, items: &[&str], out: &mut String) {
    let mut separator = name;
    for item in items {
        out.push_str(separator);
        if separator == name {
            out.push('[');
        }
        separator = ",";
        write_quoted(item, out);
    }
    if !items.is_empty() {
        out.push(']');
    }
}
