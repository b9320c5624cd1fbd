//! Markdown as mdbook reads it: headings with their ids, and single lines as HTML.

use std::{collections::HashMap, ops::Range};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// The extensions that mdbook switches on.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

pub struct Heading {
    pub level: HeadingLevel,
    pub text: String,
    /// As written, without hashes and attributes.
    pub markdown: String,
    pub id: String,
    /// Where on the page its line ends.
    pub end: usize,
}

/// A heading that is being read.
struct Open {
    level: HeadingLevel,
    id: Option<String>,
    text: String,
    /// From its first piece to its last.
    inside: Option<Range<usize>>,
}

/// The headings of a page with the ids that mdbook gives them.
pub fn headings(text: &str) -> Vec<Heading> {
    let mut found = Vec::new();
    let mut seen = HashMap::new();
    let mut current: Option<Open> = None;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                current = Some(Open {
                    level,
                    id: id.map(|id| id.into_string()),
                    text: String::new(),
                    inside: None,
                });
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(open) = current.take() {
                    found.push(Heading {
                        level: open.level,
                        id: open
                            .id
                            .unwrap_or_else(|| unique(slug(&open.text), &mut seen)),
                        text: open.text,
                        markdown: open.inside.map_or("", |inside| &text[inside]).to_owned(),
                        end: range.end,
                    });
                }
            }
            event => {
                if let Some(open) = &mut current {
                    let start = open
                        .inside
                        .as_ref()
                        .map_or(range.start, |inside| inside.start);
                    let end = open.inside.as_ref().map_or(0, |inside| inside.end);
                    open.inside = Some(start..end.max(range.end));
                    if let Event::Text(part) | Event::Code(part) = event {
                        open.text += &part;
                    }
                }
            }
        }
    }
    found
}

/// The first with an id has it plain; the next ones are numbered.
fn unique(id: String, seen: &mut HashMap<String, usize>) -> String {
    let times = seen
        .entry(id.clone())
        .and_modify(|times| *times += 1)
        .or_insert(0);
    match times {
        0 => id,
        times => format!("{id}-{times}"),
    }
}

/// The terms of a definition list, with their definitions as written.
pub fn definitions(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut term: Option<String> = None;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::DefinitionListTitle) => term = Some(String::new()),
            Event::Text(part) | Event::Code(part) => {
                if let Some(term) = &mut term {
                    *term += &part;
                }
            }
            Event::End(TagEnd::DefinitionListTitle) => {
                found.extend(term.take().map(|term| (term, String::new())));
            }
            Event::Start(Tag::DefinitionListDefinition) => {
                if let Some((_, definition)) = found.last_mut() {
                    *definition += text[range].trim_end();
                }
            }
            _ => {}
        }
    }
    found
}

/// mdbook's id for a heading: lower case, spaces as hyphens, punctuation gone.
pub fn slug(heading: &str) -> String {
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

/// One line of Markdown as HTML, for where HTML stands around it.
pub fn line_as_html(line: &str) -> String {
    let events = Parser::new_ext(line, options()).filter(|event| {
        !matches!(
            event,
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
        )
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out.trim().to_owned()
}

/// Plain text as HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_heading_is_kept_as_written_without_its_attributes() {
        let found = headings("## `` a`b `` and *c* {#own}\n");
        assert_eq!(found[0].markdown, "`` a`b `` and *c*");
        assert_eq!(found[0].text, "a`b and c");
    }

    #[test]
    fn definitions_come_with_their_terms() {
        assert_eq!(
            definitions("Leak\n: See [x](y.md).\n\nTrap, *fault*\n: A\n"),
            [
                ("Leak".to_owned(), ": See [x](y.md).".to_owned()),
                ("Trap, fault".to_owned(), ": A".to_owned())
            ]
        );
    }

    #[test]
    fn a_line_becomes_html_and_keeps_its_commands() {
        assert_eq!(
            line_as_html("Is `a < b` <!-- cmdrun -0 book figure 1 bytes @3 --> [b](c.md)?"),
            "Is <code>a &lt; b</code> <!-- cmdrun -0 book figure 1 bytes @3 --> <a href=\"c.md\">b</a>?"
        );
    }
}
