//! Lesson 3 in Rust: text in, text out.

mod characters;
mod forgotten_dealloc;
mod invalid_utf8;
mod lone_surrogate;
mod use_after_free;

use host::{Strings, load, program, unpack};
use wasmtime::{Instance, Result, Store, TypedFunc};

fn main() -> Result<()> {
    match program().as_str() {
        "characters" => characters::run(),
        "forgotten-dealloc" => forgotten_dealloc::run(),
        "invalid-utf8" => invalid_utf8::run(),
        "lone-surrogate" => lone_surrogate::run(),
        "use-after-free" => use_after_free::run(),
        _ => lesson(),
    }
}

/// The guest of this lesson, ready to be called.
struct Guest {
    store: Store<()>,
    strings: Strings,
    capture: TypedFunc<(u32, u32), u64>,
}

impl Guest {
    // ANCHOR: guest
    fn new() -> Result<Guest> {
        let (engine, module) = load("03-strings")?;
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[])?;
        let strings = Strings::of(&mut store, &instance)?;
        let capture = instance.get_typed_func(&mut store, "capture")?;
        Ok(Guest {
            store,
            strings,
            capture,
        })
    }
    // ANCHOR_END: guest
}

fn lesson() -> Result<()> {
    let Guest {
        mut store,
        strings,
        capture,
    } = Guest::new()?;

    // ANCHOR: in
    let (address, len) = strings.write(&mut store, "signed up")?;
    println!("1. \"signed up\" is {len} bytes, written at {address}");
    // ANCHOR_END: in

    // ANCHOR: call
    let answer = capture.call(&mut store, (address, len))?;
    let (at, length) = unpack(answer);
    println!("2. capture answered {answer}: address {at}, length {length}");
    // ANCHOR_END: call

    // ANCHOR: out
    let event = strings.read(&mut store, answer)?;
    strings.dealloc.call(&mut store, (address, len))?;
    println!("3. the answer reads {event}");
    // ANCHOR_END: out

    // ANCHOR: vectors
    for (step, name) in ["", "Łódź", "🚀🚀🚀 𠈄𓀀", "a\0b"].iter().enumerate() {
        let (address, len) = strings.write(&mut store, name)?;
        let answer = capture.call(&mut store, (address, len))?;
        strings.dealloc.call(&mut store, (address, len))?;
        println!(
            "{}. {len} bytes: {}",
            step + 4,
            strings.read(&mut store, answer)?
        );
    }
    // ANCHOR_END: vectors
    Ok(())
}
