//! The steps of `just test` and `just check` that are this tool's own.
//!
//! No step repairs what it checks.

use std::fs;

use anyhow::{Context, Result};

use crate::{
    cache::{self, Cache},
    counts, english, exercise, guest, ledger, lesson, process, program,
    repo::{Host, Repo},
};

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Step {
    /// The tests of the guests, of the machines of Part II and of this tool.
    Rust,
    /// Every host's programs print what they must, every host's own tests pass.
    Hosts,
    /// Every attempt fails untouched, every solution passes.
    Exercises,
    /// Every guest keeps to its bytes, imports and exports.
    Ledger,
    /// No machine of Part II takes more instructions, or fewer, than its record says.
    Counts,
    /// No page has a turn of phrase that a native reader stumbles over.
    English,
    /// Every host's own formatter and linters.
    Lint,
    /// Forgets all remembered outputs, so that the next build executes them.
    Cold,
}

/// Runs one step; its first fault is the error.
pub fn check(repo: &Repo, cache: &Cache, step: Step) -> Result<()> {
    match step {
        Step::Rust => rust(repo),
        Step::Hosts => hosts(repo, cache),
        Step::Exercises => exercises(repo),
        Step::Ledger => audits(repo),
        Step::Counts => counts::check(repo),
        Step::English => english::check(repo),
        Step::Lint => each_host(repo, |host| lines(host, &host.about.check)),
        Step::Cold => forget(repo),
    }
}

/// With this tool's environment, so that the guests under test are those that ship.
fn rust(repo: &Repo) -> Result<()> {
    let mut cargo = process::command("cargo", &repo.root);
    // The Rust host's own tests run with the other hosts'.
    cargo.args(["test", "--workspace", "--exclude", "host", "--quiet"]);
    process::visible(cargo)
}

fn hosts(repo: &Repo, cache: &Cache) -> Result<()> {
    let mut ran = 0;
    for lesson in &repo.lessons {
        ran += lesson::verify(repo, cache, lesson)?;
    }
    println!("{ran} programs print what is expected of them");
    for lesson in &repo.lessons {
        guest::build(repo, lesson)?;
    }
    each_host(repo, |host| {
        program::build_host(repo, cache, host)?;
        lines(host, &host.about.test)
    })
}

fn exercises(repo: &Repo) -> Result<()> {
    for lesson in &repo.lessons {
        exercise::verify(repo, lesson)?;
        println!(
            "exercise {}: the attempt fails, the solution passes",
            lesson.number
        );
    }
    Ok(())
}

fn audits(repo: &Repo) -> Result<()> {
    for lesson in &repo.lessons {
        ledger::audit(repo, lesson)?;
        println!(
            "lesson {} keeps to its bytes, imports and exports",
            lesson.number
        );
    }
    Ok(())
}

/// Runs `work` for every host that is here; says aloud which is not.
fn each_host(repo: &Repo, work: impl Fn(&Host) -> Result<()>) -> Result<()> {
    for host in &repo.hosts {
        match program::skipped(host)? {
            Some(sentence) => eprintln!("{sentence}"),
            None => work(host)?,
        }
    }
    Ok(())
}

fn lines(host: &Host, lines: &[Vec<String>]) -> Result<()> {
    for line in lines {
        let command = process::line(line, &host.dir)?;
        process::visible(command).with_context(|| format!("hosts/{}", host.id))?;
    }
    Ok(())
}

fn forget(repo: &Repo) -> Result<()> {
    match fs::remove_dir_all(cache::dir(repo)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).context("the remembered outputs cannot be removed")
        }
        _ => Ok(()),
    }
}
