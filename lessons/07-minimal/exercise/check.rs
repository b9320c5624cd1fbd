//! What exercise 7 asks for. `EXERCISE` says whether the attempt or the solution is tried.

#[path = "../tests/guest/mod.rs"]
mod guest;

use wasmtime::{Caller, Engine, Extern, Linker, Module, Result, Store};

/// What the guest is told whatever it sends.
const ANSWER: &str = r#"200 {"status":1}"#;

/// The bytes of the attempt or the solution.
fn module() -> Vec<u8> {
    let which =
        std::env::var("EXERCISE").expect("EXERCISE is attempt or solution: run `just exercise 7`");
    guest::example(&format!("minimal-{which}"))
}

/// What the guest sends as the properties of an event that has these.
fn sent(properties: &str) -> Result<String> {
    let engine = Engine::default();
    let module = Module::new(&engine, module())?;
    let mut linker = Linker::new(&engine);
    linker.func_wrap("posthog", "http_request", send)?;
    linker.func_wrap("posthog", "http_request_len", || ANSWER.len() as u32)?;
    let mut store = Store::new(&engine, String::new());
    let instance = linker.instantiate(&mut store, &module)?;
    let memory = instance
        .get_memory(&mut store, "memory")
        .expect("memory is exported");
    let alloc = instance.get_typed_func::<u32, u32>(&mut store, "alloc")?;
    let len = properties.len() as u32;
    let address = alloc.call(&mut store, len)?;
    memory.write(&mut store, address as usize, properties.as_bytes())?;
    let capture = instance
        .get_typed_func::<(u32, u32, u32, u32, u32, u32, u32, u32), u64>(&mut store, "capture")?;
    // Three empty strings may lie anywhere.
    capture.call(&mut store, (1, 0, 1, 0, 1, 0, address, len))?;
    let body = store.into_data();
    let start =
        body.find("\"properties\":").expect("there are properties") + "\"properties\":".len();
    let sent = body[start..]
        .strip_suffix("}]}")
        .expect("the request ends after them");
    Ok(sent.to_owned())
}

/// The import `http_request`: keeps the body, and answers at once.
fn send(mut caller: Caller<String>, _: u32, _: u32, body: u32, len: u32) -> Result<u32> {
    let memory = caller.get_export("memory").and_then(Extern::into_memory);
    let memory = memory.expect("memory is exported");
    let alloc = caller.get_export("alloc").and_then(Extern::into_func);
    let alloc = alloc
        .expect("alloc is exported")
        .typed::<u32, u32>(&caller)?;
    let mut bytes = vec![0; len as usize];
    memory.read(&caller, body as usize, &mut bytes)?;
    *caller.data_mut() = String::from_utf8(bytes)?;
    let address = alloc.call(&mut caller, ANSWER.len() as u32)?;
    memory.write(&mut caller, address as usize, ANSWER.as_bytes())?;
    Ok(address)
}

#[test]
fn every_event_says_which_library_made_it() -> Result<()> {
    assert_eq!(
        sent(r#"{"plan":"pro"}"#)?,
        r#"{"$lib":"posthog-wasm","$lib_version":"0.1.0","plan":"pro"}"#
    );
    Ok(())
}

#[test]
fn no_properties_and_white_space_make_no_stray_comma() -> Result<()> {
    for properties in ["{}", "{ \n}", " { \"a\" : 1 }"] {
        let sent = sent(properties)?;
        let object: serde_json::Value = serde_json::from_str(&sent)
            .unwrap_or_else(|error| panic!("{properties:?} became {sent:?}: {error}"));
        assert_eq!(
            object["$lib"], "posthog-wasm",
            "{properties:?} became {sent:?}"
        );
    }
    Ok(())
}

#[test]
fn the_budget_of_bytes_is_kept() {
    let line = include_str!("../Cargo.toml")
        .lines()
        .find_map(|line| line.strip_prefix("max-bytes = "))
        .expect("the manifest has the line");
    let budget: usize = line.replace('_', "").parse().expect("a number");
    let bytes = module().len();
    assert!(bytes <= budget, "{bytes} bytes, and {budget} are granted");
}
