//! Lessons as cards: number, title, minutes, and the failure that each shows.

use super::{
    links::failures,
    markdown::{escaped, line_as_html},
};
use crate::repo::Lesson;

/// A card that leads to a lesson; `page` is the lesson's page.
pub fn card(lesson: &Lesson, page: &str, minutes: usize) -> String {
    let failure = failures(page)
        .into_iter()
        .next()
        .map_or_else(String::new, |heading| {
            format!(
                " <span class=\"lesson-failure\">{}</span>",
                line_as_html(&heading.markdown)
            )
        });
    format!(
        "<a class=\"lesson\" href=\"{}.md\"><span class=\"lesson-number\">{}</span> \
         <span class=\"lesson-title\">{}</span> <span class=\"lesson-minutes\">{minutes} minutes</span>{failure}</a>",
        lesson.name,
        lesson.number,
        escaped(&lesson.about.title)
    )
}

/// A list of cards, and how long all of them take.
pub fn list(cards: &[String], minutes: usize) -> String {
    let cards: String = cards
        .iter()
        .map(|card| format!("<li>{card}</li>\n"))
        .collect();
    format!(
        "<ol class=\"lessons\">\n{cards}</ol>\n\nTogether they take about {} hours.\n",
        minutes.div_ceil(60)
    )
}

/// The card of the lesson after this one, at its end.
pub fn next(card: &str) -> String {
    format!("<div class=\"next\">\n{card}\n</div>\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::example;

    #[test]
    fn a_card_shows_the_first_failure_of_its_page() {
        let repo = example(&["03-strings"]);
        let page = "# Lesson 3\n\n## Steps\n\n### One\n\n## What can go wrong\n\n### `a < b` is *cut*\n\n### Two\n\n## Next\n";
        assert_eq!(
            card(&repo.lessons[0], page, 25),
            "<a class=\"lesson\" href=\"03-strings.md\"><span class=\"lesson-number\">3</span> \
             <span class=\"lesson-title\">strings</span> <span class=\"lesson-minutes\">25 minutes</span> \
             <span class=\"lesson-failure\"><code>a &lt; b</code> is <em>cut</em></span></a>"
        );
        assert!(!card(&repo.lessons[0], "# Lesson 3\n", 25).contains("failure"));
    }
}
