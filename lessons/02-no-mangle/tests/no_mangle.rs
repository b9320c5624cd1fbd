//! Runs the lesson's module in wasmtime, as a host would.

mod guest;

use wasmtime::{Engine, Instance, Module, Result, Store, WasmParams, WasmResults};

/// Calls one function of the lesson's module in a fresh instance.
fn call<Params: WasmParams, Results: WasmResults>(name: &str, params: Params) -> Result<Results> {
    let engine = Engine::default();
    let module = Module::new(&engine, guest::lesson())?;
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    instance
        .get_typed_func::<Params, Results>(&mut store, name)?
        .call(&mut store, params)
}

#[test]
fn a_sum_wraps_around_at_the_ends_of_the_range() -> Result<()> {
    assert_eq!(call::<_, i32>("add", (2, 3))?, 5);
    assert_eq!(call::<_, i32>("add", (i32::MAX, 1))?, i32::MIN);
    assert_eq!(call::<_, i32>("add", (i32::MIN, -1))?, i32::MAX);
    Ok(())
}

#[test]
fn the_same_32_bits_are_two_numbers() -> Result<()> {
    assert_eq!(call::<_, u32>("memory_limit", ())?, 3_221_225_472);
    assert_eq!(call::<_, i32>("memory_limit", ())?, -1_073_741_824);
    Ok(())
}

#[test]
fn milliseconds_take_more_than_32_bits_and_stop_at_the_end_of_64() -> Result<()> {
    let seconds = 1_767_225_600_i64;
    assert_eq!(call::<_, i64>("milliseconds", seconds)?, 1_767_225_600_000);
    assert_eq!(call::<_, i64>("milliseconds", i64::MAX)?, i64::MAX);
    Ok(())
}

#[test]
fn a_share_is_a_fraction_and_of_nothing_it_is_not_a_number() -> Result<()> {
    assert_eq!(call::<_, f64>("share", (1.0, 4.0))?, 0.25);
    assert!(call::<_, f64>("share", (0.0, 0.0))?.is_nan());
    Ok(())
}

#[test]
fn a_function_asked_for_with_another_type_is_refused() {
    assert!(call::<_, i32>("add", 2).is_err());
    assert!(call::<_, f64>("add", (1.5, 2.0)).is_err());
    assert!(call::<_, i32>("milliseconds", 2).is_err());
}

#[test]
fn a_function_that_is_not_marked_is_not_in_the_file() -> Result<()> {
    let module = Module::new(&Engine::default(), guest::example("not-exported"))?;
    assert!(module.exports().all(|export| export.ty().func().is_none()));
    Ok(())
}
