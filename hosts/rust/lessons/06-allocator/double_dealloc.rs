//! The host gives the same bytes back twice.

use wasmtime::Result;

use crate::guest::Guest;

pub fn run() -> Result<()> {
    // ANCHOR: double-dealloc
    for allocator in ["dlmalloc", "talc", "wee-alloc"] {
        let Guest {
            mut store, strings, ..
        } = Guest::new(allocator)?;
        let first = strings.write(&mut store, "signed up")?;
        strings.dealloc.call(&mut store, first)?;
        let second = strings.write(&mut store, "logged in")?;
        strings.dealloc.call(&mut store, first)?;
        strings.write(&mut store, "cancelled")?;

        let mut bytes = vec![0; second.1 as usize];
        strings.memory.read(&store, second.0 as usize, &mut bytes)?;
        println!(
            "{allocator}: \"logged in\" now reads {:?}",
            String::from_utf8_lossy(&bytes)
        );
    }
    // ANCHOR_END: double-dealloc
    Ok(())
}
