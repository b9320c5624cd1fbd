//! Commands in an environment that makes their output the same everywhere.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use anyhow::{Context, Result, bail};

/// Variables that would change what a command prints.
const FIXED: [(&str, &str); 8] = [
    ("CARGO_TERM_COLOR", "never"),
    ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
    ("DOTNET_CLI_UI_LANGUAGE", "en"),
    ("DOTNET_NOLOGO", "1"),
    ("LC_ALL", "C.UTF-8"),
    ("NO_COLOR", "1"),
    ("RUST_BACKTRACE", "0"),
    ("TESTINGPLATFORM_NOBANNER", "1"),
];

/// The variables that hold compiler flags for the guests' targets.
const GUEST_FLAGS: [&str; 2] = [
    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
    "CARGO_TARGET_WASM32_WASIP2_RUSTFLAGS",
];

/// A command to be run in `dir`.
pub fn command(program: impl AsRef<OsStr>, dir: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(dir).envs(FIXED);
    // A panic's place in a dependency is a path below Cargo's home, and part of the guest:
    // without this, a guest would be as large as its builder's name is long.
    if let Some(home) = cargo_home() {
        let flag = format!("--remap-path-prefix={}=cargo", home.display());
        command.envs(GUEST_FLAGS.map(|variable| (variable, flag.clone())));
    }
    command
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
}

/// A command line to be run in `dir`; `line` must not be empty.
pub fn line(line: &[String], dir: &Path) -> Result<Command> {
    let (program, arguments) = line.split_first().context("a command line is empty")?;
    let mut command = command(program, dir);
    command.args(arguments);
    Ok(command)
}

/// Runs a command with its output going to the terminal.
pub fn visible(mut command: Command) -> Result<()> {
    let shown = shown(&command);
    let status = command
        .status()
        .with_context(|| format!("`{shown}` cannot be started"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs a command and gives back what it printed, or says what failed and how.
pub fn captured(mut command: Command) -> Result<Output> {
    let shown = shown(&command);
    let output = command.output().with_context(|| {
        format!("`{shown}` cannot be started; `just setup` fetches what the hosts need")
    })?;
    if !output.status.success() {
        let (out, err) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        bail!(
            "`{shown}` failed ({})\n{}{}",
            output.status,
            out,
            err.trim_end()
        );
    }
    Ok(output)
}

/// The command as one would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first version number that a command prints, `20.20.2`.
pub fn version(line: &[String]) -> Option<String> {
    let (program, arguments) = line.split_first()?;
    let output = Command::new(program)
        .args(arguments)
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let number = text[start..]
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-'))
        .next()?;
    Some(number.to_owned())
}

/// Whether version `found` is `wanted` or newer, compared number by number.
pub fn at_least(found: &str, wanted: &str) -> bool {
    let numbers = |text: &str| {
        text.split(['.', '-'])
            .map_while(|part| part.parse().ok())
            .collect::<Vec<u64>>()
    };
    numbers(found) >= numbers(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number_not_by_text() {
        assert!(at_least("20.20.2", "20"));
        assert!(at_least("10.0.401", "9.0"));
        assert!(!at_least("9.0.1", "10.0"));
        assert!(!at_least("nonsense", "1"));
    }

    #[test]
    fn a_failing_command_is_named_with_what_it_said() {
        let error = captured({
            let mut command = command("cargo", Path::new("."));
            command.arg("no-such-command");
            command
        });
        let text = error.unwrap_err().to_string();
        assert!(text.contains("`cargo no-such-command` failed"), "{text}");
        assert!(text.contains("no such command"), "{text}");
    }
}
