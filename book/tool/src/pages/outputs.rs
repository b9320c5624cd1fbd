//! The second pass: executes the commands on the pages, through mdbook-cmdrun,
//! and sets what they print.

use std::{collections::BTreeMap, env, fmt::Write, sync::LazyLock};

use anyhow::{Context, Result, bail};
use mdbook_cmdrun::CmdRun;
use regex::Regex;

use super::{Page, Problem, commit::Commit, markdown::escaped};
use crate::{
    cache::Cache,
    lesson::TESTS,
    repo::{Host, Lesson, Repo},
};

static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"<!-- *cmdrun (-\d+) (book (\w+).*?)(?: @(\d+))? *-->(\n?)").expect("a regex")
});
static LEFT_OVER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<!-- *cmdrun[^\n]*|(?m)^\{\{#[^\n]*").expect("a regex"));

/// The line of the page, which travels with a command.
static LINE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r" @(\d+) -->").expect("a regex"));

/// How mdbook-cmdrun begins what it puts on a page when a command fails.
const CMDRUN_ERROR: &str = "**cmdrun error**";

/// An output longer than this is folded after its first lines.
const MOST_LINES: usize = 36;
const LINES_BEFORE_FOLD: usize = 24;

pub struct Outputs<'a> {
    repo: &'a Repo,
    cache: &'a Cache<'a>,
    executed_with: String,
    executed: BTreeMap<String, usize>,
    reused: usize,
}

impl<'a> Outputs<'a> {
    pub fn new(repo: &'a Repo, cache: &'a Cache, commit: Option<&Commit>) -> Result<Outputs<'a>> {
        Ok(Outputs {
            repo,
            cache,
            executed_with: executed_with(repo, cache, commit)?,
            executed: BTreeMap::new(),
            reused: 0,
        })
    }

    /// Executes a page's commands; the result is ready to be rendered.
    pub fn execute(&mut self, page: &Page, text: &str, problems: &mut Vec<Problem>) -> String {
        let mut out = String::new();
        let mut end = 0;
        for found in COMMAND.captures_iter(text) {
            let whole = found.get(0).expect("group 0 is the match");
            out += &text[end..whole.start()];
            end = whole.end();
            let alone = text[..whole.start()].ends_with('\n') && !found[5].is_empty();
            let line = found
                .get(4)
                .and_then(|line| line.as_str().parse().ok())
                .unwrap_or(1);
            match self.output(page, &found[1], &found[2]) {
                Ok(printed) if alone => out += &set(&found[3], &found[2], &printed),
                Ok(printed) => out = out + printed.trim_end() + &found[5],
                Err(error) => problems.push(page.problem(line, format!("{error:#}"))),
            }
        }
        out += &text[end..];
        let outside = COMMAND.replace_all(text, "");
        for left in LEFT_OVER.find_iter(&outside) {
            let marked = LINE.captures(left.as_str());
            let line = marked
                .and_then(|line| line[1].parse().ok())
                .unwrap_or_else(|| outside[..left.start()].lines().count() + 1);
            let command = LINE.replace(left.as_str(), " -->");
            problems.push(page.problem(line, format!("`{command}` was not understood: a command is `<!-- cmdrun -0 book … -->`, with the exit code it must have")));
        }
        out + &self.executed_with
    }

    /// What was executed and what was not, in one line.
    pub fn summary(&self) -> String {
        let total: usize = self.executed.values().sum();
        let pages: Vec<_> = self
            .executed
            .iter()
            .map(|(page, count)| format!("{page} {count}"))
            .collect();
        let pages = if pages.is_empty() {
            String::new()
        } else {
            format!(" ({})", pages.join(", "))
        };
        format!("outputs: {total} executed{pages}, {} reused", self.reused)
    }

    fn output(&mut self, page: &Page, code: &str, command: &str) -> Result<String> {
        let (lessons, hosts) = inputs(self.repo, command);
        let key = format!("page {code} {command}");
        if self.cache.has(&key, &lessons, &hosts)? {
            self.reused += 1;
        } else {
            *self
                .executed
                .entry(page.path.display().to_string())
                .or_default() += 1;
            eprintln!("{}: {command}", page.shown);
        }
        self.cache.get(&key, &lessons, &hosts, || {
            let exe = env::current_exe()?;
            let arguments = command
                .strip_prefix("book")
                .context("a command starts with `book`")?;
            let line = format!("{code} \"{}\" --page{arguments}", exe.display());
            let printed = CmdRun::run_cmdrun(line, &page.dir.display().to_string(), false)?;
            match printed.strip_prefix(CMDRUN_ERROR) {
                Some(error) => bail!("`{command}`{}", said(error)),
                None => Ok(printed),
            }
        })
    }
}

/// The line at the end of each page that says what its outputs were made with.
fn executed_with(repo: &Repo, cache: &Cache, commit: Option<&Commit>) -> Result<String> {
    let mut tools = vec![format!("rustc {}", cache.rustc())];
    for host in &repo.hosts {
        let command = &host.about.toolchain.command[0];
        let toolchain = host.version().filter(|_| command != "cargo");
        let toolchain = toolchain.map(|version| format!("{command} {version}"));
        let used: Vec<_> = toolchain.into_iter().chain(host.engine()?).collect();
        if !used.is_empty() {
            tools.push(format!("{}: {}", host.about.name, used.join(", ")));
        }
    }
    tools.extend(commit.map(Commit::name));
    Ok(format!(
        "\n\n<footer class=\"executed\">Executed with {}.</footer>\n",
        tools.join(" · ")
    ))
}

/// The lessons and hosts that a command's output depends on: those it names, else all.
fn inputs<'r>(repo: &'r Repo, command: &str) -> (Vec<&'r Lesson>, Vec<&'r Host>) {
    let words: Vec<_> = command
        .split_whitespace()
        .map(|word| word.trim_matches('"'))
        .collect();
    let mut lessons: Vec<_> = repo
        .lessons
        .iter()
        .filter(|lesson| {
            words.contains(&lesson.number.to_string().as_str()) || command.contains(&lesson.name)
        })
        .collect();
    if words.get(1) == Some(&"diff") {
        let before: Vec<_> = lessons
            .iter()
            .filter_map(|lesson| repo.before(lesson))
            .collect();
        lessons.extend(before);
    }
    let mut hosts: Vec<_> = repo
        .hosts
        .iter()
        .filter(|host| words.contains(&host.id.as_str()))
        .collect();
    if lessons.is_empty() {
        lessons.extend(&repo.lessons);
    }
    if hosts.is_empty() {
        hosts.extend(&repo.hosts);
    }
    (lessons, hosts)
}

/// Of mdbook-cmdrun's account of a failure, what the command itself said.
fn said(error: &str) -> String {
    let mut lines = error.lines();
    let code = lines
        .next()
        .and_then(|first| first.split_once("returned exit code "))
        .map_or("", |(_, rest)| rest);
    let rest: Vec<_> = lines
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .collect();
    format!(
        " ended with {}\n  {}",
        code.trim_end_matches('.'),
        rest.join("\n  ")
    )
}

/// Sets an output that is a block, by the kind of command that printed it.
fn set(kind: &str, command: &str, printed: &str) -> String {
    let typed = command.replacen("book", "just", 1);
    match kind {
        "lesson" | "exercise" | "inspect" => output(side(kind, command), &typed, printed),
        "show" => {
            let line = command.split_once(" -- ").map_or(command, |(_, line)| line);
            output("", line, printed)
        }
        "diff" => format!(
            "\n<div class=\"diff\">\n{}\n\n{}\n</div>\n\n",
            bar(&typed),
            folded("diff", printed)
        ),
        _ => printed.to_owned(),
    }
}

/// Which side of the boundary speaks, as a class.
fn side(kind: &str, command: &str) -> &'static str {
    let who = command.split_whitespace().nth(3);
    match (kind, who) {
        ("lesson", Some(who)) if who != TESTS => " host",
        _ => " guest",
    }
}

/// A command and what it printed: two blocks, so that either can be copied alone.
fn output(side: &str, command: &str, printed: &str) -> String {
    let printed = if printed.is_empty() {
        String::new()
    } else {
        folded("text", printed)
    };
    format!(
        "\n<div class=\"output{side}\">\n{}\n\n{printed}\n</div>\n\n",
        bar(command)
    )
}

/// The command above what it printed; the prompt is outside of what is copied.
fn bar(command: &str) -> String {
    format!(
        "<pre class=\"command\"><span class=\"prompt\">$ </span><code class=\"language-sh\">{}</code></pre>",
        escaped(command)
    )
}

/// A fenced block; of a long one, the rest is folded away.
fn folded(language: &str, text: &str) -> String {
    let lines: Vec<_> = text.lines().collect();
    if lines.len() <= MOST_LINES {
        return fence(language, &lines);
    }
    let (first, rest) = lines.split_at(before_fold(language, &lines));
    let mut html = fence(language, first);
    let summary = format!(
        "\n<details class=\"more\"><summary>the other {} lines</summary>\n\n",
        rest.len()
    );
    write!(html, "{summary}{}\n</details>\n", fence(language, rest))
        .expect("writing to a string does not fail");
    html
}

/// After how many lines to fold: of a diff, where the last part that fits ends.
fn before_fold(language: &str, lines: &[&str]) -> usize {
    let begins_part = |at: usize| {
        let follows_name = lines[at - 1].starts_with("+++ ");
        lines[at].starts_with("--- ") || lines[at].starts_with("@@") && !follows_name
    };
    let last = (1..MOST_LINES).rev().find(|&at| begins_part(at));
    last.filter(|_| language == "diff")
        .unwrap_or(LINES_BEFORE_FOLD)
}

/// A fence that no run of backticks in the text can close.
fn fence(language: &str, lines: &[&str]) -> String {
    let longest = lines
        .iter()
        .flat_map(|line| line.split(|c| c != '`'))
        .map(str::len)
        .max()
        .unwrap_or(0);
    let ticks = "`".repeat(longest.max(2) + 1);
    format!("{ticks}{language}\n{}\n{ticks}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repo() -> Repo {
        Repo {
            root: env::temp_dir().join(format!("book-outputs-{}", std::process::id())),
            target: "target".into(),
            lessons: vec![],
            hosts: vec![],
        }
    }

    fn faults(text: &str) -> Vec<String> {
        let repo = repo();
        for file in [
            "Cargo.toml",
            "Cargo.lock",
            "rust-toolchain.toml",
            "book/tool/Cargo.toml",
        ] {
            std::fs::create_dir_all(repo.root.join("book/tool/src")).unwrap();
            std::fs::write(repo.root.join(file), "").unwrap();
        }
        let cache = Cache::open(&repo, true);
        let page = Page {
            path: "page.md".into(),
            shown: "book/src/page.md".into(),
            dir: repo.root.clone(),
        };
        let mut problems = Vec::new();
        Outputs::new(&repo, &cache, None)
            .unwrap()
            .execute(&page, text, &mut problems);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_command_that_fails_is_named_with_its_line_and_what_it_said() {
        // The test program is no `book`: it refuses the arguments, as a failing command would.
        let faults = faults("<!-- cmdrun -0 book ledger @7 -->\n");
        assert_eq!(faults.len(), 1);
        assert!(
            faults[0].starts_with("book/src/page.md:7: `book ledger` ended with"),
            "{faults:?}"
        );
    }

    #[test]
    fn a_directive_that_nothing_understood_is_a_fault() {
        let faults = faults("text\n<!-- cmdrun cargo test @7 -->\n{{#include gone.rs}}\n");
        assert_eq!(faults.len(), 2);
        assert!(
            faults[0].starts_with("book/src/page.md:7: `<!-- cmdrun cargo test -->`"),
            "{faults:?}"
        );
        assert!(
            faults[1].starts_with("book/src/page.md:3: `{{#include gone.rs}}`"),
            "{faults:?}"
        );
    }

    #[test]
    fn an_output_with_backticks_does_not_close_its_fence() {
        assert_eq!(fence("text", &["a ``` b"]), "````text\na ``` b\n````\n");
    }

    #[test]
    fn a_command_and_its_output_are_copied_apart() {
        let html = set("lesson", "book lesson 1 node <x>", "hello\n");
        assert!(
            html.contains("<div class=\"output host\">\n<pre class=\"command\"><span class=\"prompt\">$ </span><code class=\"language-sh\">just lesson 1 node &lt;x&gt;</code></pre>\n\n```text\nhello\n```\n"),
            "{html}"
        );
        assert!(set("inspect", "book inspect 1 host", "x").contains("\"output guest\""));
        assert!(set("lesson", "book lesson 1 tests", "x").contains("\"output guest\""));
        assert!(!set("show", "book show 1 -- true", "").contains("```"));
    }

    #[test]
    fn a_long_diff_is_folded_between_two_of_its_parts() {
        let part = "@@ -1 +1 @@\n".to_owned() + &"+x\n".repeat(15);
        let file = "--- a\n+++ b\n".to_owned() + &part;
        let html = folded("diff", &(file.clone() + &file + &part));
        let (first, rest) = html.split_once("<details").unwrap();
        assert_eq!(first, format!("```diff\n{file}```\n\n"));
        assert!(rest.contains("```diff\n--- a\n+++ b\n"), "{rest}");
    }

    #[test]
    fn a_long_output_is_folded_and_whole() {
        let text: String = (0..50).map(|n| format!("line {n}\n")).collect();
        let html = folded("text", &text);
        assert!(html.contains("the other 26 lines"), "{html}");
        assert!((0..50).all(|n| html.contains(&format!("line {n}\n"))));
    }
}
