//! Every lesson that a page names is a link to its page.

use std::{ops::Range, sync::LazyLock};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use regex::Regex;

use super::{Page, Problem, links::line_of, markdown::options};
use crate::repo::{Lesson, Repo};

/// “lesson 3”, and “lessons 2, 3 and 5” with every number after the first.
static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b[Ll]esson (\d+)|\b[Ll]essons (\d+(?:(?:, | and | or | to |, and |, or )\d+)*)")
        .expect("a regex")
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d+").expect("a regex"));

/// The page with its mentions of other lessons linked; no line is added or removed.
///
/// A mention of a lesson that does not exist is a fault, and so is a link that says one lesson
/// and leads to another page.
pub fn linked(repo: &Repo, page: &Page, text: &str, problems: &mut Vec<Problem>) -> String {
    let mut out = String::new();
    let mut end = 0;
    for range in plain(repo, page, text, problems) {
        for found in MENTION.captures_iter(&text[range.clone()]) {
            let whole = found.get(0).expect("group 0 is the match");
            let at = range.start + whole.start();
            for (index, number) in NUMBER.find_iter(whole.as_str()).enumerate() {
                // The word before the first number belongs to its link.
                let first = if index == 0 { at } else { at + number.start() };
                let last = at + number.end();
                match target(repo, page, number.as_str()) {
                    Ok(Some(lesson)) => {
                        out += &text[end..first];
                        out += &format!("[{}]({}.md)", &text[first..last], lesson.name);
                        end = last;
                    }
                    Ok(None) => {}
                    Err(reason) => problems.push(page.problem(line_of(text, first), reason)),
                }
            }
        }
    }
    out + &text[end..]
}

/// The lesson that a number leads to from this page.
fn target<'r>(repo: &'r Repo, page: &Page, number: &str) -> Result<Option<&'r Lesson>, String> {
    match repo.lesson(number) {
        Ok(lesson) if page.is_of(lesson) => Ok(None),
        Ok(lesson) => Ok(Some(lesson)),
        Err(_) if repo.unwritten(number).is_some() => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

/// Where there is plain text: outside of code, headings, links and directives.
fn plain(repo: &Repo, page: &Page, text: &str, problems: &mut Vec<Problem>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut depth = 0;
    let mut link: Option<(String, String)> = None;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                depth += 1;
                link = Some((dest_url.into_string(), String::new()));
            }
            Event::End(TagEnd::Link) => {
                depth -= 1;
                let misled = link.take().and_then(|(to, says)| misled(repo, &to, &says));
                problems
                    .extend(misled.map(|reason| page.problem(line_of(text, range.start), reason)));
            }
            Event::Start(Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Image) => depth -= 1,
            Event::Text(part) => {
                if let Some((_, says)) = &mut link {
                    *says += &part;
                }
                if depth == 0 && text[range.clone()] == *part && !part.starts_with("{{/") {
                    found.push(range);
                }
            }
            _ => {}
        }
    }
    found
}

/// Why a link misleads its reader: it says “lesson 3” and leads elsewhere.
fn misled(repo: &Repo, to: &str, says: &str) -> Option<String> {
    let found = MENTION.captures(says).filter(|found| &found[0] == says)?;
    let number = found.get(1)?.as_str();
    let lesson = repo.lesson(number).ok()?;
    let page = to.split('#').next().unwrap_or_default();
    (page != format!("{}.md", lesson.name)).then(|| {
        format!(
            "the link says {says:?} and leads to {to:?} instead of {}.md",
            lesson.name
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::example;

    /// On the page of lesson 2, of three.
    fn on_two(text: &str) -> (String, Vec<String>) {
        let repo = example(&["01-one", "02-two", "03-three"]);
        let page = Page {
            path: "02-two.md".into(),
            shown: "book/src/02-two.md".into(),
            dir: "/nowhere".into(),
        };
        let mut problems = Vec::new();
        let text = linked(&repo, &page, text, &mut problems);
        (text, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_lesson_named_in_text_is_linked_and_the_pages_own_is_not() {
        let (text, problems) =
            on_two("Lesson 1 has it, lesson 2 uses it, *lesson 3\u{2019}s* not.\n");
        assert_eq!(
            text,
            "[Lesson 1](01-one.md) has it, lesson 2 uses it, *[lesson 3](03-three.md)\u{2019}s* not.\n"
        );
        assert_eq!(problems, [""; 0]);
    }

    #[test]
    fn each_of_several_lessons_is_linked() {
        assert_eq!(
            on_two("In lessons 1, 2 and 3, and in lesson 1, 3 times").0,
            "In [lessons 1](01-one.md), 2 and [3](03-three.md), and in [lesson 1](01-one.md), 3 times"
        );
    }

    #[test]
    fn neither_code_nor_headings_nor_links_are_touched() {
        let text = "# Lesson 1\n\n`lesson 1` [lesson 1](01-one.md#x) <!-- cmdrun -0 book lesson 1 tests -->\n\n```sh\njust lesson 1\n```\n";
        assert_eq!(on_two(text), (text.to_owned(), vec![]));
    }

    #[test]
    fn a_lesson_that_does_not_exist_is_a_fault() {
        assert_eq!(
            on_two("one\n\nLesson 9").1,
            ["book/src/02-two.md:3: there is no lesson \"9\": choose one of 1, 2, 3"]
        );
    }

    #[test]
    fn a_link_that_says_one_lesson_and_leads_to_another_is_a_fault() {
        assert_eq!(
            on_two("[lesson 3](01-one.md#x)").1,
            [
                "book/src/02-two.md:1: the link says \"lesson 3\" and leads to \"01-one.md#x\" instead of 03-three.md"
            ]
        );
    }
}
