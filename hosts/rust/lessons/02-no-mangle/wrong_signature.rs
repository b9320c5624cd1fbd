//! The host expects a different type of the function than the guest.

use wasmtime::Result;

use crate::guest;

pub fn run() -> Result<()> {
    let (mut store, instance) = guest("02-no-mangle")?;
    // ANCHOR: wrong-signature
    match instance.get_typed_func::<i32, i32>(&mut store, "add") {
        Ok(one) => println!("one argument: {}", one.call(&mut store, 2)?),
        Err(error) => println!("one argument: {error}\n  {}", error.root_cause()),
    }
    match instance.get_typed_func::<(f64, i32), i32>(&mut store, "add") {
        Ok(fraction) => println!("a fraction: {}", fraction.call(&mut store, (1.5, 2))?),
        Err(error) => println!("a fraction: {error}\n  {}", error.root_cause()),
    }
    // ANCHOR_END: wrong-signature
    Ok(())
}
