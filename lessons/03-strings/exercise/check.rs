//! What exercise 3 asks for. `EXERCISE` says whether the attempt or the solution is tried.

#[path = "../tests/guest/mod.rs"]
mod guest;

use wasmtime::{Engine, Instance, Module, Store};

/// The answer for a group, or `None` where the guest refuses.
fn group_id(kind: &[u8], key: &[u8]) -> Option<String> {
    let which =
        std::env::var("EXERCISE").expect("EXERCISE is attempt or solution: run `just exercise 3`");
    let engine = Engine::default();
    let module = Module::new(&engine, guest::example(&format!("strings-{which}")))
        .expect("the module is valid");
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).expect("it needs no imports");
    let memory = instance
        .get_memory(&mut store, "memory")
        .expect("memory is exported");
    let alloc = instance
        .get_typed_func::<u32, u32>(&mut store, "alloc")
        .expect("alloc is exported");
    let group_id = instance
        .get_typed_func::<(u32, u32, u32, u32), u64>(&mut store, "group_id")
        .expect("group_id is exported");
    let mut write = |text: &[u8]| {
        let address = alloc
            .call(&mut store, text.len() as u32)
            .expect("there is memory");
        memory
            .write(&mut store, address as usize, text)
            .expect("the address is inside");
        (address, text.len() as u32)
    };
    let ((kind, kind_len), (key, key_len)) = (write(kind), write(key));
    let answer = group_id
        .call(&mut store, (kind, kind_len, key, key_len))
        .expect("it does not trap");
    let mut bytes = vec![0; answer as u32 as usize];
    memory
        .read(&store, (answer >> 32) as usize, &mut bytes)
        .expect("the answer is inside");
    (answer != 0).then(|| String::from_utf8(bytes).expect("the answer is UTF-8"))
}

#[test]
fn a_group_has_an_id() {
    assert_eq!(
        group_id(b"company", b"acme").as_deref(),
        Some("$company_acme")
    );
}

#[test]
fn every_text_can_be_a_key() {
    assert_eq!(
        group_id("Łódź".as_bytes(), "🚀".as_bytes()).as_deref(),
        Some("$Łódź_🚀")
    );
    assert_eq!(group_id(b"", b"").as_deref(), Some("$_"));
}

#[test]
fn bytes_that_are_not_utf8_are_refused() {
    assert_eq!(group_id(b"company", b"\xff"), None);
    assert_eq!(group_id(b"\xff", b"acme"), None);
}
