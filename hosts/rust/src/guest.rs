//! From lesson 1: finds a guest's file and compiles it.

use std::{
    env,
    path::{Path, PathBuf},
};

use wasmtime::{Engine, Module, Result, component::Component, error::Context};

// ANCHOR: load
/// Compiles a guest, `03-strings`, or one of its variants, `03-strings.variant`.
pub fn load(name: &str) -> Result<(Engine, Module)> {
    let engine = Engine::default();
    let file = file(name);
    let module = Module::from_file(&engine, &file).with_context(|| cannot_load(&file))?;
    Ok((engine, module))
}
// ANCHOR_END: load

// ANCHOR: load-component
/// From lesson 8: compiles a component, `08-wit.component`.
pub fn load_component(name: &str) -> Result<(Engine, Component)> {
    let engine = Engine::default();
    let file = file(name);
    let component = Component::from_file(&engine, &file).with_context(|| cannot_load(&file))?;
    Ok((engine, component))
}
// ANCHOR_END: load-component

/// Where a guest is, `03-strings`.
pub fn file(name: &str) -> PathBuf {
    let folder = env::var_os("GUESTS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/guests")),
        PathBuf::from,
    );
    folder.join(format!("{name}.wasm"))
}

fn cannot_load(file: &Path) -> String {
    format!(
        "{} cannot be loaded: `just lesson` builds it",
        file.display()
    )
}

/// Which of a lesson's programs is wanted: `main`, or the name of a case.
pub fn program() -> String {
    env::args().nth(1).unwrap_or_else(|| "main".into())
}
