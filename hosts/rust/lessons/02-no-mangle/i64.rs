//! The host hands 32 bits to a function that takes 64.

use wasmtime::Result;

use crate::guest;

pub fn run() -> Result<()> {
    let (mut store, instance) = guest("02-no-mangle")?;
    // ANCHOR: i64
    match instance.get_typed_func::<i32, i32>(&mut store, "milliseconds") {
        Ok(narrow) => println!("an i32: {}", narrow.call(&mut store, 1_767_225_600)?),
        Err(error) => println!("an i32: {error}\n  {}", error.root_cause()),
    }

    let wide = instance.get_typed_func::<i64, i64>(&mut store, "milliseconds")?;
    println!("an i64: {}", wide.call(&mut store, 1_767_225_600)?);
    // ANCHOR_END: i64
    Ok(())
}
