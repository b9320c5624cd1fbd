//! The host keeps an address after it gave the bytes back.

use host::unpack;
use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    let Guest {
        mut store,
        strings,
        capture,
    } = Guest::new()?;
    // ANCHOR: use-after-free
    let (address, len) = strings.write(&mut store, "signed up")?;
    let answer = capture.call(&mut store, (address, len))?;
    let (at, length) = unpack(answer);
    println!("capture answered {}", strings.read(&mut store, answer)?);

    let (address, len) = strings.write(&mut store, "the plan was upgraded")?;
    let mut bytes = vec![0; length as usize];
    strings.memory.read(&store, at as usize, &mut bytes)?;
    println!(
        "the same address now reads {}",
        String::from_utf8_lossy(&bytes)
    );
    // ANCHOR_END: use-after-free
    strings.dealloc.call(&mut store, (address, len))?;
    Ok(())
}
