//! Whether a text is JSON (RFC 8259), and where not. It builds nothing and gives no meaning to
//! what it reads, so that everything after it can be content with looking for brackets and commas.

use alloc::vec::Vec;

/// Where a text stops being JSON.
#[derive(Debug)]
pub(crate) struct NotJson {
    /// From 1.
    pub(crate) line: usize,
    /// In bytes, from 1; one past the end when something is missing there.
    pub(crate) column: usize,
}

/// Checks the whole text. Nesting takes one byte of the heap a level and nothing of the stack.
pub(crate) fn check(json: &str) -> Result<(), NotJson> {
    let mut rest = Rest(json.as_bytes());
    rest.document().ok_or_else(|| {
        let left = rest.0.len();
        let read = json.len().checked_sub(left);
        let read = read.and_then(|at| json.as_bytes().get(..at));
        let mut lines = read.unwrap_or_default().rsplit(|byte| *byte == b'\n');
        let column = lines.next().unwrap_or_default().len().saturating_add(1);
        NotJson {
            line: lines.count().saturating_add(1),
            column,
        }
    })
}

/// What was not read yet. `None` means that its first byte must not stand there.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn document(&mut self) -> Option<()> {
        // The brackets that have to come.
        let mut open = Vec::new();
        loop {
            self.blanks();
            match self.take(|byte| {
                matches!(
                    byte,
                    b'"' | b'[' | b'{' | b't' | b'f' | b'n' | b'-' | b'0'..=b'9'
                )
            })? {
                b'"' => self.text()?,
                b'[' => {
                    if !self.closes(b']') {
                        open.push(b']');
                        continue;
                    }
                }
                b'{' => {
                    if !self.closes(b'}') {
                        open.push(b'}');
                        self.name()?;
                        continue;
                    }
                }
                b't' => self.word(b"rue")?,
                b'f' => self.word(b"alse")?,
                b'n' => self.word(b"ull")?,
                b'-' => {
                    let first = self.digit()?;
                    self.number(first)?;
                }
                first => self.number(first)?,
            }
            // A value has ended, and with it perhaps some that it is in.
            loop {
                self.blanks();
                let Some(close) = open.last().copied() else {
                    return self.0.is_empty().then_some(());
                };
                match self.take(|byte| byte == b',' || byte == close)? {
                    b',' => {
                        if close == b'}' {
                            self.blanks();
                            self.name()?;
                        }
                        break;
                    }
                    _ => open.pop(),
                };
            }
        }
    }

    /// The next byte, if it is one of those.
    fn take(&mut self, is_wanted: impl Fn(u8) -> bool) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        is_wanted(*first).then(|| {
            self.0 = rest;
            *first
        })
    }

    fn byte(&mut self, wanted: u8) -> Option<u8> {
        self.take(|byte| byte == wanted)
    }

    fn digit(&mut self) -> Option<u8> {
        self.take(|byte| byte.is_ascii_digit())
    }

    fn blanks(&mut self) {
        while self
            .take(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
            .is_some()
        {}
    }

    /// Whether a list or an object ends before it has begun.
    fn closes(&mut self, bracket: u8) -> bool {
        self.blanks();
        self.byte(bracket).is_some()
    }

    fn word(&mut self, letters: &[u8]) -> Option<()> {
        letters
            .iter()
            .try_for_each(|letter| self.byte(*letter).map(drop))
    }

    /// A member's name and the colon behind it.
    fn name(&mut self) -> Option<()> {
        self.byte(b'"')?;
        self.text()?;
        self.blanks();
        self.byte(b':').map(drop)
    }

    /// The rest of a text. Whether its surrogates are paired is left to `Node::text`.
    fn text(&mut self) -> Option<()> {
        loop {
            match self.take(|byte| byte >= b' ')? {
                b'"' => return Some(()),
                b'\\' => self.escape()?,
                _ => {}
            }
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Option<()> {
        if self.take(|byte| b"\"\\/bfnrtu".contains(&byte))? == b'u' {
            for _ in 0..4 {
                self.take(|byte| byte.is_ascii_hexdigit())?;
            }
        }
        Some(())
    }

    /// The rest of a number.
    fn number(&mut self, first: u8) -> Option<()> {
        if first != b'0' {
            while self.digit().is_some() {}
        }
        if self.byte(b'.').is_some() {
            self.digits()?;
        }
        if self.take(|byte| matches!(byte, b'e' | b'E')).is_some() {
            self.take(|byte| matches!(byte, b'+' | b'-'));
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        self.digit()?;
        while self.digit().is_some() {}
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use proptest::prelude::*;
    use serde::de::IgnoredAny;

    #[test]
    fn the_place_of_the_first_offence_is_told() {
        for (json, line, column) in [
            ("", 1, 1),
            ("[1,\n 2 3]", 2, 4),
            ("{\"a\"}", 1, 5),
            ("[1,]", 1, 4),
            ("tru", 1, 4),
            ("01", 1, 2),
            ("\"\n\"", 1, 2),
            ("1 \n\nx", 3, 1),
        ] {
            let place = check(json).unwrap_err();
            assert_eq!((place.line, place.column), (line, column), "{json:?}");
        }
    }

    #[test]
    fn nesting_does_not_use_the_stack() {
        let deep = "[".repeat(1_000_000);
        assert!(check(&deep).is_err());
        assert!(check(&(deep + &"]".repeat(1_000_000))).is_ok());
    }

    const WHOLE: &str = r#" {"a" : [1, -2.5e+3, 0, 1E-2, true,false , null, "x\u00e4\\\"\/y", [], {} ],
        "ä": {"b":{"c":[ [ ] , { } ]}} } "#;

    fn agrees(json: &str) {
        let theirs = serde_json::from_str::<IgnoredAny>(json).is_ok();
        assert_eq!(check(json).is_ok(), theirs, "{json:?}");
    }

    #[test]
    fn a_text_that_ends_early_is_judged_as_by_serde_json() {
        agrees(WHOLE);
        for (end, _) in WHOLE.char_indices() {
            agrees(&WHOLE[..end]);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_damaged_text_is_judged_as_by_serde_json(
            damages in prop::collection::vec((0..WHOLE.chars().count(), "[]\\[{}:,\"\\\\ue0-9.+ \n\u{1}-]{0,2}"), 1..4),
        ) {
            let mut characters: Vec<String> = WHOLE.chars().map(String::from).collect();
            for (at, damage) in damages {
                characters[at] = damage;
            }
            agrees(&characters.concat());
        }

        #[test]
        fn a_heap_of_tokens_is_judged_as_by_serde_json(
            tokens in prop::collection::vec(prop::sample::select(vec![
                "[", "]", "{", "}", ",", ":", "\"a\"", "1", "-", "0", "1.5e3", ".", "e", "true", "null", " ", "\"\\u12", "\\",
            ]), 0..8),
        ) {
            agrees(&tokens.concat());
        }
    }
}
