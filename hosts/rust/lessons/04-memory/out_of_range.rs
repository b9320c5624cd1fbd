//! The host uses an address in the memory of a different instance.

use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    // ANCHOR: out-of-range
    let mut first = Guest::new()?;
    let (address, len) = first.strings.write(&mut first.store, "signed up")?;

    let second = Guest::new()?;
    let memory = second.strings.memory;
    let size = memory.data_size(&second.store);
    println!("{len} bytes at {address}, in a memory of {size} bytes");

    let mut bytes = vec![0; len as usize];
    if let Err(error) = memory.read(&second.store, address as usize, &mut bytes) {
        println!("refused: {error}");
    }
    // ANCHOR_END: out-of-range
    Ok(())
}
