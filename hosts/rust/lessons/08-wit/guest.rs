//! A guest of this lesson, ready to be called, and what it is lent.

use host::{Http, load_component};
use wasmtime::{
    Store,
    component::{HasSelf, Linker},
};

pub use posthog::client::http::{Host, Request, Response};

// ANCHOR: bindgen
wasmtime::component::bindgen!({ path: "../../lessons/08-wit/wit", world: "client" });
// ANCHOR_END: bindgen

// ANCHOR: lend
impl Host for Http {
    fn send(&mut self, request: Request) -> Result<Response, String> {
        match self.answer(&request.path, &request.body) {
            (0, reason) => Err(reason),
            (status, body) => Ok(Response { status, body }),
        }
    }
}
// ANCHOR_END: lend

// ANCHOR: instantiate
/// A guest, `08-wit.component` or a variant, in a separate store, served by `host`.
pub fn guest<T: Host + 'static>(name: &str, host: T) -> wasmtime::Result<(Store<T>, Client)> {
    let (engine, component) = load_component(name)?;
    let mut linker = Linker::new(&engine);
    Client::add_to_linker::<_, HasSelf<T>>(&mut linker, |host| host)?;
    let mut store = Store::new(&engine, host);
    let client = Client::instantiate(&mut store, &component, &linker)?;
    Ok((store, client))
}
// ANCHOR_END: instantiate

/// The guest of this lesson.
pub const NAME: &str = "08-wit.component";

/// For the cases: a host that accepts whatever is sent.
pub struct Accepts;

impl Host for Accepts {
    fn send(&mut self, _: Request) -> Result<Response, String> {
        Ok(Response {
            status: 200,
            body: "accepted".into(),
        })
    }
}

// ANCHOR: said
/// What a call answered, as a line.
pub fn said(answer: Result<Response, String>) -> String {
    match answer {
        Ok(Response { status, body }) => format!("status {status}, {body}"),
        Err(reason) => format!("error: {reason}"),
    }
}
// ANCHOR_END: said
