//! The server takes longer than the host waits.

use std::time::Duration;

use host::{Http, host_address};
use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    let host = host_address("POSTHOG_HOST")?;
    // ANCHOR: slow
    let timeout = Duration::from_secs(2);
    let (mut store, guest) = Guest::over(Http::new(&host, timeout))?;
    println!("{}", guest.capture(&mut store, "signed up", "ada")?);

    let (mut store, guest) = Guest::over(Http::new(host + "/slow", timeout))?;
    println!("{}", guest.capture(&mut store, "upgraded", "ada")?);
    // ANCHOR_END: slow
    Ok(())
}
