//! From lesson 3: passes text to a guest and takes text from it.

use wasmtime::{
    AsContext, AsContextMut, Caller, Extern, Instance, Memory, Result, TypedFunc, ensure,
    error::Context,
};

/// A guest's memory and the two functions that say who owns which part of it.
pub struct Strings {
    pub memory: Memory,
    pub alloc: TypedFunc<u32, u32>,
    pub dealloc: TypedFunc<(u32, u32), ()>,
}

impl Strings {
    /// Looks the three exports up once.
    pub fn of(mut store: impl AsContextMut, instance: &Instance) -> Result<Strings> {
        Ok(Strings {
            memory: instance
                .get_memory(&mut store, "memory")
                .context("the guest exports no memory")?,
            alloc: instance.get_typed_func(&mut store, "alloc")?,
            dealloc: instance.get_typed_func(&mut store, "dealloc")?,
        })
    }

    // ANCHOR: of-caller
    /// From lesson 5: the three exports of the guest that is calling an import.
    pub fn of_caller<T: 'static>(caller: &mut Caller<'_, T>) -> Result<Strings> {
        let memory = caller.get_export("memory").and_then(Extern::into_memory);
        let alloc = caller.get_export("alloc").and_then(Extern::into_func);
        let dealloc = caller.get_export("dealloc").and_then(Extern::into_func);
        Ok(Strings {
            memory: memory.context("the guest exports no memory")?,
            alloc: alloc
                .context("the guest exports no alloc")?
                .typed(&caller)?,
            dealloc: dealloc
                .context("the guest exports no dealloc")?
                .typed(&caller)?,
        })
    }
    // ANCHOR_END: of-caller

    // ANCHOR: write
    /// Puts a string into the guest's memory: its address and its length in bytes.
    pub fn write(&self, mut store: impl AsContextMut, text: &str) -> Result<(u32, u32)> {
        let len = u32::try_from(text.len())?;
        let address = self.alloc.call(&mut store, len)?;
        self.memory
            .write(&mut store, address as usize, text.as_bytes())?;
        Ok((address, len))
    }
    // ANCHOR_END: write

    // ANCHOR: read
    /// Copies an answer out of the guest's memory and gives its bytes back.
    pub fn read(&self, mut store: impl AsContextMut, answer: u64) -> Result<String> {
        ensure!(answer != 0, "the guest refused the string: it is not UTF-8");
        let (address, len) = unpack(answer);
        let mut bytes = vec![0; len as usize];
        self.memory.read(&store, address as usize, &mut bytes)?;
        self.dealloc.call(&mut store, (address, len))?;
        Ok(String::from_utf8(bytes)?)
    }
    // ANCHOR_END: read

    // ANCHOR: copy
    /// From lesson 5: copies a string that stays the guest's.
    pub fn copy(&self, store: impl AsContext, address: u32, len: u32) -> Result<String> {
        let mut bytes = vec![0; len as usize];
        self.memory.read(&store, address as usize, &mut bytes)?;
        Ok(String::from_utf8(bytes)?)
    }
    // ANCHOR_END: copy
}

// ANCHOR: unpack
/// The address and the length in a packed answer.
pub fn unpack(answer: u64) -> (u32, u32) {
    ((answer >> 32) as u32, answer as u32)
}
// ANCHOR_END: unpack
