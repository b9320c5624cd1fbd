//! One step, side by side in every host.
//!
//! The HTML is readable as it stands, one host after the other; a script makes
//! tabs of it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::sources::{anchored, caption, included};
use crate::repo::{Host, Lesson, Repo};

/// The snippet between an anchor's marks, in every host.
pub fn snippets(repo: &Repo, lesson: &Lesson, anchor: &str) -> Result<String, String> {
    panels(repo, lesson, |host| snippet(repo, host, lesson, anchor))
}

/// What goes wrong and what it prints, in every host.
pub fn case(repo: &Repo, lesson: &Lesson, case: &str, line: usize) -> Result<String, String> {
    if !lesson.about.cases.iter().any(|known| known == case) {
        return Err(format!(
            "lesson {} has no case {case:?}: its manifest names {:?}",
            lesson.number, lesson.about.cases
        ));
    }
    panels(repo, lesson, |host| {
        Ok(snippet(repo, host, lesson, case)?
            + &command(&format!("{} {} {case}", lesson.number, host.id), line))
    })
}

/// What the lesson's program prints, in every host.
pub fn run(repo: &Repo, lesson: &Lesson, line: usize) -> String {
    let made = panels(repo, lesson, |host| {
        Ok(command(&format!("{} {}", lesson.number, host.id), line))
    });
    made.expect("a command needs no file")
}

fn command(arguments: &str, line: usize) -> String {
    format!("<!-- cmdrun -0 book lesson {arguments} @{line} -->\n")
}

fn panels(
    repo: &Repo,
    lesson: &Lesson,
    content: impl Fn(&Host) -> Result<String, String>,
) -> Result<String, String> {
    let mut html = String::from("<div class=\"hosts\">\n");
    for host in &repo.hosts {
        let name = &host.about.name;
        let inside = if host.has(lesson) {
            content(host)?
        } else {
            format!("<p class=\"skipped\">{name} has no program for this lesson yet.</p>\n")
        };
        html += &format!(
            "<section class=\"host\" data-host=\"{}\" data-name=\"{name}\">\n<p class=\"host-name\">{name}</p>\n\n{inside}\n</section>\n",
            host.id
        );
    }
    Ok(html + "</div>\n")
}

fn snippet(repo: &Repo, host: &Host, lesson: &Lesson, anchor: &str) -> Result<String, String> {
    let (file, text) = included(&find(repo, host, lesson, anchor)?, Some(anchor))?;
    Ok(format!(
        "{}```{}\n{text}```\n\n",
        caption(&repo.shown(&file)),
        host.about.fence
    ))
}

/// The one file with this anchor: in the lesson's programs, else in what the lessons share.
fn find(repo: &Repo, host: &Host, lesson: &Lesson, anchor: &str) -> Result<PathBuf, String> {
    let programs = host.programs(lesson);
    let lessons = host.dir.join("lessons");
    let mut found = with_anchor(repo, &programs, anchor, None);
    if found.is_empty() {
        found = with_anchor(repo, &host.dir, anchor, Some(&lessons));
    }
    match &found[..] {
        [file] => Ok(file.clone()),
        [] => Err(format!(
            "no file of {} has `ANCHOR: {anchor}`: looked in {} and in {}",
            host.about.name,
            repo.shown(&programs),
            repo.shown(&host.dir)
        )),
        several => Err(format!(
            "`ANCHOR: {anchor}` stands in more than one file of {}: {}",
            host.about.name,
            several
                .iter()
                .map(|file| repo.shown(file))
                .collect::<Vec<_>>()
                .join(", ")
        )),
    }
}

fn with_anchor(repo: &Repo, dir: &Path, anchor: &str, except: Option<&Path>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if Some(path.as_path()) != except && name != "expected" && repo.holds_sources(&name) {
                found.extend(with_anchor(repo, &path, anchor, except));
            }
        } else if fs::read_to_string(&path).is_ok_and(|text| anchored(&text, anchor).is_some()) {
            found.push(path);
        }
    }
    found.sort();
    found
}
