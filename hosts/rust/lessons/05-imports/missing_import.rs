//! The host lends one of the two functions and forgets the other.

use host::{Http, TIMEOUT, load};
use wasmtime::{Linker, Result, Store};

use crate::Guest;

pub fn run() -> Result<()> {
    let (engine, module) = load("05-imports")?;
    // ANCHOR: missing-import
    let mut store = Store::new(&engine, Http::new("http://localhost", TIMEOUT));
    let mut linker = Linker::new(&engine);
    linker.func_wrap("posthog", "http_request", Http::request)?;

    if let Err(error) = Guest::new(&mut store, &linker, &module) {
        println!("{error:#}");
    }
    // ANCHOR_END: missing-import
    Ok(())
}
