//! What exercise 8 asks for. `EXERCISE` says whether the attempt or the solution is tried.

#[path = "../tests/component/mod.rs"]
mod component;
#[path = "../tests/guest/mod.rs"]
mod guest;

use wasmtime::{
    Engine, Store, StoreContextMut,
    component::{Component, ComponentType, Lift, Linker, Lower},
};

#[derive(ComponentType, Lift)]
#[component(record)]
struct Request {
    path: String,
    body: String,
}

#[derive(ComponentType, Lift, Lower, Debug, PartialEq)]
#[component(record)]
struct Response {
    status: u16,
    body: String,
}

#[derive(ComponentType, Lower)]
#[component(record)]
struct Event<'e> {
    name: &'e str,
    id: &'e str,
    properties: &'e str,
}

type Answer = Result<Response, String>;

/// What the guest answered to these events, and the bodies that it sent.
fn capture_all(events: &[Event<'_>]) -> (Vec<Answer>, Vec<serde_json::Value>) {
    let which =
        std::env::var("EXERCISE").expect("EXERCISE is attempt or solution: run `just exercise 8`");
    let engine = Engine::default();
    let bytes = component::of(&guest::example(&format!("wit-{which}")));
    let component = Component::new(&engine, bytes).expect("the component is valid");
    let mut linker = Linker::new(&engine);
    linker
        .instance("posthog:client/http@0.1.0")
        .and_then(|mut http| http.func_wrap("send", send))
        .expect("it is defined once");
    let mut store = Store::new(&engine, Vec::new());
    let instance = linker
        .instantiate(&mut store, &component)
        .expect("it needs nothing else");
    let lists = component
        .get_export_index(None, "posthog:exercise/lists@0.1.0")
        .expect("the world exports posthog:exercise/lists@0.1.0");
    let capture_all = component
        .get_export_index(Some(&lists), "capture-all")
        .expect("lists has capture-all");
    let capture_all = instance
        .get_typed_func::<(&str, &[Event<'_>]), (Vec<Answer>,)>(&mut store, capture_all)
        .expect("capture-all has the type that the exercise gives it");
    let (answers,) = capture_all
        .call(&mut store, ("phc_demo", events))
        .expect("it does not trap");
    (answers, store.into_data())
}

/// Accepts whatever is sent, and answers how many came so far.
fn send(
    mut store: StoreContextMut<'_, Vec<serde_json::Value>>,
    (Request { path, body },): (Request,),
) -> wasmtime::Result<(Answer,)> {
    assert_eq!(path, "/batch/");
    let sent = store.data_mut();
    sent.push(serde_json::from_str(&body)?);
    let body = format!("number {}", sent.len());
    Ok((Ok(Response { status: 200, body }),))
}

fn accepted(body: &str) -> Answer {
    Ok(Response {
        status: 200,
        body: body.into(),
    })
}

#[test]
fn every_event_is_sent_and_answered_in_order() {
    let event = |name| Event {
        name,
        id: "ada",
        properties: "{}",
    };
    let (answers, sent) = capture_all(&[event("signed up"), event("🚀 started")]);
    assert_eq!(answers, [accepted("number 1"), accepted("number 2")]);
    let names: Vec<_> = sent.iter().map(|body| &body["batch"][0]["event"]).collect();
    assert_eq!(names, ["signed up", "🚀 started"]);
}

#[test]
fn an_event_that_is_refused_does_not_stop_the_others() {
    let event = |properties| Event {
        name: "signed up",
        id: "ada",
        properties,
    };
    let (answers, _) = capture_all(&[event("[]"), event("{}")]);
    let refused = Err("properties, byte 0: expected one JSON object".into());
    assert_eq!(answers, [refused, accepted("number 1")]);
}

#[test]
fn no_events_have_no_answers() {
    assert_eq!(capture_all(&[]), (vec![], vec![]));
}
