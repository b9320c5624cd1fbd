//! Half of a UTF-16 pair is not a character, and WIT's strings hold characters.

use wasmtime::Result;

use crate::guest::{Host, NAME, Request, Response, guest};

struct Prints;

impl Host for Prints {
    fn send(&mut self, request: Request) -> Result<Response, String> {
        println!("sent: {}", request.body);
        Ok(Response {
            status: 200,
            body: "accepted".into(),
        })
    }
}

pub fn run() -> Result<()> {
    // ANCHOR: lone-surrogate
    let (mut store, client) = guest(NAME, Prints)?;
    let units = [0x61, 0xd800, 0x62];
    match String::from_utf16(&units) {
        Ok(name) => drop(
            client
                .posthog_client_events()
                .call_capture(&mut store, "phc_demo", &name, "ada", "{}")?,
        ),
        Err(error) => println!("refused: {error}"),
    }
    // ANCHOR_END: lone-surrogate
    Ok(())
}
