//! What exercise 1 asks for. `EXERCISE` says whether the attempt or the solution is tried.

#[path = "../tests/guest/mod.rs"]
mod guest;

use wasmtime::{Engine, Instance, Module, Store};

const LIBRARY: &[u8] = b"posthog-wasm 0.1.0";

fn module() -> Vec<u8> {
    let which =
        std::env::var("EXERCISE").expect("EXERCISE is attempt or solution: run `just exercise 1`");
    guest::example(&format!("target-{which}"))
}

#[test]
fn a_custom_section_called_posthog_says_what_the_module_is() {
    let module = module();
    let content = custom_section(&module, "posthog").map(String::from_utf8_lossy);
    assert_eq!(
        content,
        Some(String::from_utf8_lossy(LIBRARY)),
        "what the section `posthog` holds"
    );
}

#[test]
fn it_takes_no_room_in_the_memory_of_an_instance() {
    let engine = Engine::default();
    let module = Module::new(&engine, module()).expect("the module is valid");
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).expect("it needs no imports");
    let memory = instance
        .get_memory(&mut store, "memory")
        .expect("memory is exported");
    let mut places = memory.data(&store).windows(LIBRARY.len());
    let address = places.position(|bytes| bytes == LIBRARY);
    assert_eq!(address, None, "the string is in memory too");
}

/// What the custom section of this name holds.
///
/// A module is eight bytes of magic and version, then sections: a number that
/// says which kind, a length, and so many bytes. Number 0 is a custom section,
/// whose bytes begin with the length of its name and the name
/// (WebAssembly core specification, section 5.5).
fn custom_section<'m>(module: &'m [u8], wanted: &str) -> Option<&'m [u8]> {
    let mut rest = &module[8..];
    while let [kind, after @ ..] = rest {
        let (length, after) = leb128(after);
        let (section, next) = after.split_at(length);
        if *kind == 0 {
            let (length, after) = leb128(section);
            let (name, content) = after.split_at(length);
            if name == wanted.as_bytes() {
                return Some(content);
            }
        }
        rest = next;
    }
    None
}

/// A number of seven bits a byte, the lowest first, and what follows it (section 5.2.2).
fn leb128(bytes: &[u8]) -> (usize, &[u8]) {
    let last = bytes
        .iter()
        .position(|byte| byte & 0x80 == 0)
        .expect("a number ends");
    let (number, rest) = bytes.split_at(last + 1);
    let value = number
        .iter()
        .rev()
        .fold(0, |value, byte| value << 7 | usize::from(byte & 0x7f));
    (value, rest)
}
