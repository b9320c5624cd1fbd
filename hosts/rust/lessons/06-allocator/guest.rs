//! The guest of this lesson under any allocator, with a host that answers at once.

use host::{Strings, load};
use wasmtime::{Caller, Linker, Result, Store, TypedFunc, error::Context};

/// What the guest is told whatever it sends: this lesson is about memory, not about a network.
const ANSWER: &str = r#"200 {"status":1}"#;

type Capture = TypedFunc<(u32, u32, u32, u32, u32, u32), u64>;

pub struct Guest {
    pub store: Store<()>,
    pub strings: Strings,
    pub heap_base: u32,
    capture: Capture,
}

impl Guest {
    /// Loads one of the lesson's variants: `talc`, `dlmalloc`, `wee-alloc`, `arena`.
    pub fn new(variant: &str) -> Result<Guest> {
        let (engine, module) = load(&format!("06-allocator.{variant}"))?;
        let mut linker = Linker::new(&engine);
        linker.func_wrap("posthog", "http_request", answer)?;
        linker.func_wrap("posthog", "http_request_len", || ANSWER.len() as u32)?;
        let mut store = Store::new(&engine, ());
        let instance = linker.instantiate(&mut store, &module)?;
        let heap_base = instance
            .get_global(&mut store, "__heap_base")
            .and_then(|global| global.get(&mut store).i32())
            .context("the guest exports __heap_base")?;
        Ok(Guest {
            strings: Strings::of(&mut store, &instance)?,
            heap_base: heap_base as u32,
            capture: instance.get_typed_func(&mut store, "capture")?,
            store,
        })
    }

    // ANCHOR: capture
    /// Captures an event of this name; everything that was given is given back.
    pub fn capture(&mut self, name: &str) -> Result<String> {
        let Guest { store, strings, .. } = self;
        let key = strings.write(&mut *store, "phc_demo")?;
        let event = strings.write(&mut *store, name)?;
        let id = strings.write(&mut *store, "user-1")?;
        let arguments = (key.0, key.1, event.0, event.1, id.0, id.1);
        let answer = self.capture.call(&mut *store, arguments)?;
        for text in [key, event, id] {
            strings.dealloc.call(&mut *store, text)?;
        }
        strings.read(&mut *store, answer)
    }
    // ANCHOR_END: capture

    /// The memory's size now, in pages of 64 KiB.
    pub fn pages(&self) -> u64 {
        self.strings.memory.size(&self.store)
    }
}

// ANCHOR: canned
/// The import `http_request` without a network: every request gets the same answer.
fn answer(mut guest: Caller<()>, _: u32, _: u32, _: u32, _: u32) -> Result<u32> {
    let strings = Strings::of_caller(&mut guest)?;
    let (address, _) = strings.write(&mut guest, ANSWER)?;
    Ok(address)
}
// ANCHOR_END: canned
