//! An import asks something of the guest that is waiting for it.

use host::{Http, TIMEOUT, host_address, load};
use wasmtime::{Caller, Extern, Linker, Result, Store, error::Context};

use crate::Guest;

pub fn run() -> Result<()> {
    let (engine, module) = load("05-imports.imports-borrowed")?;
    let mut store = Store::new(&engine, Http::new(host_address("POSTHOG_HOST")?, TIMEOUT));
    let mut linker = Linker::new(&engine);
    Http::lend(&mut linker)?;
    linker.allow_shadowing(true);
    linker.func_wrap("posthog", "http_request", counted)?;
    let guest = Guest::new(&mut store, &linker, &module)?;
    if let Err(error) = guest.capture(&mut store, "signed up", "ada") {
        println!("capture failed: {}", error.root_cause());
    }
    Ok(())
}

// ANCHOR: reentered
/// `http_request` that first says how many events wait.
fn counted(
    mut caller: Caller<'_, Http>,
    path: u32,
    path_len: u32,
    body: u32,
    body_len: u32,
) -> Result<u32> {
    println!("the host asks how many events wait");
    let waiting = caller.get_export("waiting").and_then(Extern::into_func);
    let waiting = waiting.context("the guest exports no waiting")?;
    let events = waiting.typed::<(), u32>(&caller)?.call(&mut caller, ())?;
    println!("{events} wait");
    Http::request(caller, path, path_len, body, body_len)
}
// ANCHOR_END: reentered
