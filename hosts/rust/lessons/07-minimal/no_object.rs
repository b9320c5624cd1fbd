//! Properties that are JSON, and no object.

use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    let mut guest = Guest::new("07-minimal")?;
    // ANCHOR: no-object
    for properties in ["null", "[\"pro\"]", "\"pro\"", ""] {
        let answer = guest.capture("signed up", "ada", properties)?;
        println!("{properties:<7} -> {answer}");
    }
    // ANCHOR_END: no-object
    Ok(())
}
