//! Runs the lesson's component in wasmtime, as a host would.

mod component;
mod guest;

use wasmtime::{
    AsContextMut, Engine, Result, Store, StoreContextMut, StoreLimits, StoreLimitsBuilder,
    component::{Component, HasSelf, Linker, TypedFunc},
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
        .expect_err("it is not JSON");
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

/// A host that calls the guest once more while the guest waits for it.
#[derive(Default)]
struct Impatient {
    capture: Option<Capture>,
    /// What the guest answered meanwhile.
    answer: Option<Answer>,
}

type Capture = TypedFunc<(String, String, String, String), (Answer,)>;
type Answer = std::result::Result<Response, String>;

fn captured(mut store: impl AsContextMut, capture: Capture) -> Result<Answer> {
    let [key, name, id, properties] = ["phc_demo", "signed up", "ada", "{}"].map(String::from);
    let (answer,) = capture.call(&mut store, (key, name, id, properties))?;
    Ok(answer)
}

#[test]
fn a_guest_that_waits_for_its_host_can_be_entered() -> Result<()> {
    let engine = Engine::default();
    let component = Component::new(&engine, component::of(&guest::lesson()))?;
    let mut linker = Linker::<Impatient>::new(&engine);
    linker.instance("posthog:client/http@0.1.0")?.func_wrap(
        "send",
        |mut store: StoreContextMut<'_, Impatient>, (_,): (Request,)| {
            // The second time there is nothing to take, and no third.
            if let Some(capture) = store.data_mut().capture.take() {
                store.data_mut().answer = Some(captured(&mut store, capture)?);
            }
            Ok((accepted(),))
        },
    )?;
    let mut store = Store::new(&engine, Impatient::default());
    let instance = linker.instantiate(&mut store, &component)?;
    let events = component.get_export_index(None, "posthog:client/events@0.1.0");
    let capture = component
        .get_export_index(events.as_ref(), "capture")
        .expect("the guest exports capture");
    let capture: Capture = instance.get_typed_func(&mut store, capture)?;
    store.data_mut().capture = Some(capture);
    let outer = captured(&mut store, capture)?;
    assert!(outer.is_ok() && matches!(store.data().answer, Some(Ok(_))));
    Ok(())
}
