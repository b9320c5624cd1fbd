//! The server is reachable and broken.

use host::{Http, TIMEOUT, host_address};
use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    // ANCHOR: status-500
    let http = Http::new(host_address("POSTHOG_HOST")? + "/status/500", TIMEOUT);
    let (mut store, guest) = Guest::over(http)?;
    println!("{}", guest.capture(&mut store, "signed up", "ada")?);
    // ANCHOR_END: status-500
    Ok(())
}
