//! Goes through one page: a fence gets the name of its file above it, what it includes is set to
//! the left, and every directive becomes what [`super::directives`] says.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter::Peekable,
    sync::LazyLock,
};

use regex::Regex;

use super::{
    Page, Problem, cards,
    directives::{Callout, Directive, include},
    links,
    markdown::{headings, line_as_html},
    snippets::Snippet,
    sources::Sources,
    specification,
};
use crate::repo::Lesson;

/// Languages of which a page may hold typed blocks; all other blocks include a file or run a command.
const TYPED: [&str; 2] = ["sh", "text"];

/// What a fold is called whose question stands above it.
const SHOW: &str = "Show what happens";

static COMMAND: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<!-- *cmdrun (.*?) *-->").expect("a regex"));

/// A question whose output is being read.
struct Prediction {
    line: usize,
    has_output: bool,
}

/// A page that is being gone through, line by line.
pub struct Expander<'a> {
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

impl<'a> Expander<'a> {
    pub fn new(
        sources: &'a Sources<'a>,
        page: &'a Page,
        problems: &'a mut Vec<Problem>,
    ) -> Expander<'a> {
        let mut lessons = sources.repo.lessons.iter();
        Expander {
            sources,
            page,
            lesson: lessons.find(|lesson| page.is_of(lesson)),
            problems,
            ids: BTreeSet::new(),
            prediction: None,
            has_next: false,
            out: String::new(),
        }
    }

    /// What becomes of the page's text.
    pub fn page(mut self, text: &str) -> String {
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
        self.out
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
        if let Some(id) = directive.id() {
            self.once(&id)?;
        }
        match directive {
            Directive::Hosts(anchor) => {
                let made = hosts.step(self.lesson()?, anchor)?;
                self.out += &made;
            }
            Directive::Case(case) => {
                let made = hosts.case(self.lesson()?, case, number)?;
                self.shows_output();
                self.out += &made;
            }
            Directive::Run => {
                let made = hosts.run(self.lesson()?, number);
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
                if let Some(id) = Directive::Hosts(anchors[0]).id() {
                    self.once(&id)?;
                }
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
