//! Hosts come and go, so no page may say how many there are.

use std::sync::LazyLock;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use regex::Regex;

use super::{Page, Problem, links::line_of, markdown::options};

/// “three languages”, “both other hosts”, and “the same in all three” at the end of a clause.
/// Ten languages are nobody's count of ours.
static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:two|three|four|five|both|[2-5])(?: other| host| programming)? (?:hosts|languages)\b",
        r"|\b(?:all|the other) (?:two|three|four|five)(?:[.,:;)]|$)",
    ))
    .expect("a regex")
});

/// Reports every sentence that counts hosts or languages.
pub fn check(page: &Page, text: &str, problems: &mut Vec<Problem>) {
    let mut in_code = false;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) | Event::Html(_) if !in_code => {
                for found in COUNT.find_iter(&text[range.clone()]) {
                    let line = line_of(text, range.start + found.start());
                    problems.push(page.problem(
                        line,
                        format!(
                            "{:?} counts hosts, and a folder in hosts/ would make it wrong: say \"every host\", or name them",
                            found.as_str().trim_end_matches(['.', ',', ':', ';', ')'])
                        ),
                    ));
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let page = Page {
            path: "one.md".into(),
            shown: "book/src/one.md".into(),
            dir: "/nowhere".into(),
        };
        let mut problems = Vec::new();
        check(&page, text, &mut problems);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_page_that_counts_hosts_is_a_fault_with_its_line() {
        assert_eq!(
            faults("# One\n\nIt runs in three languages.\n"),
            [
                "book/src/one.md:3: \"three languages\" counts hosts, and a folder in hosts/ would make it wrong: say \"every host\", or name them"
            ]
        );
        for text in [
            "Both hosts agree.",
            "the two other languages",
            "we have 3 hosts;",
            "The same in all three:",
            "<summary>Which of the two hosts fails?</summary>",
        ] {
            assert_eq!(faults(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn other_counts_are_not() {
        for text in [
            "An SDK in ten languages.",
            "All three addresses lie there.",
            "both numbers, in both directions",
            "the smaller of the two, since",
            "```text\nthree hosts\n```",
            "one second, then two, then four",
        ] {
            assert_eq!(faults(text), [""; 0], "{text}");
        }
    }
}
