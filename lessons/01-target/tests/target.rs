//! Looks into the lesson's module and its variants, and runs them in wasmtime.

mod guest;

use wasmtime::{Engine, Instance, Module, Result, Store, Trap};

/// A module of this lesson, instantiated with no imports.
fn instance(bytes: &[u8]) -> Result<(Store<()>, Instance)> {
    let engine = Engine::default();
    let module = Module::new(&engine, bytes)?;
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    Ok((store, instance))
}

#[test]
fn the_guest_imports_nothing_and_exports_no_function() -> Result<()> {
    let module = Module::new(&Engine::default(), guest::lesson())?;
    assert_eq!(module.imports().len(), 0);
    assert!(module.exports().all(|export| export.ty().func().is_none()));
    Ok(())
}

#[test]
fn an_instance_begins_with_a_mebibyte_of_zeros() -> Result<()> {
    let (mut store, instance) = instance(&guest::lesson())?;
    let memory = instance
        .get_memory(&mut store, "memory")
        .expect("memory is exported");
    assert_eq!(memory.data(&store), vec![0; 1024 * 1024]);
    Ok(())
}

#[test]
fn two_instances_of_one_module_share_no_memory() -> Result<()> {
    let engine = Engine::default();
    let module = Module::new(&engine, guest::lesson())?;
    let mut store = Store::new(&engine, ());
    let memory = |store: &mut Store<()>| {
        Instance::new(&mut *store, &module, &[])
            .expect("it needs no imports")
            .get_memory(store, "memory")
            .expect("memory is exported")
    };
    let (first, second) = (memory(&mut store), memory(&mut store));
    first.write(&mut store, 100, &[42])?;
    assert_eq!(second.data(&store)[100], 0);
    Ok(())
}

#[test]
fn the_standard_library_alone_brings_no_imports() -> Result<()> {
    let (mut store, instance) = instance(&guest::example("with-std"))?;
    let is_full = instance.get_typed_func::<u32, u32>(&mut store, "is_full")?;
    assert_eq!(is_full.call(&mut store, 9_999)?, 0);
    assert_eq!(is_full.call(&mut store, 10_000)?, 1);
    Ok(())
}

#[test]
fn asking_for_the_time_traps_and_the_reason_stays_in_the_file() -> Result<()> {
    let module = guest::example("clock");
    let (mut store, instance) = instance(&module)?;
    let timestamp = instance.get_typed_func::<(), u64>(&mut store, "timestamp")?;
    let error = timestamp.call(&mut store, ()).expect_err("it traps");
    assert_eq!(error.downcast_ref(), Some(&Trap::UnreachableCodeReached));
    let reason = b"time not implemented on this platform";
    assert!(module.windows(reason.len()).any(|bytes| bytes == reason));
    Ok(())
}

#[test]
fn starting_a_thread_traps() -> Result<()> {
    let (mut store, instance) = instance(&guest::example("thread"))?;
    let flush = instance.get_typed_func::<(), ()>(&mut store, "flush")?;
    let error = flush.call(&mut store, ()).expect_err("it traps");
    assert_eq!(error.downcast_ref(), Some(&Trap::UnreachableCodeReached));
    Ok(())
}
