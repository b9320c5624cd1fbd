//! Whom a flag is evaluated for: the host's side of an evaluation, seen through a small trait.
//! It is asked only for what the flag needs, so that a host's encoded fields serve as they lie
//! and no map is built.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::interned::{Interned, at, put};
use crate::json::{Kind, Node};
use crate::limits::{DocumentError, Limits};
use crate::names::Named;

/// A property's value. Numbers and containers are the JSON text that the caller's own serializer
/// wrote: `1` and `1.0` are different values to PostHog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// `null`, which is not the same as an absent property.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as JSON text.
    Number(&'a str),
    /// A text, unescaped.
    Text(&'a str),
    /// A list or an object as JSON text.
    Json(&'a str),
}

/// The name of a property that a flag asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'d> {
    /// The name's index in [`Definitions::names`](crate::Definitions::names): stable until the
    /// definitions change, so that a host can look a value up by position.
    pub index: u32,
    /// The name itself.
    pub text: &'d str,
}

/// A person, with the device and the groups of the call. `None` means "not given", which is
/// inconclusive for every operator; a given `null` is [`Value::Null`].
pub trait Person {
    /// The distinct id. It also serves as the property `distinct_id` when
    /// [`property`](Self::property) has none of that name.
    fn distinct_id(&self) -> &str;

    /// The device id, for flags that are bucketed by device. Empty counts as absent.
    fn device_id(&self) -> Option<&str> {
        None
    }

    /// The value of one of the person's properties.
    fn property(&self, name: Name<'_>) -> Option<Value<'_>>;

    /// The key of the group of this type, when the call passed one.
    fn group_key(&self, group_type: &str) -> Option<&str> {
        let _ = group_type;
        None
    }

    /// The value of one of the group's properties. `$group_key` need not be answered: the key
    /// itself serves.
    fn group_property(&self, group_type: &str, name: Name<'_>) -> Option<Value<'_>> {
        let _ = (group_type, name);
        None
    }
}

/// A person read from JSON text, for tests and for hosts without encoded fields.
#[derive(Debug, Default)]
pub struct JsonPerson<'a> {
    distinct_id: &'a str,
    device_id: Option<&'a str>,
    properties: Properties<'a>,
    group_types: Interned,
    /// By the index of their types: key and properties.
    groups: Vec<(&'a str, Properties<'a>)>,
}

#[derive(Debug, Default)]
struct Properties<'a>(Named<'a, Owned<'a>>);

#[derive(Debug)]
enum Owned<'a> {
    Text(Cow<'a, str>),
    Other(Value<'a>),
}

impl<'a> JsonPerson<'a> {
    /// A person with this distinct id and these properties, a JSON object.
    ///
    /// # Errors
    /// [`DocumentError`] when `properties` is not an object of well-formed JSON within the
    /// default [`Limits`].
    pub fn new(distinct_id: &'a str, properties: &'a str) -> Result<Self, DocumentError> {
        Ok(JsonPerson {
            distinct_id,
            properties: Properties::parse(properties)?,
            ..Self::default()
        })
    }

    /// The same person on a device.
    #[must_use]
    pub fn on_device(self, device_id: &'a str) -> Self {
        JsonPerson {
            device_id: Some(device_id),
            ..self
        }
    }

    /// The same person as a member of a group with these properties, a JSON object. Of a type
    /// given twice the last group counts.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn in_group(
        mut self,
        group_type: &'a str,
        key: &'a str,
        properties: &'a str,
    ) -> Result<Self, DocumentError> {
        let properties = Properties::parse(properties)?;
        let index = self.group_types.index(group_type);
        put(&mut self.groups, index, (key, properties));
        Ok(self)
    }

    fn group(&self, group_type: &str) -> Option<&(&'a str, Properties<'a>)> {
        at(&self.groups, self.group_types.find(group_type)?)
    }
}

impl<'a> Properties<'a> {
    fn parse(text: &'a str) -> Result<Self, DocumentError> {
        const WRONG: DocumentError = DocumentError::WrongType {
            part: "properties",
            expected: "an object of readable texts",
        };
        Limits::default().check(text)?;
        let object = Node::parse(text)?.object().map_err(|_| WRONG)?;
        let mut members = Vec::new();
        for (name, node) in object.into_members() {
            let value = match node.kind().map_err(|_| WRONG)? {
                Kind::Null => Owned::Other(Value::Null),
                Kind::Bool(value) => Owned::Other(Value::Bool(value)),
                Kind::Number(text) => Owned::Other(Value::Number(text)),
                Kind::Text(text) => Owned::Text(text),
                Kind::List(_) | Kind::Object(_) => Owned::Other(Value::Json(node.raw())),
            };
            members.push((name, value));
        }
        Ok(Properties(Named::new(members)))
    }

    fn get(&self, name: &str) -> Option<Value<'_>> {
        self.0.get(name).map(|value| match value {
            Owned::Text(text) => Value::Text(text),
            Owned::Other(value) => *value,
        })
    }
}

impl Person for JsonPerson<'_> {
    fn distinct_id(&self) -> &str {
        self.distinct_id
    }

    fn device_id(&self) -> Option<&str> {
        self.device_id
    }

    fn property(&self, name: Name<'_>) -> Option<Value<'_>> {
        self.properties.get(name.text)
    }

    fn group_key(&self, group_type: &str) -> Option<&str> {
        self.group(group_type).map(|(key, _)| *key)
    }

    fn group_property(&self, group_type: &str, name: Name<'_>) -> Option<Value<'_>> {
        let (_, properties) = self.group(group_type)?;
        properties.get(name.text)
    }
}
