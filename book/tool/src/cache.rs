//! Remembers what the commands on the pages printed, keyed on everything an
//! output depends on: the command, the sources of its lesson and hosts, the
//! locked dependencies, this tool and the versions of the toolchains.
//!
//! Of this tool, `pages` is left out: it sets what a command printed, and no
//! command calls it. Only successes are remembered. On the terminal nothing is
//! reused.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, OnceLock},
    thread,
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::{
    process,
    repo::{Host, Lesson, Repo},
};

pub struct Cache<'r> {
    repo: &'r Repo,
    dir: PathBuf,
    /// Whether outputs are remembered at all: only on behalf of a page.
    remembers: bool,
    /// Asked for their versions once, and only on behalf of a page.
    toolchains: OnceLock<Toolchains>,
    folders: Mutex<HashMap<PathBuf, String>>,
}

struct Toolchains {
    rustc: String,
    all: String,
}

impl<'r> Cache<'r> {
    pub fn open(repo: &'r Repo, remembers: bool) -> Cache<'r> {
        Cache {
            repo,
            dir: dir(repo),
            remembers,
            toolchains: OnceLock::new(),
            folders: Mutex::default(),
        }
    }

    /// What `make` gives, remembered under `command` until an input changes.
    ///
    /// `lessons` are the lessons whose files it depends on, `hosts` the hosts.
    pub fn get(
        &self,
        command: &str,
        lessons: &[&Lesson],
        hosts: &[&Host],
        make: impl FnOnce() -> Result<String>,
    ) -> Result<String> {
        if !self.remembers {
            return make();
        }
        let file = self.dir.join(self.key(command, lessons, hosts)?);
        if let Ok(text) = fs::read_to_string(&file) {
            return Ok(text);
        }
        let text = make()?;
        fs::create_dir_all(&self.dir)?;
        let partial = file.with_extension(std::process::id().to_string());
        fs::write(&partial, &text)?;
        fs::rename(&partial, &file)?;
        Ok(text)
    }

    /// Whether [`Cache::get`] would not have to run anything.
    pub fn has(&self, command: &str, lessons: &[&Lesson], hosts: &[&Host]) -> Result<bool> {
        Ok(self.dir.join(self.key(command, lessons, hosts)?).is_file())
    }

    fn key(&self, command: &str, lessons: &[&Lesson], hosts: &[&Host]) -> Result<String> {
        let mut hash = Sha256::new();
        let mut add = |part: &str| {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        };
        add(command);
        add(&self.toolchains().all);
        add(&self.shared(hosts)?);
        for lesson in lessons {
            add(&self.folder(&lesson.dir)?);
            for host in hosts {
                add(&self.folder(&host.programs(lesson))?);
            }
        }
        Ok(hex(&hash.finalize()))
    }

    /// The version of the compiler, `1.95.0`.
    pub fn rustc(&self) -> &str {
        &self.toolchains().rustc
    }

    fn toolchains(&self) -> &Toolchains {
        self.toolchains.get_or_init(|| ask(self.repo))
    }

    /// What every output depends on, and what every program of these hosts does.
    fn shared(&self, hosts: &[&Host]) -> Result<String> {
        let mut parts = Vec::new();
        for file in ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml"] {
            parts.push(self.folder(&self.repo.root.join(file))?);
        }
        parts.push(self.folder(&self.repo.root.join("book/tool/Cargo.toml"))?);
        for entry in sorted(&self.repo.root.join("book/tool/src"))? {
            if entry.file_name().is_some_and(|name| name != "pages") {
                parts.push(self.folder(&entry)?);
            }
        }
        for host in hosts {
            for entry in sorted(&host.dir)? {
                if entry.file_name().is_some_and(|name| name != "lessons") {
                    parts.push(self.folder(&entry)?);
                }
            }
        }
        Ok(parts.join(" "))
    }

    /// One hash over the names and contents of all sources at or below `path`.
    pub fn folder(&self, path: &Path) -> Result<String> {
        if let Some(known) = self.folders.lock().expect("no holder panics").get(path) {
            return Ok(known.clone());
        }
        let mut hash = Sha256::new();
        self.add_sources(&mut hash, path)?;
        let found = hex(&hash.finalize());
        self.folders
            .lock()
            .expect("no holder panics")
            .insert(path.to_owned(), found.clone());
        Ok(found)
    }

    fn add_sources(&self, hash: &mut Sha256, path: &Path) -> Result<()> {
        if path.is_dir() {
            let name = path.file_name();
            if name.is_some_and(|name| !self.repo.holds_sources(name)) {
                return Ok(());
            }
            for entry in sorted(path)? {
                self.add_sources(hash, &entry)?;
            }
        } else if path.is_file() {
            let bytes =
                fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
            // From the root: where the repository lies changes no output.
            hash.update(self.repo.shown(path));
            hash.update(bytes.len().to_le_bytes());
            hash.update(&bytes);
        }
        Ok(())
    }
}

/// The version of every toolchain, asked for side by side.
fn ask(repo: &Repo) -> Toolchains {
    thread::scope(|scope| {
        let rustc = scope.spawn(|| process::version(&["rustc".into(), "--version".into()]));
        let hosts: Vec<_> = repo
            .hosts
            .iter()
            .map(|host| scope.spawn(|| format!("{} {:?}", host.id, host.version())))
            .collect();
        let hosts: Vec<_> = hosts
            .into_iter()
            .map(|host| host.join().unwrap_or_default())
            .collect();
        let rustc = rustc.join().ok().flatten().unwrap_or_else(|| "?".into());
        Toolchains {
            all: format!("rustc {rustc} {}", hosts.join(" ")),
            rustc,
        }
    })
}

/// The cache's folder.
pub fn dir(repo: &Repo) -> PathBuf {
    repo.root.join("target/book-cache")
}

fn sorted(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dir).with_context(|| format!("{} cannot be read", dir.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `shared` leaves `pages` out, so no command may depend on it.
    #[test]
    fn what_sets_a_page_is_called_for_a_page_alone() {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        for file in sorted(&src).unwrap() {
            if file.is_dir() {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            let uses = text.matches(&format!("{}::", "pages")).count();
            // The pass of `book preprocess`, and what does it.
            let expected = if file.ends_with("cli.rs") { 2 } else { 0 };
            assert_eq!(uses, expected, "{}", file.display());
        }
    }
}
