//! The text of a value: what equality, search and regular expressions look at. In default mode it
//! is the text that Python's `str` gives, in strict mode compact JSON; only a list or an object
//! has to be written anew, and then in memory of its own.
//!
//! A list or an object has no text if it is not JSON, is nested beyond [`DEPTH`], or has half of a
//! surrogate pair in it. One with characters beyond ASCII that Python does not print has a text that
//! is not Python's.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::interned::{Interned, at, put};
use crate::json::{self, Document, Kind, Malformed, Node};
use crate::number::{self, Short, Style};
use crate::person::Value;
use text::number::write_hex;

/// The text that Python's `str` gives for the value: `True`, `None`, `1.0`, `[1, 'a']`.
pub(crate) fn python<'a>(value: Value<'a>, short: &'a mut Short) -> Option<Cow<'a, str>> {
    printed(value, Style::Python, short)
}

/// The value as serde_json prints it, with sorted keys; a string is printed as it is.
pub(crate) fn json<'a>(value: Value<'a>, short: &'a mut Short) -> Option<Cow<'a, str>> {
    printed(value, Style::SerdeJson, short)
}

fn printed<'a>(value: Value<'a>, style: Style, short: &'a mut Short) -> Option<Cow<'a, str>> {
    Some(Cow::Borrowed(match value {
        Value::Text(text) => text,
        Value::Number(json) => number::text(json, style, short),
        Value::Json(json) => {
            let mut out = String::new();
            let document = Document::parse(json, u32::MAX, DEPTH).ok()?;
            write(&mut out, document.root(), style).ok()?;
            return Some(Cow::Owned(out));
        }
        Value::Null => style.word("None", "null"),
        Value::Bool(true) => style.word("True", "true"),
        Value::Bool(false) => style.word("False", "false"),
    }))
}

impl Style {
    fn word(self, python: &'static str, json: &'static str) -> &'static str {
        match self {
            Style::Python => python,
            Style::SerdeJson => json,
        }
    }
}

/// A filter's value, which is read once when the definitions are compiled.
pub(crate) fn of_node(
    node: Node<'_>,
    form: for<'a> fn(Value<'a>, &'a mut Short) -> Option<Cow<'a, str>>,
) -> Result<String, Malformed> {
    let mut short = Short::new();
    let text = match node.kind()? {
        Kind::Null => form(Value::Null, &mut short),
        Kind::Bool(value) => form(Value::Bool(value), &mut short),
        Kind::Number(text) => form(Value::Number(text), &mut short),
        Kind::Text(text) => return Ok(text.into_owned()),
        Kind::List(_) | Kind::Object(_) => form(Value::Json(node.raw()), &mut short),
    };
    text.map(Cow::into_owned).ok_or(Malformed)
}

/// How deep a list or an object may nest to have a text: as deep as one in the definitions. Whoever
/// writes one calls itself.
pub(crate) const DEPTH: u32 = 100;

fn write(out: &mut String, node: Node<'_>, style: Style) -> Result<(), Malformed> {
    let (between, behind_name) = match style {
        Style::Python => (", ", ": "),
        Style::SerdeJson => (",", ":"),
    };
    let mut separator = "";
    match node.kind()? {
        Kind::Text(text) => write_string(out, &text, style),
        Kind::List(items) => {
            out.push('[');
            for item in items {
                out.push_str(separator);
                separator = between;
                write(out, item, style)?;
            }
            out.push(']');
        }
        Kind::Object(object) => {
            if object.has_unreadable_name() {
                return Err(Malformed);
            }
            // Of a name given twice the last counts, in the place of the first.
            let (mut names, mut values) = (Interned::default(), Vec::new());
            for (name, value) in object.members() {
                put(&mut values, names.index(&name), value);
            }
            let order: Vec<u32> = match style {
                Style::Python => (0..names.len()).collect(),
                Style::SerdeJson => names.sorted().map(|(_, index)| index).collect(),
            };
            out.push('{');
            for index in order {
                out.push_str(separator);
                separator = between;
                write_string(out, names.text(index), style);
                out.push_str(behind_name);
                write(out, *at(&values, index).ok_or(Malformed)?, style)?;
            }
            out.push('}');
        }
        _ => out.push_str(&of_node(
            node,
            match style {
                Style::Python => python,
                Style::SerdeJson => json,
            },
        )?),
    }
    Ok(())
}

fn write_string(out: &mut String, text: &str, style: Style) {
    match style {
        Style::Python => python_quoted(out, text),
        Style::SerdeJson => json::write_string(out, text),
    }
}

/// Python's `repr` of a text, without its table of unprintable characters beyond ASCII.
fn python_quoted(out: &mut String, text: &str) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(json: &str, style: Style) -> Option<String> {
        printed(Value::Json(json), style, &mut Short::new()).map(Cow::into_owned)
    }

    fn python_of(json: &str) -> String {
        text_of(json, Style::Python).unwrap()
    }

    fn json_of(json: &str) -> String {
        text_of(json, Style::SerdeJson).unwrap()
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
    fn of_a_name_given_twice_python_has_the_last_in_the_place_of_the_first() {
        assert_eq!(python_of(r#"{"a":1,"b":2,"a":3}"#), "{'a': 3, 'b': 2}");
    }

    #[test]
    fn a_value_that_cannot_be_written_has_no_text() {
        let nested = |levels: usize| ["[".repeat(levels), "]".repeat(levels)].concat();
        for style in [Style::Python, Style::SerdeJson] {
            assert_eq!(text_of(&nested(100), style), Some(nested(100)));
            for text in [
                &nested(101),
                r#"["\ud83d"]"#,
                r#"{"a":{"\ud83d":1}}"#,
                "[NaN]",
                "[1",
            ] {
                assert_eq!(text_of(text, style), None, "{text}");
            }
        }
    }
}
