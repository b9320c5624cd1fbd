//! `just ledger`: what each lesson's guest costs, and whether it keeps its promises.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};

use crate::{
    cache::Cache,
    guest, process,
    repo::{Lesson, Repo},
    wasm::{self, Module},
};

/// One lesson's figures.
#[derive(Clone, Copy)]
struct Row {
    bytes: usize,
    gz: usize,
    imports: usize,
    exports: usize,
    pages: u64,
    crates: usize,
}

/// The table of all lessons.
pub fn ledger(repo: &Repo, cache: &Cache) -> Result<String> {
    let mut table = vec![
        [
            "lesson", "profile", "bytes", "gzipped", "imports", "exports", "pages", "crates",
        ]
        .map(String::from),
    ];
    for lesson in &repo.lessons {
        let row = row(repo, cache, lesson)?;
        table.push([
            lesson.name.clone(),
            lesson.about.profile.clone(),
            thousands(row.bytes),
            thousands(row.gz),
            row.imports.to_string(),
            row.exports.to_string(),
            row.pages.to_string(),
            row.crates.to_string(),
        ]);
    }
    Ok(markdown(&table))
}

/// One figure of one lesson, as the prose uses it.
pub fn figure(repo: &Repo, cache: &Cache, wanted: &str, which: &str) -> Result<String> {
    let row = row(repo, cache, repo.lesson(wanted)?)?;
    Ok(match which {
        "bytes" => thousands(row.bytes),
        "gzipped" => thousands(row.gz),
        "imports" => row.imports.to_string(),
        "exports" => row.exports.to_string(),
        "pages" => row.pages.to_string(),
        "crates" => row.crates.to_string(),
        _ => bail!(
            "there is no figure {which:?}: choose one of bytes, gzipped, imports, exports, pages, crates"
        ),
    })
}

fn row(repo: &Repo, cache: &Cache, lesson: &Lesson) -> Result<Row> {
    let text = cache.get(&format!("row {}", lesson.name), &[lesson], &[], || {
        let bytes = guest::shipped(repo, lesson)?;
        let module = Module::read(&bytes)?;
        Ok(format!(
            "{} {} {} {} {} {}",
            bytes.len(),
            wasm::gzipped(&bytes),
            module.imports.len(),
            module.exports.len(),
            module.pages,
            crates(repo, lesson)?
        ))
    })?;
    let numbers: Vec<usize> = text
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    let [bytes, gz, imports, exports, pages, crates] = numbers[..] else {
        bail!("the cache holds no row: {text:?}")
    };
    Ok(Row {
        bytes,
        gz,
        imports,
        exports,
        pages: pages as u64,
        crates,
    })
}

/// How many crates go into the guest, itself included.
fn crates(repo: &Repo, lesson: &Lesson) -> Result<usize> {
    let mut cargo = process::command("cargo", &repo.root);
    cargo.args([
        "tree",
        "--package",
        &lesson.package,
        "--edges",
        "normal,no-proc-macro",
        "--target",
        guest::TARGET,
    ]);
    cargo.args(["--prefix", "none", "--no-dedupe", "--offline"]);
    let output = process::captured(cargo)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut names: Vec<_> = text.lines().filter(|line| !line.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    Ok(names.len())
}

/// Holds every guest against the imports, exports and bytes its manifest promises.
pub fn audit(repo: &Repo, lesson: &Lesson) -> Result<()> {
    let bytes = guest::shipped(repo, lesson)?;
    let module = Module::read(&bytes)?;
    audit_module(lesson, bytes.len(), &module).with_context(|| {
        format!(
            "lessons/{}/Cargo.toml, [package.metadata.lesson]",
            lesson.name
        )
    })
}

fn audit_module(lesson: &Lesson, bytes: usize, module: &Module) -> Result<()> {
    if bytes > lesson.about.max_bytes {
        bail!(
            "max-bytes is {}, and the guest has {}",
            thousands(lesson.about.max_bytes),
            thousands(bytes)
        );
    }
    for (what, promised, found) in [
        ("imports", &lesson.about.imports, &module.imports),
        ("exports", &lesson.about.exports, &module.exports),
    ] {
        // The linker chooses the order, and nobody depends on it.
        let [promised, found] =
            [promised, found].map(|names| names.iter().collect::<BTreeSet<_>>());
        if promised != found {
            bail!("{what} promises {promised:?}, and the guest has {found:?}");
        }
    }
    Ok(())
}

/// A Markdown table that lines up on the terminal too; columns of numbers are set to the right.
pub fn markdown<const N: usize>(rows: &[[String; N]]) -> String {
    let column = |index: usize| rows.iter().map(move |row| row[index].as_str());
    let widths: [usize; N] = std::array::from_fn(|index| {
        column(index)
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    });
    let numbers: [bool; N] = std::array::from_fn(|index| column(index).skip(1).all(is_number));
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        for index in 0..N {
            let (cell, width) = (&row[index], widths[index]);
            text += &if numbers[index] {
                format!("| {cell:>width$} ")
            } else {
                format!("| {cell:<width$} ")
            };
        }
        text += "|\n";
        if number == 0 {
            for index in 0..N {
                let dashes = "-".repeat(widths[index] + 1);
                text += &format!("|{dashes}{}", if numbers[index] { ":" } else { "-" });
            }
            text += "|\n";
        }
    }
    text
}

fn is_number(cell: &str) -> bool {
    cell.chars().all(|c| c.is_ascii_digit() || c == ',')
}

/// `14099` as `14,099`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;
    use crate::repo::About;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            [0, 999, 1000, 14099, 1234567].map(thousands),
            ["0", "999", "1,000", "14,099", "1,234,567"]
        );
    }

    #[test]
    fn tables_line_up() {
        let rows = [["lesson", "bytes"], ["01-target", "301"]].map(|row| row.map(String::from));
        assert_eq!(
            markdown(&rows),
            "| lesson    | bytes |\n|-----------|------:|\n| 01-target |   301 |\n"
        );
    }

    fn lesson() -> Lesson {
        let about = About {
            title: String::new(),
            profile: String::new(),
            max_bytes: 100,
            imports: vec![],
            exports: vec!["memory".into()],
            cases: vec![],
            server: false,
        };
        Lesson {
            number: 1,
            name: String::new(),
            package: String::new(),
            dir: "".into(),
            about,
            variants: vec![],
            has_exercise: false,
            built: OnceLock::new(),
        }
    }

    fn module(imports: &[&str], exports: &[&str]) -> Module {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Module {
            imports: owned(imports),
            exports: owned(exports),
            ..Module::default()
        }
    }

    #[test]
    fn a_guest_that_keeps_its_promises_passes() {
        assert!(audit_module(&lesson(), 100, &module(&[], &["memory"])).is_ok());
    }

    #[test]
    fn a_guest_over_its_budget_or_with_other_imports_or_exports_is_refused() {
        let refusal = |bytes, module: &Module| {
            audit_module(&lesson(), bytes, module)
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            refusal(101, &module(&[], &["memory"])),
            "max-bytes is 100, and the guest has 101"
        );
        assert!(refusal(1, &module(&["env.now"], &["memory"])).starts_with("imports promises"));
        assert!(refusal(1, &module(&[], &[])).starts_with("exports promises"));
    }
}
