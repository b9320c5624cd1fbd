//! Reading definitions.

use counting::{Growth, Ready};

use super::{cohort, condition, document, each, filter, flag, in_cohort, read};
use crate::documents;

/// Filters of each level of a cohort.
const FILTERS: usize = 10;

pub(super) fn works() -> Vec<Growth> {
    vec![
        Growth {
            name: "parsing flags",
            size: 40,
            ready: flags,
        },
        Growth {
            name: "parsing flags in strict mode",
            size: 40,
            ready: flags_strictly,
        },
        Growth {
            name: "parsing the levels of a cohort",
            size: 8,
            ready: levels,
        },
        Growth {
            name: "parsing a cohort of cohorts",
            size: 400,
            ready: cohort_of_cohorts,
        },
        Growth {
            name: "parsing a circle of cohorts",
            size: 200,
            ready: circle,
        },
        Growth {
            name: "parsing variants, each with a payload and an override",
            size: 300,
            ready: variants,
        },
        Growth {
            name: "parsing the values of a filter",
            size: 500,
            ready: values,
        },
        Growth {
            name: "parsing the steps of a pattern",
            size: 500,
            ready: steps,
        },
        Growth {
            name: "parsing the alternatives of a pattern",
            size: 200,
            ready: alternatives,
        },
        Growth {
            name: "parsing group types",
            size: 100,
            ready: group_types,
        },
        Growth {
            name: "what a flag about many groups needs",
            size: 200,
            ready: needs,
        },
    ]
}

fn parse(document: String) -> Ready {
    Box::new(move || drop(read(&document, false)))
}

fn flags(size: usize) -> Ready {
    parse(documents::definitions(size))
}

fn flags_strictly(size: usize) -> Ready {
    let document = documents::definitions(size);
    Box::new(move || drop(read(&document, true)))
}

fn levels(size: usize) -> Ready {
    let filters = each(FILTERS, |_| filter("plan", "exact", "\"pro\""));
    let level = format!(r#"{{"type":"AND","values":[{filters},"#);
    let inside = filter("plan", "exact", "\"free\"");
    let nested = format!("{}{inside}{}", level.repeat(size), "]}".repeat(size));
    parse(document("", &cohort(0, &nested)))
}

/// The first refers to all others, the last of them first.
fn cohort_of_cohorts(size: usize) -> Ready {
    let others = each(size, |place| in_cohort(size - place));
    let simple = each(size, |place| {
        cohort(place + 1, &filter("plan", "exact", "\"pro\""))
    });
    parse(document("", &format!("{},{simple}", cohort(0, &others))))
}

fn circle(size: usize) -> Ready {
    let cohorts = each(size, |place| cohort(place, &in_cohort((place + 1) % size)));
    parse(document("", &cohorts))
}

fn variants(size: usize) -> Ready {
    let conditions = each(size, |place| format!(r#"{{"variant":"variant {place}"}}"#));
    let variants = each(size, |place| {
        format!(r#"{{"key":"variant {place}","rollout_percentage":0.01}}"#)
    });
    let payloads = each(size, |place| format!(r#""variant {place}":"{place}""#));
    let filters =
        format!(r#","multivariate":{{"variants":[{variants}]}},"payloads":{{{payloads}}}"#);
    parse(document(&flag("many", &conditions, &filters), ""))
}

fn values(size: usize) -> Ready {
    let values = each(size, |place| format!("\"value {place}\""));
    one_filter(&filter("plan", "exact", &format!("[{values}]")))
}

fn steps(size: usize) -> Ready {
    one_filter(&filter(
        "plan",
        "regex",
        &format!("\"{}\"", "a".repeat(size)),
    ))
}

fn alternatives(size: usize) -> Ready {
    let pattern = vec!["ab"; size].join("|");
    one_filter(&filter("plan", "regex", &format!("\"{pattern}\"")))
}

fn one_filter(filter: &str) -> Ready {
    parse(document(&flag("one", &condition(filter), ""), ""))
}

fn group_types(size: usize) -> Ready {
    parse(about_groups(size))
}

fn needs(size: usize) -> Ready {
    let definitions = read(&about_groups(size), false);
    Box::new(move || assert_eq!(definitions.needs(0).groups.len(), size))
}

/// A flag with a condition about each of so many types of groups.
fn about_groups(size: usize) -> String {
    let mapping = each(size, |place| format!("\"{place}\":\"type {place}\""));
    let conditions = each(size, |place| {
        format!(r#"{{"aggregation_group_type_index":{place}}}"#)
    });
    let flag = flag("many", &conditions, "");
    format!(r#"{{"flags":[{flag}],"group_type_mapping":{{{mapping}}}}}"#)
}
