//! The guest with its function exported: the host asks it two questions.

use host::load;
use wasmtime::{Instance, Result, Store};

pub fn run() -> Result<()> {
    let (engine, module) = load("01-target.without-std")?;
    // ANCHOR: is-full
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    let is_full = instance.get_typed_func::<u32, u32>(&mut store, "is_full")?;
    for queued in [9_999, 10_000] {
        let answer = if is_full.call(&mut store, queued)? == 0 {
            "room for more"
        } else {
            "full"
        };
        println!("{queued} events queued: {answer}");
    }
    // ANCHOR_END: is-full
    Ok(())
}
