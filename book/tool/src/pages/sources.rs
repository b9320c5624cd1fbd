//! The first pass: what a page's author wrote becomes includes and commands. This holds what all
//! pages are made from; [`super::expander`] goes through one page.

use std::{
    cell::OnceCell,
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use super::{
    Page, Problem, cards, commit::Commit, counting, expander::Expander, hosts::Hosts, links,
    mentions, minutes::minutes, shape, synonyms,
};
use crate::repo::{Lesson, Repo};

/// What all pages are made from.
pub struct Sources<'a> {
    pub repo: &'a Repo,
    /// As they were written, by their paths.
    pub pages: &'a BTreeMap<PathBuf, String>,
    pub hosts: Hosts<'a>,
    pub synonyms: synonyms::Synonyms,
    /// How long each lesson takes, once a page has asked.
    minutes: OnceCell<Vec<usize>>,
}

impl<'a> Sources<'a> {
    pub fn new(
        repo: &'a Repo,
        commit: Option<&'a Commit>,
        pages: &'a BTreeMap<PathBuf, String>,
    ) -> Sources<'a> {
        Sources {
            repo,
            pages,
            hosts: Hosts::new(repo, commit),
            synonyms: synonyms::of(pages),
            minutes: OnceCell::new(),
        }
    }

    /// Expands one page and checks what it refers to.
    pub fn expand(&self, page: &Page, text: &str, problems: &mut Vec<Problem>) -> String {
        links::check(&self.repo.hosts, page, text, self.pages, problems);
        counting::check(page, text, problems);
        let text = mentions::linked(self.repo, page, text, problems);
        shape::shaped(&Expander::new(self, page, problems).page(&text))
    }

    /// How long a lesson takes.
    pub fn minutes(&self, page: &Page, lesson: &Lesson) -> usize {
        let all = self.minutes.get_or_init(|| {
            let lessons = self.repo.lessons.iter();
            let dir = page.root();
            lessons
                .map(|lesson| minutes(self.repo, &self.hosts, lesson, &dir, self.text(lesson)))
                .collect()
        });
        let index = self
            .repo
            .lessons
            .iter()
            .position(|known| known.number == lesson.number);
        index.and_then(|index| all.get(index)).copied().unwrap_or(0)
    }

    /// A lesson's page; empty where it has none.
    fn text(&self, lesson: &Lesson) -> &str {
        let page = self.pages.get(Path::new(&format!("{}.md", lesson.name)));
        page.map_or("", String::as_str)
    }

    /// The card that leads to a lesson.
    pub fn card(&self, page: &Page, lesson: &Lesson) -> String {
        cards::card(lesson, self.text(lesson), self.minutes(page, lesson))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::example;

    fn expanded(text: &str) -> (String, Vec<String>) {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let page = Page {
            path: "page.md".into(),
            shown: "book/src/page.md".into(),
            dir: here.to_path_buf(),
        };
        let pages = [("page.md".into(), text.to_owned())].into();
        let mut problems = Vec::new();
        let repo = example(&[]);
        let out = Sources::new(&repo, None, &pages).expand(&page, text, &mut problems);
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
                "book/src/page.md:2: `{{#ran}}` is not a directive as it is written: there are hosts, case, run, predict, snippets, columns, lessons, next, errors, specification, and in a block, include"
            ]
        );
    }

    #[test]
    fn a_directive_outside_a_lesson_is_a_fault() {
        let (_, problems) = expanded("{{#run}}\n");
        assert_eq!(
            problems,
            ["book/src/page.md:1: this directive needs a page that is named after a lesson"]
        );
    }

    #[test]
    fn commands_carry_their_line() {
        let (out, _) = expanded("one\n\n<!-- cmdrun -0 book ledger -->\n");
        assert!(out.contains("<!-- cmdrun -0 book ledger @3 -->"), "{out}");
    }
}
