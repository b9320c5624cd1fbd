//! Evaluations: of many flags for a person with many properties, and of one flag that asks for
//! much.

use std::hint::black_box;

use counting::{Growth, Ready};
use flags::Scratch;

use super::{
    cohort, condition, document, each, evaluate, filter, flag, in_cohort, nested, object, person,
    read,
};

/// Letters of a value that is long enough for a few hundred thousand looks at it to spend the
/// budget of an evaluation.
const LONG: usize = 1500;

pub(super) fn works() -> Vec<Growth> {
    vec![
        Growth {
            name: "flags for a person with as many properties",
            size: 200,
            ready: properties,
        },
        Growth {
            name: "flags about as many groups of a person",
            size: 100,
            ready: groups,
        },
        Growth {
            name: "conditions on cohorts with as many entries",
            size: 400,
            ready: cohorts,
        },
        Growth {
            name: "prerequisites of a flag",
            size: 100,
            ready: prerequisites,
        },
        Growth {
            name: "the variants to choose from",
            size: 500,
            ready: variants,
        },
        Growth {
            name: "the values that a property may have",
            size: 500,
            ready: values,
        },
        Growth {
            name: "the length of what a pattern is looked for in",
            size: 500,
            ready: pattern,
        },
        Growth {
            name: "the digits of a number",
            size: 2000,
            ready: digits,
        },
        Growth {
            name: "the digits of a version",
            size: 2000,
            ready: version,
        },
        Growth {
            name: "the levels of a property",
            size: 20,
            ready: levels,
        },
        Growth {
            name: "the levels of a property in strict mode",
            size: 20,
            ready: levels_strictly,
        },
    ]
}

fn properties(size: usize) -> Ready {
    let flags = each(size, |place| {
        let filter = filter(&format!("name {place}"), "exact", &format!("\"{place}\""));
        flag(&format!("flag {place}"), &condition(&filter), "")
    });
    let definitions = read(&document(&flags, ""), false);
    let properties = object(size);
    let mut scratch = Scratch::default();
    Box::new(move || {
        let decided = evaluate(&definitions, &person(&properties), &mut scratch);
        assert_eq!(decided, size);
    })
}

fn groups(size: usize) -> Ready {
    let mapping = each(size, |place| format!("\"{place}\":\"type {place}\""));
    let flags = each(size, |place| {
        let about = format!(r#","aggregation_group_type_index":{place}"#);
        flag(&format!("flag {place}"), "{}", &about)
    });
    let document = format!(r#"{{"flags":[{flags}],"group_type_mapping":{{{mapping}}}}}"#);
    let definitions = read(&document, false);
    let types: Vec<String> = (0..size).map(|place| format!("type {place}")).collect();
    let mut scratch = Scratch::default();
    Box::new(move || {
        let person = types.iter().fold(person("{}"), |person, group_type| {
            let member = person.in_group(group_type, "acme", "{}");
            member.expect("sound properties")
        });
        assert_eq!(evaluate(&definitions, &person, &mut scratch), size);
    })
}

/// So many that an evaluation has spent its budget before it has looked at all.
fn cohorts(size: usize) -> Ready {
    let conditions = each(size, |_| condition(&in_cohort(0)));
    let entries = each(size, |_| filter("plan", "exact", &text("x", LONG, "")));
    let document = document(&flag("one", &conditions, ""), &cohort(0, &entries));
    let properties = format!(r#"{{"plan":{}}}"#, text("y", LONG, "z"));
    evaluation(&document, &properties, false)
}

fn prerequisites(size: usize) -> Ready {
    let keys = each(size, |place| format!("\"flag {place}\""));
    let simple = each(size, |place| flag(&format!("flag {place}"), "{}", ""));
    let filter = format!(
        r#"{{"key":"flag 0","type":"flag","operator":"flag_evaluates_to","value":true,"dependency_chain":[{keys}]}}"#
    );
    let last = flag("last", &condition(&filter), "");
    evaluation(&document(&format!("{simple},{last}"), ""), "{}", false)
}

fn variants(size: usize) -> Ready {
    let variants = each(size, |place| {
        format!(r#"{{"key":"variant {place}","rollout_percentage":0}}"#)
    });
    let filters = format!(r#","multivariate":{{"variants":[{variants}]}}"#);
    evaluation(&document(&flag("one", "{}", &filters), ""), "{}", false)
}

fn values(size: usize) -> Ready {
    let values = each(size, |place| format!("\"value {place}\""));
    compare("exact", &format!("[{values}]"), "\"none\"")
}

fn pattern(size: usize) -> Ready {
    compare("regex", r#""(a*)*(a|aa)+$""#, &text("a", size, "b"))
}

fn digits(size: usize) -> Ready {
    compare("gt", "1", &"7".repeat(size))
}

fn version(size: usize) -> Ready {
    compare("semver_gt", "\"1.2.3\"", &text("7", size, ".0.0"))
}

fn levels(size: usize) -> Ready {
    compare("exact", "\"none\"", &nested(size))
}

fn levels_strictly(size: usize) -> Ready {
    let filter = filter("plan", "exact", "\"none\"");
    let document = document(&flag("one", &condition(&filter), ""), "");
    evaluation(&document, &format!(r#"{{"plan":{}}}"#, nested(size)), true)
}

/// JSON of a text that repeats something and ends with something else.
fn text(repeated: &str, times: usize, end: &str) -> String {
    format!("\"{}{end}\"", repeated.repeat(times))
}

/// Compares a property with a filter, both JSON.
fn compare(operator: &str, wanted: &str, value: &str) -> Ready {
    let filter = filter("plan", operator, wanted);
    let document = document(&flag("one", &condition(&filter), ""), "");
    evaluation(&document, &format!(r#"{{"plan":{value}}}"#), false)
}

/// Evaluates all flags of the definitions, for a person who was read before.
fn evaluation(document: &str, properties: &str, strict: bool) -> Ready {
    let definitions = read(document, strict);
    // The person borrows it for as long as the program runs.
    let person = person(properties.to_owned().leak());
    let mut scratch = Scratch::default();
    Box::new(move || _ = black_box(evaluate(&definitions, &person, &mut scratch)))
}
