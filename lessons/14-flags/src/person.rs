//! Whom a flag is evaluated for: the host's side of an evaluation, seen through a small trait.
//! It is asked only for what the flag needs, so that a host's encoded fields serve as they lie
//! and no map is built.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;

use text::json::{Kind, Object, text_of};

use crate::interned::{Interned, at, put};
use crate::limits::{DocumentError, Limits};

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
struct Properties<'a> {
    object: Object<'a>,
    /// By the index of their members, the strings that have to be decoded; empty if none has.
    decoded: Vec<Option<Box<str>>>,
}

impl<'a> JsonPerson<'a> {
    /// A person with this distinct id and these properties, a JSON object.
    ///
    /// What a careless serialiser wrote is replaced as in [`FlagsRequest`](crate::FlagsRequest), so
    /// that a flag is decided here as the server would decide it: `NaN`, an infinity, or a number
    /// beyond a 64-bit float counts as `null`, half of a surrogate pair as U+FFFD, in names too. Of
    /// names that become one the last counts, as of any name given twice.
    ///
    /// # Errors
    /// [`DocumentError`] when `properties` is not an object of JSON of at most
    /// [`Limits::bytes`] by default.
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
            expected: "an object",
        };
        Limits::default().check_length(text)?;
        // Nothing here recurses, so a property may be as deep as it likes.
        let object = Object::parse(text, u32::MAX).map_err(|fault| match Kind::of(text) {
            Kind::Object => DocumentError::not_json(&fault, text),
            _ => WRONG,
        })?;
        object.sort_names();
        let decoded = |value| {
            text_of(value).and_then(|text| match text {
                Cow::Owned(text) => Some(text.into()),
                Cow::Borrowed(_) => None,
            })
        };
        let decoded = if object.text().contains('\\') {
            object
                .members()
                .map(|member| decoded(member.value))
                .collect()
        } else {
            Vec::new()
        };
        Ok(Properties { object, decoded })
    }

    fn get(&self, name: &str) -> Option<Value<'_>> {
        let (index, value) = self.object.find(name)?;
        Some(match value.as_bytes() {
            [b'n', ..] => Value::Null,
            [b't', ..] => Value::Bool(true),
            [b'f', ..] => Value::Bool(false),
            [b'[' | b'{', ..] => Value::Json(value),
            [b'"', ..] => Value::Text(match self.decoded.get(index) {
                Some(Some(text)) => text,
                _ => value.get(1..value.len().saturating_sub(1))?,
            }),
            _ => Value::Number(value),
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
