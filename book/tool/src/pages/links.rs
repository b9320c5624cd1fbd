//! Links between pages: every target and every `#fragment` must exist.

use std::{
    collections::BTreeMap,
    path::{Component, Path, PathBuf},
    sync::LazyLock,
};

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};
use regex::Regex;

use super::{
    Page, Problem,
    directives::Directive,
    markdown::{Heading, definitions, headings, options, slug},
};
use crate::repo::Host;

static HTML_TARGET: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\b(?:href|src)="([^"]*)""#).expect("a regex"));
static HTML_ID: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\bid="([^"]*)""#).expect("a regex"));

/// The heading under which a page's failures stand.
pub const FAILURES: &str = "What can go wrong";

/// Reports every link of a page whose page, file or fragment does not exist.
pub fn check(
    hosts: &[Host],
    page: &Page,
    text: &str,
    pages: &BTreeMap<PathBuf, String>,
    problems: &mut Vec<Problem>,
) {
    for (target, offset) in targets(text) {
        if let Err(reason) = follow(hosts, page, &target, pages) {
            problems.push(page.problem(line_of(text, offset), reason));
        }
    }
}

/// A list of links to every failure that a page shows, under the page's title.
pub fn errors(pages: &BTreeMap<PathBuf, String>) -> String {
    let mut list = String::new();
    for (path, text) in pages {
        let failures = failures(text);
        let titles = headings(text);
        let title = titles
            .iter()
            .find(|heading| heading.level == HeadingLevel::H1);
        if let (Some(title), false) = (title, failures.is_empty()) {
            list += &format!("## {}\n\n", title.markdown);
        }
        for failure in &failures {
            let (name, id) = (&failure.markdown, &failure.id);
            list += &format!("- [{name}]({}#{id})\n", path.display());
        }
        if !failures.is_empty() {
            list.push('\n');
        }
    }
    list
}

/// The headings of what a page breaks on purpose.
pub fn failures(page: &str) -> Vec<Heading> {
    let mut inside = false;
    let mut found = headings(page);
    found.retain(|heading| {
        if heading.level <= HeadingLevel::H2 {
            inside = heading.text == FAILURES;
        }
        inside && heading.level == HeadingLevel::H3
    });
    found
}

/// Where a page points to, with the offset at which it does.
fn targets(text: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                found.push((dest_url.into_string(), range.start))
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                found.extend(
                    HTML_TARGET
                        .captures_iter(&html)
                        .map(|target| (target[1].to_owned(), range.start)),
                );
            }
            _ => {}
        }
    }
    found
}

fn follow(
    hosts: &[Host],
    page: &Page,
    target: &str,
    pages: &BTreeMap<PathBuf, String>,
) -> Result<(), String> {
    if ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
    {
        return Ok(());
    }
    let (path, fragment) = target
        .split_once('#')
        .map_or((target, None), |(path, fragment)| (path, Some(fragment)));
    let path = if path.is_empty() {
        page.path.clone()
    } else {
        tidy(&page.path.parent().unwrap_or(Path::new("")).join(path))
    };
    let Some(text) = pages.get(&path) else {
        if path.extension().is_some_and(|ending| ending != "md")
            && fragment.is_none()
            && page.dir.join(target).is_file()
        {
            return Ok(());
        }
        return Err(format!(
            "the link {target:?} leads to no page of the book and to no file beside it"
        ));
    };
    match fragment {
        Some(fragment)
            if !ids(text).iter().any(|id| id == fragment) && !is_card(hosts, text, fragment) =>
        {
            Err(format!(
                "the link {target:?} leads to a page that has no heading #{fragment}"
            ))
        }
        _ => Ok(()),
    }
}

/// The number of the line at an offset, counted from 1.
pub fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                tidy.pop();
            }
            Component::CurDir => {}
            other => tidy.push(other),
        }
    }
    tidy
}

/// Whether a fragment names a group of cards, `case-clock`, or one of them, `case-clock-node`.
fn is_card(hosts: &[Host], text: &str, fragment: &str) -> bool {
    let groups = text.lines().filter_map(|line| match Directive::read(line) {
        Some(Ok(directive)) => directive.id(),
        _ => None,
    });
    let mut rests = groups.filter_map(|id| fragment.strip_prefix(&id).map(str::to_owned));
    rests.any(|rest| {
        rest.is_empty()
            || hosts
                .iter()
                .any(|host| rest.strip_prefix('-') == Some(&host.id))
    })
}

fn ids(text: &str) -> Vec<String> {
    let html = HTML_ID.captures_iter(text).map(|id| id[1].to_owned());
    headings(text)
        .into_iter()
        .map(|heading| heading.id)
        .chain(definitions(text).iter().map(|(term, _)| slug(term)))
        .chain(html)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str, other: &str) -> Vec<String> {
        let page = Page {
            path: "one.md".into(),
            shown: "book/src/one.md".into(),
            dir: env!("CARGO_MANIFEST_DIR").into(),
        };
        let pages = [
            ("one.md".into(), text.to_owned()),
            ("two.md".into(), other.to_owned()),
        ]
        .into();
        let mut problems = Vec::new();
        check(&[], &page, text, &pages, &mut problems);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn links_that_lead_somewhere_pass() {
        let text = "# One\n\n[a](two.md) [b](two.md#a-heading) [c](#one) [d](https://example.com/x) [e](Cargo.toml)\n";
        assert_eq!(faults(text, "## A heading\n"), Vec::<String>::new());
    }

    #[test]
    fn a_group_of_cards_can_be_led_to() {
        let text = "[a](two.md#case-clock) [b](two.md#step-in) [c](two.md#program)";
        let other = "{{#case clock}}\n\n{{#hosts in}}\n\n{{#run}}\n";
        assert_eq!(faults(text, other), [""; 0]);
        assert_eq!(faults("[a](two.md#case-clock-ruby)", other).len(), 1);
        assert_eq!(faults("[a](two.md#case-cloc)", other).len(), 1);
    }

    #[test]
    fn a_link_to_no_page_is_named_with_its_line() {
        assert_eq!(
            faults("# One\n\ntext\n[a](three.md)\n", ""),
            [
                "book/src/one.md:4: the link \"three.md\" leads to no page of the book and to no file beside it"
            ]
        );
    }

    #[test]
    fn a_link_to_no_heading_is_named_with_its_line() {
        assert_eq!(
            faults("[a](two.md#gone)\n", "## Here\n"),
            [
                "book/src/one.md:1: the link \"two.md#gone\" leads to a page that has no heading #gone"
            ]
        );
    }

    #[test]
    fn a_picture_that_is_not_there_is_a_fault_in_html_too() {
        assert_eq!(faults("<img src=\"gone.svg\" alt=\"\">\n", "").len(), 1);
    }

    #[test]
    fn a_term_of_a_definition_list_can_be_led_to() {
        assert_eq!(
            faults(
                "[trap](two.md#a-trap)",
                "A trap
: how a call ends
"
            ),
            [""; 0]
        );
    }

    #[test]
    fn failures_are_listed_with_their_pages() {
        let pages = [(
            "03.md".into(),
            "# T\n\n## What can go wrong\n\n### `oh no`\n\n## Next\n\n### not this\n".to_owned(),
        )]
        .into();
        assert_eq!(errors(&pages), "## T\n\n- [`oh no`](03.md#oh-no)\n\n");
    }
}
