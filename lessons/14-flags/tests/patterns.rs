//! Patterns of the grammar that Python and Rust's `regex` share, against the engine of the latter:
//! an oracle that was written by others and reads any pattern, where `vectors/regex.json` has those
//! that somebody thought of. Beyond ASCII it knows nothing: the two follow different Unicode.
#![cfg(feature = "regex")]

#[path = "support/pattern.rs"]
mod pattern;

use std::cell::Cell;

use pattern::Pattern;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

/// Letters in both cases, what else is in a word, what stands at its edge, and the end of a line.
const CHARACTERS: &[char] = &['a', 'b', 'c', 'A', 'B', '1', '_', '-', ' ', '\n'];

fn literal() -> impl Strategy<Value = String> {
    select(CHARACTERS).prop_map(|character| match character {
        '-' => r"\-".to_owned(),
        '\n' => r"\n".to_owned(),
        _ => character.to_string(),
    })
}

fn kind() -> impl Strategy<Value = String> {
    select(&[r"\d", r"\D", r"\w", r"\W", r"\s", r"\S"][..]).prop_map(str::to_owned)
}

fn range() -> impl Strategy<Value = String> {
    select(&["a-b", "A-C", "0-9", "!-/", "A-z"][..]).prop_map(str::to_owned)
}

fn class() -> impl Strategy<Value = String> {
    let member = prop_oneof![4 => literal(), 2 => range(), 1 => kind()];
    (any::<bool>(), prop::collection::vec(member, 1..4)).prop_map(|(is_negated, members)| {
        let negation = if is_negated { "^" } else { "" };
        format!("[{negation}{}]", members.concat())
    })
}

fn quantifier() -> impl Strategy<Value = String> {
    let counted = (0..3_u8, 0..3_u8).prop_flat_map(|(least, more)| {
        let most = least + more;
        select(vec![
            format!("{{{least}}}"),
            format!("{{{least},}}"),
            format!("{{{least},{most}}}"),
        ])
    });
    let any = prop_oneof![
        select(&["*", "+", "?"][..]).prop_map(str::to_owned),
        counted
    ];
    (any, any_laziness()).prop_map(|(any, lazy)| any + lazy)
}

fn any_laziness() -> impl Strategy<Value = &'static str> {
    select(&["", "?"][..])
}

/// What a quantifier may follow, made of smaller patterns.
fn group(inner: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let opening = select(&["(", "(?:", "(?i:", "(?-i:", "(?s:", "(?m:", "(?im-s:"][..]);
    let alternatives = prop::collection::vec(inner, 1..4);
    (opening, alternatives)
        .prop_map(|(opening, alternatives)| format!("{opening}{})", alternatives.join("|")))
}

fn sequence(atom: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let atom = (atom, prop::option::weighted(0.3, quantifier()))
        .prop_map(|(atom, quantifier)| atom + &quantifier.unwrap_or_default());
    let look = select(&["^", "$", r"\A", r"\b", r"\B"][..]).prop_map(str::to_owned);
    let elements = prop_oneof![6 => atom, 1 => look];
    let some = prop::collection::vec(elements, 1..4).prop_map(|elements| elements.concat());
    prop_oneof![9 => some, 1 => Just(String::new())]
}

fn pattern() -> impl Strategy<Value = String> {
    let atom = prop_oneof![4 => literal(), 1 => Just(".".to_owned()), 2 => kind(), 2 => class()];
    let atom = atom.prop_recursive(4, 24, 3, |atom| group(sequence(atom)));
    let flags = select(&["", "", "(?i)", "(?s)", "(?m)"][..]);
    // Most patterns without an anchor are found in most texts.
    let anchors = select(&[("", ""), ("^", ""), ("", "$"), ("^", "$")][..]);
    (flags, anchors, group(sequence(atom)))
        .prop_map(|(flags, (start, end), group)| format!("{flags}{start}{group}{end}"))
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let text = prop::collection::vec(select(CHARACTERS), 0..8)
        .prop_map(|characters| characters.into_iter().collect());
    prop::collection::vec(text, 8)
}

#[test]
fn a_pattern_finds_what_rusts_engine_finds() {
    const CASES: u32 = 1024;
    let (found, missed, open) = (Cell::new(0_u32), Cell::new(0_u32), Cell::new(0_u32));
    let add_to = |count: &Cell<u32>| count.set(count.get() + 1);
    let mut runner = TestRunner::new(Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    });
    let result = runner.run(&(pattern(), texts()), |(source, texts)| {
        let theirs = pattern::theirs(&source)?;
        let mut cache = theirs.create_cache();
        let (mut ours, mut negated) = (Pattern::new(&source), Pattern::negated(&source));
        for text in &texts {
            let expected = theirs.is_match(&mut cache, text);
            let answers = (ours.passes(text), negated.passes(text));
            if answers == (None, None) {
                // Where the two engines and Python are known to differ.
                let is_dollar = source.contains('$') && text.ends_with('\n') && !expected;
                let is_no_boundary = source.contains(r"\B") && text.is_empty() && expected;
                prop_assert!(
                    is_dollar || is_no_boundary,
                    "{source:?} in {text:?} is open"
                );
                add_to(&open);
            } else {
                prop_assert_eq!(answers, (Some(expected), Some(!expected)), "in {:?}", text);
                add_to(if expected { &found } else { &missed });
            }
        }
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
    let (found, missed, open) = (found.get(), missed.get(), open.get());
    let all = found + missed + open;
    println!("{found} found, {missed} not found, {open} open of {all}");
    assert!(found > all / 4, "{found} of {all} texts are found in");
    assert!(
        missed > all / 4,
        "nothing is found in {missed} of {all} texts"
    );
    assert!(open < all / 5, "{open} of {all} texts are left open");
}
