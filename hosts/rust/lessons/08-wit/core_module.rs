//! The host mistakes a core module for a component, and the other way round.

use host::{load, load_component};
use wasmtime::Result;

pub fn run() -> Result<()> {
    // ANCHOR: core-module
    if let Err(error) = load_component("08-wit") {
        println!("the module as a component: {}", error.root_cause());
    }
    if let Err(error) = load("08-wit.component") {
        println!("the component as a module: {}", error.root_cause());
    }
    // ANCHOR_END: core-module
    Ok(())
}
