//! Lesson 7 in Rust: the whole first client.

mod cut_short;
mod depth_bomb;
mod no_object;

use host::{Http, Strings, TIMEOUT, host_address, load, program};
use wasmtime::{Linker, Result, Store, TypedFunc};

fn main() -> Result<()> {
    match program().as_str() {
        "no-object" => no_object::run(),
        "cut-short" => cut_short::run(),
        "depth-bomb" => depth_bomb::run(),
        _ => lesson(),
    }
}

/// Four strings, each as an address and a length.
type FourStrings = (u32, u32, u32, u32, u32, u32, u32, u32);

/// The guest of this lesson, ready to be called.
struct Guest {
    store: Store<Http>,
    strings: Strings,
    capture: TypedFunc<FourStrings, u64>,
}

impl Guest {
    /// Loads `07-minimal`, or a variant of it.
    fn new(name: &str) -> Result<Guest> {
        let (engine, module) = load(name)?;
        let http = Http::new(host_address("POSTHOG_HOST")?, TIMEOUT);
        let mut store = Store::new(&engine, http);
        let mut linker = Linker::new(&engine);
        Http::lend(&mut linker)?;
        let instance = linker.instantiate(&mut store, &module)?;
        Ok(Guest {
            strings: Strings::of(&mut store, &instance)?,
            capture: instance.get_typed_func(&mut store, "capture")?,
            store,
        })
    }

    // ANCHOR: capture
    /// What the server answered to an event with these properties.
    fn capture(&mut self, name: &str, id: &str, properties: &str) -> Result<String> {
        let Guest {
            store,
            strings,
            capture,
        } = self;
        let key = strings.write(&mut *store, "phc_demo")?;
        let name = strings.write(&mut *store, name)?;
        let id = strings.write(&mut *store, id)?;
        let json = strings.write(&mut *store, properties)?;
        let arguments = (key.0, key.1, name.0, name.1, id.0, id.1, json.0, json.1);
        let answer = capture.call(&mut *store, arguments)?;
        for text in [key, name, id, json] {
            strings.dealloc.call(&mut *store, text)?;
        }
        strings.read(&mut *store, answer)
    }
    // ANCHOR_END: capture
}

fn lesson() -> Result<()> {
    let mut guest = Guest::new("07-minimal")?;

    // ANCHOR: send
    let properties = serde_json::json!({ "plan": "pro", "seats": 5 }).to_string();
    let answer = guest.capture("signed up", "ada", &properties)?;
    println!("1. {properties}: {answer}");
    // ANCHOR_END: send

    // ANCHOR: as-it-is
    let properties = r#"{ "amount" : 12345678901234567890.10 }"#;
    let answer = guest.capture("paid", "ada", properties)?;
    println!("2. {properties}: {answer}");
    // ANCHOR_END: as-it-is

    // ANCHOR: refused
    let answer = guest.capture("paid", "ada", r#"{"amount":}"#)?;
    println!("3. {{\"amount\":}}: {answer}");
    // ANCHOR_END: refused
    Ok(())
}
