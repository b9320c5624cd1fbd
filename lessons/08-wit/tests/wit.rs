//! Runs the lesson's component in wasmtime, as a host would.

mod component;
mod guest;

use wasmtime::{
    Engine, Result, Store, StoreLimits, StoreLimitsBuilder,
    component::{Component, HasSelf, Linker},
};

use posthog::client::http::{self, Request, Response};

wasmtime::component::bindgen!({ path: "wit", world: "client" });

/// In bytes: three pages of 64 KiB more than the guest starts with.
const MOST_MEMORY: usize = 20 * 64 * 1024;

/// A host that writes down what is sent, and answers what it was told to.
struct Host {
    sent: Vec<Request>,
    answer: std::result::Result<Response, String>,
    limits: StoreLimits,
}

impl http::Host for Host {
    fn send(&mut self, request: Request) -> std::result::Result<Response, String> {
        self.sent.push(request);
        self.answer.clone()
    }
}

fn guest(answer: std::result::Result<Response, String>) -> Result<(Store<Host>, Client)> {
    let engine = Engine::default();
    let component = Component::new(&engine, component::of(&guest::lesson()))?;
    let mut linker = Linker::new(&engine);
    Client::add_to_linker::<_, HasSelf<Host>>(&mut linker, |host| host)?;
    let host = Host {
        sent: Vec::new(),
        answer,
        limits: StoreLimits::default(),
    };
    let mut store = Store::new(&engine, host);
    let client = Client::instantiate(&mut store, &component, &linker)?;
    Ok((store, client))
}

fn accepted() -> std::result::Result<Response, String> {
    Ok(Response {
        status: 200,
        body: r#"{"status":1}"#.into(),
    })
}

impl Client {
    /// What the guest answers to an event of this name with these properties.
    fn capture(
        &self,
        store: &mut Store<Host>,
        name: &str,
        properties: &str,
    ) -> Result<std::result::Result<Response, String>> {
        self.posthog_client_events()
            .call_capture(store, "phc_demo", name, "ada", properties)
    }
}

#[test]
fn the_component_imports_http_and_nothing_else() -> Result<()> {
    let engine = Engine::default();
    let component = Component::new(&engine, component::of(&guest::lesson()))?;
    let ty = component.component_type();
    let imports: Vec<_> = ty.imports(&engine).map(|(name, _)| name).collect();
    let exports: Vec<_> = ty.exports(&engine).map(|(name, _)| name).collect();
    assert_eq!(imports, ["posthog:client/http@0.1.0"]);
    assert_eq!(exports, ["posthog:client/events@0.1.0"]);
    Ok(())
}

#[test]
fn every_text_arrives_as_it_was_given() -> Result<()> {
    let (mut store, client) = guest(accepted())?;
    for name in [
        "",
        "signed up",
        "Łódź",
        "🚀🚀🚀 𠈄𓀀",
        "a\0b",
        "say \"hi\" \\ \n",
    ] {
        client
            .capture(&mut store, name, r#"{"plan":"pro"}"#)?
            .expect("the host accepts it");
        let request = store.data_mut().sent.pop().expect("one was sent");
        assert_eq!(request.path, "/batch/");
        let sent: serde_json::Value = serde_json::from_str(&request.body)?;
        let event = &sent["batch"][0];
        assert_eq!(event["event"], name);
        assert_eq!(event["properties"]["plan"], "pro");
    }
    Ok(())
}

#[test]
fn what_the_host_answers_comes_back() -> Result<()> {
    let (mut store, client) = guest(accepted())?;
    let response = client
        .capture(&mut store, "signed up", "{}")?
        .expect("the host accepts it");
    assert_eq!(response.status, 200);
    assert_eq!(response.body, r#"{"status":1}"#);
    let (mut store, client) = guest(Err("the connection was refused".into()))?;
    let reason = client
        .capture(&mut store, "signed up", "{}")?
        .expect_err("the host sends nothing");
    assert_eq!(reason, "the connection was refused");
    Ok(())
}

#[test]
fn properties_that_are_no_json_object_are_not_sent() -> Result<()> {
    let (mut store, client) = guest(accepted())?;
    let reason = client
        .capture(&mut store, "signed up", r#"{"plan":}"#)?
        .expect_err("it is no JSON");
    assert_eq!(reason, "properties, byte 8: expected a value");
    assert!(store.data().sent.is_empty());
    Ok(())
}

#[test]
fn what_the_two_pass_to_each_other_is_released() -> Result<()> {
    let (mut store, client) = guest(accepted())?;
    // Twenty bytes left behind in each call would need more.
    store.data_mut().limits = StoreLimitsBuilder::new()
        .memory_size(MOST_MEMORY)
        .trap_on_grow_failure(true)
        .build();
    store.limiter(|host| &mut host.limits);
    for _ in 0..10_000 {
        client
            .capture(&mut store, "signed up", r#"{"plan":"pro"}"#)?
            .expect("the host accepts it");
        store.data_mut().sent.clear();
    }
    Ok(())
}
