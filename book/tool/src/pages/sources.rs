//! The first pass: what a page's author wrote becomes includes and commands.
//!
//! | On a line of its own | becomes |
//! |---|---|
//! | `{{#hosts write}}` | the snippet `write` of this lesson's program in every host |
//! | `{{#case characters}}` | the snippet `characters` and what it prints, in every host |
//! | `{{#run}}` | what the lesson's program prints in every host |
//! | `{{#errors}}` | links to every heading under "What can go wrong" |
//!
//! What a page includes is set to the left; a fence gets the file's name above it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use regex::Regex;

use super::{Page, Problem, hosts, links};
use crate::repo::{Lesson, Repo};

/// Languages of which a page may hold typed blocks; all other blocks include a file or run a command.
const TYPED: [&str; 2] = ["sh", "text"];

static INCLUDE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\{\{#include ([^:}\s]+)(?::([^}\s]*))?\}\}$").expect("a regex"));
static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\{\{#(hosts|case|run|errors)(?: ([^}]*))?\}\}$").expect("a regex")
});
static COMMAND: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<!-- *cmdrun (.*?) *-->").expect("a regex"));

/// Expands one page and checks what it refers to.
pub fn expand(
    repo: &Repo,
    page: &Page,
    text: &str,
    pages: &BTreeMap<PathBuf, String>,
    problems: &mut Vec<Problem>,
) -> String {
    links::check(page, text, pages, problems);
    let lesson = page
        .path
        .file_stem()
        .and_then(|stem| repo.lesson(stem.to_str()?).ok());
    let mut expander = Expander {
        repo,
        page,
        lesson,
        pages,
        problems,
        out: String::new(),
    };
    expander.lines(text);
    expander.out
}

struct Expander<'a> {
    repo: &'a Repo,
    page: &'a Page,
    lesson: Option<&'a Lesson>,
    pages: &'a BTreeMap<PathBuf, String>,
    problems: &'a mut Vec<Problem>,
    out: String,
}

impl Expander<'_> {
    fn lines(&mut self, text: &str) {
        let mut fence: Option<&str> = None;
        let mut lines = text.lines().zip(1..).peekable();
        while let Some((line, number)) = lines.next() {
            let trimmed = line.trim_start();
            let ticks = &trimmed[..trimmed.len() - trimmed.trim_start_matches(['`', '~']).len()];
            match fence {
                Some(open) if ticks.starts_with(open) && trimmed.trim_end() == ticks => {
                    fence = None
                }
                Some(_) => {}
                None if ticks.len() >= 3 => {
                    fence = Some(ticks);
                    let first = lines.peek().map_or("", |(line, _)| line);
                    self.open_fence(trimmed.trim_start_matches(['`', '~']), first, number);
                }
                None => {
                    if let Some(found) = DIRECTIVE.captures(line.trim_end()) {
                        let argument = found.get(2).map_or("", |argument| argument.as_str());
                        self.directive(&found[1], argument, number);
                        continue;
                    }
                }
            }
            if let Some((path, anchor)) = include(line) {
                match included(&self.page.dir.join(path), anchor) {
                    Ok((_, part)) => self.out += &part,
                    Err(reason) => self.problem(number, reason),
                }
                continue;
            }
            if fence.is_none() && line.starts_with("{{#") {
                self.problem(number, format!("`{line}` is none of the directives: hosts, case, run, errors, and in a block, include"));
                continue;
            }
            // The line's number travels with the command, so that a failure can name it.
            let marked = COMMAND.replace_all(line, |found: &regex::Captures| {
                format!("<!-- cmdrun {} @{number} -->", &found[1])
            });
            self.out += &marked;
            self.out.push('\n');
            if let (Some(lesson), true) = (self.lesson, fence.is_none() && line.starts_with("# ")) {
                self.out += &duration(lesson);
            }
        }
    }

    fn open_fence(&mut self, language: &str, first: &str, number: usize) {
        if let Some((path, _)) = include(first) {
            // A file that does not exist is reported where it is included.
            if let Ok(file) = self.page.dir.join(path).canonicalize() {
                self.out += &caption(&self.repo.shown(&file));
            }
        } else if !first.contains("<!-- cmdrun") && !TYPED.contains(&language.trim()) {
            self.problem(number, format!("a block of `{language}` is typed: include it from a file, or run the command that prints it"));
        }
    }

    fn directive(&mut self, name: &str, argument: &str, number: usize) {
        if name == "errors" {
            self.out += &links::errors(self.pages);
            return;
        }
        let Some(lesson) = self.lesson else {
            self.problem(
                number,
                format!("{{{{#{name}}}}} stands on a page that is not named after a lesson"),
            );
            return;
        };
        let made = match name {
            "hosts" => hosts::snippets(self.repo, lesson, argument),
            "case" => hosts::case(self.repo, lesson, argument, number),
            _ => Ok(hosts::run(self.repo, lesson, number)),
        };
        match made {
            Ok(text) => self.out += &text,
            Err(reason) => self.problem(number, reason),
        }
    }

    fn problem(&mut self, line: usize, reason: impl Into<String>) {
        self.problems.push(self.page.problem(line, reason));
    }
}

/// How long the lesson takes, below its title.
fn duration(lesson: &Lesson) -> String {
    let minutes = lesson.about.minutes;
    format!(
        "\n<p class=\"minutes\">About {minutes} minutes, in one language. The first run of a command compiles; the next takes seconds.</p>\n"
    )
}

/// The name of a file, above what is included from it.
pub fn caption(file: &str) -> String {
    format!("<p class=\"file\">{file}</p>\n\n")
}

/// The path and the anchor of a line that includes something.
fn include(line: &str) -> Option<(&str, Option<&str>)> {
    let found = INCLUDE.captures(line.trim())?;
    Some((
        found.get(1)?.as_str(),
        found.get(2).map(|anchor| anchor.as_str()),
    ))
}

/// A file and the part of it that a page includes: set to the left, without the anchors' own lines.
pub fn included(file: &Path, anchor: Option<&str>) -> Result<(PathBuf, String), String> {
    let file = file
        .canonicalize()
        .map_err(|_| format!("the included file {} does not exist", file.display()))?;
    let text = fs::read_to_string(&file)
        .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let part = match anchor {
        None => Some(text.as_str()),
        Some(anchor) => anchored(&text, anchor).filter(|part| !part.trim().is_empty()),
    };
    match (part, anchor) {
        (Some(part), _) => Ok((file, set_left(part))),
        (None, anchor) => {
            let anchor = anchor.unwrap_or_default();
            Err(format!(
                "{} has no text between `ANCHOR: {anchor}` and `ANCHOR_END: {anchor}`",
                file.display()
            ))
        }
    }
}

/// The text without the indentation that all of its lines share.
fn set_left(text: &str) -> String {
    let lines = || {
        text.trim_matches('\n')
            .lines()
            .filter(|line| !line.contains("ANCHOR"))
    };
    let indents = lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len());
    let shared = indents.min().unwrap_or(0);
    lines()
        .map(|line| line.get(shared..).unwrap_or("").to_owned() + "\n")
        .collect()
}

/// The text between an anchor's two marks, each at the end of a line.
pub fn anchored<'t>(text: &'t str, anchor: &str) -> Option<&'t str> {
    let is_mark = |line: &str, kind: &str| {
        line.trim_end()
            .strip_suffix(anchor)
            .is_some_and(|before| before.trim_end_matches(' ').ends_with(kind))
    };
    let mut start = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        match start {
            None if is_mark(line, "ANCHOR:") => start = Some(offset + line.len()),
            Some(start) if is_mark(line, "ANCHOR_END:") => return text.get(start..offset),
            _ => {}
        }
        offset += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repo() -> Repo {
        Repo {
            root: "/nowhere".into(),
            target: "/nowhere/target".into(),
            lessons: vec![],
            hosts: vec![],
        }
    }

    fn expanded(text: &str) -> (String, Vec<String>) {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let page = Page {
            path: "page.md".into(),
            shown: "book/src/page.md".into(),
            dir: here.to_path_buf(),
        };
        let pages = [("page.md".into(), text.to_owned())].into();
        let mut problems = Vec::new();
        let out = expand(&repo(), &page, text, &pages, &mut problems);
        (out, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn an_include_gets_its_file_name() {
        let (out, problems) = expanded("```toml\n{{#include Cargo.toml}}\n```\n");
        assert_eq!(problems, Vec::<String>::new());
        assert!(
            out.starts_with("<p class=\"file\">") && out.contains("Cargo.toml</p>\n\n```toml"),
            "{out}"
        );
    }

    #[test]
    fn a_missing_file_is_named_with_its_line() {
        let (_, problems) = expanded("text\n\n```rust\n{{#include src/gone.rs}}\n```\n");
        assert_eq!(problems.len(), 1);
        assert!(
            problems[0].starts_with("book/src/page.md:4: the included file ")
                && problems[0].contains("gone.rs"),
            "{problems:?}"
        );
    }

    #[test]
    fn a_missing_anchor_is_named_with_its_line() {
        let (_, problems) = expanded("```rust\n{{#include src/main.rs:no-such-anchor}}\n```\n");
        assert_eq!(problems.len(), 1);
        assert!(
            problems[0].starts_with("book/src/page.md:2: ")
                && problems[0].contains("ANCHOR: no-such-anchor"),
            "{problems:?}"
        );
    }

    #[test]
    fn a_typed_block_of_code_or_output_is_a_fault_and_a_typed_command_is_not() {
        let (_, problems) = expanded("```console\n$ true\n```\n\n```sh\njust test\n```\n");
        assert_eq!(
            problems,
            [
                "book/src/page.md:1: a block of `console` is typed: include it from a file, or run the command that prints it"
            ]
        );
    }

    #[test]
    fn a_directive_that_does_not_exist_is_a_fault_with_its_line() {
        let (_, problems) = expanded("one\n{{#ran}}\n");
        assert_eq!(
            problems,
            [
                "book/src/page.md:2: `{{#ran}}` is none of the directives: hosts, case, run, errors, and in a block, include"
            ]
        );
    }

    #[test]
    fn a_directive_outside_a_lesson_is_a_fault() {
        let (_, problems) = expanded("{{#run}}\n");
        assert_eq!(
            problems,
            ["book/src/page.md:1: {{#run}} stands on a page that is not named after a lesson"]
        );
    }

    #[test]
    fn commands_carry_their_line() {
        let (out, _) = expanded("one\n\n<!-- cmdrun -0 book ledger -->\n");
        assert!(out.contains("<!-- cmdrun -0 book ledger @3 -->"), "{out}");
    }

    #[test]
    fn a_snippet_is_set_to_the_left() {
        assert_eq!(
            set_left("\n    a {\n\n        b\n    // ANCHOR: x\n    }\n"),
            "a {\n\n    b\n}\n"
        );
    }

    #[test]
    fn an_anchor_is_found_whole() {
        let text = "// ANCHOR: a\none\n// ANCHOR_END: a\n// ANCHOR: ab\ntwo\n// ANCHOR_END: ab\n";
        assert_eq!(anchored(text, "a"), Some("one\n"));
        assert_eq!(anchored(text, "ab"), Some("two\n"));
        assert_eq!(anchored(text, "b"), None);
    }
}
