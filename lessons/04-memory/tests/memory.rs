//! Runs the lesson's module in wasmtime and looks at its memory.

mod guest;

use wasmtime::{Engine, Instance, Memory, Module, Result, Store, Trap, TypedFunc};

/// WebAssembly's page, in bytes: core specification, section 4.2.8.
const PAGE: usize = 65_536;

/// Rust's stack in a module, in bytes: what rustc passes to `wasm-ld` as `-z stack-size`.
const STACK: u32 = 1_048_576;

struct Guest {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
    alloc: TypedFunc<u32, u32>,
    dealloc: TypedFunc<(u32, u32), ()>,
    capture: TypedFunc<(u32, u32), u64>,
}

impl Guest {
    fn new() -> Result<Guest> {
        let engine = Engine::default();
        let module = Module::new(&engine, guest::lesson())?;
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[])?;
        Ok(Guest {
            memory: instance
                .get_memory(&mut store, "memory")
                .expect("memory is exported"),
            alloc: instance.get_typed_func(&mut store, "alloc")?,
            dealloc: instance.get_typed_func(&mut store, "dealloc")?,
            capture: instance.get_typed_func(&mut store, "capture")?,
            instance,
            store,
        })
    }

    fn ask(&mut self, export: &str) -> Result<u32> {
        let function = self
            .instance
            .get_typed_func::<(), u32>(&mut self.store, export)?;
        function.call(&mut self.store, ())
    }

    fn global(&mut self, export: &str) -> u32 {
        let global = self.instance.get_global(&mut self.store, export);
        let value = global.expect("it is exported").get(&mut self.store);
        value.unwrap_i32().cast_unsigned()
    }

    fn write(&mut self, text: &str) -> Result<u32> {
        let address = self.alloc.call(&mut self.store, text.len() as u32)?;
        self.memory
            .write(&mut self.store, address as usize, text.as_bytes())?;
        Ok(address)
    }

    fn bytes(&self, address: u32, len: usize) -> &[u8] {
        &self.memory.data(&self.store)[address as usize..][..len]
    }

    fn size(&self) -> usize {
        self.memory.data_size(&self.store)
    }
}

#[test]
fn the_stack_lies_first_then_the_data_then_the_heap() -> Result<()> {
    let mut guest = Guest::new()?;
    let local = guest.ask("address_of_local")?;
    let api = guest.ask("address_of_static")?;
    let (data_end, heap_base) = (guest.global("__data_end"), guest.global("__heap_base"));
    let allocation = guest.alloc.call(&mut guest.store, 9)?;
    assert!(local < STACK, "a local is at {local}");
    assert!((STACK..data_end).contains(&api), "a static is at {api}");
    assert!(data_end <= heap_base);
    assert!(heap_base <= allocation, "alloc gave {allocation}");
    assert!(allocation as usize + 9 <= guest.size());
    Ok(())
}

#[test]
fn a_static_reads_as_it_was_written_before_any_call() -> Result<()> {
    let mut guest = Guest::new()?;
    let text = b"https://us.i.posthog.com";
    let api = guest.ask("address_of_static")?;
    let fresh = Guest::new()?;
    assert_eq!(fresh.bytes(api, text.len()), text);
    Ok(())
}

#[test]
fn numbers_lie_with_their_lowest_byte_first() -> Result<()> {
    let mut guest = Guest::new()?;
    let local = guest.ask("address_of_local")?;
    assert_eq!(guest.bytes(local, 4), [7, 0, 0, 0]);
    Ok(())
}

#[test]
fn the_memory_grows_by_whole_pages_and_never_shrinks() -> Result<()> {
    let mut guest = Guest::new()?;
    let before = guest.size();
    let address = guest.alloc.call(&mut guest.store, 1_000_000)?;
    let grown = guest.size();
    guest.dealloc.call(&mut guest.store, (address, 1_000_000))?;
    assert!(grown >= before + 1_000_000 - PAGE);
    assert_eq!((before % PAGE, grown % PAGE), (0, 0));
    assert_eq!(guest.size(), grown);
    Ok(())
}

#[test]
fn two_instances_have_two_memories() -> Result<()> {
    let (mut first, mut second) = (Guest::new()?, Guest::new()?);
    let address = first.write("signed up")?;
    assert_eq!(second.write("logged in")?, address);
    assert_eq!(first.bytes(address, 9), b"signed up");
    assert_eq!(second.bytes(address, 9), b"logged in");
    Ok(())
}

#[test]
fn the_heap_may_begin_at_the_next_multiple_of_16_after_the_data() -> Result<()> {
    let mut guest = Guest::new()?;
    let (data_end, heap_base) = (guest.global("__data_end"), guest.global("__heap_base"));
    assert_eq!(heap_base, data_end.next_multiple_of(16));
    Ok(())
}

#[test]
fn the_allocator_notes_a_pieces_size_before_it() -> Result<()> {
    let mut guest = Guest::new()?;
    let address = guest.write("signed up")?;
    let note = guest.bytes(address - 4, 4);
    assert_eq!(note, [16 | 3, 0, 0, 0]);
    Ok(())
}

#[test]
fn three_bytes_too_many_go_unnoticed_and_the_fourth_until_dealloc() -> Result<()> {
    for (too_many, given_back) in [(3, true), (4, false)] {
        let mut guest = Guest::new()?;
        let name = guest.write("signed up")?;
        let answer = guest.capture.call(&mut guest.store, (name, 9))?;
        let beyond = name as usize + 9;
        guest
            .memory
            .write(&mut guest.store, beyond, &b"xxxx"[..too_many])?;
        let json = guest.bytes((answer >> 32) as u32, answer as u32 as usize);
        assert_eq!(json, br#"{"event":"signed up"}"#);
        let released = guest.dealloc.call(&mut guest.store, (name, 9));
        assert_eq!(released.is_ok(), given_back, "{too_many} bytes too many");
    }
    Ok(())
}

#[test]
fn an_address_outside_the_memory_traps() -> Result<()> {
    let mut guest = Guest::new()?;
    let error = guest
        .capture
        .call(&mut guest.store, (0xffff_0000, 9))
        .expect_err("nothing is there");
    assert_eq!(error.downcast::<Trap>()?, Trap::MemoryOutOfBounds);
    Ok(())
}

#[test]
fn an_address_inside_the_memory_is_believed() -> Result<()> {
    let mut guest = Guest::new()?;
    let api = guest.ask("address_of_static")?;
    let answer = guest.capture.call(&mut guest.store, (api, 9))?;
    let json = guest.bytes((answer >> 32) as u32, answer as u32 as usize);
    assert_eq!(json, br#"{"event":"https://u"}"#);
    Ok(())
}

#[test]
fn after_a_stack_overflow_only_a_new_instance_works() -> Result<()> {
    let engine = Engine::default();
    let module = Module::new(&engine, guest::example("nested"))?;
    let mut store = Store::new(&engine, ());
    let mut nested = || {
        let instance = Instance::new(&mut store, &module, &[])?;
        let nested = instance.get_typed_func::<u32, u32>(&mut store, "nested")?;
        let calls = [10, 10_000, 10].map(|levels| nested.call(&mut store, levels));
        Ok::<_, wasmtime::Error>(calls.map(|came_back| came_back.ok()))
    };
    assert_eq!(nested()?, [Some(10), None, None]);
    assert_eq!(nested()?, [Some(10), None, None]);
    Ok(())
}
