//! The host counts characters where the guest expects bytes.

use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    let Guest {
        mut store,
        strings,
        capture,
    } = Guest::new()?;
    // ANCHOR: characters
    let name = "Łódź";
    let (address, len) = strings.write(&mut store, name)?;
    let characters = name.chars().count() as u32;
    println!("{name} has {characters} characters and {len} bytes");

    let answer = capture.call(&mut store, (address, characters))?;
    println!(
        "told {characters}, the guest captured {}",
        strings.read(&mut store, answer)?
    );
    // ANCHOR_END: characters
    Ok(())
}
