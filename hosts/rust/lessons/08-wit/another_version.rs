//! The guest was built against a different version of the interface than the host.

use wasmtime::Result;

use crate::guest::{Accepts, guest};

pub fn run() -> Result<()> {
    // ANCHOR: another-version
    for variant in ["compatible", "incompatible"] {
        match guest(&format!("08-wit.{variant}.component"), Accepts) {
            Ok(_) => println!("{variant}: the guest is ready"),
            Err(error) => println!("{variant}: {error}"),
        }
    }
    // ANCHOR_END: another-version
    Ok(())
}
