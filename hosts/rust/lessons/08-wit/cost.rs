//! What a capture costs through the pointers of lesson 7 and through WIT.
//!
//! Not a case: `fuel` prints the same everywhere and is on the page, `time` does not.

use std::time::{Duration, Instant};

use host::{Strings, file};
use wasmtime::{
    Caller, Config, Engine, Linker, Module, Result, Store, TypedFunc,
    component::{self, Component, HasSelf},
};

use crate::guest::{Accepts, Client, NAME};

/// An event as an application would send it.
const EVENT: [&str; 4] = [
    "phc_demo",
    "signed up",
    "0190e3a0-6f2c-7c3e-8f55-3b1f2d6a9c10",
    r#"{"plan":"pro","seats":5,"trial":false,"source":"newsletter","$browser":"Firefox","$os":"Linux","$lib":"posthog-wasm","$ip":null}"#,
];

/// Captures a run, runs of which the fastest counts.
const CAPTURES: u32 = 10_000;
const RUNS: u32 = 10;

/// Four strings, each as an address and a length.
type FourStrings = (u32, u32, u32, u32, u32, u32, u32, u32);

/// Captures over the exports of lesson 7, as its host does, with a server that answers at once.
struct Pointers {
    /// Holds the length of the last answer.
    store: Store<u32>,
    strings: Strings,
    capture: TypedFunc<FourStrings, u64>,
}

impl Pointers {
    fn new(engine: &Engine) -> Result<Pointers> {
        let module = Module::from_file(engine, file("07-minimal"))?;
        let mut linker = Linker::new(engine);
        linker.func_wrap("posthog", "http_request", answer)?;
        let length = |caller: Caller<'_, u32>| *caller.data();
        linker.func_wrap("posthog", "http_request_len", length)?;
        let mut store = Store::new(engine, 0);
        fill_up(&mut store)?;
        let instance = linker.instantiate(&mut store, &module)?;
        Ok(Pointers {
            strings: Strings::of(&mut store, &instance)?,
            capture: instance.get_typed_func(&mut store, "capture")?,
            store,
        })
    }

    fn capture(&mut self) -> Result<()> {
        let mut written = [(0, 0); 4];
        for (pair, text) in written.iter_mut().zip(EVENT) {
            *pair = self.strings.write(&mut self.store, text)?;
        }
        let [key, name, id, json] = written;
        let arguments = (key.0, key.1, name.0, name.1, id.0, id.1, json.0, json.1);
        let answer = self.capture.call(&mut self.store, arguments)?;
        for pair in written {
            self.strings.dealloc.call(&mut self.store, pair)?;
        }
        self.strings.read(&mut self.store, answer)?;
        Ok(())
    }
}

/// The import `http_request`: copies what it is given, and accepts it.
fn answer(
    mut caller: Caller<'_, u32>,
    path: u32,
    path_len: u32,
    body: u32,
    body_len: u32,
) -> Result<u32> {
    let strings = Strings::of_caller(&mut caller)?;
    strings.copy(&caller, path, path_len)?;
    strings.copy(&caller, body, body_len)?;
    let (address, length) = strings.write(&mut caller, "200 accepted")?;
    *caller.data_mut() = length;
    Ok(address)
}

/// Captures through WIT, with the same server.
struct Described {
    store: Store<Accepts>,
    client: Client,
}

impl Described {
    fn new(engine: &Engine) -> Result<Described> {
        let component = Component::from_file(engine, file(NAME))?;
        let mut linker = component::Linker::new(engine);
        Client::add_to_linker::<_, HasSelf<Accepts>>(&mut linker, |host| host)?;
        let mut store = Store::new(engine, Accepts);
        fill_up(&mut store)?;
        let client = Client::instantiate(&mut store, &component, &linker)?;
        Ok(Described { store, client })
    }

    fn capture(&mut self) -> Result<()> {
        let [key, name, id, json] = EVENT;
        let events = self.client.posthog_client_events();
        drop(events.call_capture(&mut self.store, key, name, id, json)?);
        Ok(())
    }
}

/// Prints how much of wasmtime's fuel the guest burns in a capture: about one an instruction.
pub fn fuel() -> Result<()> {
    let engine = Engine::new(Config::new().consume_fuel(true))?;
    let mut pointers = Pointers::new(&engine)?;
    let mut described = Described::new(&engine)?;
    // The first call finds an allocator that has never been asked.
    pointers.capture()?;
    described.capture()?;

    let before = (pointers.store.get_fuel()?, described.store.get_fuel()?);
    pointers.capture()?;
    described.capture()?;
    let after = (pointers.store.get_fuel()?, described.store.get_fuel()?);
    println!("lesson 7: {} instructions", before.0 - after.0);
    println!("lesson 8: {} instructions", before.1 - after.1);
    Ok(())
}

fn fill_up<T>(store: &mut Store<T>) -> Result<()> {
    // Without the setting there is no tank, and nothing to fill.
    if store.get_fuel().is_ok() {
        store.set_fuel(u64::MAX)?;
    }
    Ok(())
}

/// Prints how many times as long as in lesson 7 a capture takes, host and guest together.
pub fn time() -> Result<()> {
    let engine = Engine::default();
    let mut pointers = Pointers::new(&engine)?;
    let mut described = Described::new(&engine)?;
    let (mut seven, mut eight) = (Duration::MAX, Duration::MAX);
    // In turns, so that what else the machine does hits both.
    for _ in 0..RUNS {
        seven = seven.min(timed(|| pointers.capture())?);
        eight = eight.min(timed(|| described.capture())?);
    }
    let ratio = eight.as_secs_f64() / seven.as_secs_f64();
    println!("a capture through WIT takes {ratio:.1} times as long");
    Ok(())
}

fn timed(mut capture: impl FnMut() -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    for _ in 0..CAPTURES {
        capture()?;
    }
    Ok(start.elapsed())
}
