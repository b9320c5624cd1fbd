//! Runs a lesson's program in a host and holds what it printed against what
//! all hosts must print.
//!
//! What all hosts print alike lies in `lessons/NN-name/expected/`; where the
//! text is an engine's own, each host's lies in `hosts/H/lessons/NN-name/expected/`.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{
    cache::Cache,
    guest,
    normalise::normalise,
    process,
    repo::{Host, Lesson, Repo},
    server::Server,
};

/// The program that every lesson has, beside its cases.
pub const MAIN: &str = "main";

/// A lesson's programs: its own, then its cases.
pub fn all(lesson: &Lesson) -> impl Iterator<Item = &str> {
    std::iter::once(MAIN).chain(lesson.about.cases.iter().map(String::as_str))
}

/// What a host had to say.
pub enum Outcome {
    Printed(String),
    /// The toolchain is absent; the sentence says what to do.
    Skipped(String),
}

impl Outcome {
    /// What stands for the host on the terminal and on the page.
    pub fn text(self) -> String {
        match self {
            Outcome::Printed(text) => text,
            Outcome::Skipped(sentence) => sentence + "\n",
        }
    }
}

/// Why a host is skipped, if it is; an error on CI, where every host is required.
pub fn skipped(host: &Host) -> Result<Option<String>> {
    match host.missing() {
        Some(sentence) if env::var("CI").is_ok_and(|value| value == "true") => {
            bail!("CI runs every host. {sentence}")
        }
        missing => Ok(missing),
    }
}

/// Runs one program and checks what it printed.
pub fn checked(
    repo: &Repo,
    cache: &Cache,
    host: &Host,
    lesson: &Lesson,
    program: &str,
) -> Result<Outcome> {
    let outcome = run(repo, cache, host, lesson, program)?;
    if let Outcome::Printed(printed) = &outcome {
        compare(repo, host, lesson, program, printed)?;
    }
    Ok(outcome)
}

/// Runs one program.
pub fn run(
    repo: &Repo,
    cache: &Cache,
    host: &Host,
    lesson: &Lesson,
    program: &str,
) -> Result<Outcome> {
    if let Some(sentence) = skipped(host)? {
        return Ok(Outcome::Skipped(sentence));
    }
    if program != MAIN && !lesson.about.cases.iter().any(|case| case == program) {
        bail!(
            "lesson {} has no case {program:?}: choose one of {}",
            lesson.number,
            lesson.about.cases.join(", ")
        );
    }
    let command = format!("run {} {} {program}", host.id, lesson.name);
    let text = cache.get(&command, &[lesson], &[host], || {
        execute(repo, cache, host, lesson, program)
    })?;
    Ok(Outcome::Printed(text))
}

fn execute(
    repo: &Repo,
    cache: &Cache,
    host: &Host,
    lesson: &Lesson,
    program: &str,
) -> Result<String> {
    guest::build(repo, lesson)?;
    build_host(repo, cache, host)?;
    let server = lesson.about.server.then(Server::start).transpose()?;
    let mut command = process::line(&fill(repo, &host.about.run, lesson, program), &host.dir)?;
    command.env("GUESTS", repo.guests());
    if let Some(server) = &server {
        command.envs(server.environment());
    }
    let output = process::captured(command).with_context(|| {
        format!(
            "{}: lesson {} {program} did not run to its end",
            host.about.name, lesson.number
        )
    })?;
    let mut text = normalise(&String::from_utf8_lossy(&output.stdout), &repo.root);
    if let Some(server) = server {
        let arrived = server.stop();
        if !arrived.is_empty() {
            text += &normalise(&format!("\nthe server received\n{arrived}"), &repo.root);
        }
    }
    Ok(text)
}

/// Builds a host's programs unless nothing changed since they were built.
pub fn build_host(repo: &Repo, cache: &Cache, host: &Host) -> Result<()> {
    if host.about.build.is_empty() {
        return Ok(());
    }
    let stamp = repo.root.join("target/book-built").join(&host.id);
    let sources = cache.folder(&host.dir)? + &cache.folder(&repo.root.join("Cargo.lock"))?;
    if fs::read_to_string(&stamp).is_ok_and(|built| built == sources) {
        return Ok(());
    }
    for line in &host.about.build {
        process::captured(process::line(line, &host.dir)?)
            .with_context(|| format!("the programs of {} do not build", host.about.name))?;
    }
    fs::create_dir_all(stamp.parent().context("the stamp lies in a folder")?)?;
    fs::write(stamp, sources)?;
    Ok(())
}

fn fill(repo: &Repo, line: &[String], lesson: &Lesson, program: &str) -> Vec<String> {
    let target = repo.target.display().to_string();
    line.iter()
        .map(|word| {
            word.replace("{target}", &target)
                .replace("{lesson}", &lesson.name)
                .replace("{program}", program)
        })
        .collect()
}

fn compare(repo: &Repo, host: &Host, lesson: &Lesson, program: &str, printed: &str) -> Result<()> {
    let Some(file) = expectation(host, lesson, program) else {
        bail!(
            "nothing is expected yet of {} in lesson {} {program}; `just bless {}` accepts what it prints now:\n{printed}",
            host.about.name,
            lesson.number,
            lesson.number
        );
    };
    let expected = fs::read_to_string(&file)?;
    if expected == printed {
        return Ok(());
    }
    let differs = expected
        .lines()
        .zip(printed.lines())
        .position(|(a, b)| a != b);
    let at = differs.unwrap_or_else(|| expected.lines().count().min(printed.lines().count()));
    let line = |text: &str| text.lines().nth(at).unwrap_or("(nothing)").to_owned();
    bail!(
        "{} prints something else than expected in lesson {} {program}, line {}:\n  expected  {}\n  printed   {}\nexpected in {}; `just bless {}` accepts the new output",
        host.about.name,
        lesson.number,
        at + 1,
        line(&expected),
        line(printed),
        repo.shown(&file),
        lesson.number
    );
}

/// Where the expected output lies: the host's own, or the one for all.
fn expectation(host: &Host, lesson: &Lesson, program: &str) -> Option<PathBuf> {
    [
        expected_of_host(host, lesson, program),
        expected_of_all(lesson, program),
    ]
    .into_iter()
    .find(|file| file.is_file())
}

fn expected_of_all(lesson: &Lesson, program: &str) -> PathBuf {
    lesson.dir.join("expected").join(format!("{program}.txt"))
}

fn expected_of_host(host: &Host, lesson: &Lesson, program: &str) -> PathBuf {
    host.programs(lesson)
        .join("expected")
        .join(format!("{program}.txt"))
}

/// Accepts what the hosts print now; gives back the files that changed.
///
/// Needs every host: what is the same everywhere becomes the expectation of
/// all, the rest each host's own. A lesson's main program must be the same.
pub fn bless(repo: &Repo, cache: &Cache, lesson: &Lesson) -> Result<Vec<PathBuf>> {
    let mut changed = Vec::new();
    for program in all(lesson) {
        let mut printed = Vec::new();
        for host in &repo.hosts {
            match run(repo, cache, host, lesson, program)? {
                Outcome::Printed(text) => printed.push((host, text)),
                Outcome::Skipped(sentence) => {
                    bail!("an output is accepted only with every host present. {sentence}")
                }
            }
        }
        let Some(((first, text), rest)) = printed.split_first() else {
            bail!("there is no host in hosts/")
        };
        let different = rest.iter().find(|(_, other)| other != text);
        if let (Some((other, _)), MAIN) = (different, program) {
            bail!(
                "lesson {}: {} and {} print different lines, and the main program must print the same in every host",
                lesson.number,
                first.about.name,
                other.about.name
            );
        }
        let all = expected_of_all(lesson, program);
        changed.extend(put(&all, different.is_none().then_some(text))?);
        for (host, text) in &printed {
            changed.extend(put(
                &expected_of_host(host, lesson, program),
                different.is_some().then_some(text),
            )?);
        }
    }
    Ok(changed)
}

/// Makes the file hold `text`, or be gone; says whether that changed anything.
fn put(file: &Path, text: Option<&String>) -> Result<Option<PathBuf>> {
    let old = fs::read_to_string(file).ok();
    if old.as_ref() == text {
        return Ok(None);
    }
    match text {
        Some(text) => {
            fs::create_dir_all(file.parent().context("an expectation lies in a folder")?)?;
            fs::write(file, text)?;
        }
        None => fs::remove_file(file)?,
    }
    Ok(Some(file.to_owned()))
}
