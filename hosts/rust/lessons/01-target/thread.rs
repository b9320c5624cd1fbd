//! The guest starts a thread.

use host::load;
use wasmtime::{Instance, Result, Store};

pub fn run() -> Result<()> {
    let (engine, module) = load("01-target.thread")?;
    // ANCHOR: thread
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    println!("compiled, loaded, {} imports", module.imports().len());

    let flush = instance.get_typed_func::<(), ()>(&mut store, "flush")?;
    match flush.call(&mut store, ()) {
        Ok(()) => println!("flushed"),
        Err(error) => println!("the host reports: {}", error.root_cause()),
    }
    // ANCHOR_END: thread
    Ok(())
}
