//! Runs the lesson's module in wasmtime, as a host would.

mod guest;

use wasmtime::{Engine, Instance, Memory, Module, Result, Store, TypedFunc};

struct Guest {
    store: Store<()>,
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
            store,
        })
    }

    /// Lets the guest capture an event of this name; what it answered, or `None` if it refused.
    fn capture(&mut self, name: &[u8]) -> Result<Option<String>> {
        let len = name.len() as u32;
        let address = self.alloc.call(&mut self.store, len)?;
        self.memory.write(&mut self.store, address as usize, name)?;
        let answer = self.capture.call(&mut self.store, (address, len))?;
        self.dealloc.call(&mut self.store, (address, len))?;
        if answer == 0 {
            return Ok(None);
        }
        let (address, len) = ((answer >> 32) as u32, answer as u32);
        let mut bytes = vec![0; len as usize];
        self.memory
            .read(&self.store, address as usize, &mut bytes)?;
        self.dealloc.call(&mut self.store, (address, len))?;
        Ok(Some(String::from_utf8(bytes)?))
    }

    fn pages(&self) -> u64 {
        self.memory.size(&self.store)
    }
}

#[test]
fn every_text_survives_the_round_trip() -> Result<()> {
    let mut guest = Guest::new()?;
    for name in [
        "",
        "signed up",
        "Łódź",
        "🚀🚀🚀 𠈄𓀀",
        "a\0b",
        "say \"hi\" \\ \n",
    ] {
        let json = guest.capture(name.as_bytes())?.expect("UTF-8 is accepted");
        let event: serde_json::Value = serde_json::from_str(&json)?;
        assert_eq!(event["event"], name);
    }
    Ok(())
}

#[test]
fn bytes_that_are_not_utf8_are_refused() -> Result<()> {
    let mut guest = Guest::new()?;
    for name in [&b"\xff"[..], b"\xf0\x9f\x9a", b"\xed\xa0\x80"] {
        assert_eq!(guest.capture(name)?, None);
    }
    Ok(())
}

#[test]
fn what_the_host_gives_back_is_used_again() -> Result<()> {
    let mut guest = Guest::new()?;
    guest.capture(b"signed up")?;
    let before = guest.pages();
    for _ in 0..10_000 {
        guest.capture(b"signed up")?;
    }
    assert_eq!(guest.pages(), before);
    Ok(())
}

#[test]
fn zero_bytes_have_an_address_and_can_be_given_back() -> Result<()> {
    let mut guest = Guest::new()?;
    let address = guest.alloc.call(&mut guest.store, 0)?;
    assert_ne!(address, 0);
    guest.dealloc.call(&mut guest.store, (address, 0))
}

#[test]
fn more_memory_than_there_is_traps() -> Result<()> {
    let mut guest = Guest::new()?;
    assert!(guest.alloc.call(&mut guest.store, u32::MAX).is_err());
    Ok(())
}
