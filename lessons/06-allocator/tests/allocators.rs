//! Runs the lesson's module and its variants in wasmtime, with a host that answers at once.

mod guest;

use wasmtime::{
    Caller, Engine, Extern, Instance, Linker, Memory, Module, Result, Store, TypedFunc,
};

/// What the guest is told whatever it sends.
const ANSWER: &str = r#"200 {"status":1}"#;

const VARIANTS: [&str; 3] = ["dlmalloc", "talc", "wee-alloc"];

struct Guest {
    /// Holds the body of the last request.
    store: Store<String>,
    memory: Memory,
    instance: Instance,
    alloc: TypedFunc<u32, u32>,
    dealloc: TypedFunc<(u32, u32), ()>,
}

impl Guest {
    fn new(module: &[u8]) -> Result<Guest> {
        let engine = Engine::default();
        let module = Module::new(&engine, module)?;
        let mut linker = Linker::new(&engine);
        linker.func_wrap(
            "posthog",
            "http_request",
            |mut caller: Caller<String>, _: u32, _: u32, body: u32, len: u32| -> Result<u32> {
                let memory = caller.get_export("memory").and_then(Extern::into_memory);
                let memory = memory.expect("memory is exported");
                let alloc = caller.get_export("alloc").and_then(Extern::into_func);
                let alloc = alloc
                    .expect("alloc is exported")
                    .typed::<u32, u32>(&caller)?;
                let mut bytes = vec![0; len as usize];
                memory.read(&caller, body as usize, &mut bytes)?;
                *caller.data_mut() = String::from_utf8(bytes)?;
                let address = alloc.call(&mut caller, ANSWER.len() as u32)?;
                memory.write(&mut caller, address as usize, ANSWER.as_bytes())?;
                Ok(address)
            },
        )?;
        linker.func_wrap("posthog", "http_request_len", || ANSWER.len() as u32)?;
        let mut store = Store::new(&engine, String::new());
        let instance = linker.instantiate(&mut store, &module)?;
        Ok(Guest {
            memory: instance
                .get_memory(&mut store, "memory")
                .expect("memory is exported"),
            alloc: instance.get_typed_func(&mut store, "alloc")?,
            dealloc: instance.get_typed_func(&mut store, "dealloc")?,
            instance,
            store,
        })
    }

    /// Captures an event of this name; what the guest answered.
    fn capture(&mut self, name: &str) -> Result<String> {
        let capture = self
            .instance
            .get_typed_func::<(u32, u32, u32, u32, u32, u32), u64>(&mut self.store, "capture")?;
        let mut given = Vec::new();
        for text in ["phc_demo", name, "user-1"] {
            let address = self.alloc.call(&mut self.store, text.len() as u32)?;
            self.memory
                .write(&mut self.store, address as usize, text.as_bytes())?;
            given.push((address, text.len() as u32));
        }
        let [key, name, id] = given[..] else {
            unreachable!("three strings are given")
        };
        let arguments = (key.0, key.1, name.0, name.1, id.0, id.1);
        let answer = capture.call(&mut self.store, arguments)?;
        let (address, len) = ((answer >> 32) as u32, answer as u32);
        let mut bytes = vec![0; len as usize];
        self.memory
            .read(&self.store, address as usize, &mut bytes)?;
        for text in [key, name, id, (address, len)] {
            self.dealloc.call(&mut self.store, text)?;
        }
        Ok(String::from_utf8(bytes)?)
    }

    /// Captures `count` events whose names have every length below 8 KiB, far apart from one call to the next.
    fn soak(&mut self, count: usize) -> Result<()> {
        // 4,099 is prime, so the lengths do not repeat before all were used.
        for call in 0..count {
            self.capture(&"x".repeat(call * 4_099 % 8_192))?;
        }
        Ok(())
    }

    fn pages(&self) -> u64 {
        self.memory.size(&self.store)
    }
}

#[test]
fn the_event_is_the_same_under_every_allocator() -> Result<()> {
    for module in VARIANTS
        .map(guest::example)
        .iter()
        .chain([&guest::lesson()])
    {
        let mut guest = Guest::new(module)?;
        assert_eq!(guest.capture("signed up 🚀")?, ANSWER);
        assert_eq!(
            guest.store.data(),
            r#"{"api_key":"phc_demo","batch":[{"event":"signed up 🚀","distinct_id":"user-1"}]}"#
        );
    }
    Ok(())
}

#[test]
fn every_allocator_gives_addresses_inside_linear_memory() -> Result<()> {
    for module in VARIANTS.map(guest::example) {
        let mut guest = Guest::new(&module)?;
        for len in [0, 1, 9, 65_536, 1_000_000] {
            let address = guest.alloc.call(&mut guest.store, len)?;
            let end = guest.memory.data_size(&guest.store);
            assert!(
                address as usize + len as usize <= end,
                "{len} bytes at {address}, {end} is the end"
            );
        }
    }
    Ok(())
}

#[test]
fn the_lessons_guest_does_not_grow_once_it_is_warm() -> Result<()> {
    let mut guest = Guest::new(&guest::lesson())?;
    guest.soak(2_000)?;
    let warm = guest.pages();
    guest.soak(2_000)?;
    assert_eq!(guest.pages(), warm);
    Ok(())
}

#[test]
fn wee_alloc_grows_under_the_same_captures() -> Result<()> {
    let mut guest = Guest::new(&guest::example("wee-alloc"))?;
    guest.soak(500)?;
    let warm = guest.pages();
    guest.soak(500)?;
    assert!(guest.pages() > warm, "{warm} pages, then {}", guest.pages());
    Ok(())
}

#[test]
fn wee_alloc_loses_the_free_blocks_that_a_search_passes_and_the_others_do_not() -> Result<()> {
    for (variant, loses) in VARIANTS.iter().zip([false, false, true]) {
        let mut guest = Guest::new(&guest::example(variant))?;
        let Guest {
            store,
            alloc,
            dealloc,
            memory,
            ..
        } = &mut guest;
        // Blocks of 9 bytes stay in use, so that no two of the free ones are neighbours.
        let small = alloc.call(&mut *store, 20_000)?;
        alloc.call(&mut *store, 9)?;
        let large = alloc.call(&mut *store, 60_000)?;
        alloc.call(&mut *store, 9)?;
        dealloc.call(&mut *store, (large, 60_000))?;
        dealloc.call(&mut *store, (small, 20_000))?;
        let before = memory.size(&*store);
        assert_eq!(alloc.call(&mut *store, 60_000)?, large, "{variant}");
        alloc.call(&mut *store, 20_000)?;
        assert_eq!(memory.size(&*store) > before, loses, "{variant}");
    }
    Ok(())
}

#[test]
fn wee_alloc_grows_with_every_large_and_small_block_whichever_goes_back_first() -> Result<()> {
    for reverse in [false, true] {
        let mut guest = Guest::new(&guest::example("wee-alloc"))?;
        let before = guest.pages();
        for _ in 0..100 {
            let mut both = [(0, 60_000), (0, 20_000)];
            for (block, len) in &mut both {
                *block = guest.alloc.call(&mut guest.store, *len)?;
            }
            if reverse {
                both.reverse();
            }
            for block in both {
                guest.dealloc.call(&mut guest.store, block)?;
            }
        }
        assert!(
            guest.pages() > before + 100,
            "{} pages, {before} before, reverse: {reverse}",
            guest.pages()
        );
    }
    Ok(())
}

#[test]
fn a_full_arena_traps_and_grows_no_memory() -> Result<()> {
    let mut guest = Guest::new(&guest::example("arena"))?;
    let before = guest.pages();
    assert!(guest.alloc.call(&mut guest.store, 2 * 1024 * 1024).is_err());
    assert_eq!(guest.pages(), before);
    Ok(())
}
