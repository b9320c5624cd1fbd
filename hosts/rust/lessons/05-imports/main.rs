//! Lesson 5 in Rust: the guest sends, and the host lends it an HTTP client.

mod blocked;
mod lengths;
mod missing_import;
mod reentered;
mod refused;
mod slow;
mod status_500;
mod wrong_signature;

use host::{Http, Strings, TIMEOUT, host_address, load, program};
use wasmtime::{AsContextMut, Linker, Module, Result, Store, TypedFunc};

fn main() -> Result<()> {
    match program().as_str() {
        "missing-import" => missing_import::run(),
        "wrong-signature" => wrong_signature::run(),
        "refused" => refused::run(),
        "status-500" => status_500::run(),
        "slow" => slow::run(),
        "blocked" => blocked::run(),
        "reentered" => reentered::run(),
        "lengths" => lengths::run(),
        _ => lesson(),
    }
}

/// Three strings, each as an address and a length.
type ThreeStrings = (u32, u32, u32, u32, u32, u32);

/// A guest of this lesson, ready to be called.
struct Guest {
    strings: Strings,
    capture: TypedFunc<ThreeStrings, u64>,
}

impl Guest {
    /// A guest that is lent an HTTP client, in a separate store.
    fn over(http: Http) -> Result<(Store<Http>, Guest)> {
        let (engine, module) = load("05-imports")?;
        let mut store = Store::new(&engine, http);
        let mut linker = Linker::new(&engine);
        Http::lend(&mut linker)?;
        let guest = Guest::new(&mut store, &linker, &module)?;
        Ok((store, guest))
    }

    // ANCHOR: instantiate
    fn new(store: &mut Store<Http>, linker: &Linker<Http>, module: &Module) -> Result<Guest> {
        let instance = linker.instantiate(&mut *store, module)?;
        let strings = Strings::of(&mut *store, &instance)?;
        let capture = instance.get_typed_func(&mut *store, "capture")?;
        Ok(Guest { strings, capture })
    }
    // ANCHOR_END: instantiate

    // ANCHOR: capture
    /// What the server answered to an event of this name, of the person `id`.
    fn capture(&self, mut store: impl AsContextMut, name: &str, id: &str) -> Result<String> {
        let key = self.strings.write(&mut store, "phc_demo")?;
        let name = self.strings.write(&mut store, name)?;
        let id = self.strings.write(&mut store, id)?;
        let arguments = (key.0, key.1, name.0, name.1, id.0, id.1);
        let answer = self.capture.call(&mut store, arguments)?;
        for text in [key, name, id] {
            self.strings.dealloc.call(&mut store, text)?;
        }
        self.strings.read(&mut store, answer)
    }
    // ANCHOR_END: capture
}

fn lesson() -> Result<()> {
    // ANCHOR: imports-of
    let (engine, module) = load("05-imports")?;
    for (step, import) in module.imports().enumerate() {
        println!(
            "{}. the guest needs {}.{}",
            step + 1,
            import.module(),
            import.name()
        );
    }
    // ANCHOR_END: imports-of

    // ANCHOR: lend
    let http = Http::new(host_address("POSTHOG_HOST")?, TIMEOUT);
    let mut store = Store::new(&engine, http);
    let mut linker = Linker::new(&engine);
    Http::lend(&mut linker)?;
    let guest = Guest::new(&mut store, &linker, &module)?;
    // ANCHOR_END: lend

    // ANCHOR: send
    let answer = guest.capture(&mut store, "signed up", "ada")?;
    println!("3. capture answered {answer}");
    let answer = guest.capture(&mut store, "🚀 started", "Łódź")?;
    println!("4. capture answered {answer}");
    // ANCHOR_END: send
    Ok(())
}
