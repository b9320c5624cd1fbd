//! Builds the lesson's guest with one more of Cargo's settings at a time, and weighs each.
//!
//! Runs natively: `cargo run --package minimal --example settings`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

const TARGET: &str = "wasm32-unknown-unknown";

// ANCHOR: settings
/// Each is added to those before it. The last two change nothing else than what they say.
const SETTINGS: [&str; 6] = [
    "opt-level=\"s\"",
    "opt-level=\"z\"",
    "lto=true",
    "codegen-units=1",
    "strip=true",
    "panic=\"abort\"",
];
// ANCHOR_END: settings

fn main() -> ExitCode {
    match env::args().nth(1).as_deref() {
        None => settings(),
        Some("rlib") => rlib(),
        Some(other) => {
            eprintln!("{other:?} is not known: give no argument, or `rlib`");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// The release profile, then one setting more in every row.
fn settings() {
    let mut chosen = Vec::new();
    row("release", weigh(&chosen, &["cdylib"]));
    for setting in SETTINGS {
        chosen.push(format!("profile.release.{setting}"));
        row(&format!("+ {setting}"), weigh(&chosen, &["cdylib"]));
    }
}

/// All settings, with and without a second crate type.
fn rlib() {
    let all = SETTINGS.map(|setting| format!("profile.release.{setting}"));
    row("crate-type = [\"cdylib\"]", weigh(&all, &["cdylib"]));
    row(
        "crate-type = [\"cdylib\", \"rlib\"]",
        weigh(&all, &["cdylib", "rlib"]),
    );
}

fn row(what: &str, bytes: u64) {
    println!("{what:<34} {bytes:>6} bytes");
}

/// Bytes of the module that these settings make.
fn weigh(settings: &[String], crate_types: &[&str]) -> u64 {
    let folder = scratch();
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["rustc", "--quiet", "--release", "--lib", "--target", TARGET])
        .arg("--target-dir")
        .arg(&folder)
        .args(["--crate-type", &crate_types.join(",")]);
    for setting in settings {
        cargo.args(["--config", setting]);
    }
    let done = cargo.status().expect("cargo starts").success();
    assert!(done, "the guest does not build with {settings:?}");
    let module = folder.join(TARGET).join("release/minimal.wasm");
    fs::metadata(module).expect("cargo built it").len()
}

/// A target directory of our own, beside the one this program was built in, so that no other build is disturbed.
fn scratch() -> PathBuf {
    let program = env::current_exe().expect("the program knows where it is");
    let target = program.ancestors().nth(3).unwrap_or(Path::new("."));
    target.join("settings")
}
