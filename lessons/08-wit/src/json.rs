//! Checks that a string is one JSON object, as RFC 8259 has it. Builds nothing from it.

use crate::refused::Refused;

// ANCHOR: depth
/// The most brackets that may be open at once: as many as a `u64` has bits.
///
/// serde_json, which PostHog's servers read events with, stops at 128, and the request around the
/// properties opens three.
const MAX_DEPTH: u32 = u64::BITS;
// ANCHOR_END: depth

// ANCHOR: check
/// Says where `text` stops being one JSON object, if it does.
///
/// Nothing in it calls itself, so no text can use up the stack.
pub fn check(text: &str) -> Result<(), Refused> {
    let mut reader = Reader {
        bytes: text.as_bytes(),
        at: 0,
        depth: 0,
        objects: 0,
    };
    if reader.next() != Some(b'{') {
        return reader.expected("one JSON object");
    }
    loop {
        let mut whole = reader.value()?;
        while whole && reader.depth > 0 {
            whole = reader.end()?;
        }
        if whole {
            break;
        }
    }
    match reader.next() {
        None => Ok(()),
        Some(_) => reader.expected("nothing after the object"),
    }
}
// ANCHOR_END: check

// ANCHOR: reader
struct Reader<'t> {
    bytes: &'t [u8],
    /// Bytes read.
    at: usize,
    /// Brackets open.
    depth: u32,
    /// Bit 0 is the innermost open bracket, bit 1 the one around it: set for `{`, clear for `[`.
    objects: u64,
}
// ANCHOR_END: reader

impl Reader<'_> {
    // ANCHOR: value
    /// Reads a value; of one in brackets, the opening bracket and the first key. Whether that was all of it.
    fn value(&mut self) -> Result<bool, Refused> {
        match self.next() {
            Some(b'{') => self.open(true),
            Some(b'[') => self.open(false),
            Some(b'"') => self.string(),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.expected("a value"),
        }
    }
    // ANCHOR_END: value

    // ANCHOR: brackets
    fn open(&mut self, object: bool) -> Result<bool, Refused> {
        if self.depth == MAX_DEPTH {
            return self.expected("at most 64 brackets inside each other");
        }
        self.at += 1;
        self.depth += 1;
        self.objects = self.objects << 1 | u64::from(object);
        match self.next() {
            Some(b'}') if object => Ok(self.close()),
            Some(b']') if !object => Ok(self.close()),
            _ if object => self.key(),
            _ => Ok(false),
        }
    }

    /// Reads what follows a value inside brackets: whether it ends them.
    fn end(&mut self) -> Result<bool, Refused> {
        let object = self.objects & 1 == 1;
        match self.next() {
            Some(b'}') if object => Ok(self.close()),
            Some(b']') if !object => Ok(self.close()),
            Some(b',') => {
                self.at += 1;
                if object { self.key() } else { Ok(false) }
            }
            _ if object => self.expected("`,` or `}`"),
            _ => self.expected("`,` or `]`"),
        }
    }
    // ANCHOR_END: brackets

    /// The brackets are a value that ends here.
    fn close(&mut self) -> bool {
        self.at += 1;
        self.depth -= 1;
        self.objects >>= 1;
        true
    }

    /// Reads a key and its colon; the value is still to come.
    fn key(&mut self) -> Result<bool, Refused> {
        if self.next() != Some(b'"') {
            return self.expected("a key in quotes");
        }
        self.string()?;
        if self.next() != Some(b':') {
            return self.expected("`:`");
        }
        self.at += 1;
        Ok(false)
    }

    fn string(&mut self) -> Result<bool, Refused> {
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                Some(b' '..) => self.at += 1,
                _ => return self.expected("the rest of the string and its quote"),
            }
        }
        self.at += 1;
        Ok(true)
    }

    /// Reads an escape; two, where it takes two to name one character.
    fn escape(&mut self) -> Result<(), Refused> {
        self.at += 1;
        match self.peek() {
            Some(b'u') => {}
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 1;
                return Ok(());
            }
            _ => return self.expected("one of the escapes of JSON"),
        }
        match self.unit() {
            Some(0xd800..=0xdbff)
                if self.peek() == Some(b'\\') && self.bytes.get(self.at + 1) == Some(&b'u') =>
            {
                self.at += 1;
                match self.unit() {
                    Some(0xdc00..=0xdfff) => Ok(()),
                    _ => self.expected("the other half of the surrogate pair"),
                }
            }
            Some(0xd800..=0xdfff) => self.expected("the other half of the surrogate pair"),
            Some(_) => Ok(()),
            None => self.expected("four hexadecimal digits"),
        }
    }

    /// Reads `u` and four hexadecimal digits.
    fn unit(&mut self) -> Option<u32> {
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }

    fn number(&mut self) -> Result<bool, Refused> {
        self.skip(b"-");
        if !self.skip(b"0") {
            self.digits()?;
        }
        if self.skip(b".") {
            self.digits()?;
        }
        if self.skip(b"eE") {
            self.skip(b"+-");
            self.digits()?;
        }
        Ok(true)
    }

    fn digits(&mut self) -> Result<(), Refused> {
        if !self.skip(b"0123456789") {
            return self.expected("a digit");
        }
        while self.skip(b"0123456789") {}
        Ok(())
    }

    fn word(&mut self, word: &'static str) -> Result<bool, Refused> {
        for letter in word.bytes() {
            if !self.skip(&[letter]) {
                return self.expected(word);
            }
        }
        Ok(true)
    }

    /// Reads a byte if it is one of these.
    fn skip(&mut self, these: &[u8]) -> bool {
        let found = self.peek().is_some_and(|byte| these.contains(&byte));
        self.at += usize::from(found);
        found
    }

    /// The next byte that is not white space, which is read past.
    fn next(&mut self) -> Option<u8> {
        while self.skip(b" \t\n\r") {}
        self.peek()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn expected<T>(&self, expected: &'static str) -> Result<T, Refused> {
        Err(Refused {
            at: self.at,
            expected,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Strings that are JSON objects, and what is one change away from them.
    const TEXTS: [&str; 60] = [
        "{}",
        " {\t\n\r} ",
        r#"{"a":1}"#,
        r#"{"a":1,"b":2}"#,
        r#"{ "a" : [ ] , "b" : { } }"#,
        r#"{"a":[1,[2,[3]],{"b":[{}]}]}"#,
        r#"{"a":"x\"y\\z\/\b\f\n\r\t"}"#,
        r#"{"a":"\u00e9\uD83D\uDE80"}"#,
        r#"{"":null}"#,
        r#"{"a":true,"a":false}"#,
        r#"{"Łódź":"🚀🚀🚀 𠈄𓀀"}"#,
        r#"{"a":-0}"#,
        r#"{"a":0.5}"#,
        r#"{"a":-12.75e+1}"#,
        r#"{"a":1E2}"#,
        r#"{"a":1e-2}"#,
        r#"{"a":"\u0000"}"#,
        "",
        " ",
        "[]",
        "1",
        "null",
        "\"a\"",
        "{",
        "}",
        "{]",
        "{}{}",
        "{},",
        "{} x",
        "{,}",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a":1,}"#,
        r#"{"a" 1}"#,
        r#"{a:1}"#,
        r#"{'a':1}"#,
        r#"{"a":1 "b":2}"#,
        r#"{"a":[1 2]}"#,
        r#"{"a":[1,]}"#,
        r#"{"a":[}"#,
        r#"{"a":[1}]"#,
        r#"{"a":"x"#,
        r#"{"a":"\x"}"#,
        r#"{"a":"\u12"}"#,
        r#"{"a":"\u12g4"}"#,
        r#"{"a":"\ud800"}"#,
        r#"{"a":"\ud800\u0041"}"#,
        r#"{"a":"\udc00"}"#,
        "{\"a\":\"\n\"}",
        r#"{"a":01}"#,
        r#"{"a":+1}"#,
        r#"{"a":1.}"#,
        r#"{"a":.5}"#,
        r#"{"a":1e}"#,
        r#"{"a":-}"#,
        r#"{"a":tru}"#,
        r#"{"a":truex}"#,
        r#"{"a":nul}"#,
        r#"{"a":NaN}"#,
        "\u{feff}{}",
    ];

    fn is_object(text: &str) -> bool {
        serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text).is_ok()
    }

    #[test]
    fn it_accepts_what_serde_json_accepts_and_nothing_else() {
        for text in TEXTS {
            assert_eq!(
                check(text).is_ok(),
                is_object(text),
                "{text:?}: {:?}",
                check(text)
            );
        }
    }

    #[test]
    fn it_agrees_with_serde_json_on_every_text_cut_short_or_with_one_character_changed() {
        for text in TEXTS {
            for (at, old) in text.char_indices() {
                let (start, end) = text.split_at(at);
                assert_eq!(check(start).is_ok(), is_object(start), "{start:?}");
                for change in '\0'..='\x7f' {
                    let changed = format!("{start}{change}{}", &end[old.len_utf8()..]);
                    assert_eq!(
                        check(&changed).is_ok(),
                        is_object(&changed),
                        "{changed:?}: {:?}",
                        check(&changed)
                    );
                }
            }
        }
    }

    #[test]
    fn it_refuses_half_a_surrogate_pair_which_serde_json_lets_pass_when_it_only_checks() {
        let text = r#"{"name":"\ud83d"}"#;
        assert!(serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok());
        assert!(check(text).is_err());
    }

    #[test]
    fn it_lets_a_number_pass_that_is_beyond_a_float() {
        assert_eq!("1e400".parse(), Ok(f64::INFINITY));
        assert_eq!(check(r#"{"amount":1e400}"#), Ok(()));
    }

    #[test]
    fn it_says_where_the_fault_is_and_what_was_expected() {
        for (text, at, expected) in [
            ("[]", 0, "one JSON object"),
            (r#"{"plan":}"#, 8, "a value"),
            (
                r#"{"plan":"pro"#,
                12,
                "the rest of the string and its quote",
            ),
            (r#"{"plan":"pro""#, 13, "`,` or `}`"),
            (r#"{"a":1} {"b":2}"#, 8, "nothing after the object"),
            (
                r#"{"a":"\ud83d"}"#,
                12,
                "the other half of the surrogate pair",
            ),
        ] {
            assert_eq!(check(text), Err(Refused { at, expected }), "{text}");
        }
    }

    #[test]
    fn sixty_four_brackets_are_accepted_and_one_more_is_not() {
        let nested = |depth: usize| "{\"a\":".repeat(depth - 1) + "{}" + &"}".repeat(depth - 1);
        assert_eq!(check(&nested(64)), Ok(()));
        assert_eq!(check(&nested(65)).unwrap_err().at, 64 * 5);
        assert!(check(&nested(1_000_000)).is_err());
    }
}
