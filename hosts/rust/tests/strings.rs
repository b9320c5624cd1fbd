//! What a host relies on when it passes text, shown on the guest of lesson 3.

use host::{Strings, load, unpack};
use wasmtime::{Instance, Result, Store, TypedFunc};

type Capture = TypedFunc<(u32, u32), u64>;

fn guest() -> Result<(Store<()>, Strings, Capture)> {
    let (engine, module) = load("03-strings")?;
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    let strings = Strings::of(&mut store, &instance)?;
    let capture = instance.get_typed_func(&mut store, "capture")?;
    Ok((store, strings, capture))
}

#[test]
fn every_text_survives_the_round_trip() -> Result<()> {
    let (mut store, strings, capture) = guest()?;
    for name in [
        "",
        "signed up",
        "Łódź",
        "🚀🚀🚀 𠈄𓀀",
        "a\0b",
        "\u{feff}marked",
    ] {
        let (address, len) = strings.write(&mut store, name)?;
        let answer = capture.call(&mut store, (address, len))?;
        strings.dealloc.call(&mut store, (address, len))?;
        let event: serde_json::Value = serde_json::from_str(&strings.read(&mut store, answer)?)?;
        assert_eq!(event["event"], name);
    }
    Ok(())
}

#[test]
fn a_refusal_becomes_an_error() -> Result<()> {
    let (mut store, strings, _) = guest()?;
    let error = strings.read(&mut store, 0).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the guest refused the string: it is not UTF-8"
    );
    Ok(())
}

#[test]
fn an_address_in_the_upper_half_of_memory_stays_positive() {
    assert_eq!(unpack(0xffff_fff0_0000_0010), (0xffff_fff0, 16));
}

#[test]
fn a_guest_that_was_not_built_is_named_with_what_builds_it() {
    let error = load("no-such-guest").map(drop).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("no-such-guest.wasm cannot be loaded: `just lesson` builds it"),
        "{error}"
    );
}
