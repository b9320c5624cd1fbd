//! The repository as folders tell it: `lessons/NN-name` with a
//! `[package.metadata.lesson]` table, `hosts/name` with a `host.toml`.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use anyhow::{Context, Result, bail};
use regex::Regex;
use serde::Deserialize;

use crate::process;

/// Everything the tool knows of the repository.
pub struct Repo {
    pub root: PathBuf,
    /// Cargo's target directory, wherever the reader's settings put it.
    pub target: PathBuf,
    pub lessons: Vec<Lesson>,
    pub hosts: Vec<Host>,
}

/// One numbered lesson that has a page.
pub struct Lesson {
    pub number: u32,
    /// The folder's name, `03-strings`; also the name of its page.
    pub name: String,
    /// The package's name, `strings`.
    pub package: String,
    pub dir: PathBuf,
    pub about: About,
    /// Examples that are modules of their own: the broken variants.
    pub variants: Vec<String>,
    pub has_exercise: bool,
    /// The guest, once this process has built it: nobody changes a source meanwhile.
    pub built: OnceLock<Vec<u8>>,
}

/// `[package.metadata.lesson]` of a lesson's `Cargo.toml`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct About {
    pub title: String,
    /// The Cargo profile the guest is built with.
    #[serde(default = "release")]
    pub profile: String,
    /// The most bytes the module may have.
    pub max_bytes: usize,
    /// The exact list of imports, as `module.name`.
    #[serde(default)]
    pub imports: Vec<String>,
    /// The exact list of exports.
    pub exports: Vec<String>,
    /// What can go wrong: programs that every host has, in the page's order.
    #[serde(default)]
    pub cases: Vec<String>,
    /// Whether the programs need the local server.
    #[serde(default)]
    pub server: bool,
}

fn release() -> String {
    "release".into()
}

/// One language that runs the lessons.
pub struct Host {
    /// The folder's name, `node`; also what the terminal calls it.
    pub id: String,
    pub dir: PathBuf,
    pub about: HostFile,
    /// Lines of its programs that pages leave out.
    pub hidden: Option<Regex>,
    version: OnceLock<Option<String>>,
}

/// `host.toml`: how a host is built and run with its own ecosystem's commands.
///
/// In `run`, `{target}` stands for Cargo's target directory, `{lesson}` for a
/// lesson's folder name, and `{program}` for `main` or the name of a case.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HostFile {
    /// What people call the language.
    pub name: String,
    /// The fence language of its programs.
    pub fence: String,
    /// Its place among the tabs.
    pub order: u32,
    /// Folders that these commands fill, where no source lies: `node_modules`.
    #[serde(default)]
    pub fills: Vec<String>,
    pub toolchain: Toolchain,
    /// What executes guests, where it is no part of the toolchain.
    pub engine: Option<Engine>,
    /// Fetches the locked dependencies.
    #[serde(default)]
    pub setup: Vec<Vec<String>>,
    /// Builds all programs at once; empty where nothing is to build.
    #[serde(default)]
    pub build: Vec<Vec<String>>,
    /// Runs one program.
    pub run: Vec<String>,
    /// The host's own tests.
    #[serde(default)]
    pub test: Vec<Vec<String>>,
    /// The host's own formatter and linters.
    #[serde(default)]
    pub check: Vec<Vec<String>>,
    /// A regular expression: lines of its programs that pages leave out, such as comments for tools.
    pub hides: Option<String>,
    /// What goes wrong elsewhere and cannot be shown in this language.
    #[serde(default)]
    pub cannot: Vec<Cannot>,
}

/// A case that a host has no program for, and never will.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Cannot {
    /// The lesson's folder name.
    pub lesson: String,
    pub case: String,
    /// One sentence, for the page.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Toolchain {
    /// The command that prints the version.
    pub command: Vec<String>,
    /// The lowest version that works, `20` or `10.0`.
    pub at_least: String,
    /// What to do where it is missing.
    pub install: String,
}

/// A dependency whose version a lock file holds.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Engine {
    pub name: String,
    /// The lock file, from the host's folder.
    pub lock: PathBuf,
    /// A regular expression whose one group is the version.
    pub version: String,
}

impl Repo {
    /// Finds the repository around the current folder.
    pub fn open() -> Result<Repo> {
        let here = env::current_dir()?;
        let root = here
            .ancestors()
            .find(|dir| dir.join("book.toml").is_file() && dir.join("lessons").is_dir())
            .with_context(|| {
                format!("{} is not inside the repository: no folder above it has book.toml and lessons/", here.display())
            })?
            .to_path_buf();
        let metadata = cargo_metadata(&root)?;
        let mut lessons = Vec::new();
        for package in metadata.packages {
            lessons.extend(Lesson::of(&root, package)?);
        }
        lessons.sort_by_key(|lesson| lesson.number);
        let mut hosts = Vec::new();
        for entry in fs::read_dir(root.join("hosts")).context("hosts/ cannot be read")? {
            hosts.extend(Host::of(&entry?.path())?);
        }
        hosts.sort_by(|a, b| (a.about.order, &a.id).cmp(&(b.about.order, &b.id)));
        for host in &hosts {
            host.names_cases_of(&lessons)?;
        }
        Ok(Repo {
            root,
            target: metadata.target_directory,
            lessons,
            hosts,
        })
    }

    /// The lesson a reader means by `3`, `03` or `03-strings`.
    pub fn lesson(&self, wanted: &str) -> Result<&Lesson> {
        let found = self
            .lessons
            .iter()
            .find(|lesson| lesson.name == wanted || wanted.parse() == Ok(lesson.number));
        found.with_context(|| {
            let numbers: Vec<_> = self.lessons.iter().map(|l| l.number.to_string()).collect();
            let problem = match self.unwritten(wanted) {
                Some(name) => format!("lessons/{name} has no page and no programs yet"),
                None => format!("there is no lesson {wanted:?}"),
            };
            format!("{problem}: choose one of {}", numbers.join(", "))
        })
    }

    /// The crate of a later lesson, `13-events`, of which the book has only the name.
    pub fn unwritten(&self, wanted: &str) -> Option<String> {
        let folders = fs::read_dir(self.root.join("lessons")).ok()?.flatten();
        folders
            .filter_map(|entry| entry.file_name().into_string().ok())
            .find(|name| {
                name == wanted || number(name).is_some_and(|number| wanted.parse() == Ok(number))
            })
    }

    /// The host a reader means by `node`.
    pub fn host(&self, wanted: &str) -> Result<&Host> {
        self.hosts
            .iter()
            .find(|host| host.id == wanted)
            .with_context(|| {
                let ids: Vec<_> = self.hosts.iter().map(|h| h.id.as_str()).collect();
                format!(
                    "there is no host {wanted:?}: choose one of {}",
                    ids.join(", ")
                )
            })
    }

    /// The lesson before this one, if it is not the first.
    pub fn before(&self, lesson: &Lesson) -> Option<&Lesson> {
        self.lessons
            .iter()
            .rev()
            .find(|other| other.number < lesson.number)
    }

    /// The lesson after this one, if it is not the last.
    pub fn after(&self, lesson: &Lesson) -> Option<&Lesson> {
        self.lessons
            .iter()
            .find(|other| other.number > lesson.number)
    }

    /// Whether sources may lie in a folder of this name, and not what was built or fetched.
    pub fn holds_sources(&self, folder: &OsStr) -> bool {
        let mut filled = self.hosts.iter().flat_map(|host| &host.about.fills);
        folder != "target" && !filled.any(|filled| folder == filled.as_str())
    }

    /// A path as the reader sees it: from the root, with forward slashes.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .display()
            .to_string()
            .replace('\\', "/")
    }

    /// Where the built guests lie for every host to load.
    pub fn guests(&self) -> PathBuf {
        self.root.join("target/guests")
    }
}

/// The number that a lesson's folder begins with.
fn number(folder: &str) -> Option<u32> {
    folder.split_once('-')?.0.parse().ok()
}

impl Lesson {
    /// Reads a package as a lesson; `None` for one that is not a lesson, or has no page yet.
    fn of(root: &Path, package: Package) -> Result<Option<Lesson>> {
        let dir = package
            .manifest_path
            .parent()
            .context("a manifest lies in a folder")?
            .to_path_buf();
        if dir.parent() != Some(&root.join("lessons")) {
            return Ok(None);
        }
        let name = dir
            .file_name()
            .and_then(|name| name.to_str())
            .context("a lesson's folder has a name")?
            .to_owned();
        let Some(about) = package.metadata.get("lesson") else {
            return Ok(None);
        };
        let about = About::deserialize(about).with_context(|| {
            format!("lessons/{name}/Cargo.toml: [package.metadata.lesson] is not as expected")
        })?;
        let number = number(&name)
            .with_context(|| format!("lessons/{name}: a lesson's folder is called NN-name"))?;
        let examples = package.targets.iter().filter(|target| {
            target.kind.iter().any(|kind| kind == "cdylib")
                && target
                    .src_path
                    .strip_prefix(&dir)
                    .is_ok_and(|path| !path.starts_with("src"))
        });
        let variants = examples
            .filter(|target| target.required_features.is_empty())
            .map(|target| target.name.clone())
            .collect();
        let has_exercise = dir.join("exercise").is_dir();
        Ok(Some(Lesson {
            number,
            package: package.name,
            dir,
            about,
            variants,
            has_exercise,
            built: OnceLock::new(),
            name,
        }))
    }

    /// The module's file name without its ending.
    pub fn stem(&self) -> String {
        self.package.replace('-', "_")
    }
}

impl Host {
    fn of(dir: &Path) -> Result<Option<Host>> {
        let file = dir.join("host.toml");
        if !file.is_file() {
            return Ok(None);
        }
        let text = fs::read_to_string(&file)?;
        let about: HostFile = toml::from_str(&text)
            .with_context(|| format!("{} is not as expected", file.display()))?;
        let hidden = about.hides.as_deref().map(Regex::new).transpose();
        let hidden =
            hidden.with_context(|| format!("{}: `hides` is not a pattern", file.display()))?;
        let id = dir
            .file_name()
            .and_then(|name| name.to_str())
            .context("a host's folder has a name")?
            .to_owned();
        Ok(Some(Host {
            id,
            dir: dir.to_path_buf(),
            about,
            hidden,
            version: OnceLock::new(),
        }))
    }

    /// The toolchain's version, or `None` where it is missing.
    pub fn version(&self) -> Option<&str> {
        self.version
            .get_or_init(|| process::version(&self.about.toolchain.command))
            .as_deref()
    }

    /// The version of its engine, as its lock file has it.
    pub fn engine(&self) -> Result<Option<String>> {
        let Some(engine) = &self.about.engine else {
            return Ok(None);
        };
        let toml = format!("hosts/{}/host.toml", self.id);
        let lock = fs::read_to_string(self.dir.join(&engine.lock))
            .with_context(|| format!("{toml}: {} cannot be read", engine.lock.display()))?;
        let pattern = Regex::new(&engine.version)
            .with_context(|| format!("{toml}: the version of {} is no pattern", engine.name))?;
        let version = pattern.captures(&lock).and_then(|found| found.get(1));
        let version = version.with_context(|| {
            format!(
                "{toml}: {} has no version of {} where `{}` looks for it",
                engine.lock.display(),
                engine.name,
                engine.version
            )
        })?;
        Ok(Some(format!("{} {}", engine.name, version.as_str())))
    }

    /// Why this host cannot run here, as a sentence; `None` where it can.
    pub fn missing(&self) -> Option<String> {
        let Toolchain {
            command,
            at_least,
            install,
        } = &self.about.toolchain;
        let problem = match self.version() {
            None => format!("`{}` is not on the PATH", command[0]),
            Some(found) if !process::at_least(found, at_least) => {
                format!("`{}` is {found}", command[0])
            }
            Some(_) => return None,
        };
        Some(format!(
            "{} is skipped: {problem}, and {at_least} or newer is needed. {install}",
            self.about.name
        ))
    }

    /// Why it cannot show a case, as a sentence; `None` where it can.
    pub fn cannot(&self, lesson: &Lesson, case: &str) -> Option<String> {
        let mut cannot = self.about.cannot.iter();
        let found = cannot.find(|cannot| cannot.lesson == lesson.name && cannot.case == case)?;
        Some(format!(
            "{} cannot show this: {}",
            self.about.name, found.reason
        ))
    }

    /// Fails if it cannot show a case that does not exist.
    fn names_cases_of(&self, lessons: &[Lesson]) -> Result<()> {
        for Cannot { lesson, case, .. } in &self.about.cannot {
            let exists = lessons
                .iter()
                .any(|known| known.name == *lesson && known.about.cases.contains(case));
            if !exists {
                bail!(
                    "hosts/{}/host.toml: `cannot` names the case {case:?} of lesson {lesson:?}, which does not exist",
                    self.id
                );
            }
        }
        Ok(())
    }

    /// Whether it has a lesson's programs: a host may come one lesson at a time.
    pub fn has(&self, lesson: &Lesson) -> bool {
        self.programs(lesson).is_dir()
    }

    /// The folder of a lesson's programs in this host.
    pub fn programs(&self, lesson: &Lesson) -> PathBuf {
        self.dir.join("lessons").join(&lesson.name)
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    #[serde(default)]
    metadata: serde_json::Value,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    #[serde(rename = "crate_types")]
    kind: Vec<String>,
    src_path: PathBuf,
    #[serde(default, rename = "required-features")]
    required_features: Vec<String>,
}

fn cargo_metadata(root: &Path) -> Result<Metadata> {
    let output = process::command("cargo", root)
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .output()
        .context("`cargo` cannot be started: install Rust from https://rustup.rs")?;
    if !output.status.success() {
        bail!(
            "`cargo metadata` failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    serde_json::from_slice(&output.stdout).context("`cargo metadata` printed something unexpected")
}

/// A repository on no disk, with lessons of these folder names.
#[cfg(test)]
pub fn example(lessons: &[&str]) -> Repo {
    let root = PathBuf::from("/nowhere");
    let lesson = |name: &&str| Lesson {
        number: number(name).unwrap(),
        name: (*name).to_owned(),
        package: name[3..].to_owned(),
        dir: root.join("lessons").join(name),
        about: About {
            title: name[3..].to_owned(),
            profile: release(),
            max_bytes: 0,
            imports: vec![],
            exports: vec![],
            cases: vec![],
            server: false,
        },
        variants: vec![],
        has_exercise: false,
        built: OnceLock::new(),
    };
    Repo {
        target: root.join("target"),
        lessons: lessons.iter().map(lesson).collect(),
        hosts: vec![],
        root,
    }
}
