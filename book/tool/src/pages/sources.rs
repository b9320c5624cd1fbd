//! The first pass: what a page's author wrote becomes includes and commands.
//!
//! What a page includes is set to the left; a fence gets the file's name above it. The directives
//! are those of [`super::directives`].

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    iter::Peekable,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use regex::Regex;

use super::{
    Page, Problem, cards,
    commit::Commit,
    counting,
    directives::{Callout, Directive},
    hosts::Hosts,
    links,
    markdown::{headings, line_as_html},
    mentions,
    minutes::minutes,
    snippets::Snippet,
    specification, synonyms,
};
use crate::repo::{Lesson, Repo};

/// Languages of which a page may hold typed blocks; all other blocks include a file or run a command.
const TYPED: [&str; 2] = ["sh", "text"];

/// What a fold is called whose question stands above it.
const SHOW: &str = "Show what happens";

static INCLUDE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\{\{#include ([^:}\s]+)(?::([^}\s]*))?\}\}$").expect("a regex"));
static COMMAND: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<!-- *cmdrun (.*?) *-->").expect("a regex"));

/// What all pages are made from.
pub struct Sources<'a> {
    repo: &'a Repo,
    /// As they were written, by their paths.
    pages: &'a BTreeMap<PathBuf, String>,
    hosts: Hosts<'a>,
    synonyms: synonyms::Synonyms,
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
        links::check(page, text, self.pages, problems);
        counting::check(page, text, problems);
        let text = mentions::linked(self.repo, page, text, problems);
        let lesson = self.repo.lessons.iter().find(|lesson| page.is_of(lesson));
        let mut expander = Expander {
            sources: self,
            page,
            lesson,
            problems,
            ids: BTreeSet::new(),
            prediction: None,
            has_next: false,
            out: String::new(),
        };
        expander.page(&text);
        expander.out
    }

    fn minutes(&self, page: &Page, lesson: &Lesson) -> usize {
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

    fn card(&self, page: &Page, lesson: &Lesson) -> String {
        cards::card(lesson, self.text(lesson), self.minutes(page, lesson))
    }
}

/// A question whose output is being read.
struct Prediction {
    line: usize,
    has_output: bool,
}

struct Expander<'a> {
    sources: &'a Sources<'a>,
    page: &'a Page,
    lesson: Option<&'a Lesson>,
    problems: &'a mut Vec<Problem>,
    /// Of the groups of cards on this page.
    ids: BTreeSet<String>,
    prediction: Option<Prediction>,
    has_next: bool,
    out: String,
}

impl Expander<'_> {
    fn page(&mut self, text: &str) {
        let headings: BTreeMap<usize, String> = headings(text)
            .into_iter()
            .map(|heading| {
                (
                    links::line_of(text, heading.end.saturating_sub(1)),
                    heading.id,
                )
            })
            .collect();
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
                None => match Directive::read(line) {
                    Some(Ok(directive)) => {
                        self.directive(directive, number, &mut lines);
                        continue;
                    }
                    Some(Err(reason)) => {
                        self.problem(number, reason);
                        continue;
                    }
                    None => self.notice_output(line),
                },
            }
            if let Some((path, anchor)) = include(line) {
                match Snippet::read(&self.page.dir.join(path), anchor, None) {
                    Ok(snippet) => self.out += &snippet.text,
                    Err(reason) => self.problem(number, reason),
                }
                continue;
            }
            self.out += &marked(line, number);
            self.out.push('\n');
            if let Some(id) = headings.get(&number) {
                // The name for the sidebar belongs to the line above it.
                while let Some((short, _)) = lines.next_if(|(line, _)| line.starts_with("<!--")) {
                    self.out += short;
                    self.out.push('\n');
                }
                let is_title = line.starts_with("# ");
                self.out += &self.sources.synonyms.of(&self.page.path, id, is_title);
                if let (Some(lesson), true) = (self.lesson, is_title) {
                    self.out += &duration(self.sources.minutes(self.page, lesson));
                }
            }
        }
        self.end(text.lines().count());
    }

    /// What may be missing when the page is over.
    fn end(&mut self, last: usize) {
        if let Some(prediction) = self.prediction.take() {
            self.problem(prediction.line, "this {{#predict}} has no {{/predict}}");
        }
        let next = self
            .lesson
            .and_then(|lesson| self.sources.repo.after(lesson));
        if let (Some(next), false) = (next, self.has_next) {
            self.problem(
                last,
                format!(
                    "a lesson ends with {{{{#next}}}}, the card of lesson {}",
                    next.number
                ),
            );
        }
    }

    fn open_fence(&mut self, language: &str, first: &str, number: usize) {
        if let Some((path, anchor)) = include(first) {
            // A file that does not exist is reported where it is included.
            if let Ok(snippet) = Snippet::read(&self.page.dir.join(path), anchor, None) {
                self.out += &self.sources.hosts.caption(&snippet);
            }
        } else if !first.contains("<!-- cmdrun") && !TYPED.contains(&language.trim()) {
            self.problem(number, format!("a block of `{language}` is typed: include it from a file, or run the command that prints it"));
        }
    }

    /// A command on a line of its own prints an output.
    fn notice_output(&mut self, line: &str) {
        if line.starts_with("<!-- cmdrun ")
            && line.trim_end().ends_with("-->")
            && let Some(prediction) = &mut self.prediction
        {
            prediction.has_output = true;
        }
    }

    fn directive<'t>(
        &mut self,
        directive: Directive<'t>,
        number: usize,
        lines: &mut Peekable<impl Iterator<Item = (&'t str, usize)>>,
    ) {
        if let Err(reason) = self.write(directive, number, lines) {
            self.problem(number, reason);
        }
    }

    fn write<'t>(
        &mut self,
        directive: Directive<'t>,
        number: usize,
        lines: &mut Peekable<impl Iterator<Item = (&'t str, usize)>>,
    ) -> Result<(), String> {
        let sources = self.sources;
        let hosts = &sources.hosts;
        match directive {
            Directive::Hosts(anchor) => {
                let made = hosts.step(self.lesson()?, anchor)?;
                self.once(&format!("step-{anchor}"))?;
                self.out += &made;
            }
            Directive::Case(case) => {
                let made = hosts.case(self.lesson()?, case, number)?;
                self.once(&format!("case-{case}"))?;
                self.shows_output();
                self.out += &made;
            }
            Directive::Run => {
                let made = hosts.run(self.lesson()?, number);
                self.once("program")?;
                if self.prediction.is_none() {
                    return Err("{{#run}} shows an output before anyone could say what it will be: put it between {{#predict …}} and {{/predict}}".into());
                }
                self.shows_output();
                self.out += &made;
            }
            Directive::Predict(question) => {
                if self.prediction.is_some() {
                    return Err("a {{#predict}} inside of another".into());
                }
                self.prediction = Some(Prediction {
                    line: number,
                    has_output: false,
                });
                self.out += &format!(
                    "<div class=\"prediction\">\n<p class=\"question\">{}</p>\n<details class=\"predict\"><summary>{SHOW}</summary>\n\n",
                    marked(&line_as_html(question), number)
                );
            }
            Directive::EndPredict => match self.prediction.take() {
                None => return Err("there is no {{#predict}} before this {{/predict}}".into()),
                Some(Prediction { line, has_output }) => {
                    if !has_output {
                        self.problem(line, "this prediction shows no output: {{#run}}, {{#case …}} or a command belongs before {{/predict}}");
                    }
                    self.out += "\n</details>\n</div>\n";
                }
            },
            Directive::Snippets(file) => self.snippets(file, lines)?,
            Directive::EndSnippets => {
                return Err("there is no {{#snippets}} before this {{/snippets}}".into());
            }
            Directive::Columns(name) => {
                let mut table = Vec::new();
                while let Some((line, _)) = lines.next_if(|(line, _)| line.starts_with('|')) {
                    table.push(line);
                }
                let table =
                    specification::with_columns(sources.repo, self.lesson()?, name, &table)?;
                self.out += &table;
            }
            Directive::Lessons => {
                let lessons = sources.repo.lessons.iter();
                let cards: Vec<_> = lessons
                    .clone()
                    .map(|lesson| sources.card(self.page, lesson))
                    .collect();
                let minutes = lessons
                    .map(|lesson| sources.minutes(self.page, lesson))
                    .sum();
                self.out += &cards::list(&cards, minutes);
            }
            Directive::Next => {
                let next = sources.repo.after(self.lesson()?);
                let next = next.ok_or("this is the last lesson: there is no next one")?;
                self.has_next = true;
                self.out += &cards::next(&sources.card(self.page, next));
            }
            Directive::Errors => self.out += &links::errors(sources.pages),
            Directive::Specification => {
                self.out += &specification::table(sources.repo, hosts, sources.pages);
            }
        }
        Ok(())
    }

    /// Reads callouts to their end and puts them, as a list, above a card with their snippets.
    fn snippets<'t>(
        &mut self,
        file: Option<(&str, &str)>,
        lines: &mut Peekable<impl Iterator<Item = (&'t str, usize)>>,
    ) -> Result<(), String> {
        let mut anchors = Vec::new();
        let mut list = String::new();
        loop {
            let Some((line, at)) = lines.next() else {
                return Err("this {{#snippets}} has no {{/snippets}}".into());
            };
            if line.trim_end() == "{{/snippets}}" {
                break;
            }
            if line.is_empty() {
                continue;
            }
            match Callout::read(line, anchors.len() + 1) {
                Ok(callout) => {
                    anchors.push(callout.anchor);
                    list += &format!("{}. {}\n", anchors.len(), marked(callout.sentence, at));
                }
                Err(reason) => {
                    self.problem(at, reason);
                    return Ok(());
                }
            }
        }
        if anchors.len() < 2 {
            return Err("a card with callouts has two or more: include a single snippet".into());
        }
        let hosts = &self.sources.hosts;
        let card = match file {
            None => {
                let made = hosts.steps(self.lesson()?, &anchors)?;
                self.once(&format!("step-{}", anchors[0]))?;
                made
            }
            Some((fence, path)) => {
                let file = self.page.dir.join(path);
                let snippets = anchors
                    .iter()
                    .map(|anchor| Snippet::read(&file, Some(anchor), None));
                hosts.numbered(&snippets.collect::<Result<Vec<_>, _>>()?, fence)
            }
        };
        self.out += &format!("<div class=\"snippets\">\n\n{list}\n{card}</div>\n");
        Ok(())
    }

    fn shows_output(&mut self) {
        if let Some(prediction) = &mut self.prediction {
            prediction.has_output = true;
        }
    }

    /// Fails where a group of cards with this id is on the page already.
    fn once(&mut self, id: &str) -> Result<(), String> {
        if self.ids.insert(id.to_owned()) {
            return Ok(());
        }
        Err(format!(
            "the page has #{id} already: a link to it could mean either"
        ))
    }

    fn lesson(&self) -> Result<&'_ Lesson, String> {
        self.lesson
            .ok_or_else(|| "this directive needs a page that is named after a lesson".into())
    }

    fn problem(&mut self, line: usize, reason: impl Into<String>) {
        self.problems.push(self.page.problem(line, reason));
    }
}

/// The line with its number in every command, so that a failure can name it.
fn marked(line: &str, number: usize) -> String {
    let marked = COMMAND.replace_all(line, |found: &regex::Captures| {
        format!("<!-- cmdrun {} @{number} -->", &found[1])
    });
    marked.into_owned()
}

/// How long the lesson takes, below its title.
fn duration(minutes: usize) -> String {
    format!(
        "\n<p class=\"minutes\">About {minutes} minutes, in one language. The first run of a command compiles; the next takes seconds.</p>\n"
    )
}

/// The path and the anchor of a line that includes something.
pub fn include(line: &str) -> Option<(&str, Option<&str>)> {
    let found = INCLUDE.captures(line.trim())?;
    Some((
        found.get(1)?.as_str(),
        found.get(2).map(|anchor| anchor.as_str()),
    ))
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
