//! JSON text as a tree that is opened one level at a time, so that a defect in one flag is met
//! only where that flag is read. It borrows the text, keeps numbers as they were written, and
//! knows nothing of flags.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The JSON does not have the shape that was asked for. Where it matters to a user, the caller
/// turns this into a sentence.
#[derive(Debug)]
pub(crate) struct Malformed;

/// One JSON value, still as text that is known to be well-formed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'a>(&'a RawValue);

/// A JSON value opened by one level.
pub(crate) enum Kind<'a> {
    Null,
    Bool(bool),
    /// The number's own text: `1` and `1.0` stay apart, and no digit is lost.
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Object<'a>),
}

/// The members of a JSON object in the order of the text.
pub(crate) struct Object<'a>(Vec<(Cow<'a, str>, Node<'a>)>);

impl<'a> Node<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(Node)
    }

    /// The JSON text of this value, without blanks around it.
    pub(crate) fn raw(self) -> &'a str {
        self.0.get()
    }

    pub(crate) fn kind(self) -> Result<Kind<'a>, Malformed> {
        Ok(match self.raw().as_bytes().first() {
            Some(b'n') => Kind::Null,
            Some(b't') => Kind::Bool(true),
            Some(b'f') => Kind::Bool(false),
            Some(b'"') => Kind::Text(self.text()?),
            Some(b'[') => Kind::List(self.list()?),
            Some(b'{') => Kind::Object(self.object()?),
            _ => Kind::Number(self.raw()),
        })
    }

    pub(crate) fn is_null(self) -> bool {
        self.raw() == "null"
    }

    /// The unescaped text. An unpaired surrogate is malformed: no `str` can hold it.
    pub(crate) fn text(self) -> Result<Cow<'a, str>, Malformed> {
        let inner = self
            .raw()
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .ok_or(Malformed)?;
        if inner.contains('\\') {
            serde_json::from_str::<String>(self.raw())
                .map(Cow::Owned)
                .map_err(|_| Malformed)
        } else {
            Ok(Cow::Borrowed(inner))
        }
    }

    pub(crate) fn list(self) -> Result<Vec<Node<'a>>, Malformed> {
        let items: Vec<&'a RawValue> = serde_json::from_str(self.raw()).map_err(|_| Malformed)?;
        Ok(items.into_iter().map(Node).collect())
    }

    pub(crate) fn object(self) -> Result<Object<'a>, Malformed> {
        let mut text = serde_json::Deserializer::from_str(self.raw());
        let members = text.deserialize_map(Members).map_err(|_| Malformed)?;
        let decoded =
            |(name, value): (&'a RawValue, &'a RawValue)| Ok((Node(name).text()?, Node(value)));
        members
            .into_iter()
            .map(decoded)
            .collect::<Result<_, _>>()
            .map(Object)
    }

    pub(crate) fn float(self) -> Result<f64, Malformed> {
        match self.kind()? {
            Kind::Number(text) => text.parse().map_err(|_| Malformed),
            _ => Err(Malformed),
        }
    }

    /// Whether Python would take the value for true: what `if` does with it.
    pub(crate) fn is_truthy(self) -> bool {
        match self.kind() {
            Ok(Kind::Null) | Err(Malformed) => false,
            Ok(Kind::Bool(value)) => value,
            Ok(Kind::Number(text)) => text.parse::<f64>().is_ok_and(|number| number != 0.0),
            Ok(Kind::Text(text)) => !text.is_empty(),
            Ok(Kind::List(items)) => !items.is_empty(),
            Ok(Kind::Object(object)) => !object.is_empty(),
        }
    }
}

impl<'a> Object<'a> {
    /// The member's value; of a name given twice the last counts, as in every PostHog SDK.
    pub(crate) fn get(&self, name: &str) -> Option<Node<'a>> {
        self.0
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, node)| *node)
    }

    /// The same, with an explicit `null` taken for an absent member.
    pub(crate) fn get_some(&self, name: &str) -> Option<Node<'a>> {
        self.get(name).filter(|node| !node.is_null())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_members(self) -> Vec<(Cow<'a, str>, Node<'a>)> {
        self.0
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(&'de RawValue, &'de RawValue)>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(text: &str) -> Object<'_> {
        Node::parse(text).unwrap().object().unwrap()
    }

    #[test]
    fn a_number_keeps_the_text_it_was_written_with() {
        for written in ["1", "1.0", "1e2", "-0", "123456789012345678901234567890"] {
            assert!(
                matches!(Node::parse(written).unwrap().kind(), Ok(Kind::Number(text)) if text == written)
            );
        }
    }

    #[test]
    fn of_a_name_given_twice_the_last_counts() {
        assert_eq!(object(r#"{"a": 1, "a": 2}"#).get("a").unwrap().raw(), "2");
    }

    #[test]
    fn escapes_are_decoded_in_names_and_in_texts() {
        let object = object(r#"{"\u0061": "b\n"}"#);
        assert_eq!(object.get("a").unwrap().text().unwrap(), "b\n");
    }

    #[test]
    fn an_unpaired_surrogate_is_malformed_where_it_is_read() {
        let object = object(r#"{"bad": "\ud800", "good": "x"}"#);
        assert!(object.get("bad").unwrap().text().is_err());
        assert_eq!(object.get("good").unwrap().text().unwrap(), "x");
    }
}
