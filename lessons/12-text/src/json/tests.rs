//! What the scanner takes, refuses and replaces, with serde_json as the judge.

use super::finite::is_finite;
use super::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::string::String;
use std::vec::Vec;

/// Deep enough for whatever does not test the depth.
const DEPTH: u32 = 100;

#[test]
fn members_are_cut_as_they_are_written() {
    let object = Object::parse(r#" { "a" : 1.50 , "b\"c":[1, {"d":"}"}] } "#, DEPTH).unwrap();
    let members: Vec<_> = object.members().map(|m| (m.key, m.value)).collect();
    assert_eq!(members, [("a", "1.50"), (r#"b\"c"#, r#"[1, {"d":"}"}]"#)]);
}

#[test]
fn what_the_server_cannot_read_is_replaced() {
    let object = Object::parse(
        r#"{"a":NaN,"b":[-Infinity,1e999,-1.8e308],"c":"\ud800x","d":1e308,"e":"\ud83d\ude00"}"#,
        DEPTH,
    )
    .unwrap();
    assert_eq!(
        object.text(),
        r#"{"a":null,"b":[null,null,null],"c":"\ufffdx","d":1e308,"e":"\ud83d\ude00"}"#
    );
}

/// What the ingestion service's reader makes of each, serde_json without `float_roundtrip`.
#[test]
fn a_number_near_the_greatest_is_finite_if_the_server_reads_it() {
    let spelled_out = |digits: &str| std::format!("{digits:0<309}");
    for (number, finite) in [
        ("1.7976931348623157e308", true),
        ("-17976931348623157e292", true),
        ("0.0017976931348623157e311", true),
        ("1.797693134862315e308", true),
        ("1.7976931348623149999999e308", true),
        ("1.7976931348623158e308", false),
        ("1.797693134862315708e308", false),
        ("1.7976931348623157000e308", false),
        (&spelled_out("1797693134862314"), true),
        (&spelled_out("17976931348623157"), false),
    ] {
        assert_eq!(is_finite(number), finite, "{number}");
    }
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
            std::format!("{}", Object::parse(text, DEPTH).unwrap_err()),
            sentence,
            "{text}"
        );
    }
}

#[test]
fn one_level_more_than_the_limit_is_refused() {
    let arrays = |levels: usize| std::format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    for depth in [2, 64, 100, 1000] {
        let levels = depth as usize;
        assert!(check(&arrays(levels), depth).is_ok());
        let fault = check(&arrays(levels + 1), depth).unwrap_err();
        assert_eq!((fault.at, fault.expected), (levels, Expected::Depth(depth)));
        // The object itself is one of the levels.
        let object = |levels: usize| std::format!("{{\"a\":{}}}", arrays(levels - 1));
        assert!(Object::parse(&object(levels), depth).is_ok());
        let sentence = Object::parse(&object(levels + 1), depth).unwrap_err();
        let expected = std::format!("at most {depth} nested objects and arrays expected");
        assert!(sentence.sentence().ends_with(&expected), "{sentence}");
    }
}

#[test]
fn a_repaired_value_has_no_white_space_around_it() {
    for (text, checked) in [
        (" \"\\ud800x\" \n", "\"\\ufffdx\""),
        ("\t NaN", "null"),
        (" [1e999 ] ", "[null ]"),
    ] {
        assert_eq!(check(text, DEPTH).unwrap(), checked);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(12), failure_persistence: None, ..ProptestConfig::default() })]

    /// serde_json is the judge: what it reads we accept, and what we accept it can read.
    #[test]
    fn the_scanner_agrees_with_serde_json(text in r#"[-{}\[\],:"\\untruefalse0-9.eE+ dD8]{0,24}"#) {
        if serde_json::from_str::<serde_json::Value>(&text).is_ok() {
            prop_assert!(check(&text, DEPTH).is_ok(), "refused: {text}");
        }
        if let Ok(checked) = check(&text, DEPTH) {
            prop_assert!(serde_json::from_str::<serde_json::Value>(&checked).is_ok(), "accepted: {text}");
        }
    }

    #[test]
    fn finite_means_what_the_float_parser_says(number in r"-?(0|[1-9][0-9]{0,3})(\.[0-9]{1,5})?[eE][+-]?0{0,2}(30[0-9]|[0-9]{1,4})") {
        prop_assert_eq!(is_finite(&number), number.parse::<f64>().unwrap().is_finite());
    }

    #[test]
    fn what_is_finite_near_the_greatest_serde_json_can_read(
        kept in 12_usize..18, less in 0_u8..9, tail in "[09]{0,24}|[0-9]{0,24}", point in 1_usize..12, zeros in 0_usize..20,
    ) {
        let (kept, rest) = "17976931348623157".split_at(kept);
        let next = rest.bytes().next().map_or(String::new(), |digit| std::format!("{}", (digit - b'0').saturating_sub(less)));
        let digits = std::format!("{kept}{next}{tail}");
        let (whole, fraction) = digits.split_at(point);
        for number in [
            std::format!("{whole}.{fraction}e{}", 309 - point),
            std::format!("0.{}{digits}e+{}", "0".repeat(zeros), 309 + zeros),
            std::format!("{digits:0<309}"),
        ] {
            prop_assert!(!is_finite(&number) || serde_json::from_str::<f64>(&number).is_ok(), "{number}");
        }
    }

    /// Few members are looked at one by one, many by their order.
    #[test]
    fn the_last_of_a_name_is_found_among_few_and_among_many(
        names in prop::collection::vec(prop::sample::select(&["a", "b", r"\u0061", r"\n", "ä", r"\u00e4", r"\ud83d\ude00", r"\ud83d", "ab", ""][..]), 0..80),
    ) {
        let mut text = String::new();
        let mut object = Writer::new(&mut text);
        for (place, name) in names.iter().enumerate() {
            object.member(name, &std::format!("{place}"));
        }
        object.end();
        let expected: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&text.replace(r#""\ud83d":"#, r#""\ufffd":"#)).unwrap();
        let object = Object::parse(&text, DEPTH).unwrap();
        let document = Document::parse(&text, u32::MAX, DEPTH).unwrap();
        let fields = document.root().object().unwrap();
        for name in ["a", "b", "\n", "ä", "😀", "ab", "", "c", "\u{fffd}"] {
            let expected = expected.get(name).map(|value| value.to_string());
            prop_assert_eq!(object.get(name), expected.as_deref());
            // A document is not repaired: the half of a pair is nobody's name.
            let expected = expected.filter(|_| name != "\u{fffd}");
            prop_assert_eq!(fields.get(name).map(Json::raw), expected.as_deref());
        }
    }

    #[test]
    fn written_text_decodes_to_itself(text in any::<String>()) {
        let mut out = String::new();
        write_string(&mut out, &text);
        prop_assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text.clone());
        prop_assert_eq!(text_of(&out).unwrap(), text);
    }
}
