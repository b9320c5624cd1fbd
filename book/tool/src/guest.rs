//! Builds a lesson's guest and its broken variants, and puts them where every
//! host looks: `target/guests/03-strings.wasm`, `target/guests/03-strings.clock.wasm`.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{
    process,
    repo::{Lesson, Repo},
    wasm::Module,
};

/// Rust's target for a module without a system beneath it.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Builds everything a lesson's programs load; gives back the guest itself.
pub fn build<'l>(repo: &Repo, lesson: &'l Lesson) -> Result<&'l [u8]> {
    if let Some(guest) = lesson.built.get() {
        return Ok(guest);
    }
    let mut cargo = cargo_build(repo, lesson);
    cargo.arg("--lib");
    for variant in &lesson.variants {
        cargo.args(["--example", variant]);
    }
    process::captured(cargo)
        .with_context(|| format!("the guest of lesson {} does not build", lesson.number))?;
    let built = repo.target.join(TARGET).join(&lesson.about.profile);
    fs::create_dir_all(repo.guests())?;
    let guest = publish(repo, built.join(lesson.stem() + ".wasm"), &lesson.name)?;
    for variant in &lesson.variants {
        let file = format!("examples/{}.wasm", variant.replace('-', "_"));
        publish(
            repo,
            built.join(file),
            &format!("{}.{variant}", lesson.name),
        )?;
    }
    Ok(lesson.built.get_or_init(|| guest))
}

/// The beginning of a command that builds something of a lesson for the guests' target.
pub fn cargo_build(repo: &Repo, lesson: &Lesson) -> Command {
    let mut cargo = process::command("cargo", &repo.root);
    cargo.args(["build", "--quiet", "--target", TARGET]);
    cargo.args([
        "--profile",
        &lesson.about.profile,
        "--package",
        &lesson.package,
    ]);
    cargo
}

/// The file a reader would ship: the component where the lesson makes one, else the module.
pub fn shipped(repo: &Repo, lesson: &Lesson) -> Result<Vec<u8>> {
    let module = build(repo, lesson)?;
    let component = repo.guests().join(lesson.name.clone() + ".component.wasm");
    if Module::read(module)?.has_component_type() {
        Ok(fs::read(component)?)
    } else {
        Ok(module.to_vec())
    }
}

/// Copies one built module to the guests; makes a component of it where it carries WIT's description.
fn publish(repo: &Repo, from: PathBuf, name: &str) -> Result<Vec<u8>> {
    let bytes = fs::read(&from).with_context(|| format!("{} was not built", from.display()))?;
    write(repo, &format!("{name}.wasm"), &bytes)?;
    if Module::read(&bytes)?.has_component_type() {
        write(repo, &format!("{name}.component.wasm"), &component(&bytes)?)?;
    }
    Ok(bytes)
}

/// Replaces a guest only if it changed, so that hosts may keep what they made of it.
fn write(repo: &Repo, name: &str, bytes: &[u8]) -> Result<()> {
    let to = repo.guests().join(name);
    if fs::read(&to).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    fs::write(&to, bytes).with_context(|| format!("{} cannot be written", to.display()))
}

/// Wraps a core module that carries a `component-type` section into a component.
pub fn component(module: &[u8]) -> Result<Vec<u8>> {
    wit_component::ComponentEncoder::default()
        .validate(true)
        .module(module)
        .and_then(|encoder| encoder.encode())
        .context("the module cannot be made a component")
}
