//! Instructions that the machines of Part II take, counted by callgrind, which a noisy machine does
//! not disturb.
//!
//! A lesson's benches have a program `count` that lists its works. Some are held against
//! `lessons/*/benches/counts.txt`, some against themselves with a larger input. Of both kinds the
//! check also shows that it can fail.

mod growth;
mod program;
mod record;

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{process, repo::Repo};
use program::Program;

/// Counts every work; its error has a sentence for each that takes what it should not.
pub fn check(repo: &Repo) -> Result<()> {
    if let Some(sentence) = missing() {
        if crate::program::is_ci() {
            bail!("CI counts instructions. {sentence}");
        }
        eprintln!("Instruction counts are skipped: {sentence}");
        return Ok(());
    }
    let mut sentences = Vec::new();
    for bench in benches(repo)? {
        let file = bench.join("counts.txt");
        let text = fs::read_to_string(&file).with_context(|| {
            let shown = repo.shown(&file);
            format!("{shown} cannot be read; `just record-counts` writes it")
        })?;
        let program = Program::build(repo, &bench)?;
        let works = program.works()?;
        for work in &works.recorded {
            sentences.extend(record::check(&program, work, &text)?);
        }
        for work in &works.growth {
            sentences.extend(growth::check(&program, work)?);
        }
        if !works.growth.is_empty() {
            growth::check_refused(&program, &works.refused)?;
        }
    }
    if !sentences.is_empty() {
        bail!(sentences.join("\n"));
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
        let program = Program::build(repo, &bench)?;
        let works = program.works()?.recorded;
        let lines = works.iter().map(|work| record::line(&program, work));
        let text = lines.collect::<Result<String>>()?;
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
