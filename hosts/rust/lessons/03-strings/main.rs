//! Lesson 3 in Rust: text in, text out.

mod characters;
mod forgotten_dealloc;
mod invalid_utf8;
mod lone_surrogate;
mod use_after_free;

use host::{Texts, load, program, unpack};
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
    texts: Texts,
    capture: TypedFunc<(u32, u32), u64>,
}

impl Guest {
    // ANCHOR: guest
    fn new() -> Result<Guest> {
        let (engine, module) = load("03-strings")?;
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[])?;
        let texts = Texts::of(&mut store, &instance)?;
        let capture = instance.get_typed_func(&mut store, "capture")?;
        Ok(Guest {
            store,
            texts,
            capture,
        })
    }
    // ANCHOR_END: guest
}

fn lesson() -> Result<()> {
    let Guest {
        mut store,
        texts,
        capture,
    } = Guest::new()?;

    // ANCHOR: in
    let (address, len) = texts.write(&mut store, "signed up")?;
    println!("1. \"signed up\" is {len} bytes, written at {address}");
    // ANCHOR_END: in

    // ANCHOR: call
    let answer = capture.call(&mut store, (address, len))?;
    let (at, length) = unpack(answer);
    println!("2. capture answered {answer}: address {at}, length {length}");
    // ANCHOR_END: call

    // ANCHOR: out
    let event = texts.read(&mut store, answer)?;
    texts.dealloc.call(&mut store, (address, len))?;
    println!("3. the answer reads {event}");
    // ANCHOR_END: out

    // ANCHOR: vectors
    for (step, name) in ["", "Łódź", "🚀🚀🚀 𠈄𓀀", "a\0b"].iter().enumerate() {
        let (address, len) = texts.write(&mut store, name)?;
        let answer = capture.call(&mut store, (address, len))?;
        texts.dealloc.call(&mut store, (address, len))?;
        println!(
            "{}. {len} bytes: {}",
            step + 4,
            texts.read(&mut store, answer)?
        );
    }
    // ANCHOR_END: vectors
    Ok(())
}
