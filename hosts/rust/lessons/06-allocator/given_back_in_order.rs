//! Two blocks go back in the order they came, then one is taken that is as large as both.

use wasmtime::Result;

use crate::guest::Guest;

pub fn run() -> Result<()> {
    // ANCHOR: given-back-in-order
    for allocator in ["talc", "wee-alloc"] {
        let mut guest = Guest::new(allocator)?;
        for rounds in [0, 100, 100, 200] {
            let Guest { store, texts, .. } = &mut guest;
            for _ in 0..rounds {
                let first = texts.alloc.call(&mut *store, 40_000)?;
                let second = texts.alloc.call(&mut *store, 40_000)?;
                texts.dealloc.call(&mut *store, (first, 40_000))?;
                texts.dealloc.call(&mut *store, (second, 40_000))?;

                let both = texts.alloc.call(&mut *store, 80_000)?;
                texts.dealloc.call(&mut *store, (both, 80_000))?;
            }
            println!("{allocator}: {rounds} more rounds, {} pages", guest.pages());
        }
    }
    // ANCHOR_END: given-back-in-order
    Ok(())
}
