//! The host is handed a page of HTML where it expects a module.

use wasmtime::{Engine, Module, Result};

pub fn run() -> Result<()> {
    // ANCHOR: not-webassembly
    let bytes = b"<!doctype html><title>404 Not Found</title>";
    match Module::new(&Engine::default(), bytes) {
        Ok(_) => println!("compiled"),
        Err(error) => println!("the host reports: {}", error.root_cause()),
    }
    // ANCHOR_END: not-webassembly
    Ok(())
}
