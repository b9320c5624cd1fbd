//! The host never gives back what it was given.

use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    let Guest {
        mut store,
        strings,
        capture,
    } = Guest::new()?;
    // ANCHOR: forgotten-dealloc
    for calls in [0, 5_000, 10_000, 20_000] {
        for _ in 0..calls {
            let (address, len) = strings.write(&mut store, "signed up")?;
            capture.call(&mut store, (address, len))?;
        }
        println!("{calls} more calls: {} pages", strings.memory.size(&store));
    }
    // ANCHOR_END: forgotten-dealloc
    Ok(())
}
