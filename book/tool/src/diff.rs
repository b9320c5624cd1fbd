//! `just diff 3`: what changed in the guest's sources from lesson 2 to lesson 3.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use similar::TextDiff;

use crate::repo::{Lesson, Repo};

/// Lines of context around a change.
const CONTEXT: usize = 2;

/// A unified diff of the guest's sources and of what it depends on.
pub fn diff(repo: &Repo, wanted: &str) -> Result<String> {
    let lesson = repo.lesson(wanted)?;
    let before = repo.before(lesson).with_context(|| {
        format!(
            "lesson {} is the first: nothing comes before it",
            lesson.number
        )
    })?;
    let files: BTreeSet<PathBuf> = sources(before)?
        .into_iter()
        .chain(sources(lesson)?)
        .collect();
    let mut text = String::new();
    for file in files {
        let (old, new) = (content(before, &file)?, content(lesson, &file)?);
        let name = file.display();
        text += &TextDiff::from_lines(&old, &new)
            .unified_diff()
            .context_radius(CONTEXT)
            .header(
                &format!("lessons/{}/{name}", before.name),
                &format!("lessons/{}/{name}", lesson.name),
            )
            .to_string();
    }
    Ok(text)
}

/// The files that make up the guest: the sources, and the manifest for its dependencies.
fn sources(lesson: &Lesson) -> Result<Vec<PathBuf>> {
    let mut files = vec![PathBuf::from("Cargo.toml")];
    collect(&lesson.dir.join("src"), &lesson.dir, &mut files)?;
    if lesson.dir.join("wit").is_dir() {
        collect(&lesson.dir.join("wit"), &lesson.dir, &mut files)?;
    }
    Ok(files)
}

fn collect(dir: &Path, base: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("{} cannot be read", dir.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, base, files)?;
        } else {
            files.push(path.strip_prefix(base)?.to_owned());
        }
    }
    Ok(())
}

/// A file's text, empty where it does not exist; of the manifest, the dependencies and features.
fn content(lesson: &Lesson, file: &Path) -> Result<String> {
    let path = lesson.dir.join(file);
    if !path.is_file() {
        return Ok(String::new());
    }
    let text = fs::read_to_string(&path)?;
    if file == Path::new("Cargo.toml") {
        Ok(only_tables(&text, &["[dependencies]", "[features]"]))
    } else {
        Ok(without_anchors(&text))
    }
}

/// A source as a reader of the page knows it, without the marks that say what the page includes.
fn without_anchors(text: &str) -> String {
    text.split_inclusive('\n')
        .filter(|line| !line.contains("ANCHOR"))
        .collect()
}

fn only_tables(manifest: &str, wanted: &[&str]) -> String {
    let mut inside = false;
    let mut kept = String::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = wanted.contains(&line.trim());
        }
        if inside && !line.trim().is_empty() && !line.starts_with('#') {
            kept += line;
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_manifest_only_what_the_guest_is_made_of_counts() {
        let manifest = "[package]\nname = \"x\"\n\n[dependencies]\ndlmalloc = \"0.2\"\n\n[lints]\nworkspace = true\n";
        assert_eq!(
            only_tables(manifest, &["[dependencies]"]),
            "[dependencies]\ndlmalloc = \"0.2\"\n"
        );
    }

    #[test]
    fn anchors_are_no_change() {
        assert_eq!(
            without_anchors("// ANCHOR: a\nfn f() {}\n// ANCHOR_END: a\n"),
            "fn f() {}\n"
        );
    }
}
