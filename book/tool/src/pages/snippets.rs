//! Parts of files, as pages show them: what is between two marks, set to the left, with its lines.

use std::{
    fs,
    ops::{Range, RangeInclusive},
    path::{Path, PathBuf},
};

use regex::Regex;

/// What a page shows of a file.
pub struct Snippet {
    pub file: PathBuf,
    pub text: String,
    /// Where it is in the file, counted from 1; `None` for the complete file.
    pub lines: Option<RangeInclusive<usize>>,
}

impl Snippet {
    /// A part of a file, or all of it, without the lines that match `hidden`.
    pub fn read(
        file: &Path,
        anchor: Option<&str>,
        hidden: Option<&Regex>,
    ) -> Result<Snippet, String> {
        let file = file
            .canonicalize()
            .map_err(|_| format!("the included file {} does not exist", file.display()))?;
        let text = fs::read_to_string(&file)
            .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
        Snippet::of(&file, &text, anchor, hidden)
    }

    /// The same, of a file that has been read.
    pub fn of(
        file: &Path,
        text: &str,
        anchor: Option<&str>,
        hidden: Option<&Regex>,
    ) -> Result<Snippet, String> {
        let part = match anchor {
            None => 0..text.len(),
            Some(anchor) => anchored(text, anchor).unwrap_or_default(),
        };
        let lines = shown(text, part, hidden);
        match (&lines[..], anchor) {
            ([], Some(anchor)) => Err(format!(
                "{} has no text between `ANCHOR: {anchor}` and `ANCHOR_END: {anchor}`",
                file.display()
            )),
            ([(first, _), ..], Some(_)) => Ok(Snippet {
                file: file.to_owned(),
                text: set_left(&lines),
                lines: lines.last().map(|(last, _)| *first..=*last),
            }),
            (_, None) => Ok(Snippet {
                file: file.to_owned(),
                text: set_left(&lines),
                lines: None,
            }),
        }
    }
}

/// The text between an anchor's two marks, each at the end of a line.
pub fn anchored(text: &str, anchor: &str) -> Option<Range<usize>> {
    let is_mark = |line: &str, kind: &str| {
        line.trim_end()
            .strip_suffix(anchor)
            .is_some_and(|before| before.trim_end_matches(' ').ends_with(kind))
    };
    let mut start = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        match start {
            None if is_mark(line, "ANCHOR:") => start = Some(offset + line.len()),
            Some(start) if is_mark(line, "ANCHOR_END:") => return Some(start..offset),
            _ => {}
        }
        offset += line.len();
    }
    None
}

/// The lines of a part that readers see, with their numbers: no mark, nothing hidden, no empty
/// lines around.
fn shown<'t>(text: &'t str, part: Range<usize>, hidden: Option<&Regex>) -> Vec<(usize, &'t str)> {
    let before = text[..part.start].lines().count();
    let mut lines: Vec<_> = (before + 1..)
        .zip(text[part].lines())
        .filter(|(_, line)| !line.contains("ANCHOR"))
        .filter(|(_, line)| !hidden.is_some_and(|hidden| hidden.is_match(line)))
        .collect();
    let is_text = |(_, line): &(usize, &str)| !line.trim().is_empty();
    lines.truncate(lines.iter().rposition(is_text).map_or(0, |last| last + 1));
    lines.split_off(lines.iter().position(is_text).unwrap_or(0))
}

/// The lines without the indentation that all of them share.
fn set_left(lines: &[(usize, &str)]) -> String {
    let indents = lines
        .iter()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(_, line)| line.len() - line.trim_start().len());
    let shared = indents.min().unwrap_or(0);
    lines
        .iter()
        .map(|(_, line)| line.get(shared..).unwrap_or("").to_owned() + "\n")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, anchor: Option<&str>, hidden: Option<&str>) -> Snippet {
        let hidden = hidden.map(|pattern| Regex::new(pattern).unwrap());
        Snippet::of(Path::new("a.cs"), text, anchor, hidden.as_ref()).unwrap()
    }

    #[test]
    fn a_snippet_is_set_to_the_left() {
        let found = of(
            "\n    a {\n\n        b\n    // ANCHOR: x\n    }\n",
            None,
            None,
        );
        assert_eq!(found.text, "a {\n\n    b\n}\n");
        assert_eq!(found.lines, None);
    }

    #[test]
    fn a_snippet_knows_its_lines() {
        let text = "one\n// ANCHOR: a\n\n  two\n// ANCHOR: b\n  three\n// ANCHOR_END: b\n\n// ANCHOR_END: a\n";
        assert_eq!(of(text, Some("a"), None).lines, Some(4..=6));
        assert_eq!(of(text, Some("b"), None).lines, Some(6..=6));
    }

    #[test]
    fn hidden_lines_are_left_out() {
        let text =
            "// ANCHOR: a\n/// <summary>x</summary>\nint A;\n/// y\nint B;\n// ANCHOR_END: a\n";
        let found = of(text, Some("a"), Some("^ *///"));
        assert_eq!(found.text, "int A;\nint B;\n");
        assert_eq!(found.lines, Some(3..=5));
    }

    #[test]
    fn an_anchor_is_found_whole() {
        let text = "// ANCHOR: a\none\n// ANCHOR_END: a\n// ANCHOR: ab\ntwo\n// ANCHOR_END: ab\n";
        let found = |anchor| anchored(text, anchor).map(|part| &text[part]);
        assert_eq!(found("a"), Some("one\n"));
        assert_eq!(found("ab"), Some("two\n"));
        assert_eq!(found("b"), None);
    }

    #[test]
    fn an_anchor_without_text_is_a_fault() {
        let text = "// ANCHOR: a\n\n// ANCHOR_END: a\n";
        let fault = Snippet::of(Path::new("a.rs"), text, Some("a"), None)
            .err()
            .unwrap();
        assert!(fault.contains("ANCHOR_END: a"), "{fault}");
    }
}
