//! What exercise 6 asks for. `EXERCISE` says whether the attempt or the solution is tried.

#[path = "../tests/guest/mod.rs"]
mod guest;

use wasmtime::{Caller, Engine, Extern, Instance, Linker, Module, Result, Store};

/// What the guest is told whatever it sends.
const ANSWER: &str = r#"200 {"status":1}"#;

/// The guest under test, with a host that answers at once.
fn started() -> Result<(Store<()>, Instance)> {
    let which =
        std::env::var("EXERCISE").expect("EXERCISE is attempt or solution: run `just exercise 6`");
    let engine = Engine::default();
    let module = Module::new(&engine, guest::example(&format!("allocator-{which}")))?;
    let mut linker = Linker::new(&engine);
    linker.func_wrap(
        "posthog",
        "http_request",
        |mut caller: Caller<()>, _: u32, _: u32, _: u32, _: u32| -> Result<u32> {
            let alloc = caller.get_export("alloc").and_then(Extern::into_func);
            let alloc = alloc
                .expect("alloc is exported")
                .typed::<u32, u32>(&caller)?;
            let memory = caller.get_export("memory").and_then(Extern::into_memory);
            let address = alloc.call(&mut caller, ANSWER.len() as u32)?;
            let memory = memory.expect("memory is exported");
            memory.write(&mut caller, address as usize, ANSWER.as_bytes())?;
            Ok(address)
        },
    )?;
    linker.func_wrap("posthog", "http_request_len", || ANSWER.len() as u32)?;
    let mut store = Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &module)?;
    Ok((store, instance))
}

#[test]
fn what_the_host_holds_is_counted_to_the_byte() -> Result<()> {
    let (mut store, guest) = started()?;
    let live = guest.get_typed_func::<(), u32>(&mut store, "live_bytes")?;
    let alloc = guest.get_typed_func::<u32, u32>(&mut store, "alloc")?;
    let dealloc = guest.get_typed_func::<(u32, u32), ()>(&mut store, "dealloc")?;
    let first = alloc.call(&mut store, 9)?;
    let second = alloc.call(&mut store, 100_000)?;
    assert_eq!(live.call(&mut store, ())?, 100_009);
    dealloc.call(&mut store, (first, 9))?;
    assert_eq!(live.call(&mut store, ())?, 100_000);
    dealloc.call(&mut store, (second, 100_000))?;
    assert_eq!(live.call(&mut store, ())?, 0);
    Ok(())
}

#[test]
fn a_capture_leaves_its_answer_and_nothing_else() -> Result<()> {
    let (mut store, guest) = started()?;
    let live = guest.get_typed_func::<(), u32>(&mut store, "live_bytes")?;
    let capture =
        guest.get_typed_func::<(u32, u32, u32, u32, u32, u32), u64>(&mut store, "capture")?;
    // Three empty strings: nothing of the host's is in the count, and the body still grows as it is written.
    let answer = capture.call(&mut store, (1, 0, 1, 0, 1, 0))?;
    assert_eq!(live.call(&mut store, ())?, answer as u32);
    assert_eq!(answer as u32, ANSWER.len() as u32);
    Ok(())
}
