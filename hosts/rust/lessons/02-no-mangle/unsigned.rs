//! 32 bits arrive, and not whether they have a sign.

use wasmtime::Result;

use crate::guest;

pub fn run() -> Result<()> {
    let (mut store, instance) = guest("02-no-mangle")?;
    // ANCHOR: unsigned
    let signed = instance.get_typed_func::<(), i32>(&mut store, "memory_limit")?;
    println!("as a number with a sign: {}", signed.call(&mut store, ())?);
    let unsigned = instance.get_typed_func::<(), u32>(&mut store, "memory_limit")?;
    println!("as a number without: {}", unsigned.call(&mut store, ())?);
    // ANCHOR_END: unsigned
    Ok(())
}
