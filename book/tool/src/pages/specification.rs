//! Tables that are made from the hosts that exist.

use std::{collections::BTreeMap, fs, path::PathBuf};

use super::{
    directives::{Callout, Directive},
    hosts::Hosts,
};
use crate::repo::{Host, Lesson, Repo};

/// A Markdown table with a column more for every host that has the lesson.
///
/// What is in a row is said by `hosts/H/lessons/NN-name/{name}.toml`, under the row's first cell.
pub fn with_columns(
    repo: &Repo,
    lesson: &Lesson,
    name: &str,
    table: &[&str],
) -> Result<String, String> {
    let [head, rule, rows @ ..] = table else {
        return Err(format!("no table follows {{{{#columns {name}}}}}"));
    };
    let hosts: Vec<_> = repo.hosts.iter().filter(|host| host.has(lesson)).collect();
    let cells: Vec<_> = hosts
        .iter()
        .map(|host| cells(repo, host, lesson, name))
        .collect::<Result<_, _>>()?;
    let mut text = format!("{}|", head.trim_end().trim_end_matches('|'));
    for host in &hosts {
        text += &format!(" {} host |", host.about.name);
    }
    text += &format!("\n{}{}\n", rule.trim_end(), "---|".repeat(hosts.len()));
    for row in rows {
        let key = row.split('|').nth(1).unwrap_or("").trim();
        let key = key.trim_matches('`');
        text += row.trim_end();
        for (host, cells) in hosts.iter().zip(&cells) {
            let cell = cells.get(key).ok_or_else(|| {
                format!("{} does not name {key:?}", file(repo, host, lesson, name))
            })?;
            text += &format!(" {cell} |");
        }
        text.push('\n');
    }
    Ok(text)
}

fn cells(
    repo: &Repo,
    host: &Host,
    lesson: &Lesson,
    name: &str,
) -> Result<BTreeMap<String, String>, String> {
    let path = host.programs(lesson).join(format!("{name}.toml"));
    let shown = file(repo, host, lesson, name);
    let text = fs::read_to_string(path).map_err(|_| {
        format!(
            "{shown} does not exist: it says what is in {}'s column of this table",
            host.about.name
        )
    })?;
    toml::from_str(&text).map_err(|error| format!("{shown}: {error}"))
}

fn file(repo: &Repo, host: &Host, lesson: &Lesson, name: &str) -> String {
    repo.shown(&host.programs(lesson).join(format!("{name}.toml")))
}

/// What a host consists of: of each lesson the anchors in its program, those in the host's library,
/// and the cases.
pub fn table(repo: &Repo, hosts: &Hosts, pages: &BTreeMap<PathBuf, String>) -> String {
    let mut text =
        "| Lesson | Anchors in its program | Anchors in the library | Cases |\n|---|---|---|---|\n"
            .to_owned();
    for lesson in &repo.lessons {
        let page = PathBuf::from(format!("{}.md", lesson.name));
        let page = pages.get(&page).map_or("", String::as_str);
        let (shared, own): (Vec<_>, Vec<_>) = anchors(page)
            .into_iter()
            .partition(|anchor| is_shared(repo, hosts, lesson, anchor));
        let cases: Vec<_> = lesson.about.cases.iter().map(String::as_str).collect();
        text += &format!(
            "| [{}. {}]({}.md) | {} | {} | {} |\n",
            lesson.number,
            lesson.about.title,
            lesson.name,
            code(&own),
            code(&shared),
            code(&cases)
        );
    }
    text
}

/// What a page shows of every host, in its order, without the cases.
fn anchors(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut callout = None;
    for line in page.lines() {
        match (Directive::read(line), callout) {
            (Some(Ok(Directive::Hosts(anchor))), _) => found.push(anchor),
            (Some(Ok(Directive::Snippets(None))), _) => callout = Some(1),
            (Some(Ok(Directive::EndSnippets)), _) => callout = None,
            (None, Some(number)) => {
                if let Ok(read) = Callout::read(line, number) {
                    found.push(read.anchor);
                    callout = Some(number + 1);
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether every host that has the lesson keeps this piece in what its lessons share.
fn is_shared(repo: &Repo, hosts: &Hosts, lesson: &Lesson, anchor: &str) -> bool {
    let with_lesson = repo.hosts.iter().filter(|host| host.has(lesson));
    let mut found = with_lesson.filter_map(|host| {
        let snippet = hosts.snippet(host, lesson, anchor).ok()?;
        Some(snippet.file.starts_with(host.programs(lesson)))
    });
    !found.any(|in_program| in_program)
}

fn code(words: &[&str]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_anchors_of_a_page_come_in_its_order() {
        let page = "{{#hosts a}}\n\n{{#case x}}\n\n{{#snippets}}\n1. b: B.\n2. c: C.\n{{/snippets}}\n\n\
                    {{#snippets rust ../a.rs}}\n1. no: N.\n2. no: N.\n{{/snippets}}\n1. d: D.\n";
        assert_eq!(anchors(page), ["a", "b", "c"]);
    }
}
