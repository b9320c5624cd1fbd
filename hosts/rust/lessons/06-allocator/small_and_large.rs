//! A large block and a small one are taken and given back, again and again.

use wasmtime::Result;

use crate::guest::Guest;

pub fn run() -> Result<()> {
    // ANCHOR: small-and-large
    for allocator in ["talc", "wee-alloc"] {
        let mut guest = Guest::new(allocator)?;
        for rounds in [0, 100, 100, 200] {
            let Guest { store, strings, .. } = &mut guest;
            for _ in 0..rounds {
                let large = strings.alloc.call(&mut *store, 60_000)?;
                let small = strings.alloc.call(&mut *store, 20_000)?;
                strings.dealloc.call(&mut *store, (large, 60_000))?;
                strings.dealloc.call(&mut *store, (small, 20_000))?;
            }
            println!("{allocator}: {rounds} more rounds, {} pages", guest.pages());
        }
    }
    // ANCHOR_END: small-and-large
    Ok(())
}
