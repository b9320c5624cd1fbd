//! The commit that a page is made from, and the addresses of its files.

use std::{collections::BTreeSet, ops::RangeInclusive, process::Command};

use crate::{process, repo::Repo};

use super::markdown::escaped;

pub struct Commit {
    hash: String,
    /// Files that are not as the commit has them: nothing leads to their lines.
    changed: BTreeSet<String>,
    /// Where the repository is published, if that is known.
    url: Option<String>,
}

impl Commit {
    /// The commit that is checked out, or `None` where git does not know.
    ///
    /// `setting` is `git-repository-url` of `book.toml`; without it, a clone's origin is asked.
    pub fn of(repo: &Repo, setting: Option<String>) -> Option<Commit> {
        let hash = said(repo, &["rev-parse", "HEAD"])?.trim().to_owned();
        let status = said(
            repo,
            &["status", "--porcelain", "-z", "--no-renames", "-uall"],
        )?;
        let origin = || said(repo, &["remote", "get-url", "origin"]);
        Some(Commit {
            hash,
            changed: changed(&status),
            url: setting.or_else(origin).and_then(|url| published(&url)),
        })
    }

    /// Its name for the reader, `5e028b37a1 with changes`, linked where it is published.
    pub fn name(&self) -> String {
        let name = format!("commit {}", &self.hash[..10.min(self.hash.len())]);
        let name = match &self.url {
            Some(url) => format!("<a href=\"{url}/commit/{}\">{name}</a>", self.hash),
            None => name,
        };
        let changes = if self.changed.is_empty() {
            ""
        } else {
            " with changes"
        };
        name + changes
    }

    /// The address of a file, and of lines in it. A file that has changed has none.
    fn address(&self, file: &str, lines: Option<&RangeInclusive<usize>>) -> Option<String> {
        let url = self.url.as_ref().filter(|_| !self.changed.contains(file))?;
        let fragment = match lines.map(|lines| (lines.start(), lines.end())) {
            None => String::new(),
            Some((first, last)) if first == last => format!("#L{first}"),
            Some((first, last)) => format!("#L{first}-L{last}"),
        };
        Some(format!("{url}/blob/{}/{file}{fragment}", self.hash))
    }
}

/// The name of a file above what is included from it, linked to these lines, with its side of the
/// boundary as a class.
pub fn caption(
    commit: Option<&Commit>,
    file: &str,
    lines: Option<&RangeInclusive<usize>>,
) -> String {
    let name = escaped(file);
    let name = match commit.and_then(|commit| commit.address(file, lines)) {
        Some(address) => format!("<a href=\"{}\">{name}</a>", escaped(&address)),
        None => name,
    };
    format!("<p class=\"file{}\">{name}</p>\n\n", side(file))
}

/// The guest's sources are in `lessons`, those of the hosts in `hosts`.
fn side(file: &str) -> &'static str {
    match file.split('/').next() {
        Some("lessons") => " guest",
        Some("hosts") => " host",
        _ => "",
    }
}

/// The files that `git status --porcelain -z` lists.
fn changed(status: &str) -> BTreeSet<String> {
    let lines = status.split('\0').filter_map(|line| line.get(3..));
    lines.map(str::to_owned).collect()
}

/// The address for a browser of a repository that git fetches from.
fn published(url: &str) -> Option<String> {
    let url = url.trim().trim_end_matches('/');
    let url = url.strip_suffix(".git").unwrap_or(url);
    match url.strip_prefix("git@") {
        Some(rest) => Some(format!("https://{}", rest.replacen(':', "/", 1))),
        None => url.starts_with("https://").then(|| url.to_owned()),
    }
}

fn said(repo: &Repo, arguments: &[&str]) -> Option<String> {
    let mut git: Command = process::command("git", &repo.root);
    git.args(arguments);
    let output = process::captured(git).ok()?;
    String::from_utf8(output.stdout).ok()
}

#[cfg(test)]
impl Commit {
    /// A published commit in which one file has changed.
    pub fn example() -> Commit {
        Commit {
            hash: "0123456789abcdef".into(),
            changed: changed(" M changed.rs\0?? new.rs\0"),
            url: Some("https://example.com/us".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_leads_to_its_lines_at_the_commit() {
        let commit = Commit::example();
        assert_eq!(
            caption(Some(&commit), "a/b.rs", Some(&(3..=9))),
            "<p class=\"file\"><a href=\"https://example.com/us/blob/0123456789abcdef/a/b.rs#L3-L9\">a/b.rs</a></p>\n\n"
        );
        assert!(caption(Some(&commit), "b.rs", Some(&(3..=3))).contains("/b.rs#L3\""));
        assert!(caption(Some(&commit), "b.rs", None).contains("/b.rs\""));
    }

    #[test]
    fn a_file_that_has_changed_is_not_linked_and_the_name_says_so() {
        let commit = Commit::example();
        for file in ["changed.rs", "new.rs"] {
            assert_eq!(
                caption(Some(&commit), file, Some(&(3..=9))),
                format!("<p class=\"file\">{file}</p>\n\n")
            );
        }
        assert_eq!(
            commit.name(),
            "<a href=\"https://example.com/us/commit/0123456789abcdef\">commit 0123456789</a> with changes"
        );
    }

    #[test]
    fn a_caption_says_which_side_of_the_boundary_its_file_is_on() {
        assert!(caption(None, "lessons/01-one/src/lib.rs", None).contains("\"file guest\""));
        assert!(caption(None, "hosts/echo/main.txt", None).contains("\"file host\""));
    }

    #[test]
    fn a_repository_that_is_not_published_has_no_address() {
        assert_eq!(
            caption(None, "b.rs", None),
            "<p class=\"file\">b.rs</p>\n\n"
        );
        assert_eq!(published("/home/me/clone"), None);
    }

    #[test]
    fn what_git_fetches_from_is_an_address_for_a_browser() {
        for url in [
            "https://example.com/us/it",
            "https://example.com/us/it.git\n",
            "git@example.com:us/it.git",
        ] {
            assert_eq!(
                published(url).as_deref(),
                Some("https://example.com/us/it"),
                "{url}"
            );
        }
    }
}
