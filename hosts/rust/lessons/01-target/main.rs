//! Lesson 1 in Rust: a module, and instances of it.

mod clock;
mod is_full;
mod not_there;
mod not_webassembly;
mod thread;

use host::{load, program};
use wasmtime::{ExternType, Instance, Memory, Result, Store, error::Context};

fn main() -> Result<()> {
    match program().as_str() {
        "clock" => clock::run(),
        "is-full" => is_full::run(),
        "not-there" => not_there::run(),
        "not-webassembly" => not_webassembly::run(),
        "thread" => thread::run(),
        _ => lesson(),
    }
}

fn lesson() -> Result<()> {
    // ANCHOR: imports
    let (engine, module) = load("01-target")?;
    println!("1. the module has {} imports", module.imports().len());
    // ANCHOR_END: imports

    // ANCHOR: exports
    let exports: Vec<_> = module
        .exports()
        .map(|export| format!("{} ({})", export.name(), kind(&export.ty())))
        .collect();
    println!("2. it exports {}", exports.join(", "));
    // ANCHOR_END: exports

    // ANCHOR: instance
    let mut store = Store::new(&engine, ());
    let first = Instance::new(&mut store, &module, &[])?;
    let memory = memory_of(&first, &mut store)?;
    println!(
        "3. an instance has {} pages of memory, {} bytes",
        memory.size(&store),
        memory.data_size(&store)
    );
    // ANCHOR_END: instance

    // ANCHOR: second
    let second = Instance::new(&mut store, &module, &[])?;
    let other = memory_of(&second, &mut store)?;
    memory.data_mut(&mut store)[100] = 42;
    println!(
        "4. byte 100 is {} in the first instance and {} in the second",
        memory.data(&store)[100],
        other.data(&store)[100]
    );
    // ANCHOR_END: second
    Ok(())
}

/// The memory that an instance exports.
fn memory_of(instance: &Instance, store: &mut Store<()>) -> Result<Memory> {
    instance
        .get_memory(store, "memory")
        .context("the guest exports no memory")
}

/// What kind of thing an export is.
fn kind(export: &ExternType) -> &'static str {
    match export {
        ExternType::Func(_) => "function",
        ExternType::Memory(_) => "memory",
        ExternType::Global(_) => "global",
        _ => "something else",
    }
}
