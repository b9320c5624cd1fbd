//! JSON text as a tree that is opened one level at a time, so that a defect in one flag is met
//! only where that flag is read. The whole text is checked once; after that it is enough to look
//! for brackets and commas. It keeps numbers as they were written, and knows nothing of flags.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::wellformed::{self, NotJson};
use text::number::float;

/// The JSON does not have the shape that was asked for. Where it matters to a user, the caller
/// turns this into a sentence.
#[derive(Debug)]
pub(crate) struct Malformed;

/// One JSON value: text that is known to be well-formed, without blanks around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'a>(&'a str);

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

/// The bytes that are not part of a text, with their positions; the quotes count as outside.
pub(crate) fn outside_texts(json: &str) -> impl Iterator<Item = (usize, u8)> + '_ {
    let (mut in_text, mut escaped) = (false, false);
    json.bytes().enumerate().filter(move |(_, byte)| {
        let inside = in_text;
        if escaped {
            escaped = false;
        } else if *byte == b'\\' {
            escaped = in_text;
        } else if *byte == b'"' {
            in_text = !in_text;
            return true;
        }
        !inside
    })
}

impl<'a> Node<'a> {
    pub(crate) fn parse(json: &'a str) -> Result<Self, NotJson> {
        wellformed::check(json)?;
        Ok(Node::trimmed(json))
    }

    fn trimmed(json: &'a str) -> Self {
        Node(json.trim_matches([' ', '\t', '\n', '\r']))
    }

    /// The JSON text of this value.
    pub(crate) fn raw(self) -> &'a str {
        self.0
    }

    pub(crate) fn kind(self) -> Result<Kind<'a>, Malformed> {
        Ok(match self.0.as_bytes().first() {
            Some(b'n') => Kind::Null,
            Some(b't') => Kind::Bool(true),
            Some(b'f') => Kind::Bool(false),
            Some(b'"') => Kind::Text(self.text()?),
            Some(b'[') => Kind::List(self.list()?),
            Some(b'{') => Kind::Object(self.object()?),
            _ => Kind::Number(self.0),
        })
    }

    pub(crate) fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// The unescaped text. An unpaired surrogate is malformed: no `str` can hold it.
    pub(crate) fn text(self) -> Result<Cow<'a, str>, Malformed> {
        let inner = self.within('"', '"')?;
        if inner.contains('\\') {
            unescape(inner).map(Cow::Owned).ok_or(Malformed)
        } else {
            Ok(Cow::Borrowed(inner))
        }
    }

    pub(crate) fn list(self) -> Result<Vec<Node<'a>>, Malformed> {
        Ok(parts(self.within('[', ']')?).map(Node::trimmed).collect())
    }

    pub(crate) fn object(self) -> Result<Object<'a>, Malformed> {
        let member = |part: &'a str| {
            let (colon, _) = outside_texts(part)
                .find(|(_, byte)| *byte == b':')
                .ok_or(Malformed)?;
            let (name, value) = part.split_at_checked(colon).ok_or(Malformed)?;
            Ok((
                Node::trimmed(name).text()?,
                Node::trimmed(value.trim_start_matches(':')),
            ))
        };
        parts(self.within('{', '}')?)
            .map(member)
            .collect::<Result<_, _>>()
            .map(Object)
    }

    fn within(self, open: char, close: char) -> Result<&'a str, Malformed> {
        self.0
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .ok_or(Malformed)
    }

    pub(crate) fn float(self) -> Result<f64, Malformed> {
        match self.kind()? {
            Kind::Number(text) => float(text).ok_or(Malformed),
            _ => Err(Malformed),
        }
    }

    /// Whether Python would take the value for true: what `if` does with it.
    pub(crate) fn is_truthy(self) -> bool {
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

/// The parts between the commas of the outermost level.
fn parts(inner: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(inner).filter(|inner| !Node::trimmed(inner).0.is_empty());
    core::iter::from_fn(move || {
        let here = rest?;
        let mut depth = 0_usize;
        let comma = outside_texts(here).find(|(_, byte)| {
            match byte {
                b'[' | b'{' => depth = depth.saturating_add(1),
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && *byte == b','
        });
        let (part, after) = comma.and_then(|(at, _)| here.split_at_checked(at)).unzip();
        rest = after.and_then(|after| after.get(1..));
        Some(part.unwrap_or(here))
    })
}

fn unescape(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    let hexadecimal = |rest: &mut core::str::Chars<'_>| {
        let (digits, after) = rest.as_str().split_at_checked(4)?;
        *rest = after.chars();
        u32::from_str_radix(digits, 16).ok()
    };
    while let Some(character) = rest.next() {
        out.push(match character {
            '\\' => match rest.next()? {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    let mut code = hexadecimal(&mut rest)?;
                    if matches!(code, 0xD800..=0xDBFF) {
                        rest = rest.as_str().strip_prefix("\\u")?.chars();
                        let low =
                            hexadecimal(&mut rest).filter(|low| matches!(low, 0xDC00..=0xDFFF))?;
                        // Each half carries ten bits of what exceeds 16.
                        code = 0x10000_u32.checked_add((code & 0x3FF) << 10 | low & 0x3FF)?;
                    }
                    char::from_u32(code)?
                }
                itself => itself,
            },
            _ => character,
        });
    }
    Some(out)
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
    fn brackets_commas_and_colons_inside_a_text_part_nothing() {
        let object = object(r#" { "a,b:]" : "[{,:\\\"" , "c" : [ 1 , [2,3] , {} ] } "#);
        assert_eq!(object.get("a,b:]").unwrap().text().unwrap(), r#"[{,:\""#);
        let items = object.get("c").unwrap().list().unwrap();
        assert_eq!(
            items.iter().map(|item| item.raw()).collect::<Vec<_>>(),
            ["1", "[2,3]", "{}"]
        );
        assert!(Node::parse(" [ ] ").unwrap().list().unwrap().is_empty());
    }

    #[test]
    fn texts_are_decoded_as_serde_json_decodes_them() {
        for json in [
            r#""\ud83d\ude00""#,
            r#""\u00e4\/\b\f\n\r\t\"\\""#,
            r#""\ud83d""#,
            r#""\ude00""#,
            r#""\ud83dx""#,
            r#""\ud83d\u0041""#,
            r#""\u0000ä""#,
        ] {
            let theirs = serde_json::from_str::<String>(json).ok();
            assert_eq!(
                Node::parse(json).unwrap().text().ok().map(Cow::into_owned),
                theirs,
                "{json}"
            );
        }
    }

    #[test]
    fn an_unpaired_surrogate_is_malformed_where_it_is_read() {
        let object = object(r#"{"bad": "\ud800", "good": "x"}"#);
        assert!(object.get("bad").unwrap().text().is_err());
        assert_eq!(object.get("good").unwrap().text().unwrap(), "x");
    }
}
