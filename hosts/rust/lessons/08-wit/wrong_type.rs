//! The host passes a number where the guest expects a string.

use host::load_component;
use wasmtime::{
    Result, Store,
    component::{HasSelf, Linker, Val},
    error::Context,
};

use crate::guest::{Accepts, Client, NAME};

pub fn run() -> Result<()> {
    let (engine, component) = load_component(NAME)?;
    let mut linker = Linker::new(&engine);
    Client::add_to_linker::<_, HasSelf<Accepts>>(&mut linker, |host| host)?;
    let mut store = Store::new(&engine, Accepts);
    let instance = linker.instantiate(&mut store, &component)?;
    let events = component.get_export_index(None, "posthog:client/events@0.1.0");
    let capture = component
        .get_export_index(events.as_ref(), "capture")
        .context("the guest exports capture")?;

    // ANCHOR: wrong-type
    let capture = instance
        .get_func(&mut store, capture)
        .context("capture is a function")?;
    let text = |text: &str| Val::String(text.into());
    let mut answer = [Val::Bool(false)];
    for (what, id) in [
        ("a number for an id", Val::U32(42)),
        ("the next call", text("ada")),
    ] {
        let arguments = [text("phc_demo"), text("signed up"), id, text("{}")];
        match capture.call(&mut store, &arguments, &mut answer) {
            Ok(()) => println!("{what}: {:?}", answer[0]),
            Err(error) => println!("{what}: {}", error.root_cause()),
        }
    }
    // ANCHOR_END: wrong-type
    Ok(())
}
