//! What has to hold for every flag and every person: fair shares, stable answers, no panic, and no
//! allocation while a flag is evaluated.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use flags::{Answer, Definitions, JsonPerson, Options, Outcome, Scratch, Why};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Counts the allocations of each thread, so that tests that run beside do not disturb.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        // SAFETY: as the caller vouches.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as the caller vouches.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(run: impl FnOnce()) -> u64 {
    let before = ALLOCATIONS.with(Cell::get);
    run();
    ALLOCATIONS.with(Cell::get) - before
}

const NOW: i64 = 1_736_294_400_000;

fn parse(document: &Value, strict: bool) -> Definitions {
    Definitions::parse(
        &document.to_string(),
        &Options {
            strict,
            ..Options::default()
        },
    )
    .unwrap()
}

fn answers(definitions: &Definitions, person: &JsonPerson<'_>) -> Vec<(String, String)> {
    let mut scratch = Scratch::default();
    let mut answers: Vec<_> = (0..definitions.len())
        .map(|flag| {
            let Answer { outcome, payload } = definitions.evaluate(flag, person, NOW, &mut scratch);
            let variant = match outcome {
                Outcome::Variant(variant) => definitions.variant(flag, variant),
                _ => None,
            };
            let outcome = variant.map_or_else(|| format!("{outcome:?}"), str::to_owned);
            let payload = payload.map(|payload| definitions.payload(payload));
            (
                definitions.key(flag).unwrap().to_owned(),
                format!("{outcome} {payload:?}"),
            )
        })
        .collect();
    answers.sort();
    answers
}

/// How far a count of `n` draws may lie from `n × share`: five standard deviations and a half,
/// which happens by chance once in 26 million.
fn tolerance(n: f64, share: f64) -> f64 {
    5.5 * (n * share * (1.0 - share)).sqrt() + 1.0
}

#[test]
fn rollout_and_variants_have_their_shares() {
    const PERSONS: u32 = 20_000;
    let shares = [("one", 33.3), ("two", 16.7), ("three", 50.0)];
    let variants: Vec<_> = shares
        .iter()
        .map(|(key, share)| json!({ "key": key, "rollout_percentage": share }))
        .collect();
    for (key, rollout) in [("fair", 12.5), ("shares", 60.0), ("full", 100.0)] {
        let filters = json!({ "groups": [{ "rollout_percentage": rollout }], "multivariate": { "variants": variants } });
        let definitions = parse(
            &json!({ "flags": [{ "key": key, "active": true, "filters": filters }] }),
            false,
        );
        let (mut scratch, mut counts) = (Scratch::default(), [0_u32; 4]);
        for id in 0..PERSONS {
            let id = format!("person-{id}");
            let person = JsonPerson::new(&id, "{}").unwrap();
            match definitions.evaluate(0, &person, NOW, &mut scratch).outcome {
                Outcome::Variant(variant) => counts[variant as usize] += 1,
                _ => counts[3] += 1,
            }
        }
        let inside = f64::from(PERSONS - counts[3]);
        let expected = f64::from(PERSONS) * rollout / 100.0;
        assert!(
            (inside - expected).abs() <= tolerance(f64::from(PERSONS), rollout / 100.0),
            "{key}: {inside} of {expected}"
        );
        for ((name, share), count) in shares.iter().zip(counts) {
            let expected = inside * share / 100.0;
            let off = (f64::from(count) - expected).abs();
            assert!(
                off <= tolerance(inside, share / 100.0),
                "{key}, {name}: {count} of {expected}"
            );
        }
    }
}

/// A flag with something of everything that needs no list, object or non-ASCII text in strict mode.
fn busy_document() -> Value {
    let filter = |key: &str, operator: &str, value: Value| json!({ "key": key, "operator": operator, "value": value });
    let filters = json!([
        filter("text", "icontains", json!("ROD")), filter("text", "exact", json!(["a", "Produkt-ß"])),
        filter("text", "not_ends_with", json!("zz")), filter("number", "gt", json!("10")),
        filter("number", "is_not", json!("7")), filter("float", "exact", json!(["1.5", "2.50"])),
        filter("date", "is_date_before", json!("-1d")), filter("date", "is_date_after", json!("2001-02-03 04:05")),
        filter("version", "semver_caret", json!("1.2.0")), filter("text", "is_set", json!("is_set")),
        { "type": "cohort", "key": "id", "value": 1 },
        { "type": "flag", "key": "before", "operator": "flag_evaluates_to", "value": true, "dependency_chain": ["before"] },
    ]);
    let variants = json!({ "variants": [{ "key": "a", "rollout_percentage": 50 }, { "key": "b", "rollout_percentage": 50 }] });
    let group = json!({ "aggregation_group_type_index": 0, "properties": [filter("tier", "exact", json!("ent"))] });
    json!({
        "flags": [
            { "key": "before", "active": true, "filters": { "groups": [{ "properties": [], "rollout_percentage": 99.9 }] } },
            { "key": "busy", "active": true, "filters": {
                "groups": [{ "properties": [filter("absent", "exact", json!(1))] }, group, { "properties": filters, "rollout_percentage": 99.9 }],
                "multivariate": variants, "payloads": { "a": "1", "b": "2" } } },
        ],
        "group_type_mapping": { "0": "company" },
        "cohorts": { "1": { "type": "OR", "values": [filter("absent", "exact", json!(1)), { "type": "AND", "values": [filter("yes", "exact", json!("true"))] }] } },
    })
}

const BUSY_PERSON: &str = r#"{"text": "Produkt-SS", "number": 11, "float": 1.50, "yes": true,
    "date": "2020-01-01T00:00:00Z", "version": "v1.3.0"}"#;

#[test]
fn an_evaluation_allocates_nothing() {
    let definitions = parse(&busy_document(), false);
    let person = JsonPerson::new("u1", BUSY_PERSON)
        .unwrap()
        .in_group("company", "acme", r#"{"tier": "pro"}"#)
        .unwrap();
    let busy = definitions.find("busy").unwrap();
    let mut scratch = Scratch::default();
    let warm = definitions.evaluate(busy, &person, NOW, &mut scratch);
    assert!(
        matches!(warm.outcome, Outcome::Variant(_)),
        "the evaluation goes all the way: {warm:?}"
    );
    assert_eq!(
        allocations(|| assert_eq!(definitions.evaluate(busy, &person, NOW, &mut scratch), warm)),
        0
    );
}

#[test]
fn a_first_evaluation_allocates_its_scratch_and_that_is_counted() {
    let definitions = parse(&busy_document(), false);
    let person = JsonPerson::new("u1", BUSY_PERSON).unwrap();
    let mut scratch = Scratch::default();
    assert_eq!(
        allocations(|| _ = definitions.evaluate(0, &person, NOW, &mut scratch)),
        1
    );
}

#[cfg(feature = "regex")]
#[test]
fn a_search_allocates_only_once() {
    let filter = json!({ "key": "text", "operator": "regex", "value": "^P\\w+-S+$" });
    let flag = json!({ "key": "f", "active": true, "filters": { "groups": [{ "properties": [filter] }] } });
    let definitions = parse(&json!({ "flags": [flag] }), false);
    let person = JsonPerson::new("u1", BUSY_PERSON).unwrap();
    let mut scratch = Scratch::default();
    assert_eq!(
        definitions.evaluate(0, &person, NOW, &mut scratch).outcome,
        Outcome::On
    );
    assert_eq!(
        allocations(|| _ = definitions.evaluate(0, &person, NOW, &mut scratch)),
        0
    );
}

fn value() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        (-20..20_i64).prop_map(|number| json!(number)),
        (-4.0..4.0_f64).prop_map(|number| json!(number))
    ];
    let text = prop_oneof![
        Just("pro".to_owned()),
        Just("PRO".to_owned()),
        Just("ß".to_owned()),
        Just("true".to_owned()),
        Just("-3d".to_owned()),
        Just("2025-01-07".to_owned()),
        Just("1.2.3-rc.1".to_owned()),
        Just("1.*".to_owned()),
        Just("9".to_owned()),
        ".{0,6}",
    ];
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(|value| json!(value)),
        number,
        text.prop_map(|text| json!(text))
    ];
    prop_oneof![4 => scalar.clone(), 1 => prop::collection::vec(scalar, 0..4).prop_map(Value::Array)]
}

fn filter() -> impl Strategy<Value = Value> {
    let operator = prop::sample::select(vec![
        "exact",
        "is_not",
        "is_set",
        "is_not_set",
        "icontains",
        "not_icontains",
        "starts_with",
        "not_ends_with",
        "regex",
        "not_regex",
        "gt",
        "gte",
        "lt",
        "lte",
        "is_date_before",
        "is_date_after",
        "semver_eq",
        "semver_tilde",
        "semver_caret",
        "semver_wildcard",
        "min",
        "between",
        "icontains_multi",
        "is_date_exact",
        "nearly",
    ]);
    let property = (prop::sample::select(vec!["p", "q", "r", "distinct_id"]), operator, value(), any::<bool>())
        .prop_map(|(key, operator, value, negation)| json!({ "key": key, "operator": operator, "value": value, "negation": negation }));
    let cohort = (1..5_u8, prop::sample::select(vec!["in", "not_in"]))
        .prop_map(|(id, operator)| json!({ "type": "cohort", "key": "id", "value": id, "operator": operator }));
    let flag = (0..4_u8, 0..4_u8, any::<bool>()).prop_map(|(before, key, value)| {
        let (before, key) = (format!("flag-{before}"), format!("flag-{key}"));
        json!({ "type": "flag", "key": key, "operator": "flag_evaluates_to", "value": value, "dependency_chain": [before, key] })
    });
    prop_oneof![6 => property, 1 => cohort, 1 => flag]
}

fn document() -> impl Strategy<Value = Value> {
    let condition = (
        prop::collection::vec(filter(), 0..4),
        prop_oneof![
            Just(Value::Null),
            (0.0..100.0).prop_map(|share: f64| json!(share))
        ],
        any::<u8>(),
    )
        .prop_map(|(properties, rollout, kind)| {
            let mut condition = json!({ "properties": properties, "rollout_percentage": rollout });
            if kind % 4 == 0 {
                condition["aggregation_group_type_index"] = json!(0);
            }
            if kind % 5 == 0 {
                condition["variant"] = json!("b");
            }
            condition
        });
    let flag = (prop::collection::vec(condition, 0..4), any::<u8>()).prop_map(|(groups, kind)| {
        let variants = json!([{ "key": "a", "rollout_percentage": 33.3 }, { "key": "b", "rollout_percentage": 66.7 }]);
        json!({
            "active": kind % 8 != 0, "ensure_experience_continuity": kind % 16 == 3,
            "bucketing_identifier": if kind % 7 == 0 { "device_id" } else { "distinct_id" },
            "filters": { "groups": groups, "early_exit": kind % 3 == 0, "payloads": { "true": "1", "a": "[2]" },
                "multivariate": if kind % 2 == 0 { json!({ "variants": variants }) } else { Value::Null },
                "aggregation_group_type_index": if kind % 11 == 0 { json!(0) } else { Value::Null } },
        })
    });
    let cohort = (prop::collection::vec(filter(), 0..4), any::<bool>()).prop_map(
        |(values, all)| json!({ "type": if all { "AND" } else { "OR" }, "values": values }),
    );
    (
        prop::collection::vec(flag, 1..5),
        prop::collection::vec(cohort, 0..4),
    )
        .prop_map(|(mut flags, cohorts)| {
            for (index, flag) in flags.iter_mut().enumerate() {
                flag["key"] = json!(format!("flag-{index}"));
            }
            let cohorts: serde_json::Map<_, _> = cohorts
                .into_iter()
                .enumerate()
                .map(|(index, cohort)| ((index + 1).to_string(), cohort))
                .collect();
            json!({ "flags": flags, "cohorts": cohorts, "group_type_mapping": { "0": "company" } })
        })
}

fn properties() -> impl Strategy<Value = String> {
    prop::collection::hash_map(prop::sample::select(vec!["p", "q", "r"]), value(), 0..4)
        .prop_map(|map| json!(map).to_string())
}

#[test]
fn a_search_in_a_very_long_text_is_inconclusive_and_says_so() {
    let letters = |count: usize| "a".repeat(count);
    let filter = json!({ "key": "p", "operator": "icontains", "value": letters(20_000) + "b" });
    let flag = json!({ "key": "f", "active": true, "filters": { "groups": [{ "properties": [filter] }, {}] } });
    let definitions = parse(&json!({ "flags": [flag] }), false);
    for (count, expected) in [
        (20_100, Outcome::On),
        (50_000, Outcome::Inconclusive(Why::LimitExceeded)),
    ] {
        let properties = json!({ "p": letters(count) }).to_string();
        let person = JsonPerson::new("u1", &properties).unwrap();
        let answer = definitions.evaluate(0, &person, NOW, &mut Scratch::default());
        assert_eq!(answer.outcome, expected, "{count}");
    }
}

/// The same cases in every run: searching on and on is the fuzzers' part.
fn config() -> ProptestConfig {
    let seed = proptest::test_runner::RngSeed::Fixed(13);
    ProptestConfig {
        rng_seed: seed,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_answer_depends_on_nothing_but_flag_and_person(
        document in document(), properties in properties(), id in ".{0,8}", strict: bool, grouped: bool, rotate in 0..4_usize,
    ) {
        let mut person = JsonPerson::new(&id, &properties).unwrap();
        if grouped {
            person = person.in_group("company", "acme", &properties).unwrap();
        }
        let definitions = parse(&document, strict);
        let expected = answers(&definitions, &person);

        // Compiled again, and with the flags in another order: names and numbers, slots and
        // indices all change, the answers must not.
        let mut reordered = document.clone();
        let flags = reordered["flags"].as_array_mut().unwrap();
        let middle = rotate % flags.len();
        flags.rotate_left(middle);
        flags.reverse();
        prop_assert_eq!(&answers(&parse(&document, strict), &person), &expected);
        prop_assert_eq!(&answers(&parse(&reordered, strict), &person), &expected);
    }

    #[test]
    fn any_text_is_definitions_or_an_error(text in ".{0,200}", properties in ".{0,40}") {
        let _ = JsonPerson::new("u", &properties);
        prop_assert!(Definitions::parse(&text, &Options::default()).map_or(true, |definitions| definitions.len() < 100));
    }

    #[test]
    fn a_larger_rollout_never_takes_a_flag_away(id in ".{0,12}", small in 0.0..100.0_f64, more in 0.0..100.0_f64) {
        let person = JsonPerson::new(&id, "{}").unwrap();
        let is_on = |share: f64| {
            let flag = json!({ "key": "f", "active": true, "filters": { "groups": [{ "rollout_percentage": share }] } });
            parse(&json!({ "flags": [flag] }), false).evaluate(0, &person, NOW, &mut Scratch::default()).outcome == Outcome::On
        };
        prop_assert!(!is_on(small) || is_on((small + more).min(100.0)));
    }
}
