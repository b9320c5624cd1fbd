//! Links between pages: every target and every `#fragment` must exist.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Component, Path, PathBuf},
    sync::LazyLock,
};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use regex::Regex;

use super::{Page, Problem};

static HTML_TARGET: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\b(?:href|src)="([^"]*)""#).expect("a regex"));
static HTML_ID: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\bid="([^"]*)""#).expect("a regex"));

/// The heading under which a page's failures stand.
const FAILURES: &str = "What can go wrong";

/// Reports every link of a page whose page, file or fragment does not exist.
pub fn check(
    page: &Page,
    text: &str,
    pages: &BTreeMap<PathBuf, String>,
    problems: &mut Vec<Problem>,
) {
    for (target, offset) in targets(text) {
        let line =
            text[..offset].lines().count().max(1) + usize::from(text[..offset].ends_with('\n'));
        if let Err(reason) = follow(page, &target, pages) {
            problems.push(page.problem(line, reason));
        }
    }
}

/// A list of links to every failure that a page shows, under the page's title.
pub fn errors(pages: &BTreeMap<PathBuf, String>) -> String {
    let mut list = String::new();
    for (path, text) in pages {
        let mut title = String::new();
        let mut inside = false;
        for heading in headings(text) {
            match heading.level {
                HeadingLevel::H1 => title = format!("## {}\n\n", heading.markdown),
                HeadingLevel::H2 => inside = heading.text == FAILURES,
                HeadingLevel::H3 if inside => {
                    // The title stands above a page's first failure.
                    list += &std::mem::take(&mut title);
                    list += &format!(
                        "- [{}]({}#{})\n",
                        heading.markdown,
                        path.display(),
                        heading.id
                    )
                }
                _ => {}
            }
        }
        if !list.is_empty() && title.is_empty() {
            list.push('\n');
        }
    }
    list
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
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

fn follow(page: &Page, target: &str, pages: &BTreeMap<PathBuf, String>) -> Result<(), String> {
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
        Some(fragment) if !ids(text).iter().any(|id| id == fragment) => Err(format!(
            "the link {target:?} leads to a page that has no heading #{fragment}"
        )),
        _ => Ok(()),
    }
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

fn ids(text: &str) -> Vec<String> {
    let html = HTML_ID.captures_iter(text).map(|id| id[1].to_owned());
    headings(text)
        .into_iter()
        .map(|heading| heading.id)
        .chain(terms(text))
        .chain(html)
        .collect()
}

/// The ids of a definition list's terms.
fn terms(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut term: Option<String> = None;
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Start(Tag::DefinitionListTitle) => term = Some(String::new()),
            Event::Text(part) | Event::Code(part) => {
                if let Some(term) = &mut term {
                    *term += &part;
                }
            }
            Event::End(TagEnd::DefinitionListTitle) => {
                found.extend(term.take().map(|term| slug(&term)));
            }
            _ => {}
        }
    }
    found
}

struct Heading {
    level: HeadingLevel,
    text: String,
    /// As written, without the leading hashes.
    markdown: String,
    id: String,
}

/// The headings of a page with the ids that mdbook gives them.
fn headings(text: &str) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut current: Option<(HeadingLevel, Option<String>, String, String)> = None;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let markdown = text[range].trim().trim_start_matches('#').trim().to_owned();
                current = Some((
                    level,
                    id.map(|id| id.into_string()),
                    String::new(),
                    markdown,
                ));
            }
            Event::Text(part) | Event::Code(part) => {
                if let Some((_, _, heading, _)) = &mut current {
                    *heading += &part;
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some((level, id, text, markdown)) = current.take() else {
                    continue;
                };
                let id = id.unwrap_or_else(|| {
                    let plain = slug(&text);
                    let times = seen
                        .entry(plain.clone())
                        .and_modify(|times| *times += 1)
                        .or_insert(0);
                    if *times == 0 {
                        plain
                    } else {
                        format!("{plain}-{times}")
                    }
                });
                found.push(Heading {
                    level,
                    text,
                    markdown,
                    id,
                });
            }
            _ => {}
        }
    }
    found
}

/// mdbook's id for a heading: lower case, spaces as hyphens, punctuation gone.
fn slug(heading: &str) -> String {
    heading
        .trim()
        .chars()
        .filter_map(|c| match c {
            c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_lowercase().to_string()),
            c if c.is_whitespace() => Some("-".into()),
            _ => None,
        })
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
        check(&page, text, &pages, &mut problems);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn links_that_lead_somewhere_pass() {
        let text = "# One\n\n[a](two.md) [b](two.md#a-heading) [c](#one) [d](https://example.com/x) [e](Cargo.toml)\n";
        assert_eq!(faults(text, "## A heading\n"), Vec::<String>::new());
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
    fn ids_are_mdbooks() {
        let ids: Vec<_> = headings(
            "# A `b_c` D-e\n\n## A `b_c` D-e\n\n### x {#own}\n\n### `RuntimeError: x <y> & z`\n",
        )
        .into_iter()
        .map(|h| h.id)
        .collect();
        assert_eq!(
            ids,
            ["a-b_c-d-e", "a-b_c-d-e-1", "own", "runtimeerror-x-y--z"]
        );
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
