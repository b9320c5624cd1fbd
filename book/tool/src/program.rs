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
    /// The toolchain or the program is absent; the sentence says which.
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

/// Where nothing may be skipped.
pub fn is_ci() -> bool {
    env::var("CI").is_ok_and(|value| value == "true")
}

/// Why a host is skipped, if it is; an error on CI, where every host is required.
pub fn skipped(host: &Host) -> Result<Option<String>> {
    match host.missing() {
        Some(sentence) if is_ci() => bail!("CI runs every host. {sentence}"),
        missing => Ok(missing),
    }
}

/// Why a host does not run a lesson, if it does not.
pub fn absent(host: &Host, lesson: &Lesson) -> Result<Option<String>> {
    Ok(skipped(host)?.or_else(|| {
        (!host.has(lesson)).then(|| {
            format!(
                "{} has no program for lesson {} yet.",
                host.about.name, lesson.number
            )
        })
    }))
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
    if let Some(sentence) = absent(host, lesson)? {
        return Ok(Outcome::Skipped(sentence));
    }
    if program != MAIN && !lesson.about.cases.iter().any(|case| case == program) {
        bail!(
            "lesson {} has no case {program:?}: choose one of {}",
            lesson.number,
            lesson.about.cases.join(", ")
        );
    }
    if let Some(sentence) = host.cannot(lesson, program) {
        return Ok(Outcome::Skipped(sentence));
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

/// Builds a host's programs unless nothing changed since they were built and what was built is there.
pub fn build_host(repo: &Repo, cache: &Cache, host: &Host) -> Result<()> {
    if host.about.build.is_empty() {
        return Ok(());
    }
    let stamp = repo.root.join("target/book-built").join(&host.id);
    let sources = cache.folder(&host.dir)? + &cache.folder(&repo.root.join("Cargo.lock"))?;
    let is_there = host
        .about
        .fills
        .iter()
        .all(|dir| host.dir.join(dir).is_dir());
    if is_there && fs::read_to_string(&stamp).is_ok_and(|built| built == sources) {
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
    let accept = if file == expected_of_all(lesson, program) {
        format!(
            "every host must print this; once all print something else, `just bless {}` accepts it",
            lesson.number
        )
    } else {
        format!("`just bless {}` accepts the new output", lesson.number)
    };
    bail!(
        "{} prints something else than expected in lesson {} {program}, {}\nexpected in {}; {accept}",
        host.about.name,
        lesson.number,
        difference("expected", &expected, "printed", printed),
        repo.shown(&file),
    );
}

/// The first line in which two texts differ, with who says what.
fn difference(one: &str, a: &str, other: &str, b: &str) -> String {
    let differs = a.lines().zip(b.lines()).position(|(a, b)| a != b);
    let at = differs.unwrap_or_else(|| a.lines().count().min(b.lines().count()));
    let line = |text: &str| text.lines().nth(at).unwrap_or("(nothing)").to_owned();
    let width = one.len().max(other.len());
    format!(
        "line {}:\n  {one:width$}  {}\n  {other:width$}  {}",
        at + 1,
        line(a),
        line(b)
    )
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
/// Needs every host that has the lesson, but for cases that one cannot show: what is
/// the same everywhere becomes the expectation of all, the rest each host's own. A lesson's main program must be
/// the same. Nothing is accepted unless everything can be.
pub fn bless(repo: &Repo, cache: &Cache, lesson: &Lesson) -> Result<Vec<PathBuf>> {
    let hosts = || repo.hosts.iter().filter(|host| host.has(lesson));
    let mut accepted = Vec::new();
    for program in all(lesson) {
        let mut printed = Vec::new();
        for host in hosts().filter(|host| host.cannot(lesson, program).is_none()) {
            match run(repo, cache, host, lesson, program)? {
                Outcome::Printed(text) => printed.push((host, text)),
                Outcome::Skipped(sentence) => {
                    bail!("an output is accepted only with every host present. {sentence}")
                }
            }
        }
        let Some(((first, text), rest)) = printed.split_first() else {
            bail!("no host has a program for lesson {}", lesson.number)
        };
        let different = rest.iter().find(|(_, other)| other != text);
        if let (Some((other, others)), MAIN) = (different, program) {
            bail!(
                "lesson {}: the main program must print the same in every host, and does not in {}",
                lesson.number,
                difference(&first.about.name, text, &other.about.name, others)
            );
        }
        let same = different.is_none();
        accepted.push((expected_of_all(lesson, program), same.then(|| text.clone())));
        for (host, text) in printed {
            accepted.push((
                expected_of_host(host, lesson, program),
                (!same).then_some(text),
            ));
        }
    }
    let mut changed = Vec::new();
    for (file, text) in accepted {
        changed.extend(put(&file, text.as_ref())?);
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
