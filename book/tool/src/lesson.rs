//! `just lesson 3`: builds the guest, runs its tests and its program in every host.

use std::{fmt::Write, io::IsTerminal};

use anyhow::{Context, Result, bail};
use regex::Regex;

use crate::{
    cache::Cache,
    guest,
    ledger::thousands,
    process,
    program::{self, MAIN, Outcome},
    repo::{Host, Lesson, Repo},
    wasm::Module,
};

/// The word that stands for the tests where a host's name could stand.
pub const TESTS: &str = "tests";

/// Prints one lesson: everything, one host, the tests, or one case in one host.
pub fn lesson(
    repo: &Repo,
    cache: &Cache,
    wanted: &str,
    host: Option<&str>,
    case: Option<&str>,
) -> Result<String> {
    let lesson = repo.lesson(wanted)?;
    match (host, case) {
        (Some(TESTS), None) => tests(repo, cache, lesson),
        (Some(host), Some(case)) => {
            Ok(program::checked(repo, cache, repo.host(host)?, lesson, case)?.text())
        }
        (Some(host), None) => in_hosts(repo, cache, lesson, &[repo.host(host)?]),
        (None, _) => in_hosts(repo, cache, lesson, &repo.hosts.iter().collect::<Vec<_>>()),
    }
}

/// Runs all programs and cases of a lesson in all hosts, printing nothing where all is as expected.
pub fn verify(repo: &Repo, cache: &Cache, lesson: &Lesson) -> Result<usize> {
    let mut ran = 0;
    for host in &repo.hosts {
        if let Some(sentence) = program::absent(host, lesson)? {
            eprintln!("{sentence}");
            continue;
        }
        for program in program::all(lesson) {
            match program::checked(repo, cache, host, lesson, program)? {
                Outcome::Printed(_) => ran += 1,
                Outcome::Skipped(sentence) => eprintln!("{sentence}"),
            }
        }
    }
    Ok(ran)
}

fn in_hosts(repo: &Repo, cache: &Cache, lesson: &Lesson, hosts: &[&Host]) -> Result<String> {
    let doing = |what: &str| {
        if std::io::stderr().is_terminal() {
            eprintln!("{what}");
        }
    };
    doing(&format!(
        "building lesson {} and testing it …",
        lesson.number
    ));
    let mut text = headline(repo, cache, lesson)?;
    for host in hosts {
        doing(&format!("running it in {} …", host.about.name));
        let printed = program::checked(repo, cache, host, lesson, MAIN)?.text();
        write!(text, "\n{}\n{printed}", host.about.name)?;
    }
    if let Some(sentence) = left_out(lesson) {
        doing(&sentence);
    }
    Ok(text)
}

/// What a run of a lesson's program leaves out, and how to run it.
fn left_out(lesson: &Lesson) -> Option<String> {
    let cases = lesson.about.cases.join(", ");
    (!cases.is_empty()).then(|| {
        format!(
            "not run: {cases}; `just lesson {} <host> <case>` runs one, `just test-hosts` all",
            lesson.number
        )
    })
}

/// What was built, and whether its tests pass: two lines.
fn headline(repo: &Repo, cache: &Cache, lesson: &Lesson) -> Result<String> {
    let passed = Regex::new(r"(?m)\.\.\. ok$")?
        .find_iter(&tests(repo, cache, lesson)?)
        .count();
    cache.get(&format!("headline {}", lesson.name), &[lesson], &[], || {
        let shipped = guest::shipped(repo, lesson)?;
        let module = Module::read(&shipped)?;
        let kind = if module.is_component {
            "component"
        } else {
            "module"
        };
        Ok(format!(
            "lesson {}: {}, a {kind} of {} bytes with {}\ntests: {passed} passed\n",
            lesson.number,
            lesson.name,
            thousands(shipped.len()),
            imports(module.imports.len()),
        ))
    })
}

fn imports(count: usize) -> String {
    match count {
        0 => "no imports".into(),
        1 => "1 import".into(),
        more => format!("{more} imports"),
    }
}

/// Runs the lesson's tests; gives back a line for each.
fn tests(repo: &Repo, cache: &Cache, lesson: &Lesson) -> Result<String> {
    cache.get(&format!("tests {}", lesson.name), &[lesson], &[], || {
        let mut cargo = process::command("cargo", &repo.root);
        cargo.args(["test", "--package", &lesson.package, "--lib", "--tests"]);
        // One thread, so that the lines come in one order.
        cargo.args(["--", "--test-threads=1", "--format=pretty"]);
        let output = process::captured(cargo)
            .with_context(|| format!("the tests of lesson {} do not pass", lesson.number))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let lines: Vec<_> = text
            .lines()
            .filter(|line| line.starts_with("test ") && line.contains(" ... "))
            .collect();
        if lines.is_empty() {
            bail!("lesson {} has no tests", lesson.number);
        }
        Ok(lines.join("\n") + "\n")
    })
}
