//! `just exercise 3`: runs the reader's attempt against the exercise's tests.
//!
//! A lesson's `exercise/` holds `attempt.rs`, `solution.rs` and `check.rs`; the
//! lesson's manifest makes of them the examples `<package>-attempt` and
//! `<package>-solution` and the test `exercise`, which builds the one that the
//! variable `EXERCISE` names.

use std::process::Output;

use anyhow::{Context, Result, bail};

use crate::{
    guest,
    normalise::normalise,
    process,
    repo::{Lesson, Repo},
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Attempt,
    Solution,
}

impl Which {
    fn name(self) -> &'static str {
        match self {
            Which::Attempt => "attempt",
            Which::Solution => "solution",
        }
    }
}

/// What the exercise's tests say of the attempt or the solution.
pub struct Verdict {
    pub text: String,
    pub passed: bool,
}

/// Runs the exercise's tests.
pub fn exercise(repo: &Repo, wanted: &str, which: Which) -> Result<Verdict> {
    let lesson = repo.lesson(wanted)?;
    build(repo, lesson, which)?;
    let output = run(repo, lesson, which)?;
    let out = normalise(&String::from_utf8_lossy(&output.stdout), &repo.root);
    let tests = out
        .lines()
        .filter(|line| line.starts_with("test ") && line.contains(" ... "));
    let mut text: String = tests.map(|line| line.to_owned() + "\n").collect();
    if text.is_empty() {
        let error = normalise(&String::from_utf8_lossy(&output.stderr), &repo.root);
        bail!(
            "the {} of exercise {} cannot be tested:\n{error}",
            which.name(),
            lesson.number
        );
    }
    for failure in failures(&out) {
        text += &format!("\n{failure}\n");
    }
    Ok(Verdict {
        text,
        passed: output.status.success(),
    })
}

/// An untouched attempt must fail by a failing test, a solution must pass.
pub fn verify(repo: &Repo, lesson: &Lesson) -> Result<()> {
    if !lesson.has_exercise {
        bail!(
            "lesson {} has no exercise: lessons/{}/exercise/ is missing",
            lesson.number,
            lesson.name
        );
    }
    let number = lesson.number.to_string();
    let verdict = |which| exercise(repo, &number, which);
    if verdict(Which::Attempt)?.passed {
        bail!(
            "exercise {number}: the attempt passes, and an exercise must fail untouched (lessons/{}/exercise/attempt.rs)",
            lesson.name
        );
    }
    let solution = verdict(Which::Solution)?;
    if !solution.passed {
        bail!(
            "exercise {number}: the solution fails (lessons/{}/exercise/solution.rs)\n{}",
            lesson.name,
            solution.text
        );
    }
    Ok(())
}

/// Compiles the attempt or the solution, so that a compiler's error is said once.
fn build(repo: &Repo, lesson: &Lesson, which: Which) -> Result<()> {
    let example = format!("{}-{}", lesson.package, which.name());
    let mut cargo = guest::cargo_build(repo, lesson);
    cargo.args(["--features", "exercise", "--example", &example]);
    process::captured(cargo).with_context(|| {
        format!(
            "the {} of exercise {} does not compile",
            which.name(),
            lesson.number
        )
    })?;
    Ok(())
}

fn run(repo: &Repo, lesson: &Lesson, which: Which) -> Result<Output> {
    let mut cargo = process::command("cargo", &repo.root);
    cargo.args([
        "test",
        "--package",
        &lesson.package,
        "--test",
        "exercise",
        "--",
        "--test-threads=1",
        "--format=pretty",
    ]);
    cargo.env("EXERCISE", which.name());
    cargo.output().context("`cargo` cannot be started")
}

/// The messages of the failed tests, each without the frame that the test runner puts around it.
fn failures(out: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in out.split("---- ").skip(1) {
        let Some((name, rest)) = part.split_once(" stdout ----") else {
            continue;
        };
        let said: Vec<_> = rest
            .trim()
            .lines()
            .take_while(|line| !line.starts_with("failures:"))
            .filter(|line| !line.starts_with("note: ") && !line.is_empty())
            .collect();
        found.push(format!("{name}: {}", said.join("\n  ")));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_keeps_its_message_and_loses_its_frame() {
        let out = "failures:\n\n---- it_shouts stdout ----\n\nthread 'it_shouts' panicked at check.rs:9:5:\nno export `shout`\nnote: run with `RUST_BACKTRACE=1`\n\n\nfailures:\n    it_shouts\n";
        assert_eq!(
            failures(out),
            ["it_shouts: thread 'it_shouts' panicked at check.rs:9:5:\n  no export `shout`"]
        );
    }
}
