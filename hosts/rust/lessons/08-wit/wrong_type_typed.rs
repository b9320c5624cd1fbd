//! The host passes a number where the guest expects a string, and its compiler knows.

mod guest;

use guest::{Accepts, NAME};

fn main() -> wasmtime::Result<()> {
    let (mut store, client) = guest::guest(NAME, Accepts)?;
    let events = client.posthog_client_events();
    // ANCHOR: typed
    let answer = events.call_capture(&mut store, "phc_demo", "signed up", 42, "{}")?;
    // ANCHOR_END: typed
    println!("{}", guest::said(answer));
    Ok(())
}
