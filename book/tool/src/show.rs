//! Commands that a page shows and runs: `book show 1 -- cargo build …`, and
//! figures taken out of what a command printed: `book value …`.

use std::env;

use anyhow::{Context, Result, bail};
use regex::Regex;

use crate::{
    cache::Cache,
    guest,
    lesson::{self, TESTS},
    normalise::normalise,
    process,
    program::{self, Outcome},
    repo::{Lesson, Repo},
};

/// What a shown command printed, both streams in order, and how it ended.
pub struct Shown {
    pub text: String,
    pub code: i32,
}

/// What stands for a figure of a host that is not here.
const NOT_RUN: &str = "not run here";

/// Runs a command line of lesson `wanted` in the repository's root.
///
/// The guests of the lesson, and of any other that the command names, are built first; `book`
/// stands for this program.
pub fn show(repo: &Repo, wanted: &str, words: &[String]) -> Result<Shown> {
    run(repo, &lessons(repo, wanted, words)?, words)
}

/// The part of an output that the first group of `pattern` matches.
///
/// With `words` it is that command's output, which must succeed, else the program's in a host;
/// [`NOT_RUN`] where that host is absent.
pub fn value(
    repo: &Repo,
    cache: &Cache,
    pattern: &str,
    wanted: &str,
    host: Option<&str>,
    case: Option<&str>,
    words: &[String],
) -> Result<String> {
    let text = match (words, host) {
        ([], Some(id)) => {
            let lesson = repo.lesson(wanted)?;
            if id != TESTS && program::absent(repo.host(id)?, lesson)?.is_some() {
                return Ok(NOT_RUN.into());
            }
            lesson::lesson(repo, cache, wanted, host, case)?
        }
        ([], None) => bail!("`book value` needs a host's name, or `--` and a command"),
        (words, _) => {
            let lessons = lessons(repo, wanted, words)?;
            let hosts: Vec<_> = repo.hosts.iter().collect();
            cache.get(&format!("value of {words:?}"), &lessons, &hosts, || {
                let Shown { text, code } = run(repo, &lessons, words)?;
                if code != 0 {
                    bail!(
                        "`{}` ended with {code} instead of 0\n{text}",
                        words.join(" ")
                    );
                }
                Ok(text)
            })?
        }
    };
    matched(&compiled(pattern)?, &text).with_context(|| not_found(pattern, &text))
}

/// What one case is called in each host, as an item of a list: what a group of `pattern` matches in
/// its output, or a link to that output where nothing does.
pub fn words(
    repo: &Repo,
    cache: &Cache,
    pattern: &str,
    wanted: &str,
    case: &str,
) -> Result<String> {
    let lesson = repo.lesson(wanted)?;
    let pattern_itself = compiled(pattern)?;
    let mut list = String::new();
    let mut printed = Vec::new();
    let mut found = 0;
    for host in &repo.hosts {
        let name = &host.about.name;
        let text = match program::checked(repo, cache, host, lesson, case)? {
            Outcome::Printed(text) => text,
            Outcome::Skipped(sentence) => {
                list += &format!("  - {sentence}\n");
                continue;
            }
        };
        list += &match matched(&pattern_itself, &text) {
            Some(words) => {
                found += 1;
                format!("  - {name}: `` {words} ``\n")
            }
            None => format!(
                "  - {name} [says something else]({}.md#case-{case}-{}).\n",
                lesson.name, host.id
            ),
        };
        printed.push(text);
    }
    if found == 0 && !printed.is_empty() {
        bail!("{}", not_found(pattern, &printed.join("\n")));
    }
    Ok(list)
}

fn compiled(pattern: &str) -> Result<Regex> {
    Regex::new(pattern).context("the pattern is not a regex")
}

/// What the first group that takes part in a match holds.
fn matched(pattern: &Regex, text: &str) -> Option<String> {
    let found = pattern.captures(text)?;
    let group = found.iter().skip(1).flatten().next()?;
    Some(group.as_str().to_owned())
}

fn not_found(pattern: &str, text: &str) -> String {
    format!("the pattern {pattern:?} with its group is not found in\n{text}")
}

/// The lesson, and those that the command names.
fn lessons<'r>(repo: &'r Repo, wanted: &str, words: &[String]) -> Result<Vec<&'r Lesson>> {
    let lesson = repo.lesson(wanted)?;
    let named = |other: &&Lesson| {
        other.number == lesson.number || words.iter().any(|word| word.contains(&other.name))
    };
    Ok(repo.lessons.iter().filter(named).collect())
}

fn run(repo: &Repo, lessons: &[&Lesson], words: &[String]) -> Result<Shown> {
    for lesson in lessons {
        guest::build(repo, lesson)?;
    }
    let mut line = process::line(words, &repo.root)?;
    line.env("PATH", path_with_this_program()?)
        .env("GUESTS", repo.guests());
    let output = line
        .output()
        .with_context(|| format!("`{}` cannot be started", words.join(" ")))?;
    let code = output
        .status
        .code()
        .context("the command was ended by a signal")?;
    let said = [output.stderr, output.stdout]
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .concat();
    Ok(Shown {
        text: normalise(&said, &repo.root),
        code,
    })
}

/// The PATH with this program's folder in front.
fn path_with_this_program() -> Result<std::ffi::OsString> {
    let exe = env::current_exe()?;
    let dir = exe
        .parent()
        .context("a program lies in a folder")?
        .to_owned();
    let rest = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(
        std::iter::once(dir).chain(env::split_paths(&rest)),
    )?)
}
