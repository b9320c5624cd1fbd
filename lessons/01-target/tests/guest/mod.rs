//! Builds this lesson's modules, so that no test runs a stale one.

use std::{fs, path::Path, process::Command};

/// The bytes of the lesson's own module.
#[allow(dead_code, reason = "an exercise needs only an example")]
pub fn lesson() -> Vec<u8> {
    build(&["--lib"], env!("CARGO_PKG_NAME"))
}

/// The bytes of a module that is an example.
#[allow(dead_code, reason = "most tests need only the lesson")]
pub fn example(name: &str) -> Vec<u8> {
    build(
        &["--features", "exercise", "--example", name],
        &format!("examples/{name}"),
    )
}

fn build(selection: &[&str], file: &str) -> Vec<u8> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([
        "build",
        "--quiet",
        "--release",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    cargo
        .args(["--package", env!("CARGO_PKG_NAME")])
        .args(selection);
    assert!(
        cargo.status().expect("cargo starts").success(),
        "the guest does not build"
    );
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("it lies in the target directory");
    let file = file.replace('-', "_") + ".wasm";
    fs::read(target.join("wasm32-unknown-unknown/release").join(file)).expect("cargo built it")
}
