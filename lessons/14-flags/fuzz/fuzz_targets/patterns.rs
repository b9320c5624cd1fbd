//! A pattern and a text, separated by a zero byte: what is answered is what the engine of Rust's
//! `regex` answers, and a pattern called invalid is one that it does not read either.
#![no_main]

#[path = "../../tests/support/pattern.rs"]
mod pattern;

use libfuzzer_sys::fuzz_target;
use pattern::Pattern;

/// Whether both engines mean the same by every character of this text: beyond ASCII their Unicode
/// differs, and `\s` of Python has four separators more.
fn is_common(text: &str) -> bool {
    let is_common = |byte: u8| byte.is_ascii() && !(0x1c..=0x1f).contains(&byte);
    text.bytes().all(is_common)
}

fuzz_target!(|input: &str| {
    let Some((source, text)) = input.split_once('\0') else {
        return;
    };
    let found = Pattern::new(source).passes(text);
    let not_found = Pattern::negated(source).passes(text);
    // A code in a pattern may stand for what the text may not hold.
    let has_code = source.contains("\\u") || source.contains("\\U");
    if !is_common(source) || !is_common(text) || has_code {
        return;
    }
    match (found, not_found, pattern::theirs(source)) {
        (None, None, _) => {}
        (Some(false), Some(false), theirs) => {
            assert!(theirs.is_err(), "{source:?} is not invalid");
        }
        (Some(found), Some(not_found), Ok(theirs)) => {
            assert_ne!(found, not_found, "{source:?} in {text:?}");
            let expected = theirs.is_match(&mut theirs.create_cache(), text);
            assert_eq!(found, expected, "{source:?} in {text:?}");
        }
        answers => panic!("{source:?} in {text:?}: {answers:?}"),
    }
});
