//! JSON as text: checked, cut at its top level, spliced; never a tree.
//!
//! A caller's properties are read once, to prove that the server will be able to read them, and are then copied as
//! they were written, so `1.0` stays `1.0`. This file knows JSON (RFC 8259) and must never know what an event is.

use crate::time::decimal;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

/// How many objects and arrays may be open at once.
///
/// The ingestion service reads a request with a limit of 128 (serde_json's default), and the request itself opens
/// four levels around a property. 100 leaves room for both and fits the scanner's stack of one bit a level.
pub const MAX_DEPTH: u32 = 100;

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
        let mut scanner = Scanner::new(text);
        let members = scanner.whole_object()?;
        if scanner.repairs.is_empty() {
            return Ok(Object {
                text: Cow::Borrowed(text),
                members,
            });
        }
        let text = repaired(text, &scanner.repairs);
        let members = Scanner::new(&text).whole_object()?;
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
    let mut scanner = Scanner::new(text);
    scanner.space();
    scanner.value()?;
    scanner.end()?;
    if scanner.repairs.is_empty() {
        Ok(Cow::Borrowed(text.trim_ascii()))
    } else {
        Ok(Cow::Owned(repaired(
            text.trim_ascii_end(),
            &scanner.repairs,
        )))
    }
}

/// True if two written names mean the same name, however they are escaped.
#[must_use]
pub fn same_key(left: &str, right: &str) -> bool {
    if left.contains('\\') || right.contains('\\') {
        decode(left) == decode(right)
    } else {
        left == right
    }
}

/// The text that the inside of a JSON string means.
#[must_use]
pub fn decode(inside: &str) -> Cow<'_, str> {
    if !inside.contains('\\') {
        return Cow::Borrowed(inside);
    }
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside.chars();
    while let Some(next) = rest.next() {
        if next != '\\' {
            text.push(next);
            continue;
        }
        match rest.next() {
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('u') => {
                let high = hex4(rest.as_str());
                advance(&mut rest, 4);
                let low = rest.as_str().strip_prefix("\\u").and_then(hex4);
                match char::decode_utf16(high.into_iter().chain(low)).next() {
                    Some(Ok(char)) => {
                        text.push(char);
                        if char.len_utf16() == 2 {
                            advance(&mut rest, 6);
                        }
                    }
                    _ => text.push(char::REPLACEMENT_CHARACTER),
                }
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    Cow::Owned(text)
}

/// The text of a JSON string value; `None` for any other kind.
#[must_use]
pub fn text_of(value: &str) -> Option<Cow<'_, str>> {
    value.strip_prefix('"')?.strip_suffix('"').map(decode)
}

/// Appends `text` as a JSON string.
pub fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|byte| byte < b' ' || byte == b'"' || byte == b'\\')
    {
        let (plain, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let mut tail = tail.chars();
        match tail.next() {
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(other) if other < ' ' => {
                out.push_str("\\u00");
                out.push(if other < '\u{10}' { '0' } else { '1' });
                out.push(char::from_digit(u32::from(other) & 0xf, 16).unwrap_or('0'));
            }
            Some(other) => {
                out.push('\\');
                out.push(other);
            }
            None => {}
        }
        rest = tail.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// Writes one object, member by member, at the end of a text.
pub struct Writer<'a> {
    out: &'a mut String,
    separator: &'static str,
}

impl<'a> Writer<'a> {
    /// Starts an object.
    pub fn new(out: &'a mut String) -> Self {
        Writer {
            out,
            separator: "{\"",
        }
    }

    /// Writes a name that is escaped already, or needs no escaping, and hands out the text for its value.
    pub fn key(&mut self, key: &str) -> &mut String {
        self.split_key("", key)
    }

    /// The same for a name in two parts.
    pub fn split_key(&mut self, prefix: &str, key: &str) -> &mut String {
        self.out.push_str(self.separator);
        self.out.push_str(prefix);
        self.out.push_str(key);
        self.out.push_str("\":");
        self.separator = ",\"";
        self.out
    }

    /// Writes a member whose value is JSON.
    pub fn member(&mut self, key: &str, value: &str) {
        self.key(key).push_str(value);
    }

    /// Writes a member whose value is a text still to be escaped.
    pub fn text(&mut self, key: &str, value: &str) {
        write_text(self.key(key), value);
    }

    /// Closes the object.
    pub fn end(self) {
        self.out
            .push_str(if self.separator == "{\"" { "{}" } else { "}" });
    }
}

/// Something JSON cannot say, and what stands for it.
struct Repair {
    range: Range<usize>,
    with: &'static str,
}

fn repaired(text: &str, repairs: &[Repair]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for repair in repairs {
        out.push_str(text.get(from..repair.range.start).unwrap_or_default());
        out.push_str(repair.with);
        from = repair.range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

fn advance(chars: &mut core::str::Chars<'_>, count: usize) {
    for _ in 0..count {
        chars.next();
    }
}

fn hex4(text: &str) -> Option<u16> {
    let digits = text.get(..4)?;
    // `from_str_radix` would take a sign.
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        u16::from_str_radix(digits, 16).ok()
    } else {
        None
    }
}

/// Reads JSON from front to back without recursion, so that depth costs a bit and not a stack frame.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    repairs: Vec<Repair>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Scanner {
            text,
            at: 0,
            repairs: Vec::new(),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, count: usize) {
        self.at = self.at.saturating_add(count);
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.skip(1);
        }
        found
    }

    fn fault<T>(&self, expected: &'static str) -> Result<T, Fault> {
        Err(Fault {
            at: self.at,
            expected,
        })
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.skip(1);
        }
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.space();
        if self.at == self.text.len() {
            Ok(())
        } else {
            self.fault("the end of the text")
        }
    }

    /// One object and nothing else; answers where its members' names and values lie.
    fn whole_object(&mut self) -> Result<Vec<Place>, Fault> {
        let mut members = Vec::new();
        self.space();
        if !self.take(b'{') {
            return self.fault("an object");
        }
        self.space();
        if !self.take(b'}') {
            members.reserve(16);
            loop {
                let key = self.key()?;
                let start = self.at;
                self.value()?;
                members.push(Place {
                    key,
                    value: start..self.at,
                });
                self.space();
                if self.take(b'}') {
                    break;
                }
                if !self.take(b',') {
                    return self.fault("a comma or the end of the object");
                }
                self.space();
            }
        }
        self.end()?;
        Ok(members)
    }

    /// A name with its colon; answers where the inside of its quotes lies.
    fn key(&mut self) -> Result<Range<usize>, Fault> {
        if self.peek() != Some(b'"') {
            return self.fault("a name in double quotes");
        }
        let start = self.at.saturating_add(1);
        self.string()?;
        let end = self.at.saturating_sub(1);
        self.space();
        if !self.take(b':') {
            return self.fault("a colon");
        }
        self.space();
        Ok(start..end)
    }

    fn value(&mut self) -> Result<(), Fault> {
        // One bit for each open level, the innermost lowest: 1 is an object, 0 an array.
        let mut open: u128 = 0;
        let mut depth: u32 = 0;
        loop {
            let opens = match self.peek() {
                Some(b'"') => {
                    self.string()?;
                    None
                }
                Some(b'{') => Some((1, b'}')),
                Some(b'[') => Some((0, b']')),
                _ => {
                    self.scalar()?;
                    None
                }
            };
            if let Some((bit, closing)) = opens {
                if depth >= MAX_DEPTH {
                    return self.fault("fewer than 100 nested objects and arrays");
                }
                self.skip(1);
                self.space();
                if !self.take(closing) {
                    open = open << 1 | bit;
                    depth = depth.saturating_add(1);
                    if bit == 1 {
                        self.key()?;
                    }
                    continue;
                }
            }
            // A value is complete: close what ends here, or go on to the next value of what stays open.
            loop {
                if depth == 0 {
                    return Ok(());
                }
                self.space();
                let object = open & 1 == 1;
                if self.take(b',') {
                    self.space();
                    if object {
                        self.key()?;
                    }
                    break;
                }
                if !self.take(if object { b'}' } else { b']' }) {
                    return self.fault(if object {
                        "a comma or the end of the object"
                    } else {
                        "a comma or the end of the array"
                    });
                }
                open >>= 1;
                depth = depth.saturating_sub(1);
            }
        }
    }

    fn string(&mut self) -> Result<(), Fault> {
        self.skip(1);
        loop {
            match self
                .rest()
                .iter()
                .position(|byte| *byte == b'"' || *byte == b'\\' || *byte < b' ')
            {
                Some(plain) => self.skip(plain),
                None => {
                    self.at = self.text.len();
                    return self.fault("the closing quote of a text");
                }
            }
            match self.peek() {
                Some(b'"') => {
                    self.skip(1);
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                _ => return self.fault("an escape such as \\n in place of a control character"),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.skip(1);
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.skip(1),
            Some(b'u') => {
                let Some(unit) = self.unit(start) else {
                    return self.fault("four hexadecimal digits");
                };
                self.at = start.saturating_add(6);
                let low = self
                    .unit(self.at)
                    .is_some_and(|low| (0xdc00..0xe000).contains(&low));
                match unit {
                    0xd800..0xdc00 if low => self.skip(6),
                    0xd800..0xe000 => self.repairs.push(Repair {
                        range: start..self.at,
                        with: "\\ufffd",
                    }),
                    _ => {}
                }
            }
            _ => return self.fault("one of \"\\/bfnrtu"),
        }
        Ok(())
    }

    /// The UTF-16 unit written as `\uXXXX` at an offset.
    fn unit(&self, at: usize) -> Option<u16> {
        hex4(self.text.get(at..)?.strip_prefix("\\u")?)
    }

    fn scalar(&mut self) -> Result<(), Fault> {
        for word in ["true", "false", "null"] {
            if self.rest().starts_with(word.as_bytes()) {
                self.skip(word.len());
                return Ok(());
            }
        }
        for word in ["NaN", "Infinity", "-Infinity"] {
            if self.rest().starts_with(word.as_bytes()) {
                let start = self.at;
                self.skip(word.len());
                self.repairs.push(Repair {
                    range: start..self.at,
                    with: "null",
                });
                return Ok(());
            }
        }
        self.number()
    }

    fn number(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits("a value")?;
        }
        let whole = self.at;
        if self.take(b'.') {
            self.digits("a digit after the decimal point")?;
        }
        let mantissa = self.at;
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'-') {
                self.take(b'+');
            }
            self.digits("a digit of the exponent")?;
        }
        // Without an exponent and with so few digits there is nothing to overflow.
        if (mantissa != self.at || whole.saturating_sub(start) > 300)
            && !is_finite(self.text.get(start..self.at).unwrap_or_default())
        {
            self.repairs.push(Repair {
                range: start..self.at,
                with: "null",
            });
        }
        Ok(())
    }

    fn digits(&mut self, expected: &'static str) -> Result<(), Fault> {
        let count = self
            .rest()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if count == 0 {
            return self.fault(expected);
        }
        self.skip(count);
        Ok(())
    }
}

/// True if a well-formed number fits a 64-bit float. The float parser of `core` would decide it too, for a third of
/// the module's size.
fn is_finite(number: &str) -> bool {
    // f64::MAX is 1.7976931348623157e308.
    const MAX_DIGITS: &[u8] = b"17976931348623157";
    const MAX_EXPONENT: u64 = 308;
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, ""));
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let significant = whole
        .bytes()
        .chain(fraction.bytes())
        .skip_while(|digit| *digit == b'0');
    let zeros = fraction.bytes().take_while(|digit| *digit == b'0').count();
    let exponent_digits = exponent.trim_start_matches(['+', '-']);
    // Zero, and what an exponent beyond 64 bits makes of anything else.
    if significant.clone().next().is_none() {
        return true;
    }
    let size = decimal(exponent_digits).unwrap_or(if exponent.is_empty() { 0 } else { u64::MAX });
    // The power of ten of the first digit that is not zero: `above` places before the point, or `below` behind it.
    let (above, below) = if whole == "0" {
        (0, zeros.saturating_add(1))
    } else {
        (whole.len().saturating_sub(1), 0)
    };
    let (up, down) = if exponent.starts_with('-') {
        (0, size)
    } else {
        (size, 0)
    };
    let power = (above as u64)
        .saturating_add(up)
        .saturating_sub((below as u64).saturating_add(down));
    power < MAX_EXPONENT
        || (power == MAX_EXPONENT
            && significant
                .take(MAX_DIGITS.len())
                .le(MAX_DIGITS.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

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
        assert!(check(&nested(MAX_DEPTH as usize + 1)).is_err());
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
