//! The directives that a page's author writes, each on a line of its own.
//!
//! | Directive | becomes |
//! |---|---|
//! | `{{#hosts write}}` | the snippet `write` of this lesson in every host |
//! | `{{#case characters}}` | the snippet `characters` and what it prints, in every host |
//! | `{{#run}}` | what the lesson's program prints in every host |
//! | `{{#predict How many?}}` … `{{/predict}}` | a question, and below it a fold with an output |
//! | `{{#snippets}}` … `{{/snippets}}` | several snippets of every host in one card, with callouts |
//! | `{{#snippets rust ../a.rs}}` … `{{/snippets}}` | the same, of one file |
//! | `{{#columns types}}` | a column for every host in the table below |
//! | `{{#lessons}}` | a card for every lesson |
//! | `{{#next}}` | the card of the next lesson |
//! | `{{#errors}}` | links to every heading under "What can go wrong" |
//! | `{{#specification}}` | what a host consists of, lesson by lesson |

use std::sync::LazyLock;

use regex::Regex;

static DIRECTIVE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\{\{([#/])([a-z]+)(?: (.+))?\}\}$").expect("a regex"));
static INCLUDE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\{\{#include ([^:}\s]+)(?::([^}\s]*))?\}\}$").expect("a regex"));
static CALLOUT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\d+)\. ([\w-]+): (\S.*)$").expect("a regex"));

/// What the sentence for an unknown directive lists.
const KNOWN: &str =
    "hosts, case, run, predict, snippets, columns, lessons, next, errors, specification";

#[derive(Debug, PartialEq, Eq)]
pub enum Directive<'t> {
    Hosts(&'t str),
    Case(&'t str),
    Run,
    Predict(&'t str),
    EndPredict,
    /// With the language and the path of a file, or of every host.
    Snippets(Option<(&'t str, &'t str)>),
    EndSnippets,
    Columns(&'t str),
    Lessons,
    Next,
    Errors,
    Specification,
}

impl Directive<'_> {
    /// Reads a line; `None` for one that is not a directive, and for an include.
    pub fn read(line: &str) -> Option<Result<Directive<'_>, String>> {
        let line = line.trim_end();
        let is_one = line.starts_with("{{#") || line.starts_with("{{/");
        if !is_one || line.starts_with("{{#include ") {
            return None;
        }
        let parts = DIRECTIVE.captures(line).and_then(|found| {
            let argument = found.get(3).map(|argument| argument.as_str());
            Some((found.get(1)?.as_str(), found.get(2)?.as_str(), argument))
        });
        Some(match parts {
            Some(("#", "hosts", Some(anchor))) => Ok(Directive::Hosts(anchor)),
            Some(("#", "case", Some(case))) => Ok(Directive::Case(case)),
            Some(("#", "run", None)) => Ok(Directive::Run),
            Some(("#", "predict", Some(question))) => Ok(Directive::Predict(question)),
            Some(("/", "predict", None)) => Ok(Directive::EndPredict),
            Some(("#", "snippets", None)) => Ok(Directive::Snippets(None)),
            Some(("#", "snippets", Some(file))) if file.contains(' ') => {
                Ok(Directive::Snippets(file.split_once(' ')))
            }
            Some(("/", "snippets", None)) => Ok(Directive::EndSnippets),
            Some(("#", "columns", Some(name))) => Ok(Directive::Columns(name)),
            Some(("#", "lessons", None)) => Ok(Directive::Lessons),
            Some(("#", "next", None)) => Ok(Directive::Next),
            Some(("#", "errors", None)) => Ok(Directive::Errors),
            Some(("#", "specification", None)) => Ok(Directive::Specification),
            _ => Err(format!(
                "`{line}` is not a directive as it is written: there are {KNOWN}, and in a block, include"
            )),
        })
    }
}

impl Directive<'_> {
    /// The id of the group of cards that it becomes; behind a hyphen, a host's id is its own card.
    pub fn id(&self) -> Option<String> {
        match self {
            Directive::Hosts(anchor) => Some(format!("step-{anchor}")),
            Directive::Case(case) => Some(format!("case-{case}")),
            Directive::Run => Some("program".into()),
            _ => None,
        }
    }
}

/// A line between `{{#snippets}}` and `{{/snippets}}`: `1. alloc: It hands out room.`
#[derive(Debug, PartialEq, Eq)]
pub struct Callout<'t> {
    pub anchor: &'t str,
    pub sentence: &'t str,
}

impl Callout<'_> {
    /// Reads the line that must have this number.
    pub fn read(line: &str, expected: usize) -> Result<Callout<'_>, String> {
        let Some(found) = CALLOUT.captures(line.trim_end()) else {
            return Err(format!(
                "`{line}` is not a callout: expected is `{expected}. anchor: a sentence`"
            ));
        };
        if found[1].parse() != Ok(expected) {
            return Err(format!(
                "the callout {} must be {expected}: the code is numbered in this order",
                &found[1]
            ));
        }
        Ok(Callout {
            anchor: found.get(2).map_or("", |anchor| anchor.as_str()),
            sentence: found.get(3).map_or("", |sentence| sentence.as_str()),
        })
    }
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

    #[test]
    fn directives_are_read_with_their_arguments() {
        for (line, directive) in [
            ("{{#hosts write}}", Directive::Hosts("write")),
            ("{{#run}}  ", Directive::Run),
            (
                "{{#predict What is `{}` and why?}}",
                Directive::Predict("What is `{}` and why?"),
            ),
            ("{{/predict}}", Directive::EndPredict),
            ("{{#snippets}}", Directive::Snippets(None)),
            (
                "{{#snippets rust ../a.rs}}",
                Directive::Snippets(Some(("rust", "../a.rs"))),
            ),
        ] {
            assert_eq!(Directive::read(line), Some(Ok(directive)), "{line}");
        }
    }

    #[test]
    fn a_directive_that_does_not_exist_or_lacks_its_argument_is_a_fault() {
        for line in [
            "{{#ran}}",
            "{{#hosts}}",
            "{{#run now}}",
            "{{#predict}}",
            "{{/run}}",
            "{{# run}}",
            "{{#snippets a.rs}}",
        ] {
            assert!(
                matches!(Directive::read(line), Some(Err(reason)) if reason.contains("there are hosts, case")),
                "{line}"
            );
        }
        assert_eq!(Directive::read("text {{#run}}"), None);
        assert_eq!(Directive::read("{{#include a.rs}}"), None);
    }

    #[test]
    fn a_callout_has_a_number_an_anchor_and_a_sentence() {
        assert_eq!(
            Callout::read("2. into-raw: The host owns it: `x`.", 2),
            Ok(Callout {
                anchor: "into-raw",
                sentence: "The host owns it: `x`."
            })
        );
        for line in ["alloc: a", "1. alloc", "1. alloc:", "text"] {
            assert!(Callout::read(line, 1).is_err(), "{line}");
        }
        assert_eq!(
            Callout::read("3. alloc: a", 2),
            Err("the callout 3 must be 2: the code is numbered in this order".into())
        );
    }
}
