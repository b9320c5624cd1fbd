//! From lesson 1: finds a guest's file and compiles it.

use std::{env, path::PathBuf};

use wasmtime::{Engine, Module, Result, error::Context};

// ANCHOR: load
/// Compiles a guest, `03-strings`, or one of its variants, `03-strings.variant`.
pub fn load(name: &str) -> Result<(Engine, Module)> {
    let folder = env::var_os("GUESTS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/guests")),
        PathBuf::from,
    );
    let file = folder.join(format!("{name}.wasm"));
    let engine = Engine::default();
    let module = Module::from_file(&engine, &file).with_context(|| {
        format!(
            "{} cannot be loaded: `just lesson` builds it",
            file.display()
        )
    })?;
    Ok((engine, module))
}
// ANCHOR_END: load

/// Which of a lesson's programs is wanted: `main`, or the name of a case.
pub fn program() -> String {
    env::args().nth(1).unwrap_or_else(|| "main".into())
}
