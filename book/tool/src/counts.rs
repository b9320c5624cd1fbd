//! Instructions that the machines of Part II take, counted by callgrind, which a noisy machine does
//! not disturb, and held against `lessons/*/benches/counts.txt`.
//!
//! A lesson's benches have a program `count`. Alone it lists its works, `name: few many` a line;
//! with a name and a number it does that work so many times. `slower NAME` does a little more.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{process, program, repo::Repo};

/// How far a count may be from the recorded one: two processors differ by a percent or two, because
/// the C library copies memory in another way on each.
const TOLERANCE: f64 = 0.03;

/// What makes `cargo run` count what it runs.
const RUNNER: (&str, &str) = (
    "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER",
    "valgrind --tool=callgrind --callgrind-out-file=/dev/null",
);

/// A work, done few times and many times: the difference is the work alone.
struct Work {
    name: String,
    few: u32,
    many: u32,
}

/// Holds every count against the record, and shows of every work that a regression would be seen.
pub fn check(repo: &Repo) -> Result<()> {
    if let Some(sentence) = missing() {
        if program::is_ci() {
            bail!("CI counts instructions. {sentence}");
        }
        eprintln!("Instruction counts are skipped: {sentence}");
        return Ok(());
    }
    let mut sentences = Vec::new();
    for bench in benches(repo)? {
        let file = bench.join("counts.txt");
        let shown = repo.shown(&file);
        let text = fs::read_to_string(&file)
            .with_context(|| format!("{shown} cannot be read; `just record-counts` writes it"))?;
        for work in works(repo, &bench)? {
            let before = recorded(&text, &work.name)
                .with_context(|| format!("{shown}: no line `{}: <number>`", work.name))?;
            let now = count(repo, &bench, &work, "")?;
            println!("{}: {now}, recorded {before}", work.name);
            sentences.extend(moved(&work.name, now, before));
            let slower = count(repo, &bench, &work, "slower ")?;
            if moved(&work.name, slower, now).is_none() {
                bail!(
                    "{shown}: a slower {} takes {slower} instructions instead of {now}, which nobody would notice",
                    work.name
                );
            }
        }
    }
    if !sentences.is_empty() {
        bail!(
            "{}\nfind the cause, then `just record-counts` with the reason",
            sentences.join("\n")
        );
    }
    Ok(())
}

/// Writes every record anew; never part of a check.
pub fn record(repo: &Repo) -> Result<String> {
    if let Some(sentence) = missing() {
        bail!("nothing can be recorded: {sentence}");
    }
    let mut all = String::new();
    for bench in benches(repo)? {
        let mut text = String::new();
        for work in works(repo, &bench)? {
            text += &format!("{}: {}\n", work.name, count(repo, &bench, &work, "")?);
        }
        fs::write(bench.join("counts.txt"), &text)?;
        all += &text;
    }
    Ok(all)
}

/// Why nothing can be counted here, as a sentence; `None` where it can.
fn missing() -> Option<String> {
    if !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        return Some("their records are of Linux on x86-64.".into());
    }
    process::version(&["valgrind".into(), "--version".into()])
        .is_none()
        .then(|| "`valgrind` is not on the PATH: install the package of that name.".into())
}

/// The folders of the lessons' benchmarks, in the lessons' order.
fn benches(repo: &Repo) -> Result<Vec<PathBuf>> {
    let lessons = fs::read_dir(repo.root.join("lessons")).context("lessons/ cannot be read")?;
    let mut folders: Vec<_> = lessons
        .filter_map(|lesson| Some(lesson.ok()?.path().join("benches")))
        .filter(|folder| folder.join("Cargo.toml").is_file())
        .collect();
    folders.sort();
    Ok(folders)
}

/// The program of a lesson's benches; what it is compared with in time is left out.
fn counter(repo: &Repo, bench: &Path) -> Command {
    let mut cargo = process::command("cargo", &repo.root);
    cargo.args(["run", "--quiet", "--release", "--no-default-features"]);
    cargo.args(["--bin", "count", "--manifest-path"]);
    cargo.arg(bench.join("Cargo.toml")).arg("--");
    cargo
}

fn works(repo: &Repo, bench: &Path) -> Result<Vec<Work>> {
    let output = process::captured(counter(repo, bench))?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| {
            work(line).with_context(|| {
                format!(
                    "{}: its program `count` lists {line:?}; `name: few many` is expected",
                    repo.shown(bench)
                )
            })
        })
        .collect()
}

fn work(line: &str) -> Option<Work> {
    let (name, times) = line.split_once(": ")?;
    let (few, many) = times.split_once(' ')?;
    let (few, many) = (few.parse().ok()?, many.parse().ok()?);
    (few < many).then(|| Work {
        name: name.to_owned(),
        few,
        many,
    })
}

/// Instructions of one work; what the process does besides cancels out.
fn count(repo: &Repo, bench: &Path, work: &Work, prefix: &str) -> Result<u64> {
    let instructions = |times: u32| -> Result<u64> {
        let mut counter = counter(repo, bench);
        counter.env(RUNNER.0, RUNNER.1);
        counter.arg(prefix.to_owned() + &work.name);
        counter.arg(times.to_string());
        let output = process::captured(counter)?;
        let report = String::from_utf8_lossy(&output.stderr);
        collected(&report)
            .with_context(|| format!("callgrind prints no `Collected : <number>` in\n{report}"))
    };
    let more = instructions(work.many)?.saturating_sub(instructions(work.few)?);
    Ok(more / u64::from(work.many - work.few))
}

fn collected(report: &str) -> Option<u64> {
    let mut lines = report.lines();
    lines.find_map(|line| line.split("Collected : ").nth(1)?.trim().parse().ok())
}

fn recorded(text: &str, work: &str) -> Option<u64> {
    text.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| *name == work)
        .and_then(|(_, number)| number.parse().ok())
}

/// The sentence for a count that is not the recorded one. Fewer instructions are good, and are to
/// be recorded: else a later regression would hide below the old count.
fn moved(work: &str, now: u64, before: u64) -> Option<String> {
    let change = now as f64 / before as f64 - 1.0;
    (change.abs() > TOLERANCE).then(|| {
        format!(
            "{work} takes {now} instructions, {before} are recorded ({:+.1} %)",
            change * 100.0
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_that_moved_by_more_than_the_tolerance_has_a_sentence_in_both_directions() {
        assert_eq!(moved("a", 1029, 1000), None);
        assert_eq!(moved("a", 971, 1000), None);
        assert!(moved("a", 1031, 1000).is_some_and(|sentence| sentence.contains("+3.1 %")));
        assert!(moved("a", 969, 1000).is_some_and(|sentence| sentence.contains("-3.1 %")));
    }

    #[test]
    fn what_the_program_lists_is_read_or_refused() {
        let found = work("batch of 100: 0 20").unwrap();
        assert_eq!(
            (found.name.as_str(), found.few, found.many),
            ("batch of 100", 0, 20)
        );
        for wrong in ["capture", "capture: 1000", "capture: 20 20", "capture: a b"] {
            assert!(work(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_record_and_a_report_are_read() {
        assert_eq!(recorded("a b: 1\na: 2\n", "a"), Some(2));
        assert_eq!(recorded("a b: 1\n", "a"), None);
        assert_eq!(
            collected("==1== Events    : Ir\n==1== Collected : 3456\n"),
            Some(3456)
        );
        assert_eq!(collected("valgrind: no such program"), None);
    }
}
