//! What Markdown has no words for, written as HTML at the end of the first pass: each failure of a lesson
//! becomes a block, and code in a fold's title becomes code.

use std::sync::LazyLock;

use regex::Regex;

use super::links::FAILURES;

static SHORT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^<!-- short: (.+) -->$").expect("a regex"));
static SUMMARY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("<summary>.*</summary>").expect("a regex"));
static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new("`([^`]+)`").expect("a regex"));

/// Puts every part of "What can go wrong" into a section, which carries the name that the sidebar shows
/// if the line below the heading gives one: `<!-- short: A detached buffer -->`.
pub fn shaped(text: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<&str> = None;
    let mut among_failures = false;
    let mut open = false;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let ticks = &line[..line.len() - line.trim_start_matches(['`', '~']).len()];
        match fence {
            Some(opened) if ticks.starts_with(opened) && line.trim_end() == ticks => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => {
                let begins_section = line.starts_with("## ");
                let begins_failure = among_failures && line.starts_with("### ");
                if open && (begins_section || begins_failure) {
                    out += "</section>\n\n";
                    open = false;
                }
                if begins_section {
                    among_failures = line.strip_prefix("## ") == Some(FAILURES);
                }
                if begins_failure {
                    let short = lines.next_if(|next| SHORT.is_match(next));
                    out += &opening(short);
                    open = true;
                }
            }
        }
        match fence {
            None => out += &SUMMARY.replace(line, |found: &regex::Captures| code(&found[0])),
            Some(_) => out += line,
        }
        out.push('\n');
    }
    if open {
        out += "\n</section>\n";
    }
    out
}

fn opening(short: Option<&str>) -> String {
    let short = short.and_then(|line| Some(SHORT.captures(line)?[1].replace('"', "&quot;")));
    let named = short.map_or_else(String::new, |short| format!(" data-short=\"{short}\""));
    format!("<section class=\"failure\"{named}>\n\n")
}

/// A fold's title is HTML, where Markdown's backticks would be shown.
fn code(title: &str) -> String {
    let escape = |code: &str| code.replace('&', "&amp;").replace('<', "&lt;");
    CODE.replace_all(title, |found: &regex::Captures| {
        format!("<code>{}</code>", escape(&found[1]))
    })
    .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_is_a_section_of_its_own_and_nothing_else_is() {
        let page =
            "### A step\n\n## What can go wrong\n\n### One\n\ntext\n\n### Two\n\n## Checkpoint\n";
        assert_eq!(
            shaped(page),
            "### A step\n\n## What can go wrong\n\n\
             <section class=\"failure\">\n\n### One\n\ntext\n\n</section>\n\n\
             <section class=\"failure\">\n\n### Two\n\n</section>\n\n## Checkpoint\n"
        );
    }

    #[test]
    fn the_last_failure_ends_with_the_page() {
        let shaped = shaped("## What can go wrong\n\n### One\n");
        assert!(shaped.ends_with("### One\n\n</section>\n"), "{shaped}");
    }

    #[test]
    fn a_short_name_goes_from_below_the_heading_into_the_section() {
        let shaped =
            shaped("## What can go wrong\n\n### `a \"b\" c`\n<!-- short: No \"b\" -->\n\ntext\n");
        assert!(
            shaped.contains(
                "<section class=\"failure\" data-short=\"No &quot;b&quot;\">\n\n### `a \"b\" c`\n\ntext"
            ),
            "{shaped}"
        );
    }

    #[test]
    fn a_heading_inside_a_block_of_code_begins_nothing() {
        let page = "## What can go wrong\n\n```text\n### no heading\n## nor this\n```\n";
        assert_eq!(shaped(page), page);
    }

    #[test]
    fn code_in_a_folds_title_is_code() {
        assert_eq!(
            shaped("<details><summary>Who calls `a<b>`, and `c`?</summary>\n"),
            "<details><summary>Who calls <code>a&lt;b></code>, and <code>c</code>?</summary>\n"
        );
        let elsewhere = "`code` in a line\n\n```html\n<summary>`a`</summary>\n```\n";
        assert_eq!(shaped(elsewhere), elsewhere);
    }
}
