//! What exercise 4 asks for. `EXERCISE` says whether the attempt or the solution is tried.

#[path = "../tests/guest/mod.rs"]
mod guest;

use wasmtime::{Engine, Instance, Memory, Module, Store, TypedFunc};

const KEY: &[u8] = b"phc_4bQw7Zk2mVt9xJr6Ls1dYh8uNfPcE3aGoTi5RnXvBe";

/// A part of the key that is long enough to be no accident, in bytes.
const TELLTALE: usize = 8;

struct Guest {
    store: Store<()>,
    memory: Memory,
    alloc: TypedFunc<u32, u32>,
    forget: TypedFunc<(u32, u32), ()>,
}

impl Guest {
    fn new() -> Guest {
        let which = std::env::var("EXERCISE")
            .expect("EXERCISE is attempt or solution: run `just exercise 4`");
        let engine = Engine::default();
        let module = Module::new(&engine, guest::example(&format!("memory-{which}")))
            .expect("the module is valid");
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).expect("it needs no imports");
        Guest {
            memory: instance
                .get_memory(&mut store, "memory")
                .expect("memory is exported"),
            alloc: instance
                .get_typed_func(&mut store, "alloc")
                .expect("alloc is exported"),
            forget: instance
                .get_typed_func(&mut store, "forget")
                .expect("forget is exported"),
            store,
        }
    }

    /// Writes bytes for the guest; their address.
    fn write(&mut self, bytes: &[u8]) -> u32 {
        let address = self
            .alloc
            .call(&mut self.store, bytes.len() as u32)
            .expect("there is memory");
        self.memory
            .write(&mut self.store, address as usize, bytes)
            .expect("the address is inside");
        address
    }

    fn forget(&mut self, address: u32, len: usize) {
        self.forget
            .call(&mut self.store, (address, len as u32))
            .expect("it does not trap");
    }

    /// Where a part of the key can be read, whatever part it is.
    fn found(&self) -> Option<usize> {
        let parts: Vec<_> = KEY.windows(TELLTALE).collect();
        self.memory
            .data(&self.store)
            .windows(TELLTALE)
            .position(|bytes| parts.contains(&bytes))
    }
}

#[test]
fn no_part_of_the_key_can_be_read_afterwards() {
    let mut guest = Guest::new();
    let address = guest.write(KEY);
    assert_eq!(guest.found(), Some(address as usize));
    guest.forget(address, KEY.len());
    if let Some(at) = guest.found() {
        panic!("part of the key can still be read at {at}");
    }
}

#[test]
fn the_bytes_beside_the_key_stay() {
    let mut guest = Guest::new();
    let before = guest.write(b"before");
    let address = guest.write(KEY);
    let after = guest.write(b"after");
    guest.forget(address, KEY.len());
    let data = guest.memory.data(&guest.store);
    assert_eq!(&data[before as usize..][..6], b"before");
    assert_eq!(&data[after as usize..][..5], b"after");
}

#[test]
fn the_bytes_are_given_back() {
    let mut guest = Guest::new();
    let mut forget = |times| {
        for _ in 0..times {
            let address = guest.write(KEY);
            guest.forget(address, KEY.len());
        }
        guest.memory.size(&guest.store)
    };
    assert_eq!(forget(1), forget(10_000));
}

#[test]
fn an_empty_key_can_be_forgotten() {
    let mut guest = Guest::new();
    let address = guest.write(b"");
    guest.forget(address, 0);
}
