//! Instructions per evaluation, counted by callgrind, which a noisy machine does not disturb.
//! `count check` compares them with `counts.txt`, `count record` writes that file anew, `count
//! itself` shows that a regression is noticed. `count run WORK TIMES` is what callgrind runs.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use flags_benches::{Ours, WORKS, ids};

/// How far a count may move before it has to be looked at: another processor has another `memcpy`,
/// and other addresses move a few instructions in the allocator.
const TOLERANCE: f64 = 0.03;

/// Enough that what happens once falls below one instruction per evaluation.
const FEW: u32 = 1_000;
const MANY: u32 = 3_000;

/// What a regression looks like, for `count itself`: in one of twenty times the work is done twice.
const SLOWER: &str = "slower ";
const TWICE_IN: u32 = 20;

type Counts = BTreeMap<String, u64>;

fn run(name: &str, times: u32) -> Result<(), String> {
    let (work, is_slower) = match name.strip_prefix(SLOWER) {
        Some(work) => (work, true),
        None => (name, false),
    };
    let known = WORKS.into_iter().find(|(known, _)| *known == work);
    let (_, key) = known.ok_or_else(|| format!("{work}: one of {WORKS:?} is expected"))?;
    let (mut ours, ids) = (Ours::default(), ids());
    for (id, turn) in ids.iter().cycle().zip(0..times) {
        let again = is_slower && turn % TWICE_IN == 0;
        for _ in 0..=u32::from(again) {
            match key {
                Some(key) => _ = black_box(ours.flag(black_box(key), id)),
                None => ours.all(id, |answer| _ = black_box(answer)),
            }
        }
    }
    Ok(())
}

/// What callgrind counts for a whole run.
fn instructions(name: &str, times: u32) -> Result<u64, String> {
    let this = std::env::current_exe().map_err(|error| format!("this program: {error}"))?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(this)
        .args(["run", name, &times.to_string()])
        .output()
        .map_err(|error| format!("valgrind: {error}; Debian's package valgrind is expected"))?;
    let report = String::from_utf8_lossy(&output.stderr);
    report
        .lines()
        .find_map(|line| line.split("Collected : ").nth(1)?.trim().parse().ok())
        .ok_or_else(|| format!("valgrind: a line with \"Collected\" is expected in\n{report}"))
}

/// Instructions of one evaluation: two runs differ by the evaluations alone.
fn measure(name: &str) -> Result<u64, String> {
    let more = instructions(name, MANY)? - instructions(name, FEW)?;
    Ok(more / u64::from(MANY - FEW))
}

fn measure_all() -> Result<Counts, String> {
    let count = |(work, _): (&str, _)| Ok((work.to_owned(), measure(work)?));
    WORKS.into_iter().map(count).collect()
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("counts.txt")
}

fn recorded() -> Result<Counts, String> {
    let entry = |line: &str| {
        let (work, count) = line.split_once(": ")?;
        Some((work.to_owned(), count.parse().ok()?))
    };
    let text = std::fs::read_to_string(file())
        .map_err(|error| format!("counts.txt: {error}; `count record` is expected first"))?;
    text.lines()
        .map(|line| {
            entry(line).ok_or_else(|| format!("counts.txt: {line:?}; `work: count` is expected"))
        })
        .collect()
}

/// What moved, in either direction, a sentence each. Less is good, and is to be recorded: else a
/// later regression would hide below the old count.
fn moved(recorded: &Counts, measured: &Counts) -> Vec<String> {
    let sentence = |(work, now): (&String, &u64)| {
        let Some(before) = recorded.get(work) else {
            return Some(format!("{work}: {now} instructions, and none are recorded"));
        };
        let change = *now as f64 / *before as f64 - 1.0;
        let percent = change * 100.0;
        (change.abs() > TOLERANCE)
            .then(|| format!("{work}: {now} instructions, {before} are recorded ({percent:+.1} %)"))
    };
    measured.iter().filter_map(sentence).collect()
}

fn check() -> Result<(), String> {
    let measured = measure_all()?;
    measured
        .iter()
        .for_each(|(work, count)| println!("{work}: {count}"));
    let moved = moved(&recorded()?, &measured);
    if moved.is_empty() {
        return Ok(());
    }
    let moved = moved.join("\n");
    Err(format!(
        "{moved}\nfind out why, then `count record` it with the reason"
    ))
}

fn record() -> Result<(), String> {
    let lines: String = measure_all()?
        .iter()
        .map(|(work, count)| format!("{work}: {count}\n"))
        .collect();
    print!("{lines}");
    std::fs::write(file(), lines).map_err(|error| format!("counts.txt: {error}"))
}

fn itself() -> Result<(), String> {
    let recorded = recorded()?;
    for (work, _) in WORKS {
        let slower = Counts::from([(work.to_owned(), measure(&[SLOWER, work].concat())?)]);
        match moved(&recorded, &slower).first() {
            Some(sentence) => println!("noticed: {sentence}"),
            None => {
                return Err(format!(
                    "{work}: a work done twice in {TWICE_IN} goes unnoticed"
                ));
            }
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["check"] => check(),
        ["record"] => record(),
        ["itself"] => itself(),
        ["run", work, times] => times
            .parse()
            .map_err(|_| format!("{times}: a number of times is expected"))
            .and_then(|times| run(work, times)),
        _ => Err("`check`, `record`, `itself` or `run WORK TIMES` is expected".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
