//! The commands, as `just` and the pages call them.

use std::{fs, process::ExitCode};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use crate::{
    cache::Cache,
    check, counts, diff, doctor,
    exercise::{self, Which},
    guest, ledger, lesson, pages, program,
    repo::Repo,
    show,
    wasm::Module,
};

#[derive(Parser)]
#[command(name = "book", about = "Runs the lessons and makes the pages")]
struct Cli {
    /// Runs on behalf of a page: what was printed before may be reused
    #[arg(long)]
    page: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build a lesson, run its tests and its program
    Lesson {
        /// 3, 03 or 03-strings
        lesson: String,
        /// One host, or `tests`
        host: Option<String>,
        /// One of the things that can go wrong
        case: Option<String>,
    },
    /// What changed from the lesson before
    Diff { lesson: String },
    /// The table of all lessons
    Ledger,
    /// Sections, imports and exports of a lesson's guest
    Inspect {
        lesson: String,
        /// One of its variants, `component`, or the path of a file that a command built
        variant: Option<String>,
    },
    /// One figure of the table
    Figure { lesson: String, which: String },
    /// Run the attempt at an exercise
    Exercise {
        lesson: String,
        /// Run the answer instead
        #[arg(long)]
        solution: bool,
    },
    /// Accept new outputs
    Bless {
        /// All lessons, if none is given
        lesson: Option<String>,
    },
    /// Accept new counts of instructions
    RecordCounts,
    /// Which toolchains are here
    Doctor,
    /// Install what is missing
    Setup,
    /// Run and print a command of a lesson
    Show {
        lesson: String,
        #[arg(last = true, required = true)]
        words: Vec<String>,
    },
    /// A figure out of what a program or a command printed
    Value {
        /// A regular expression with one group
        pattern: String,
        lesson: String,
        host: Option<String>,
        case: Option<String>,
        #[arg(last = true)]
        words: Vec<String>,
    },
    /// What one case is called in each host, as a list
    Words {
        /// A regular expression with one group, or several of which one matches
        pattern: String,
        lesson: String,
        case: String,
    },
    /// One of the steps of `just test` and `just check`
    Check {
        #[arg(value_enum)]
        step: check::Step,
    },
    /// mdbook calls this: one of the two passes over the pages
    Preprocess {
        #[arg(value_enum)]
        pass: pages::Pass,
        /// `supports <renderer>`
        question: Vec<String>,
    },
}

/// Does what the command line says.
pub fn run() -> Result<ExitCode> {
    let cli = Cli::parse();
    let repo = Repo::open()?;
    let for_page = cli.page || matches!(cli.command, Command::Preprocess { .. });
    let cache = Cache::open(&repo, for_page);
    let text = match cli.command {
        Command::Lesson { lesson, host, case } => {
            lesson::lesson(&repo, &cache, &lesson, host.as_deref(), case.as_deref())?
        }
        Command::Diff { lesson } => diff::diff(&repo, &lesson)?,
        Command::Ledger => ledger::ledger(&repo, &cache)?,
        Command::Inspect { lesson, variant } => inspect(&repo, &lesson, variant.as_deref())?,
        Command::Figure { lesson, which } => ledger::figure(&repo, &cache, &lesson, &which)?,
        Command::Exercise { lesson, solution } => {
            let which = if solution {
                Which::Solution
            } else {
                Which::Attempt
            };
            let verdict = exercise::exercise(&repo, &lesson, which)?;
            print!("{}", verdict.text);
            return Ok(if verdict.passed {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            });
        }
        Command::Bless { lesson } => bless(&repo, &cache, lesson.as_deref())?,
        Command::RecordCounts => counts::record(&repo)?,
        Command::Doctor => doctor::doctor(&repo)?,
        Command::Setup => {
            doctor::setup(&repo)?;
            String::new()
        }
        Command::Show { lesson, words } => {
            let shown = show::show(&repo, &lesson, &words)?;
            print!("{}", shown.text);
            return Ok(ExitCode::from(u8::try_from(shown.code).unwrap_or(u8::MAX)));
        }
        Command::Value {
            pattern,
            lesson,
            host,
            case,
            words,
        } => show::value(
            &repo,
            &cache,
            &pattern,
            &lesson,
            host.as_deref(),
            case.as_deref(),
            &words,
        )?,
        Command::Words {
            pattern,
            lesson,
            case,
        } => show::words(&repo, &cache, &pattern, &lesson, &case)?,
        Command::Check { step } => {
            check::check(&repo, &cache, step)?;
            String::new()
        }
        Command::Preprocess { pass, question } => {
            // Every renderer gets the same pages.
            if question.is_empty() {
                pages::preprocess(&repo, &cache, pass)?;
            }
            return Ok(ExitCode::SUCCESS);
        }
    };
    print!("{text}");
    Ok(ExitCode::SUCCESS)
}

fn inspect(repo: &Repo, wanted: &str, variant: Option<&str>) -> Result<String> {
    let lesson = repo.lesson(wanted)?;
    if let Some(path) = variant.filter(|variant| variant.ends_with(".wasm")) {
        let built = path.strip_prefix("target/");
        let file = built.map_or_else(|| repo.root.join(path), |rest| repo.target.join(rest));
        let bytes =
            fs::read(file).with_context(|| format!("{path} is not there: build it first"))?;
        return Ok(Module::read(&bytes)?.describe(path, bytes.len()));
    }
    guest::build(repo, lesson)?;
    let name = variant.map_or(lesson.name.clone(), |variant| {
        format!("{}.{variant}", lesson.name)
    });
    let file = repo.guests().join(format!("{name}.wasm"));
    let bytes = fs::read(&file).with_context(|| {
        format!(
            "lesson {} has no variant {:?}: choose one of {}",
            lesson.number,
            variant.unwrap_or_default(),
            lesson.variants.join(", ")
        )
    })?;
    Ok(Module::read(&bytes)?.describe(&format!("{name}.wasm"), bytes.len()))
}

fn bless(repo: &Repo, cache: &Cache, wanted: Option<&str>) -> Result<String> {
    let lessons: Vec<_> = match wanted {
        Some(wanted) => vec![repo.lesson(wanted)?],
        None => repo.lessons.iter().collect(),
    };
    let mut text = String::new();
    for lesson in lessons {
        for file in program::bless(repo, cache, lesson)? {
            text += &format!("changed: {}\n", repo.shown(&file));
        }
    }
    Ok(if text.is_empty() {
        "nothing changed\n".into()
    } else {
        text
    })
}
