//! The heap is full.

use wasmtime::Result;

use crate::guest::Guest;

pub fn run() -> Result<()> {
    let mut guest = Guest::new("arena")?;
    // ANCHOR: out-of-memory
    let before = guest.pages();
    let mut blocks = 0;
    let trap = loop {
        match guest.strings.alloc.call(&mut guest.store, 65_536) {
            Ok(_) => blocks += 1,
            Err(error) => break error,
        }
    };
    println!("{blocks} blocks of 64 KiB, then: {}", trap.root_cause());
    println!("{before} pages before, {} after", guest.pages());
    // ANCHOR_END: out-of-memory
    Ok(())
}
