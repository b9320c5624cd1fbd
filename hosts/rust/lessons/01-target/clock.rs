//! The guest asks the standard library for the time.

use host::load;
use wasmtime::{Instance, Result, Store};

pub fn run() -> Result<()> {
    let (engine, module) = load("01-target.clock")?;
    // ANCHOR: clock
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    println!("compiled, loaded, {} imports", module.imports().len());

    let timestamp = instance.get_typed_func::<(), u64>(&mut store, "timestamp")?;
    match timestamp.call(&mut store, ()) {
        Ok(seconds) => println!("{seconds} seconds since 1970"),
        Err(error) => println!("the host reports: {}", error.root_cause()),
    }
    // ANCHOR_END: clock
    Ok(())
}
