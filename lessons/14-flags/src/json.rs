//! JSON as the crate `text` reads it, one level at a time, so that a defect in one flag is met only
//! where that flag is read; and what Python makes of a value.

pub(crate) use text::json::{
    Document, Fields as Object, Json as Node, Malformed, Value as Kind, Writer, write_string,
};

use text::number::float;

/// What is asked of a value that JSON has no word for.
pub(crate) trait Reading: Copy {
    /// The double nearest to a number; [`Malformed`] for another kind.
    fn float(self) -> Result<f64, Malformed>;

    /// Whether Python would take the value for true: what `if` does with it.
    fn is_truthy(self) -> bool;
}

impl Reading for Node<'_> {
    fn float(self) -> Result<f64, Malformed> {
        match self.kind()? {
            Kind::Number(text) => float(text).ok_or(Malformed),
            _ => Err(Malformed),
        }
    }

    fn is_truthy(self) -> bool {
        match self.kind() {
            Ok(Kind::Null) | Err(Malformed) => false,
            Ok(Kind::Bool(value)) => value,
            Ok(Kind::Number(text)) => float(text).is_some_and(|number| number != 0.0),
            Ok(Kind::Text(text)) => !text.is_empty(),
            Ok(Kind::List(items)) => !items.is_empty(),
            Ok(Kind::Object(object)) => !object.is_empty(),
        }
    }
}
