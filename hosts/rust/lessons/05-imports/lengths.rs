//! Two guests share what the host remembers of the last answer.

use host::{Http, TIMEOUT, host_address, load};
use wasmtime::{Caller, Linker, Result, Store};

use crate::Guest;

pub fn run() -> Result<()> {
    let (engine, module) = load("05-imports")?;
    let http = Http::new(host_address("POSTHOG_HOST")? + "/echo", TIMEOUT);
    let mut store = Store::new(&engine, http);
    let mut linker = Linker::new(&engine);
    Http::lend(&mut linker)?;
    linker.allow_shadowing(true);
    // ANCHOR: lengths
    let second = Guest::new(&mut store, &linker, &module)?;
    // Between the two imports of the first guest, the second captures.
    let length = move |mut caller: Caller<'_, Http>| -> Result<u32> {
        let answer = second.capture(&mut caller, "paid", "bo")?;
        println!("the second reads {answer}");
        Ok(caller.data().length)
    };
    linker.func_wrap("posthog", "http_request_len", length)?;
    let first = Guest::new(&mut store, &linker, &module)?;

    let answer = first.capture(&mut store, "signed up", "ada@example.com")?;
    println!("the first reads  {answer}");
    // ANCHOR_END: lengths
    Ok(())
}
