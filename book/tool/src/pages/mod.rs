//! The two passes that mdbook runs over the pages.
//!
//! *Sources* goes first, on the text as it was written: it puts file names over
//! snippets, spreads a step over the hosts, and checks includes and links.
//! *Outputs* goes last: it executes the commands, through mdbook-cmdrun.
//!
//! Both are strict: every fault of every page is listed with its line, and
//! then the build fails.

mod cards;
mod commit;
mod counting;
mod directives;
mod expander;
mod highlight;
mod hosts;
mod links;
mod markdown;
mod mentions;
mod minutes;
mod outputs;
mod shape;
mod snippets;
mod sources;
mod specification;
mod synonyms;

use std::{
    collections::BTreeMap,
    fmt, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use mdbook_preprocessor::book::{Book, BookItem, Chapter};

use self::commit::Commit;
use crate::{
    cache::{self, Cache},
    repo::{Lesson, Repo},
};

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Pass {
    Sources,
    Outputs,
}

/// A fault on a page: where it is and why it is one.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The page, relative to the repository's root.
    pub page: String,
    /// Counted from 1.
    pub line: usize,
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}", self.page, self.line, self.reason)
    }
}

/// A page being worked on.
pub struct Page {
    /// Relative to the book's `src`, `03-strings.md`.
    pub path: PathBuf,
    /// Relative to the repository's root, `book/src/03-strings.md`.
    pub shown: String,
    /// The folder the page's relative paths start from.
    pub dir: PathBuf,
}

impl Page {
    fn of(repo: &Repo, src: &Path, chapter: &Chapter) -> Option<Page> {
        let path = chapter.source_path.clone()?;
        let file = repo.root.join(src).join(&path);
        Some(Page {
            shown: repo.shown(&file),
            dir: file.parent()?.to_path_buf(),
            path,
        })
    }

    /// Whether this is a lesson's page.
    fn is_of(&self, lesson: &Lesson) -> bool {
        self.path
            .file_stem()
            .is_some_and(|stem| *stem == *lesson.name)
    }

    /// The book's `src`.
    fn root(&self) -> PathBuf {
        let depth = self.path.components().count().saturating_sub(1);
        self.dir
            .ancestors()
            .nth(depth)
            .unwrap_or(&self.dir)
            .to_owned()
    }

    fn problem(&self, line: usize, reason: impl Into<String>) -> Problem {
        Problem {
            page: self.shown.clone(),
            line,
            reason: reason.into(),
        }
    }
}

/// Reads a book from mdbook, does one pass over it, and hands it back.
pub fn preprocess(repo: &Repo, cache: &Cache, pass: Pass) -> Result<()> {
    let (context, mut book) = mdbook_preprocessor::parse_input(io::stdin())
        .context("mdbook sent something unexpected")?;
    let src = context.config.book.src.clone();
    let texts: BTreeMap<PathBuf, String> = book
        .iter()
        .filter_map(|item| match item {
            BookItem::Chapter(chapter) => {
                Some((chapter.source_path.clone()?, chapter.content.clone()))
            }
            _ => None,
        })
        .collect();
    let url = context
        .config
        .get::<String>("output.html.git-repository-url")?;
    let commit = Commit::of(repo, url);
    let mut problems = Vec::new();
    match pass {
        Pass::Sources => {
            let sources = sources::Sources::new(repo, commit.as_ref(), &texts);
            each_page(&mut book, repo, &src, |page, text| {
                sources.expand(page, text, &mut problems)
            });
        }
        Pass::Outputs => {
            let mut outputs = outputs::Outputs::new(repo, cache, commit.as_ref())?;
            let highlighter = highlight::Highlighter::new(cache::dir(repo).join("colours"));
            each_page(&mut book, repo, &src, |page, text| {
                highlighter.page(&outputs.execute(page, text, &mut problems))
            });
            eprintln!("{}", outputs.summary());
        }
    }
    report(problems)?;
    serde_json::to_writer(io::stdout(), &book).context("the book cannot be handed back to mdbook")
}

fn each_page(
    book: &mut Book,
    repo: &Repo,
    src: &Path,
    mut work: impl FnMut(&Page, &str) -> String,
) {
    book.for_each_mut(|item| {
        if let BookItem::Chapter(chapter) = item
            && let Some(page) = Page::of(repo, src, chapter)
        {
            chapter.content = work(&page, &chapter.content);
        }
    });
}

/// Fails if there is any problem, naming all of them.
fn report(mut problems: Vec<Problem>) -> Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    problems.sort();
    for problem in &problems {
        eprintln!("{problem}");
    }
    bail!(
        "{} on the pages",
        if problems.len() == 1 {
            "1 fault".into()
        } else {
            format!("{} faults", problems.len())
        }
    )
}
