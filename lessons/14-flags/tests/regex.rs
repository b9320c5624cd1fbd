//! Regular expressions answer what Python's `re` answers, or nothing: `vectors/regex.json` was
//! measured in CPython 3.11.
#![cfg(feature = "regex")]

#[path = "support/pattern.rs"]
mod pattern;

use pattern::Pattern;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors/regex.json")).unwrap()
}

fn texts(list: &Value) -> Vec<&str> {
    let items = list.as_array().unwrap().iter();
    items.map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn a_pattern_finds_what_python_finds_or_says_that_it_cannot_tell() {
    let vectors = vectors();
    for vector in vectors["patterns"].as_array().unwrap() {
        let source = vector["pattern"].as_str().unwrap();
        let (mut pattern, mut negated) = (Pattern::new(source), Pattern::negated(source));
        for text in texts(&vectors["texts"]) {
            let (found, not_found) = (pattern.passes(text), negated.passes(text));
            if vector["invalid"] == true {
                assert_eq!((found, not_found), (Some(false), Some(false)), "{source:?}");
            } else if vector["inconclusive"] == true {
                assert_eq!((found, not_found), (None, None), "{source:?}");
            } else {
                let expected = texts(&vector["found_in"]).contains(&text);
                let last_line_break = source.contains('$') && text.ends_with('\n');
                let no_boundary = source.contains(r"\B") && text.is_empty();
                let may_be_open = last_line_break || no_boundary;
                let is_open = may_be_open && found.is_none() && not_found.is_none();
                let is_right = (found, not_found) == (Some(expected), Some(!expected));
                assert!(
                    is_right || is_open,
                    "{source:?} in {text:?}: {found:?}, {expected}"
                );
            }
        }
    }
}

#[test]
fn the_kinds_have_the_characters_that_they_have_in_python() {
    // Beyond, no character is of any kind.
    const END: u32 = 0x3_2000;
    let vectors = vectors();
    for (kind, ranges) in vectors["kinds"].as_object().unwrap() {
        let ranges: Vec<(u32, u32)> = serde_json::from_value(ranges.clone()).unwrap();
        let (mut inside, mut outside, mut next) = (String::new(), String::new(), 0);
        for (first, last) in ranges {
            outside.extend((next..first).filter_map(char::from_u32));
            inside.extend((first..=last).filter_map(char::from_u32));
            next = last + 1;
        }
        outside.extend((next..END).filter_map(char::from_u32));
        let others = kind.to_uppercase();
        assert_eq!(
            Pattern::new(&others).passes(&inside),
            Some(false),
            "{kind} lacks one"
        );
        assert_eq!(
            Pattern::new(kind).passes(&outside),
            Some(false),
            "{kind} has one too many"
        );
    }
}

#[test]
fn characters_are_the_same_in_any_case_as_in_python() {
    let vectors = vectors();
    let groups: Vec<&str> = vectors["same"].as_str().unwrap().split(' ').collect();
    for (group, other) in groups.iter().zip(groups.iter().skip(1)) {
        for character in group.chars() {
            let mut literal = Pattern::new(&format!("(?i)^{character}+$"));
            let mut class = Pattern::new(&format!("(?i)^[{character}]+$"));
            assert_eq!(literal.passes(group), Some(true), "{character}");
            assert_eq!(class.passes(group), Some(true), "{character}");
            assert_eq!(
                literal.passes(other),
                Some(false),
                "{character} is none of {other}"
            );
        }
    }
}
