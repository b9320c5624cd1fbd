//! Words that readers search for and the book does not use.
//!
//! An entry of the glossary that begins with “See” names such words, and its links say where they
//! lead. There they are put behind the heading, hidden, for the search to find.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use pulldown_cmark::{Event, Parser, Tag};

use super::markdown::{definitions, escaped, options};

/// The search weighs how often a section has a word; once would lose against a word of the same stem.
const TIMES: usize = 3;

/// Of each page and heading, where `None` is the page's title: the words that lead there.
pub struct Synonyms(BTreeMap<(PathBuf, Option<String>), Vec<String>>);

/// Reads the glossary.
pub fn of(pages: &BTreeMap<PathBuf, String>) -> Synonyms {
    let mut found: BTreeMap<_, Vec<String>> = BTreeMap::new();
    let glossary = pages.get(Path::new("glossary.md"));
    for (words, definition) in glossary.map_or(vec![], |text| definitions(text)) {
        let definition = definition.trim_start_matches([':', ' ']);
        if !definition.starts_with("See ") {
            continue;
        }
        for event in Parser::new_ext(definition, options()) {
            if let Event::Start(Tag::Link { dest_url, .. }) = event {
                let (page, id) = dest_url
                    .split_once('#')
                    .map_or((&*dest_url, None), |(page, id)| (page, Some(id.to_owned())));
                let words_there = found.entry((page.into(), id)).or_default();
                words_there.push(words.clone());
            }
        }
    }
    Synonyms(found)
}

impl Synonyms {
    /// What goes behind a heading.
    pub fn of(&self, page: &Path, id: &str, is_title: bool) -> String {
        let key = |id: Option<&str>| (page.to_owned(), id.map(str::to_owned));
        let named = self.0.get(&key(Some(id)));
        let titled = self.0.get(&key(None)).filter(|_| is_title);
        let words: Vec<_> = named.into_iter().chain(titled).flatten().collect();
        if words.is_empty() {
            return String::new();
        }
        let words: Vec<_> = words.iter().map(|words| escaped(words)).collect();
        format!(
            "\n<p class=\"synonyms\" hidden>{}</p>\n\n",
            vec![words.join(", "); TIMES].join(", ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_glossary_sends_elsewhere_is_hidden_there() {
        let glossary = "Leak\n: See [dealloc](03.md#a-forgotten-dealloc) and [growth](04.md).\n\n\
                        Trap\n: Ends a call ([lesson 1](01.md)).\n";
        let found = of(&[("glossary.md".into(), glossary.to_owned())].into());
        let at = |page: &str, id, is_title| found.of(Path::new(page), id, is_title);
        assert_eq!(
            at("03.md", "a-forgotten-dealloc", false),
            "\n<p class=\"synonyms\" hidden>Leak, Leak, Leak</p>\n\n"
        );
        assert_eq!(
            at("04.md", "memory", true),
            "\n<p class=\"synonyms\" hidden>Leak, Leak, Leak</p>\n\n"
        );
        assert_eq!(at("04.md", "steps", false), "");
        assert_eq!(at("01.md", "one", true), "");
    }
}
