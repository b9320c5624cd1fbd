//! The host writes bytes that are no text.

use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    let Guest {
        mut store,
        strings,
        capture,
    } = Guest::new()?;
    // ANCHOR: invalid-utf8
    let bytes = [0x61, 0xff, 0x62];
    let address = strings.alloc.call(&mut store, 3)?;
    strings.memory.write(&mut store, address as usize, &bytes)?;

    let answer = capture.call(&mut store, (address, 3))?;
    println!("the guest answered {answer}");
    if let Err(error) = strings.read(&mut store, answer) {
        println!("the host reports: {error}");
    }
    // ANCHOR_END: invalid-utf8
    Ok(())
}
