//! Evaluations beside posthog-rs in one run: the same flags, the same persons, the same answers.
//! Afterwards the ratios are printed. `cargo bench` in this folder.

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::Criterion;
use flags_benches::{DEFINITIONS, Ours, PROPERTIES, WORKS, ids};
use posthog_rs::{FlagCache, FlagValue, LocalEvaluator};
use serde_json::Value;

struct Theirs {
    evaluator: LocalEvaluator,
    properties: HashMap<String, Value>,
    groups: HashMap<String, String>,
    group_properties: HashMap<String, HashMap<String, Value>>,
}

impl Theirs {
    fn new() -> Self {
        let cache = FlagCache::new();
        cache.update(serde_json::from_str(DEFINITIONS).expect("sound definitions"));
        Theirs {
            evaluator: LocalEvaluator::new(cache),
            properties: serde_json::from_str(PROPERTIES).expect("sound properties"),
            groups: HashMap::new(),
            group_properties: HashMap::new(),
        }
    }

    fn flag(&self, key: &str, id: &str) -> FlagValue {
        let found = self.evaluator.evaluate_flag(
            key,
            id,
            &self.properties,
            &self.groups,
            &self.group_properties,
        );
        found.expect("a decided flag").expect("a known flag")
    }

    fn all(&self, id: &str) -> usize {
        self.evaluator
            .evaluate_all_flags(id, &self.properties, &self.groups, &self.group_properties)
            .len()
    }
}

/// Both sides have to agree, or the comparison compares nothing.
fn assert_same(ours: &mut Ours, theirs: &Theirs, ids: &[String]) {
    for key in WORKS.into_iter().filter_map(|(_, key)| key) {
        for id in ids {
            let answer = ours.flag(key, id);
            let expected = match theirs.flag(key, id) {
                FlagValue::Boolean(value) => value.to_string(),
                FlagValue::String(variant) => variant,
            };
            assert_eq!(ours.words(key, answer), expected, "{key} for {id}");
        }
    }
}

fn nanoseconds(case: &str, side: &str) -> f64 {
    let home = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".into());
    let path = Path::new(&home)
        .join("criterion")
        .join(case)
        .join(side)
        .join("new/estimates.json");
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let estimates: Value = serde_json::from_str(&text).expect("criterion's estimates");
    estimates["median"]["point_estimate"]
        .as_f64()
        .expect("a median")
}

fn main() {
    let (mut ours, theirs, ids) = (Ours::default(), Theirs::new(), ids());
    assert_same(&mut ours, &theirs, &ids);
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    for (case, key) in WORKS {
        let mut group = criterion.benchmark_group(case);
        let mut turn = ids.iter().cycle();
        let mut next = move || turn.next().expect("a cycle has no end");
        let mut next_again = next.clone();
        match key {
            Some(key) => {
                group.bench_function("ours", |bencher| {
                    bencher.iter(|| black_box(ours.flag(black_box(key), next())))
                });
                group.bench_function("posthog-rs", |bencher| {
                    bencher.iter(|| black_box(theirs.flag(black_box(key), next_again())))
                });
            }
            None => {
                group.bench_function("ours", |bencher| {
                    bencher.iter(|| ours.all(next(), |answer| _ = black_box(answer)))
                });
                group.bench_function("posthog-rs", |bencher| {
                    bencher.iter(|| black_box(theirs.all(next_again())))
                });
            }
        }
        group.finish();
    }
    println!(
        "{:<16} {:>10} {:>12} {:>7}",
        "", "ours, ns", "posthog-rs", "ratio"
    );
    for (case, _) in WORKS {
        let (ours, theirs) = (nanoseconds(case, "ours"), nanoseconds(case, "posthog-rs"));
        println!(
            "{case:<16} {ours:>10.0} {theirs:>12.0} {:>7.2}",
            ours / theirs
        );
    }
}
