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
    process, program,
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
    let found = Regex::new(pattern)
        .context("the pattern is not a regex")?
        .captures(&text);
    let group = found.as_ref().and_then(|found| found.get(1));
    group
        .map(|group| group.as_str().to_owned())
        .with_context(|| format!("the pattern {pattern:?} with its group is not found in\n{text}"))
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
