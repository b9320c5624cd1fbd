//! Instructions of each work, counted by callgrind, which a noisy machine does not disturb.
//!
//! `count check` compares them with `counts.txt`, `count record` writes that file anew, `count
//! itself` shows that a regression is noticed, and `count run WORK TIMES` is what callgrind runs.

use events_benches::{NOW, capture, flush, machine};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The names of the works, and how often each is done for one count.
const WORKS: [(&str, u32); 2] = [("capture", 1000), ("batch of 100", 20)];

/// A work that no count is recorded for: a capture whose properties are serialised and read once
/// more.
const SLOWER: &str = "slower capture";

/// How far a count may be from the recorded one. Two runs differ by less than a percent, and two
/// processors by one or two, because the C library copies memory in another way on each; [`SLOWER`]
/// adds more than fifty.
const TOLERANCE: f64 = 0.03;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["check"] => check(),
        ["record"] => record(),
        ["itself"] => itself(),
        ["run", work, times] => run(work, times),
        _ => Err("count: `check`, `record`, `itself` or `run WORK TIMES` is expected".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn check() -> Result<(), String> {
    let text = std::fs::read_to_string(file())
        .map_err(|error| format!("counts.txt: {error}; `count record` is expected first"))?;
    let mut sentences = Vec::new();
    for (work, times) in WORKS {
        let (now, before) = (count(work, times)?, recorded(&text, work)?);
        println!("{work}: {now}, recorded {before}");
        sentences.extend(moved(work, now, before));
    }
    if sentences.is_empty() {
        Ok(())
    } else {
        Err(sentences.join("\n"))
    }
}

fn record() -> Result<(), String> {
    let mut text = String::new();
    for (work, times) in WORKS {
        text.push_str(&format!("{work}: {}\n", count(work, times)?));
    }
    print!("{text}");
    std::fs::write(file(), text).map_err(|error| format!("counts.txt: {error}"))
}

fn itself() -> Result<(), String> {
    let (work, times) = WORKS[0];
    let (now, before) = (count(SLOWER, times)?, count(work, times)?);
    match moved(work, now, before) {
        Some(sentence) => {
            println!("noticed: {sentence}");
            Ok(())
        }
        None => Err(format!(
            "{SLOWER} takes {now} instructions, {work} {before}; a difference that is noticed is expected"
        )),
    }
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("counts.txt")
}

fn recorded(text: &str, work: &str) -> Result<u64, String> {
    text.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| *name == work)
        .and_then(|(_, number)| number.parse().ok())
        .ok_or_else(|| format!("counts.txt: no line `{work}: <number>`; one is expected"))
}

/// The sentence for a count that is not the recorded one. A lower count is one too, so that the
/// record stays true.
fn moved(work: &str, now: u64, before: u64) -> Option<String> {
    let change = now as f64 / before as f64 - 1.0;
    (change.abs() > TOLERANCE).then(|| {
        format!(
            "{work} takes {now} instructions, {before} were recorded ({:+.1} %); find the cause, then `count record`",
            change * 100.0
        )
    })
}

/// Instructions of one work: two runs differ by the works alone, and what the process does besides
/// cancels out.
fn count(work: &str, times: u32) -> Result<u64, String> {
    let more = instructions(work, times)?.saturating_sub(instructions(work, 0)?);
    Ok(more / u64::from(times))
}

/// What callgrind counts for a whole run.
fn instructions(work: &str, times: u32) -> Result<u64, String> {
    let this = std::env::current_exe().map_err(|error| format!("count: {error}"))?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(this)
        .args(["run", work, &times.to_string()])
        .output()
        .map_err(|error| format!("valgrind: {error}; the Debian package valgrind is expected"))?;
    let report = String::from_utf8_lossy(&output.stderr);
    report
        .lines()
        .find_map(|line| line.split("Collected : ").nth(1)?.trim().parse().ok())
        .ok_or_else(|| {
            format!("valgrind: a line `Collected : <number>` is expected, not: {report}")
        })
}

fn run(work: &str, times: &str) -> Result<(), String> {
    let times: u32 = times
        .parse()
        .map_err(|_| format!("count run: \"{times}\"; a whole number of times is expected"))?;
    let mut machine = machine("http://localhost");
    for _ in 0..times {
        match work {
            "capture" => capture(&mut machine, NOW),
            SLOWER => {
                capture(&mut machine, NOW);
                let text = serde_json::to_string(&events_benches::PROPERTIES).unwrap_or_default();
                let again = events::json::Object::parse(&text).is_ok();
                std::hint::black_box(again);
            }
            "batch of 100" => {
                for _ in 0..100 {
                    capture(&mut machine, NOW);
                }
                flush(&mut machine, NOW, |_| 200);
            }
            _ => {
                return Err(format!(
                    "count run: \"{work}\"; the name of a work is expected"
                ));
            }
        }
    }
    Ok(())
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
}
