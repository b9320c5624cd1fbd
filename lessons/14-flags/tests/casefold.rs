//! Default mode compares texts as Python's `casefold` does, for every character there is.

use flags::{Definitions, JsonPerson, Options, Outcome, Scratch};
use serde_json::{Value, json};

fn equal(filter: &str, value: &str) -> bool {
    let filter = json!({ "key": "p", "operator": "exact", "value": filter });
    let flag = json!({ "key": "f", "active": true, "filters": { "groups": [{ "properties": [filter] }] } });
    let definitions =
        Definitions::parse(&json!({ "flags": [flag] }).to_string(), &Options::default()).unwrap();
    let properties = json!({ "p": value }).to_string();
    let person = JsonPerson::new("u", &properties).unwrap();
    definitions
        .evaluate(0, &person, 0, &mut Scratch::default())
        .outcome
        == Outcome::On
}

#[test]
fn a_character_equals_its_folding_and_no_other_text_equals_its_lower_case() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/casefold.json")).unwrap();
    let pairs = vectors["pairs"].as_str().unwrap().split(' ');
    let mut count = 0;
    for pair in pairs {
        let mut characters = pair.chars();
        let character = characters.next().unwrap().to_string();
        let folding = characters.as_str();
        assert!(equal(folding, &character), "{character} folds to {folding}");
        assert!(
            equal(&character, folding),
            "{folding} is the folding of {character}"
        );
        count += 1;
    }
    // Unicode 14, which CPython 3.11 has, folds so many.
    assert_eq!(count, 1530);
}

#[test]
fn a_character_that_does_not_fold_equals_itself_alone() {
    for (one, other) in [("ı", "i"), ("a", "b"), ("é", "e"), ("٣", "3")] {
        assert!(equal(one, one));
        assert!(!equal(one, other), "{one} is not {other}");
    }
}
