//! Does not compile: a view of the memory, kept while the guest runs.

use host::{Strings, load};
use wasmtime::{Instance, Result, Store};

fn main() -> Result<()> {
    let (engine, module) = load("04-memory")?;
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    let strings = Strings::of(&mut store, &instance)?;
    // ANCHOR: kept
    let (address, len) = strings.write(&mut store, "signed up")?;
    let text = address as usize..(address + len) as usize;
    let view = &strings.memory.data(&store)[text];
    println!("the view has {} bytes", view.len());

    strings.write(&mut store, &"x".repeat(100_000))?;
    println!("after another call it has {}", view.len());
    // ANCHOR_END: kept
    Ok(())
}
