//! Lesson 4 in Rust: what is where in the guest's memory.

mod growth;
mod out_of_range;
mod stack_overflow;
mod wild_address;

use host::{Strings, hex, hexdump, load, program};
use wasmtime::{Instance, Result, Store, TypedFunc, error::Context};

fn main() -> Result<()> {
    match program().as_str() {
        "growth" => growth::run(),
        "out-of-range" => out_of_range::run(),
        "stack-overflow" => stack_overflow::run(),
        "wild-address" => wild_address::run(),
        _ => lesson(),
    }
}

/// The guest of this lesson, ready to be called.
struct Guest {
    store: Store<()>,
    instance: Instance,
    strings: Strings,
    capture: TypedFunc<(u32, u32), u64>,
}

impl Guest {
    fn new() -> Result<Guest> {
        let (engine, module) = load("04-memory")?;
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[])?;
        let strings = Strings::of(&mut store, &instance)?;
        let capture = instance.get_typed_func(&mut store, "capture")?;
        Ok(Guest {
            store,
            instance,
            strings,
            capture,
        })
    }

    /// Asks the guest for an address by calling an export that takes nothing.
    fn ask(&mut self, export: &str) -> Result<u32> {
        let function = self
            .instance
            .get_typed_func::<(), u32>(&mut self.store, export)?;
        function.call(&mut self.store, ())
    }

    /// The address that the linker put into an exported global.
    fn global(&mut self, export: &str) -> Result<u32> {
        let global = self.instance.get_global(&mut self.store, export);
        let value = global
            .context("the guest exports no such global")?
            .get(&mut self.store);
        Ok(value.i32().context("an address is an i32")?.cast_unsigned())
    }

    /// The bytes at an address now.
    fn bytes(&self, address: u32, len: usize) -> &[u8] {
        &self.strings.memory.data(&self.store)[address as usize..][..len]
    }

    fn pages(&self) -> u64 {
        self.strings.memory.size(&self.store)
    }
}

fn lesson() -> Result<()> {
    let mut guest = Guest::new()?;

    // ANCHOR: size
    let page = guest.strings.memory.page_size(&guest.store);
    let size = guest.strings.memory.data_size(&guest.store);
    let pages = guest.pages();
    println!("1. the memory has {pages} pages of {page} bytes: {size} bytes");
    // ANCHOR_END: size

    // ANCHOR: stack
    let local = guest.ask("address_of_local")?;
    let bytes = hex(guest.bytes(local, 4));
    println!("2. a local is at {local} and reads {bytes}");
    // ANCHOR_END: stack

    // ANCHOR: data
    let api = guest.ask("address_of_static")?;
    // As long as `API` in the guest.
    let text = str::from_utf8(guest.bytes(api, 24))?;
    println!("3. a static is at {api} and reads {text}");
    // ANCHOR_END: data

    // ANCHOR: ends
    let data_end = guest.global("__data_end")?;
    let heap_base = guest.global("__heap_base")?;
    println!("4. the data ends at {data_end}, the heap may begin at {heap_base}");
    // ANCHOR_END: ends

    // ANCHOR: heap
    let (address, len) = guest.strings.write(&mut guest.store, "signed up")?;
    let pages = guest.pages();
    println!("5. alloc gave {address} ({address:08x}), and the memory has {pages} pages");
    // ANCHOR_END: heap

    // ANCHOR: dump
    guest.capture.call(&mut guest.store, (address, len))?;
    println!("6. the string and the answer, in memory:");
    let row = address - address % 16;
    print!("{}", hexdump(row, guest.bytes(row, 48)));
    // ANCHOR_END: dump

    // ANCHOR: grow
    let large = guest.strings.alloc.call(&mut guest.store, 1_000_000)?;
    let pages = guest.pages();
    println!("7. with 1000000 bytes more it has {pages} pages");
    // ANCHOR_END: grow

    // ANCHOR: shrink
    let dealloc = &guest.strings.dealloc;
    dealloc.call(&mut guest.store, (large, 1_000_000))?;
    let pages = guest.pages();
    println!("8. with those given back it has {pages} pages");
    // ANCHOR_END: shrink
    Ok(())
}
