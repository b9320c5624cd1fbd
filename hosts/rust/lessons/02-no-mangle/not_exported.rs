//! The guest does not export the function that the host asks for.

use wasmtime::Result;

use crate::guest;

pub fn run() -> Result<()> {
    let (mut store, instance) = guest("02-no-mangle.not-exported")?;
    // ANCHOR: not-exported
    match instance.get_typed_func::<(i32, i32), i32>(&mut store, "add") {
        Ok(add) => println!("add(2, 3) = {}", add.call(&mut store, (2, 3))?),
        Err(error) => println!("the host reports: {error}"),
    }
    // ANCHOR_END: not-exported
    Ok(())
}
