//! The server takes longer than the host waits.

use std::time::Duration;

use host::{Http, host_address};
use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    // ANCHOR: slow
    let timeout = Duration::from_secs(2);
    let http = Http::new(host_address("POSTHOG_HOST")? + "/slow", timeout);
    let (mut store, guest) = Guest::over(http)?;
    println!("{}", guest.capture(&mut store, "signed up", "ada")?);
    // ANCHOR_END: slow
    Ok(())
}
