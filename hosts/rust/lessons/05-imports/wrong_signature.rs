//! The host's `http_request` takes a body and no path.

use host::{Http, Strings, TIMEOUT, host_address, load};
use wasmtime::{Caller, Linker, Result, Store};

use crate::Guest;

pub fn run() -> Result<()> {
    let (engine, module) = load("05-imports")?;
    let mut store = Store::new(&engine, Http::new(host_address("POSTHOG_HOST")?, TIMEOUT));
    let mut linker = Linker::new(&engine);
    Http::lend(&mut linker)?;
    linker.allow_shadowing(true);
    // ANCHOR: wrong-signature
    let post_batch = |mut caller: Caller<'_, Http>, body: u32, body_len: u32| -> Result<u32> {
        let strings = Strings::of_caller(&mut caller)?;
        let body = strings.copy(&caller, body, body_len)?;
        let answer = caller.data().post("/batch/", &body);
        let (address, length) = strings.write(&mut caller, &answer)?;
        caller.data_mut().length = length;
        Ok(address)
    };
    linker.func_wrap("posthog", "http_request", post_batch)?;

    match Guest::new(&mut store, &linker, &module) {
        Ok(guest) => println!("{}", guest.capture(&mut store, "signed up", "ada")?),
        Err(error) => println!("{error}\n{}", error.root_cause()),
    }
    // ANCHOR_END: wrong-signature
    Ok(())
}
