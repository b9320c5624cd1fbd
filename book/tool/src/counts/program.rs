//! The program `count` of a lesson's benches: built once, asked for its works, and run under
//! callgrind. The crate `counting` is its side of what is said here.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{process, repo::Repo};

/// How the program's list begins a work of growth, and one whose growth must be refused.
const GROWTH: &str = "growth of ";
const REFUSED: &str = "quadratic growth of ";

/// Of a work of growth callgrind counts this function of the crate `counting` alone, so that making
/// the input ready is free.
const MEASURED: &str = "--toggle-collect=*counting*measured*";

/// A lesson's program, built.
pub struct Program {
    /// The folder of its benches, as one would type it.
    pub shown: String,
    executable: PathBuf,
}

/// A work, done few times and many times: the difference is the work alone.
#[derive(Debug, PartialEq)]
pub struct Recorded {
    pub name: String,
    pub few: u64,
    pub many: u64,
}

/// A work, done with an input of this size and with a larger one.
#[derive(Debug, PartialEq)]
pub struct Growth {
    /// As the program lists it and takes it.
    pub name: String,
    pub size: u64,
}

/// What a program lists.
#[derive(Default)]
pub struct Works {
    pub recorded: Vec<Recorded>,
    pub growth: Vec<Growth>,
    /// Of these the growth must be refused, or the check could not fail.
    pub refused: Vec<Growth>,
}

/// One line of the list.
#[derive(Debug, PartialEq)]
enum Line {
    Recorded(Recorded),
    Growth(Growth),
    Refused(Growth),
}

impl Program {
    /// Builds it, without what the lesson is compared with in time.
    pub fn build(repo: &Repo, bench: &Path) -> Result<Program> {
        let shown = repo.shown(bench);
        let mut cargo = process::command("cargo", &repo.root);
        cargo.args(["build", "--quiet", "--release", "--no-default-features"]);
        cargo.args(["--bin", "count", "--message-format", "json"]);
        cargo.arg("--manifest-path").arg(bench.join("Cargo.toml"));
        let output = process::captured(cargo)?;
        let messages = String::from_utf8_lossy(&output.stdout);
        let executable = executable(&messages)
            .with_context(|| format!("{shown}: Cargo names no executable of `count`"))?;
        Ok(Program { shown, executable })
    }

    /// What it can do.
    pub fn works(&self) -> Result<Works> {
        let mut works = Works::default();
        let output = process::captured(process::command(&self.executable, Path::new(".")))?;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            match read(line) {
                Some(Line::Recorded(work)) => works.recorded.push(work),
                Some(Line::Growth(work)) => works.growth.push(work),
                Some(Line::Refused(work)) => works.refused.push(work),
                None => anyhow::bail!(
                    "{}: its program `count` lists {line:?}; `name: few many` or `{GROWTH}name: size` is expected",
                    self.shown
                ),
            }
        }
        Ok(works)
    }

    /// Instructions of the process that does this work so many times.
    pub fn all(&self, work: &str, times: u64) -> Result<u64> {
        self.collected(&[], work, times)
    }

    /// Instructions of this work alone, with an input of this size.
    pub fn measured(&self, work: &str, size: u64) -> Result<u64> {
        self.collected(&[MEASURED], work, size)
    }

    fn collected(&self, options: &[&str], work: &str, number: u64) -> Result<u64> {
        let mut valgrind = process::command("valgrind", Path::new("."));
        valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
        valgrind.args(options).arg(&self.executable);
        valgrind.arg(work).arg(number.to_string());
        let output = process::captured(valgrind)?;
        let report = String::from_utf8_lossy(&output.stderr);
        collected(&report)
            .with_context(|| format!("callgrind prints no `Collected : <number>` in\n{report}"))
    }
}

/// The program that Cargo says it built, in one of its messages, a JSON object a line.
fn executable(messages: &str) -> Option<PathBuf> {
    messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(message.get("executable")?.as_str()?.into())
    })
}

fn read(line: &str) -> Option<Line> {
    let (name, numbers) = line.split_once(": ")?;
    let growth = || {
        let size = numbers.parse().ok().filter(|size| *size > 0)?;
        let name = name.to_owned();
        Some(Growth { name, size })
    };
    if name.starts_with(GROWTH) {
        return growth().map(Line::Growth);
    }
    if name.starts_with(REFUSED) {
        return growth().map(Line::Refused);
    }
    let (few, many) = numbers.split_once(' ')?;
    let (few, many) = (few.parse().ok()?, many.parse().ok()?);
    let name = name.to_owned();
    (few < many).then_some(Line::Recorded(Recorded { name, few, many }))
}

fn collected(report: &str) -> Option<u64> {
    let mut lines = report.lines();
    lines.find_map(|line| line.split("Collected : ").nth(1)?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_lists_is_read_or_refused() {
        let growth = |name: &str, size| Growth {
            name: name.to_owned(),
            size,
        };
        let recorded = Recorded {
            name: "batch of 100".to_owned(),
            few: 0,
            many: 20,
        };
        for (line, expected) in [
            ("batch of 100: 0 20", Line::Recorded(recorded)),
            (
                "growth of captures: 200",
                Line::Growth(growth("growth of captures", 200)),
            ),
            (
                "quadratic growth of pairs: 20",
                Line::Refused(growth("quadratic growth of pairs", 20)),
            ),
        ] {
            assert_eq!(read(line), Some(expected), "{line}");
        }
        for wrong in [
            "capture",
            "capture: 1000",
            "capture: 20 20",
            "capture: a b",
            "growth of captures: 0",
            "growth of captures: 0 20",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_report_and_a_message_are_read() {
        assert_eq!(
            collected("==1== Events    : Ir\n==1== Collected : 3456\n"),
            Some(3456)
        );
        assert_eq!(collected("valgrind: no such program"), None);
        let messages = "{\"reason\":\"build-script-executed\"}\n{\"executable\":null}\n{\"executable\":\"/count\"}\n";
        assert_eq!(executable(messages), Some("/count".into()));
        assert_eq!(executable("{}"), None);
    }
}
