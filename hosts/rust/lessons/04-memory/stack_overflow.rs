//! The guest's stack is too small for what the host asks.

use host::load;
use wasmtime::{Instance, Result, Store, Trap};

pub fn run() -> Result<()> {
    let (engine, module) = load("04-memory.nested")?;
    // ANCHOR: stack-overflow
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    let nested = instance.get_typed_func::<u32, u32>(&mut store, "nested")?;
    for levels in [10, 10_000, 10] {
        match nested.call(&mut store, levels) {
            Ok(came_back) => println!("{levels} levels: came back from {came_back}"),
            Err(error) => println!("{levels} levels: {}", error.downcast::<Trap>()?),
        }
    }
    // ANCHOR_END: stack-overflow
    Ok(())
}
