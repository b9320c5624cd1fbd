//! Takes out of an output what differs from run to run or from machine to
//! machine, and nothing else. What was taken out shows as `…`.

use std::{path::Path, sync::LazyLock};

use regex::Regex;

struct Rule {
    what: Regex,
    becomes: &'static str,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    [
        // Colours and other terminal controls.
        (r"\x1b\[[0-9;]*[A-Za-z]", ""),
        // Cargo's account of what it had to do depends on what was there already.
        (r"(?m)^ +(Compiling|Downloading|Downloaded|Updating|Locking|Adding|Blocking|Fresh|Dirty|Removed|Removing|Waiting)\b.*\n", ""),
        // Durations.
        (r"\b(in|finished in) \d+m? ?\d*(\.\d+)? ?m?s\b", "$1 …s"),
        // Hashes in file names and in symbols.
        (r"-[0-9a-f]{16}\b", "-…"),
        (r"\[[0-9a-f]{16}\]", "[…]"),
        // The number of a thread.
        (r"thread '([^']*)' \(\d+\)", "thread '$1'"),
        // A port that the system chose.
        (r"\b(127\.0\.0\.1|localhost):\d{4,5}\b", "$1:…"),
        // The Rust sources of the toolchain.
        (r"/rustc/[0-9a-f]{40}/", "/rustc/…/"),
    ]
    .map(|(what, becomes)| Rule { what: Regex::new(what).expect("the rule is a regex"), becomes })
    .into()
});

/// The text with Unix line ends, relative paths and no accidents of the run.
pub fn normalise(text: &str, root: &Path) -> String {
    let mut text = text.replace("\r\n", "\n");
    let root = root.display().to_string();
    text = text.replace(&format!("{root}/"), "").replace(&root, ".");
    if let Some(home) = std::env::home_dir() {
        text = text.replace(&format!("{}/", home.display()), "~/");
    }
    for rule in RULES.iter() {
        text = rule.what.replace_all(&text, rule.becomes).into_owned();
    }
    let lines: Vec<_> = text.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        normalise(text, Path::new("/home/reader/book"))
    }

    #[test]
    fn durations_hashes_ports_threads_and_paths_are_taken_out() {
        assert_eq!(
            plain("test result: ok; finished in 0.31s"),
            "test result: ok; finished in …s\n"
        );
        assert_eq!(
            plain("    Finished `dev` profile in 1m 02s"),
            "    Finished `dev` profile in …s\n"
        );
        assert_eq!(plain("deps/strings-a3926075bce647a0"), "deps/strings-…\n");
        assert_eq!(
            plain("core[c5930c85a12de822]::panicking"),
            "core[…]::panicking\n"
        );
        assert_eq!(
            plain("POST http://127.0.0.1:41234/batch/"),
            "POST http://127.0.0.1:…/batch/\n"
        );
        assert_eq!(
            plain("thread 'main' (4711) panicked"),
            "thread 'main' panicked\n"
        );
        assert_eq!(
            plain("at /home/reader/book/lessons/03-strings/src/lib.rs"),
            "at lessons/03-strings/src/lib.rs\n"
        );
        assert_eq!(
            plain("   Compiling strings v0.1.0\nerror: no"),
            "error: no\n"
        );
        assert_eq!(plain("\x1b[31merror\x1b[0m: x\r\n"), "error: x\n");
    }

    #[test]
    fn what_the_program_said_stays() {
        let said = "1. capture(\"signed up\") → {\"event\":\"signed up\"}, 19 bytes in 2 steps\n";
        assert_eq!(plain(said), said);
    }
}
