//! How long a lesson takes, from what is on its page.

use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{
    directives::{Callout, Directive, include},
    hosts::Hosts,
    markdown::options,
    snippets::Snippet,
};
use crate::repo::{Lesson, Repo};

/// The mean over 190 studies of adults who read non-fiction silently: M. Brysbaert, “How many words
/// do we read per minute?”, Journal of Memory and Language 109 (2019).
const WORDS_A_MINUTE: usize = 238;

/// 500 an hour, beyond which reviewers overlook too much: J. Cohen, “Best Kept Secrets of Peer Code
/// Review” (2006), on 2,500 reviews at Cisco.
const LINES_A_MINUTE: usize = 8;

/// What Comprehensive Rust plans for writing one function (its exercises Fibonacci and Collatz).
const MINUTES_AN_EXERCISE: usize = 15;

/// Nobody plans an evening more finely.
const ROUNDED_UP_TO: usize = 5;

/// The time of a reader who knows one of the hosts.
pub fn minutes(repo: &Repo, hosts: &Hosts, lesson: &Lesson, dir: &Path, page: &str) -> usize {
    let exercises = usize::from(lesson.has_exercise);
    let lines = lines(repo, hosts, lesson, dir, page);
    estimate(words(page), lines, exercises)
}

fn estimate(words: usize, lines: usize, exercises: usize) -> usize {
    let minutes = words.div_ceil(WORDS_A_MINUTE)
        + lines.div_ceil(LINES_A_MINUTE)
        + exercises * MINUTES_AN_EXERCISE;
    minutes.next_multiple_of(ROUNDED_UP_TO)
}

/// The words of a page, without blocks of code and without directives.
fn words(page: &str) -> usize {
    let mut in_code = false;
    let mut words = 0;
    for event in Parser::new_ext(page, options()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) | Event::Code(text) if !in_code && !text.starts_with("{{") => {
                words += text.split_whitespace().count();
            }
            _ => {}
        }
    }
    words
}

/// The lines of code that a page shows, those of the hosts once: as many as the mean of them has.
fn lines(repo: &Repo, hosts: &Hosts, lesson: &Lesson, dir: &Path, page: &str) -> usize {
    let of_hosts = |anchor: &str| {
        let known = repo.hosts.iter().filter(|host| host.has(lesson));
        let lines = known.filter_map(|host| hosts.snippet(host, lesson, anchor).ok());
        let lines: Vec<_> = lines.map(|found| found.text.lines().count()).collect();
        lines.iter().sum::<usize>() / lines.len().max(1)
    };
    let of_file = |path: &str, anchor: Option<&str>| {
        let found = Snippet::read(&dir.join(path), anchor, None);
        found.map_or(0, |found| found.text.lines().count())
    };
    let mut lines = 0;
    let mut callouts = None;
    for line in page.lines() {
        match (Directive::read(line), callouts) {
            (Some(Ok(Directive::Hosts(anchor) | Directive::Case(anchor))), _) => {
                lines += of_hosts(anchor);
            }
            (Some(Ok(Directive::Snippets(file))), _) => callouts = Some((file, 1)),
            (Some(Ok(Directive::EndSnippets)), _) => callouts = None,
            (None, Some((file, number))) => {
                if let Ok(callout) = Callout::read(line, number) {
                    lines += match file {
                        Some((_, file)) => of_file(file, Some(callout.anchor)),
                        None => of_hosts(callout.anchor),
                    };
                    callouts = Some((file, number + 1));
                }
            }
            (None, None) => {
                if let Some((path, anchor)) = include(line) {
                    lines += of_file(path, anchor);
                }
            }
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lines_and_exercises_take_their_time() {
        assert_eq!(estimate(238, 0, 0), 5);
        assert_eq!(estimate(2380, 0, 0), 10);
        assert_eq!(estimate(2380, 1, 0), 15);
        assert_eq!(estimate(2380, 80, 0), 20);
        assert_eq!(estimate(2380, 80, 1), 35);
    }

    #[test]
    fn neither_code_nor_directives_nor_comments_are_words() {
        assert_eq!(
            words(
                "one `two` three\n\n```sh\njust test\n```\n\n{{#run}}\n\n<!-- cmdrun -0 book ledger -->\n"
            ),
            3
        );
    }
}
