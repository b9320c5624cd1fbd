//! What exercise 2 asks for. `EXERCISE` says whether the attempt or the solution is tried.

#[path = "../tests/guest/mod.rs"]
mod guest;

use wasmtime::{Engine, Instance, Module, Store};

/// How long the guest waits before each of these attempts, in milliseconds.
fn waits(attempts: &[u32]) -> Vec<u32> {
    let which =
        std::env::var("EXERCISE").expect("EXERCISE is attempt or solution: run `just exercise 2`");
    let engine = Engine::default();
    let module = Module::new(&engine, guest::example(&format!("no-mangle-{which}")))
        .expect("the module is valid");
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).expect("it needs no imports");
    let wait_ms = instance
        .get_typed_func::<u32, u32>(&mut store, "wait_ms")
        .expect("`wait_ms` is exported and takes and gives 32 bits");
    attempts
        .iter()
        .map(|attempt| {
            wait_ms
                .call(&mut store, *attempt)
                .expect("it does not trap")
        })
        .collect()
}

#[test]
fn each_wait_is_twice_the_one_before() {
    assert_eq!(
        waits(&[0, 1, 2, 3, 4]),
        [1_000, 2_000, 4_000, 8_000, 16_000]
    );
}

#[test]
fn none_is_longer_than_30_seconds() {
    assert_eq!(waits(&[5, 6, 20]), [30_000; 3]);
}

#[test]
fn no_number_of_attempts_overflows() {
    assert_eq!(waits(&[22, 31, 32, u32::MAX - 1, u32::MAX]), [30_000; 5]);
}
