//! JSON as text: checked, cut at its top level, spliced; never a tree.
//!
//! A caller's properties are read once, to prove that the server will be able to read them, and are then copied as
//! they were written, so `1.0` stays `1.0`. This file knows JSON (RFC 8259) and must never know what an event is.

mod number;
mod scan;
mod text;

pub use text::{Writer, decode, same_key, text_of, write_text};

use alloc::borrow::{Cow, ToOwned};
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;
use scan::{ASSEMBLED, Depth, GIVEN, Scanner, repaired};

/// How many objects and arrays may be open at once.
///
/// The ingestion service reads a request with a limit of 128 (serde_json's default), and the request itself opens
/// four levels around a property. 100 leaves room for both and fits the scanner's stack of one bit a level.
pub const MAX_DEPTH: u32 = 100;

/// The same for a text that the crate itself has put together: the event, its properties and one of those lie around
/// what was given, and whatever was accepted must be readable again.
const MAX_DEPTH_AROUND: u32 = MAX_DEPTH + 4;

/// Where a text stops being JSON, and what would have been right there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Byte offset in the text that was given.
    pub at: usize,
    /// What is expected at that offset.
    pub expected: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: {} expected", self.at, self.expected)
    }
}

/// What a JSON value is, told from its first byte. Meaningful for checked text only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// `"…"`
    Text,
    /// `-1.5e3`
    Number,
    /// `true` or `false`
    Bool,
    /// `null`
    Null,
}

impl Kind {
    /// The kind of a checked value. Leading white space is allowed.
    #[must_use]
    pub fn of(value: &str) -> Kind {
        match value.trim_ascii_start().as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::Text,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'n') | None => Kind::Null,
            Some(_) => Kind::Number,
        }
    }

    /// The kind as a noun for a sentence.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Kind::Object => "an object",
            Kind::Array => "an array",
            Kind::Text => "text",
            Kind::Number => "a number",
            Kind::Bool => "a boolean",
            Kind::Null => "null",
        }
    }
}

/// One member of an object: both parts as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// The name between its quotes, escapes left as they are.
    pub key: &'a str,
    /// The value, without white space around it.
    pub value: &'a str,
    /// Both, as they are written, but for the quote in front.
    pub(crate) whole: &'a str,
    /// True if the name has escapes, so that comparing its bytes is not enough.
    pub(crate) escaped: bool,
}

/// A checked object and where its members lie.
#[derive(Debug, Clone, Default)]
pub struct Object<'a> {
    text: Cow<'a, str>,
    members: Vec<Place>,
}

/// Where a member's name and value lie.
#[derive(Debug, Clone)]
struct Place {
    key: Range<usize>,
    value: Range<usize>,
    escaped: bool,
}

impl<'a> Object<'a> {
    /// Checks `text` and finds the members of its one object.
    ///
    /// What JSON cannot say is replaced on the way: numbers that are not finite as 64-bit floats (`NaN`, `-Infinity`,
    /// `1e999`) by `null`, and halves of surrogate pairs (`\ud800`) by `\ufffd`. One such value, sent as it is, makes
    /// the server refuse every event of the request.
    ///
    /// # Errors
    /// The first [`Fault`], also when the text is JSON but no object.
    pub fn parse(text: &'a str) -> Result<Object<'a>, Fault> {
        Object::within(text, GIVEN)
    }

    /// The same for a text that this crate put together around checked texts, and which is deeper by that.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub(crate) fn parse_assembled(text: &'a str) -> Result<Object<'a>, Fault> {
        Object::within(text, ASSEMBLED)
    }

    fn within(text: &'a str, limit: Depth) -> Result<Object<'a>, Fault> {
        let mut scanner = Scanner::new(text, limit);
        let members = scanner.whole_object()?;
        if scanner.repairs.is_empty() {
            return Ok(Object {
                text: Cow::Borrowed(text),
                members,
            });
        }
        let text = repaired(text, &scanner.repairs);
        let members = Scanner::new(&text, limit).whole_object()?;
        Ok(Object {
            text: Cow::Owned(text),
            members,
        })
    }

    /// The members in the order they are written.
    pub fn members(&self) -> impl DoubleEndedIterator<Item = Member<'_>> {
        self.members.iter().map(|place| self.member(place))
    }

    fn member(&self, place: &Place) -> Member<'_> {
        Member {
            key: self.text.get(place.key.clone()).unwrap_or_default(),
            value: self.text.get(place.value.clone()).unwrap_or_default(),
            whole: self
                .text
                .get(place.key.start..place.value.end)
                .unwrap_or_default(),
            escaped: place.escaped,
        }
    }

    /// The object as it was written, after the replacements and without white space around it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.trim_ascii()
    }

    /// The same object with its text its own, for keeping.
    #[must_use]
    pub fn into_owned(self) -> Object<'static> {
        Object {
            text: Cow::Owned(self.text.into_owned()),
            members: self.members,
        }
    }

    /// The value written last under `name`, as readers of duplicate names take it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut members = self.members().rev();
        members
            .find(|member| same_key(member.key, name))
            .map(|member| member.value)
    }

    /// True if there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

/// Checks one value of any kind, with the replacements of [`Object::parse`].
///
/// # Errors
/// The first [`Fault`].
pub fn check(text: &str) -> Result<Cow<'_, str>, Fault> {
    let mut scanner = Scanner::new(text, GIVEN);
    scanner.space();
    scanner.value()?;
    scanner.end()?;
    if scanner.repairs.is_empty() {
        Ok(Cow::Borrowed(text.trim_ascii()))
    } else {
        // The places of the repairs count from the untrimmed start.
        let text = repaired(text, &scanner.repairs);
        Ok(Cow::Owned(text.trim_ascii().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::number::is_finite;
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;
    use std::string::String;

    #[test]
    fn members_are_cut_as_they_are_written() {
        let object = Object::parse(r#" { "a" : 1.50 , "b\"c":[1, {"d":"}"}] } "#).unwrap();
        let members: Vec<_> = object.members().map(|m| (m.key, m.value)).collect();
        assert_eq!(members, [("a", "1.50"), (r#"b\"c"#, r#"[1, {"d":"}"}]"#)]);
    }

    #[test]
    fn what_json_cannot_say_is_replaced() {
        let object = Object::parse(r#"{"a":NaN,"b":[-Infinity,1e999,-1.8e308],"c":"\ud800x","d":1e308,"e":"\ud83d\ude00"}"#).unwrap();
        assert_eq!(
            object.text,
            r#"{"a":null,"b":[null,null,null],"c":"\ufffdx","d":1e308,"e":"\ud83d\ude00"}"#
        );
    }

    #[test]
    fn a_fault_says_where_and_what_is_expected() {
        for (text, sentence) in [
            ("[]", "at byte 0: an object expected"),
            ("{\"a\" 1}", "at byte 5: a colon expected"),
            ("{\"a\":1,}", "at byte 7: a name in double quotes expected"),
            (
                "{\"a\":[1 2]}",
                "at byte 8: a comma or the end of the array expected",
            ),
            ("{\"a\":tru}", "at byte 5: a value expected"),
            ("{\"a\":1} x", "at byte 8: the end of the text expected"),
            (
                "{\"a\":\"x",
                "at byte 7: the closing quote of a text expected",
            ),
            ("{\"a\":\"\\x\"}", "at byte 7: one of \"\\/bfnrtu expected"),
            (
                "{\"a\":1.}",
                "at byte 7: a digit after the decimal point expected",
            ),
        ] {
            assert_eq!(
                std::format!("{}", Object::parse(text).unwrap_err()),
                sentence,
                "{text}"
            );
        }
    }

    #[test]
    fn one_level_more_than_the_limit_is_refused() {
        let nested = |levels: usize| std::format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(check(&nested(MAX_DEPTH as usize)).is_ok());
        let fault = check(&nested(MAX_DEPTH as usize + 1)).unwrap_err();
        assert_eq!(fault.at, MAX_DEPTH as usize);
        assert_eq!(fault.expected, "at most 100 nested objects and arrays");
    }

    /// The object itself is one of the levels, whichever way it is read.
    #[test]
    fn an_object_counts_itself_among_its_levels() {
        let nested = |levels: u32| {
            let inner = levels as usize - 1;
            std::format!("{{\"a\":{}{}}}", "[".repeat(inner), "]".repeat(inner))
        };
        for (limit, most) in [(GIVEN, MAX_DEPTH), (ASSEMBLED, MAX_DEPTH_AROUND)] {
            assert!(Object::within(&nested(most), limit).is_ok());
            let sentence =
                std::format!("{}", Object::within(&nested(most + 1), limit).unwrap_err());
            assert!(
                sentence.contains(&std::format!("at most {most} nested")),
                "{sentence}"
            );
        }
        assert!(check(&nested(MAX_DEPTH)).is_ok());
        assert!(check(&nested(MAX_DEPTH + 1)).is_err());
    }

    #[test]
    fn a_repaired_value_has_no_white_space_around_it() {
        for (text, checked) in [
            (" \"\\ud800x\" \n", "\"\\ufffdx\""),
            ("\t NaN", "null"),
            (" [1e999 ] ", "[null ]"),
        ] {
            assert_eq!(check(text).unwrap(), checked);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(12), failure_persistence: None, ..ProptestConfig::default() })]

        /// serde_json is the judge: what it reads we accept, and what we accept it can read.
        #[test]
        fn the_scanner_agrees_with_serde_json(text in r#"[-{}\[\],:"\\untruefalse0-9.eE+ dD8]{0,24}"#) {
            if serde_json::from_str::<serde_json::Value>(&text).is_ok() {
                prop_assert!(check(&text).is_ok(), "refused: {text}");
            }
            if let Ok(checked) = check(&text) {
                prop_assert!(serde_json::from_str::<serde_json::Value>(&checked).is_ok(), "accepted: {text}");
            }
        }

        #[test]
        fn finite_means_what_the_float_parser_says(number in r"-?(0|[1-9][0-9]{0,3})(\.[0-9]{1,5})?[eE][+-]?0{0,2}(30[0-9]|[0-9]{1,4})") {
            prop_assert_eq!(is_finite(&number), number.parse::<f64>().unwrap().is_finite());
        }

        #[test]
        fn written_text_decodes_to_itself(text in any::<String>()) {
            let mut out = String::new();
            write_text(&mut out, &text);
            prop_assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text.clone());
            prop_assert_eq!(text_of(&out).unwrap(), text);
        }
    }
}
