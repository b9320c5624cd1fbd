//! `just doctor` says which toolchains are here; `just setup` fetches what is missing.

use std::fs;

use anyhow::{Context, Result};

use crate::{
    ledger::markdown,
    process, program,
    repo::{Host, Repo},
};

/// The mdbook that the pages are tried with.
pub const MDBOOK: &str = "0.5.4";

struct Tool {
    name: &'static str,
    version: &'static [&'static str],
    at_least: &'static str,
    install: &'static str,
}

/// What is needed beside the hosts.
const TOOLS: [Tool; 5] = [
    Tool {
        name: "mdbook",
        version: &["mdbook", "--version"],
        at_least: MDBOOK,
        install: "`just setup` installs it",
    },
    Tool {
        name: "just",
        version: &["just", "--version"],
        at_least: "1.40",
        install: "`cargo install just`",
    },
    Tool {
        name: "typos",
        version: &["typos", "--version"],
        at_least: "1.40",
        install: "for `just check`: `cargo install typos-cli`",
    },
    Tool {
        name: "chromium",
        version: &["chromium", "--version"],
        at_least: "120",
        install: "for `just check`: your system's package chromium",
    },
    Tool {
        name: "valgrind",
        version: &["valgrind", "--version"],
        at_least: "3.19",
        install: "for `just counts`, on Linux: your system's package valgrind",
    },
];

/// A table of every toolchain, its version, and what to do where one is missing.
pub fn doctor(repo: &Repo) -> Result<String> {
    let mut rows = vec![["for", "tool", "here", "wanted", "what to do"].map(String::from)];
    let row = |purpose: &str, tool: &str, found: Option<&str>, at_least: &str, install: &str| {
        let fine = found.is_some_and(|found| process::at_least(found, at_least));
        [
            purpose,
            tool,
            found.unwrap_or("missing"),
            at_least,
            if fine { "nothing" } else { install },
        ]
        .map(String::from)
    };
    let owned = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let rustc = process::version(&owned(&["rustc", "--version"]));
    rows.push(row(
        "the guests",
        "rustc",
        rustc.as_deref(),
        &pinned_rust(repo)?,
        "https://rustup.rs",
    ));
    for target in missing_targets(repo)? {
        rows.push(row(
            "the guests",
            &target,
            None,
            "any",
            "`just setup` adds it",
        ));
    }
    for tool in TOOLS {
        let found = process::version(&owned(tool.version));
        rows.push(row(
            "the book",
            tool.name,
            found.as_deref(),
            tool.at_least,
            tool.install,
        ));
    }
    for host in &repo.hosts {
        let toolchain = &host.about.toolchain;
        rows.push(row(
            &host.about.name,
            &toolchain.command[0],
            host.version(),
            &toolchain.at_least,
            &toolchain.install,
        ));
    }
    Ok(markdown(&rows))
}

/// Installs what is missing: the targets, mdbook, and each present host's locked dependencies.
pub fn setup(repo: &Repo) -> Result<()> {
    for target in missing_targets(repo)? {
        step(&format!("Rust's target {target}"));
        let mut rustup = process::command("rustup", &repo.root);
        rustup.args(["target", "add", &target]);
        process::visible(rustup)?;
    }
    if process::version(&["mdbook".into(), "--version".into()]).as_deref() != Some(MDBOOK) {
        step(&format!(
            "mdbook {MDBOOK}, built from source: some minutes, once"
        ));
        let mut cargo = process::command("cargo", &repo.root);
        cargo.args(["install", "--locked", &format!("mdbook@{MDBOOK}")]);
        process::visible(cargo)?;
    }
    for host in &repo.hosts {
        setup_host(host)?;
    }
    Ok(())
}

fn setup_host(host: &Host) -> Result<()> {
    if let Some(sentence) = program::skipped(host)? {
        eprintln!("{sentence}");
        return Ok(());
    }
    for line in &host.about.setup {
        step(&format!("{}: {}", host.about.name, line.join(" ")));
        process::visible(process::line(line, &host.dir)?)?;
    }
    Ok(())
}

fn step(what: &str) {
    eprintln!("==> {what}");
}

#[derive(serde::Deserialize)]
struct ToolchainFile {
    toolchain: Pinned,
}

#[derive(serde::Deserialize)]
struct Pinned {
    channel: String,
    targets: Vec<String>,
}

fn pinned(repo: &Repo) -> Result<Pinned> {
    let text = fs::read_to_string(repo.root.join("rust-toolchain.toml"))
        .context("rust-toolchain.toml cannot be read")?;
    Ok(toml::from_str::<ToolchainFile>(&text)
        .context("rust-toolchain.toml is not as expected")?
        .toolchain)
}

fn pinned_rust(repo: &Repo) -> Result<String> {
    Ok(pinned(repo)?.channel)
}

fn missing_targets(repo: &Repo) -> Result<Vec<String>> {
    let output = process::command("rustc", &repo.root)
        .args(["--print", "sysroot"])
        .output()
        .context("`rustc` cannot be started: install Rust from https://rustup.rs")?;
    let sysroot = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let installed = |target: &String| {
        std::path::Path::new(&sysroot)
            .join("lib/rustlib")
            .join(target)
            .is_dir()
    };
    Ok(pinned(repo)?
        .targets
        .into_iter()
        .filter(|target| !installed(target))
        .collect())
}
