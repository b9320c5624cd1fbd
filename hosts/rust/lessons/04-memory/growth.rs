//! The memory grows while the host looks at it.

use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    let Guest {
        mut store, strings, ..
    } = Guest::new()?;
    // ANCHOR: growth
    let (address, len) = strings.write(&mut store, "signed up")?;
    let text = address as usize..(address + len) as usize;
    let view = &strings.memory.data(&store)[text.clone()];
    println!("the view has {} bytes", view.len());

    strings.write(&mut store, &"x".repeat(100_000))?;
    let view = &strings.memory.data(&store)[text];
    println!("made again after another call, it has {}", view.len());
    // ANCHOR_END: growth
    Ok(())
}
