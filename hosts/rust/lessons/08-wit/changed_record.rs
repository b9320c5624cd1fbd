//! The guest's `response` has a field more than the host's, under the same version.

use wasmtime::Result;

use crate::guest::{Accepts, guest, said};

pub fn run() -> Result<()> {
    // ANCHOR: changed-record
    match guest("08-wit.changed-record.component", Accepts) {
        Ok((mut store, client)) => {
            println!("the guest is ready");
            let events = client.posthog_client_events();
            let answer = events.call_capture(&mut store, "phc_demo", "signed up", "ada", "{}")?;
            println!("capture: {}", said(answer));
        }
        Err(error) => println!("the guest is refused: {}", error.root_cause()),
    }
    // ANCHOR_END: changed-record
    Ok(())
}
