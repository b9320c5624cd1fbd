//! Words and turns of phrase that a native reader stumbles over, in what people read: pages,
//! READMEs and figures. Code and printed outputs are left alone; a program says what it says.

use std::fs;

use anyhow::{Result, bail};
use regex::Regex;

use crate::{process, repo::Repo};

/// What is looked for, regardless of case, and what to write.
const TURNS: [(&str, &str); 13] = [
    (r"\ba text\b", "a string"),
    (r"\btexts\b", "strings"),
    (
        r"\bis no (module|component|string|event|lesson|host|address|object|number|list|program|mistake)\b",
        "is not a …",
    ),
    (r"\bhas (\d[\d,]*|<!--[^>]*-->) bytes\b", "is … bytes"),
    (r"\bat last\b", "finally"),
    (
        r"\bof (its|their) own(?:[.,;:)|]|$)",
        "separate, or with … to itself",
    ),
    (r"\bsomething else than\b", "something other than"),
    (
        r"\bstands? (in|beside|elsewhere|there|below|above)\b",
        "is …",
    ),
    (r"\ball alike\b", "the same"),
    (r"\bever (other|new)\b", "always different"),
    (r"\baloud\b", "and says so"),
    (r"\bas they lie\b", "where they are"),
    (r"\b(simply|obviously|of course)\b", "nothing"),
];

/// Refuses the pages and figures in which one of the turns is written, with every place.
pub fn check(repo: &Repo) -> Result<()> {
    let turns = turns();
    let mut sentences = Vec::new();
    for file in files(repo)? {
        let text = fs::read_to_string(repo.root.join(&file))?;
        sentences.extend(
            found(&turns, &text)
                .into_iter()
                .map(|(line, sentence)| format!("{file}:{line}: {sentence}")),
        );
    }
    if !sentences.is_empty() {
        bail!("{}", sentences.join("\n"));
    }
    Ok(())
}

/// The Markdown and the figures that git knows, or is about to.
fn files(repo: &Repo) -> Result<Vec<String>> {
    let mut git = process::command("git", &repo.root);
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    git.args(["--", "*.md", "*.svg"]);
    let output = process::captured(git)?;
    Ok(String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(str::to_owned)
        .collect())
}

fn turns() -> Vec<(Regex, &'static str)> {
    TURNS
        .iter()
        .map(|(turn, instead)| {
            let turn = Regex::new(&format!("(?i){turn}")).expect("a pattern of this file");
            (turn, *instead)
        })
        .collect()
}

/// The turns in some Markdown, each with its line and a sentence.
fn found(turns: &[(Regex, &str)], text: &str) -> Vec<(usize, String)> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (line, written) in text.lines().enumerate() {
        if written.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        // "There is no string" is fine; "this is no string" is not.
        let prose = without_code(written).replace("here is no ", "here is not one ");
        for (turn, instead) in turns {
            if let Some(place) = turn.find(&prose) {
                found.push((line + 1, format!("“{}”: write “{instead}”", place.as_str())));
            }
        }
    }
    found
}

/// A line without what is between backticks.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        found(&turns(), text)
            .into_iter()
            .map(|(line, _)| line)
            .collect()
    }

    #[test]
    fn a_turn_is_found_with_its_line_and_what_to_write() {
        let found = found(&turns(), "# Page\n\nThe guest takes A text.\n");
        assert_eq!(found, [(3, "“A text”: write “a string”".to_owned())]);
    }

    #[test]
    fn every_turn_of_the_list_is_found() {
        for line in [
            "a text",
            "two texts",
            "this is no module",
            "it has 1,234 bytes",
            "it has <!-- cmdrun -0 book figure 3 bytes --> bytes",
            "at last",
            "a file of its own.",
            "something else than a page says",
            "what stands elsewhere",
            "all alike",
            "ever other sizes",
            "skipped, aloud",
            "the bytes as they lie",
            "of course",
        ] {
            assert_eq!(lines(line), [1], "{line}");
        }
    }

    #[test]
    fn code_is_left_alone() {
        assert_eq!(lines("it prints `a text`, and there is no string"), [0; 0]);
        assert_eq!(lines("```text\na text\n```\nat last"), [4]);
    }
}
