//! Instructions per evaluation, counted by callgrind, which a noisy machine does not disturb.
//! `count check` compares them with `counts.txt`, `count record` writes that file anew, and
//! `count run CASE N` is what callgrind runs.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode};

use flags_bench::{CASES, Ours, ids};

/// How far a count may move before it has to be looked at: addresses move a few instructions in
/// the allocator and in `memcmp`.
const TOLERANCE: f64 = 0.02;

/// Enough that what happens once falls below one instruction per evaluation.
const FEW: u64 = 1_000;
const MANY: u64 = 3_000;

fn run(case: &str, count: u64) {
    let (_, key) = CASES
        .into_iter()
        .find(|(name, _)| *name == case)
        .expect("a known case");
    let (mut ours, ids) = (Ours::default(), ids());
    for (id, _) in ids.iter().cycle().zip(0..count) {
        match key {
            Some(key) => _ = black_box(ours.flag(black_box(key), id)),
            None => ours.all(id, |answer| _ = black_box(answer)),
        }
    }
}

/// What callgrind counts for a whole run.
fn instructions(case: &str, count: u64) -> u64 {
    let this = std::env::current_exe().expect("a path of this program");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(this)
        .args(["run", case, &count.to_string()])
        .output()
        .expect("valgrind is installed");
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    let total = report
        .lines()
        .find_map(|line| line.split("Collected : ").nth(1)?.trim().parse().ok());
    total.unwrap_or_else(|| panic!("valgrind did not count:\n{report}"))
}

fn measure() -> BTreeMap<String, u64> {
    let per_evaluation =
        |case: &str| (instructions(case, MANY) - instructions(case, FEW)) / (MANY - FEW);
    CASES
        .into_iter()
        .map(|(case, _)| (case.to_owned(), per_evaluation(case)))
        .collect()
}

fn read(text: &str) -> BTreeMap<String, u64> {
    let entry = |line: &str| {
        let (case, count) = line.split_once(": ")?;
        Some((case.to_owned(), count.parse().ok()?))
    };
    text.lines().filter_map(entry).collect()
}

/// What moved, a sentence each.
fn moved(recorded: &BTreeMap<String, u64>, measured: &BTreeMap<String, u64>) -> Vec<String> {
    let sentence = |(case, now): (&String, &u64)| {
        let Some(before) = recorded.get(case) else {
            return Some(format!("{case} has no recorded count"));
        };
        let change = *now as f64 / *before as f64 - 1.0;
        let is_off = change.abs() > TOLERANCE;
        is_off.then(|| {
            format!(
                "{case} takes {now} instructions, {before} were recorded ({:+.1} %)",
                change * 100.0
            )
        })
    };
    measured.iter().filter_map(sentence).collect()
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("counts.txt");
    match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["run", case, count] => run(case, count.parse().expect("a number of evaluations")),
        ["record"] => {
            let lines: String = measure()
                .iter()
                .map(|(case, count)| format!("{case}: {count}\n"))
                .collect();
            print!("{lines}");
            std::fs::write(file, lines).expect("counts.txt can be written");
        }
        ["check"] => {
            let recorded = read(&std::fs::read_to_string(file).expect("counts.txt can be read"));
            let measured = measure();
            measured
                .iter()
                .for_each(|(case, count)| println!("{case}: {count}"));
            let moved = moved(&recorded, &measured);
            moved.iter().for_each(|sentence| eprintln!("{sentence}"));
            if !moved.is_empty() {
                return ExitCode::FAILURE;
            }
        }
        _ => {
            eprintln!("expected `check`, `record`, or `run CASE N`");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regression_of_three_percent_shows() {
        let recorded = read("a: 1000\nb: 1000\n");
        let measured = read("a: 1030\nb: 1010\nc: 5\n");
        assert_eq!(
            moved(&recorded, &measured),
            [
                "a takes 1030 instructions, 1000 were recorded (+3.0 %)",
                "c has no recorded count"
            ]
        );
    }
}
