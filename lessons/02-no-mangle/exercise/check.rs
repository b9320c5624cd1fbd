//! What exercise 2 asks for. `EXERCISE` says whether the attempt or the solution is tried.

#[path = "../tests/guest/mod.rs"]
mod guest;

use wasmtime::{Engine, Instance, Module, Store};

/// Each of these attempts, and how long the guest waits before it, in milliseconds.
fn waits(attempts: &[u32]) -> Vec<(u32, u32)> {
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
        .map(|&attempt| {
            let wait = wait_ms.call(&mut store, attempt);
            (attempt, wait.expect("it does not trap"))
        })
        .collect()
}

#[test]
fn each_wait_is_twice_the_one_before() {
    assert_eq!(
        waits(&[0, 1, 2, 3, 4]),
        [(0, 1_000), (1, 2_000), (2, 4_000), (3, 8_000), (4, 16_000)]
    );
}

#[test]
fn none_is_longer_than_30_seconds() {
    assert_longest(&[5, 6, 20]);
}

#[test]
fn no_number_of_attempts_overflows() {
    // From 23 on 1,000 times the power leaves 32 bits, from 32 on the power itself.
    assert_longest(&[22, 23, 31, 32, u32::MAX - 1, u32::MAX]);
}

/// That the guest waits 30 seconds before each of these attempts.
fn assert_longest(attempts: &[u32]) {
    let longest: Vec<_> = attempts.iter().map(|&attempt| (attempt, 30_000)).collect();
    assert_eq!(waits(attempts), longest);
}
