//! Nobody listens where the host sends to.

use host::{Http, TIMEOUT, host_address};
use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    // ANCHOR: refused
    let http = Http::new(host_address("POSTHOG_CLOSED_HOST")?, TIMEOUT);
    let (mut store, guest) = Guest::over(http)?;
    println!("{}", guest.capture(&mut store, "signed up", "ada")?);
    // ANCHOR_END: refused
    Ok(())
}
