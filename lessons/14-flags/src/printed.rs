//! The text of a value: what equality, search and regular expressions look at. In default mode it
//! is the text that Python's `str` gives, in strict mode compact JSON; only a list or an object
//! has to be written anew, and then in memory of its own.
//!
//! There always is some text, and in two cases it is not Python's: of a list or an object that is not
//! JSON or nested beyond [`DEPTH`], and of one with characters beyond ASCII that Python does not
//! print.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::interned::{Interned, at, put};
use crate::json::{Kind, Malformed, Node};
use crate::number::{self, Short, Style};
use crate::person::Value;
use crate::write::write_quoted;
use text::number::write_hex;

/// The text that Python's `str` gives for the value: `True`, `None`, `1.0`, `[1, 'a']`.
pub(crate) fn python<'a>(value: Value<'a>, short: &'a mut Short) -> Cow<'a, str> {
    match value {
        Value::Null => Cow::Borrowed("None"),
        Value::Bool(true) => Cow::Borrowed("True"),
        Value::Bool(false) => Cow::Borrowed("False"),
        Value::Number(json) => Cow::Borrowed(number::text(json, Style::Python, short)),
        Value::Text(text) => Cow::Borrowed(text),
        Value::Json(json) => container(json, write_python),
    }
}

/// The value as serde_json prints it, with sorted keys; a string is printed as it is.
pub(crate) fn json<'a>(value: Value<'a>, short: &'a mut Short) -> Cow<'a, str> {
    match value {
        Value::Null => Cow::Borrowed("null"),
        Value::Bool(true) => Cow::Borrowed("true"),
        Value::Bool(false) => Cow::Borrowed("false"),
        Value::Number(json) => Cow::Borrowed(number::text(json, Style::SerdeJson, short)),
        Value::Text(text) => Cow::Borrowed(text),
        Value::Json(json) => container(json, write_json),
    }
}

/// A filter's value, which is read once when the definitions are compiled.
pub(crate) fn of_node(
    node: Node<'_>,
    form: for<'a> fn(Value<'a>, &'a mut Short) -> Cow<'a, str>,
) -> Result<String, Malformed> {
    let mut short = Short::new();
    let text = match node.kind()? {
        Kind::Null => form(Value::Null, &mut short),
        Kind::Bool(value) => form(Value::Bool(value), &mut short),
        Kind::Number(text) => form(Value::Number(text), &mut short),
        Kind::Text(text) => return Ok(text.into_owned()),
        Kind::List(_) | Kind::Object(_) => form(Value::Json(node.raw()), &mut short),
    };
    Ok(text.into_owned())
}

type Writer = fn(Node<'_>, &mut String) -> Result<(), Malformed>;

/// A container that cannot be written, because a host passed something else than JSON or one nested
/// too deeply, stands for itself.
fn container(json: &str, write: Writer) -> Cow<'_, str> {
    let mut out = String::new();
    match Node::parse(json)
        .map_err(|_| Malformed)
        .and_then(|node| write(node, &mut out))
    {
        Ok(()) => Cow::Owned(out),
        Err(Malformed) => Cow::Borrowed(json),
    }
}

/// How deep a property's value may nest. The host vouches for its own values; this keeps a
/// mistake from exhausting the stack.
const DEPTH: usize = 64;

fn write_python(node: Node<'_>, out: &mut String) -> Result<(), Malformed> {
    python_at(node, out, DEPTH)
}

fn python_at(node: Node<'_>, out: &mut String, depth: usize) -> Result<(), Malformed> {
    let depth = depth.checked_sub(1).ok_or(Malformed)?;
    match node.kind()? {
        Kind::Text(text) => python_quoted(&text, out),
        Kind::List(items) => {
            out.push('[');
            for (position, item) in items.into_iter().enumerate() {
                out.push_str(if position == 0 { "" } else { ", " });
                python_at(item, out, depth)?;
            }
            out.push(']');
        }
        Kind::Object(object) => {
            out.push('{');
            for (position, (name, value)) in object.into_members().into_iter().enumerate() {
                out.push_str(if position == 0 { "" } else { ", " });
                python_quoted(&name, out);
                out.push_str(": ");
                python_at(value, out, depth)?;
            }
            out.push('}');
        }
        _ => out.push_str(&of_node(node, python)?),
    }
    Ok(())
}

/// Python's `repr` of a text, without its table of unprintable characters beyond ASCII.
fn python_quoted(text: &str, out: &mut String) {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    out.push(quote);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if character == quote => out.extend(['\\', quote]),
            _ if character.is_ascii_control() => {
                out.push_str("\\x");
                write_hex(out, character.into(), 2);
            }
            _ => out.push(character),
        }
    }
    out.push(quote);
}

fn write_json(node: Node<'_>, out: &mut String) -> Result<(), Malformed> {
    json_at(node, out, DEPTH)
}

fn json_at(node: Node<'_>, out: &mut String, depth: usize) -> Result<(), Malformed> {
    let depth = depth.checked_sub(1).ok_or(Malformed)?;
    match node.kind()? {
        Kind::Text(text) => write_quoted(&text, out),
        Kind::List(items) => {
            out.push('[');
            for (position, item) in items.into_iter().enumerate() {
                out.push_str(if position == 0 { "" } else { "," });
                json_at(item, out, depth)?;
            }
            out.push(']');
        }
        Kind::Object(object) => {
            // Of a name given twice the last counts.
            let (mut names, mut values) = (Interned::default(), Vec::new());
            for (name, value) in object.into_members() {
                put(&mut values, names.index(&name), value);
            }
            out.push('{');
            let mut separator = "";
            for (name, index) in names.sorted() {
                out.push_str(separator);
                separator = ",";
                write_quoted(name, out);
                out.push(':');
                json_at(*at(&values, index).ok_or(Malformed)?, out, depth)?;
            }
            out.push('}');
        }
        _ => out.push_str(&of_node(node, json)?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn python_of(json: &str) -> Cow<'_, str> {
        container(json, write_python)
    }

    fn json_of(text: &str) -> Cow<'_, str> {
        container(text, write_json)
    }

    #[test]
    fn containers_are_written_in_python_notation() {
        assert_eq!(
            python_of(r#"[1,2.50,"a",null,true]"#),
            "[1, 2.5, 'a', None, True]"
        );
        assert_eq!(
            python_of(r#"{"k":{"it's":"\"\n"}}"#),
            r#"{'k': {"it's": '"\n'}}"#
        );
    }

    #[test]
    fn containers_are_written_with_sorted_keys_the_last_of_equal_ones_and_no_blanks() {
        for (text, written) in [
            (
                r#"{"b":[1, 2.0],"a":{"z":null,"y":"q\"\u0001"}}"#,
                r#"{"a":{"y":"q\"\u0001","z":null},"b":[1,2.0]}"#,
            ),
            ("[ ]", "[]"),
            (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
            (r#"["ä\/"]"#, r#"["ä/"]"#),
        ] {
            assert_eq!(json_of(text), written);
        }
    }

    #[test]
    fn a_value_nested_beyond_the_bound_stands_for_itself() {
        let deep = alloc::format!("{}{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(python_of(&deep), deep);
    }
}
