//! The host tells the guest an address that it was never given.

use wasmtime::{Result, Trap};

use crate::Guest;

pub fn run() -> Result<()> {
    let mut guest = Guest::new()?;
    // ANCHOR: wild-address
    let api = guest.ask("address_of_static")?;
    let answer = guest.capture.call(&mut guest.store, (api, 9))?;
    let event = guest.strings.read(&mut guest.store, answer)?;
    println!("inside: captured {event}");

    let beyond = 0xffff_0000;
    if let Err(error) = guest.capture.call(&mut guest.store, (beyond, 9)) {
        println!("beyond: {}", error.downcast::<Trap>()?);
    }
    // ANCHOR_END: wild-address
    Ok(())
}
