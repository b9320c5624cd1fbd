//! The host's `send` throws an error instead of answering one.

use host::load_component;
use wasmtime::{
    Result, Store, bail,
    component::{HasSelf, Linker},
};

use crate::guest::NAME;
use posthog::client::http::{Host, Request, Response};

// What is generated for lesson 8 leaves `send` no error but its own.
// ANCHOR: host-throws
wasmtime::component::bindgen!({
    path: "../../lessons/08-wit/wit",
    world: "client",
    imports: { default: trappable },
});

struct Proxy {
    calls: u32,
}

impl Host for Proxy {
    fn send(&mut self, _: Request) -> Result<Result<Response, String>> {
        self.calls += 1;
        match self.calls {
            1 => Ok(Err("the proxy refuses".into())),
            2 => bail!("the proxy has no address"),
            _ => Ok(Ok(Response {
                status: 200,
                body: "accepted".into(),
            })),
        }
    }
}

pub fn run() -> Result<()> {
    let (mut store, client) = guest(Proxy { calls: 0 })?;
    let events = client.posthog_client_events();
    for call in 1..=3 {
        match events.call_capture(&mut store, "phc_demo", "signed up", "ada", "{}") {
            Ok(Ok(Response { status, body })) => println!("call {call}: status {status}, {body}"),
            Ok(Err(reason)) => println!("call {call}: error: {reason}"),
            Err(error) => println!("call {call}: {}", error.root_cause()),
        }
    }
    Ok(())
}
// ANCHOR_END: host-throws

fn guest(proxy: Proxy) -> Result<(Store<Proxy>, Client)> {
    let (engine, component) = load_component(NAME)?;
    let mut linker = Linker::new(&engine);
    Client::add_to_linker::<_, HasSelf<Proxy>>(&mut linker, |proxy| proxy)?;
    let mut store = Store::new(&engine, proxy);
    let client = Client::instantiate(&mut store, &component, &linker)?;
    Ok((store, client))
}
