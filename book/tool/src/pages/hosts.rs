//! One step, side by side in every host.
//!
//! The HTML is readable as it stands, one host after the other; a script makes
//! tabs of it. Each card has an id that does not depend on its place on the page.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    rc::Rc,
};

use super::{
    commit::{Commit, caption},
    directives::Directive,
    snippets::{Snippet, anchored},
};
use crate::repo::{Host, Lesson, Repo};

/// A host's sources: each file's path and text.
type Files = Rc<Vec<(PathBuf, String)>>;

/// The hosts, and their sources once a page has asked for them.
pub struct Hosts<'r> {
    repo: &'r Repo,
    commit: Option<&'r Commit>,
    files: RefCell<BTreeMap<String, Files>>,
}

impl<'r> Hosts<'r> {
    pub fn new(repo: &'r Repo, commit: Option<&'r Commit>) -> Hosts<'r> {
        Hosts {
            repo,
            commit,
            files: RefCell::default(),
        }
    }

    /// The snippet between an anchor's marks, in every host.
    pub fn step(&self, lesson: &Lesson, anchor: &str) -> Result<String, String> {
        self.panels(lesson, Directive::Hosts(anchor), |host| {
            Ok(self.block(&self.snippet(host, lesson, anchor)?, &host.about.fence))
        })
    }

    /// Several snippets in one card, numbered from 1, in every host.
    pub fn steps(&self, lesson: &Lesson, anchors: &[&str]) -> Result<String, String> {
        let first = anchors.first().copied().unwrap_or_default();
        self.panels(lesson, Directive::Hosts(first), |host| {
            let snippets = anchors
                .iter()
                .map(|anchor| self.snippet(host, lesson, anchor));
            let snippets = snippets.collect::<Result<Vec<_>, _>>()?;
            Ok(self.numbered(&snippets, &host.about.fence))
        })
    }

    /// What goes wrong and what it prints, in every host.
    pub fn case(&self, lesson: &Lesson, case: &str, line: usize) -> Result<String, String> {
        if !lesson.about.cases.iter().any(|known| known == case) {
            return Err(format!(
                "lesson {} has no case {case:?}: its manifest names {:?}",
                lesson.number, lesson.about.cases
            ));
        }
        self.panels(lesson, Directive::Case(case), |host| {
            if let Some(sentence) = host.cannot(lesson, case) {
                return Ok(skipped(&sentence));
            }
            let snippet = self.snippet(host, lesson, case)?;
            Ok(self.block(&snippet, &host.about.fence)
                + &command(&format!("{} {} {case}", lesson.number, host.id), line))
        })
    }

    /// What the lesson's program prints, in every host.
    pub fn run(&self, lesson: &Lesson, line: usize) -> String {
        let made = self.panels(lesson, Directive::Run, |host| {
            Ok(command(&format!("{} {}", lesson.number, host.id), line))
        });
        made.expect("a command needs no file")
    }

    /// Several snippets under the name of their file, each with its number.
    pub fn numbered(&self, snippets: &[Snippet], fence: &str) -> String {
        let mut html = String::new();
        let mut file = None;
        for (number, snippet) in (1..).zip(snippets) {
            if file != Some(&snippet.file) {
                if file.is_some() {
                    html += "</div>\n\n";
                }
                html += &self.caption(snippet);
                html += "<div class=\"callouts\">\n\n";
                file = Some(&snippet.file);
            }
            html += &format!("<p class=\"callout\">{number}</p>\n\n");
            html += &format!("```{fence}\n{}```\n\n", snippet.text);
        }
        html + "</div>\n\n"
    }

    pub fn caption(&self, snippet: &Snippet) -> String {
        let file = self.repo.shown(&snippet.file);
        caption(self.commit, &file, snippet.lines.as_ref())
    }

    fn block(&self, snippet: &Snippet, fence: &str) -> String {
        format!(
            "{}```{fence}\n{}```\n\n",
            self.caption(snippet),
            snippet.text
        )
    }

    fn panels(
        &self,
        lesson: &Lesson,
        group: Directive,
        content: impl Fn(&Host) -> Result<String, String>,
    ) -> Result<String, String> {
        let id = group.id().unwrap_or_default();
        let mut html = format!("<div class=\"hosts\" id=\"{id}\">\n");
        for host in &self.repo.hosts {
            let name = &host.about.name;
            let inside = if host.has(lesson) {
                content(host)?
            } else {
                skipped(&format!("{name} has no program for this lesson yet."))
            };
            let own = format!("{id}-{}", host.id);
            html += &format!(
                "<section class=\"host\" id=\"{own}\" data-host=\"{}\" data-name=\"{name}\">\n\
                 <p class=\"host-name\">{name}</p>\n\
                 <a class=\"permalink\" href=\"#{own}\" aria-label=\"Link to this in {name}\"><i class=\"fas fa-link\"></i></a>\n\n\
                 {inside}\n</section>\n",
                host.id
            );
        }
        Ok(html + "</div>\n")
    }

    /// An anchor's snippet in one host.
    pub fn snippet(&self, host: &Host, lesson: &Lesson, anchor: &str) -> Result<Snippet, String> {
        let (file, text) = self.find(host, lesson, anchor)?;
        Snippet::of(&file, &text, Some(anchor), host.hidden.as_ref())
    }

    /// The one file with this anchor: in the lesson's programs, else in what the lessons share.
    fn find(
        &self,
        host: &Host,
        lesson: &Lesson,
        anchor: &str,
    ) -> Result<(PathBuf, String), String> {
        let programs = host.programs(lesson);
        let lessons = host.dir.join("lessons");
        let files = self.files(host);
        let with_anchor = |below: &dyn Fn(&Path) -> bool| -> Vec<&(PathBuf, String)> {
            let mut found = files.iter().collect::<Vec<_>>();
            found.retain(|(path, text)| below(path) && anchored(text, anchor).is_some());
            found
        };
        let mut found = with_anchor(&|path| path.starts_with(&programs));
        if found.is_empty() {
            found = with_anchor(&|path| !path.starts_with(&lessons));
        }
        match &found[..] {
            [file] => Ok((*file).clone()),
            [] => Err(format!(
                "no file of {} has `ANCHOR: {anchor}`: looked in {} and in {}",
                host.about.name,
                self.repo.shown(&programs),
                self.repo.shown(&host.dir)
            )),
            several => Err(format!(
                "`ANCHOR: {anchor}` is in more than one file of {}: {}",
                host.about.name,
                several
                    .iter()
                    .map(|(file, _)| self.repo.shown(file))
                    .collect::<Vec<_>>()
                    .join(", ")
            )),
        }
    }

    fn files(&self, host: &Host) -> Files {
        if let Some(files) = self.files.borrow().get(&host.id) {
            return Rc::clone(files);
        }
        let mut found = Vec::new();
        read(self.repo, &host.dir, &mut found);
        found.sort();
        let found = Rc::new(found);
        self.files
            .borrow_mut()
            .insert(host.id.clone(), Rc::clone(&found));
        found
    }
}

fn command(arguments: &str, line: usize) -> String {
    format!("<!-- cmdrun -0 book lesson {arguments} @{line} -->\n")
}

fn skipped(sentence: &str) -> String {
    format!("<p class=\"skipped\">{sentence}</p>\n")
}

/// Adds the sources at or below `dir`; what a host must print is none.
fn read(repo: &Repo, dir: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "expected" && repo.holds_sources(&name) {
                read(repo, &path, found);
            }
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push((path, text));
        }
    }
}
