//! Lesson 2 in Rust: four functions, four kinds of numbers.

mod i64;
mod not_exported;
mod unsigned;
mod wrong_signature;

use host::{load, program};
use wasmtime::{Instance, Result, Store};

fn main() -> Result<()> {
    match program().as_str() {
        "i64" => i64::run(),
        "not-exported" => not_exported::run(),
        "unsigned" => unsigned::run(),
        "wrong-signature" => wrong_signature::run(),
        _ => lesson(),
    }
}

// ANCHOR: guest
/// The guest of this lesson or one of its variants, ready to be asked for its functions.
fn guest(name: &str) -> Result<(Store<()>, Instance)> {
    let (engine, module) = load(name)?;
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    Ok((store, instance))
}
// ANCHOR_END: guest

fn lesson() -> Result<()> {
    let (mut store, instance) = guest("02-no-mangle")?;

    // ANCHOR: add
    let add = instance.get_typed_func::<(i32, i32), i32>(&mut store, "add")?;
    println!("1. add(2, 3) = {}", add.call(&mut store, (2, 3))?);
    let wrapped = add.call(&mut store, (2_147_483_647, 1))?;
    println!("2. add(2147483647, 1) = {wrapped}");
    // ANCHOR_END: add

    // ANCHOR: memory-limit
    let memory_limit = instance.get_typed_func::<(), u32>(&mut store, "memory_limit")?;
    println!("3. memory_limit() = {}", memory_limit.call(&mut store, ())?);
    // ANCHOR_END: memory-limit

    // ANCHOR: milliseconds
    let milliseconds = instance.get_typed_func::<i64, i64>(&mut store, "milliseconds")?;
    let stamp = milliseconds.call(&mut store, 1_767_225_600)?;
    println!("4. milliseconds(1767225600) = {stamp}");
    // ANCHOR_END: milliseconds

    // ANCHOR: share
    let share = instance.get_typed_func::<(f64, f64), f64>(&mut store, "share")?;
    println!("5. share(1, 4) = {}", share.call(&mut store, (1.0, 4.0))?);
    // ANCHOR_END: share
    Ok(())
}
