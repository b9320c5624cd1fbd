//! The guest's file is not where the host looks.

use host::load;
use wasmtime::Result;

pub fn run() -> Result<()> {
    // ANCHOR: not-there
    match load("01-traget") {
        Ok(_) => println!("loaded"),
        Err(error) => println!("the host reports: {error}"),
    }
    // ANCHOR_END: not-there
    Ok(())
}
