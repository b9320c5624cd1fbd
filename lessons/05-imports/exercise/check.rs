//! What exercise 5 asks for. `EXERCISE` says whether the attempt or the solution is tried.

#[path = "../tests/guest/mod.rs"]
mod guest;

use serde_json::{Value, json};
use wasmtime::{Caller, Engine, Extern, Linker, Module, Store};

/// What the host of these tests answers, whatever it is asked to send.
const ANSWER: &str = "200 {\"status\":1}";

/// The requests that were made, and the answer, or `None` where the guest refuses.
fn identify(key: &[u8], id: &[u8], set: &[u8]) -> (Vec<(String, Value)>, Option<String>) {
    let which =
        std::env::var("EXERCISE").expect("EXERCISE is attempt or solution: run `just exercise 5`");
    let engine = Engine::default();
    let module = Module::new(&engine, guest::example(&format!("imports-{which}")))
        .expect("the module is valid");
    let mut store = Store::new(&engine, Vec::new());
    let mut linker = Linker::new(&engine);
    linker
        .func_wrap("posthog", "http_request", http_request)
        .expect("it is defined once");
    linker
        .func_wrap("posthog", "http_request_len", || ANSWER.len() as u32)
        .expect("it is defined once");
    let instance = linker
        .instantiate(&mut store, &module)
        .expect("it needs no other imports");
    let memory = instance
        .get_memory(&mut store, "memory")
        .expect("memory is exported");
    let alloc = instance
        .get_typed_func::<u32, u32>(&mut store, "alloc")
        .expect("alloc is exported");
    let identify = instance
        .get_typed_func::<(u32, u32, u32, u32, u32, u32), u64>(&mut store, "identify")
        .expect("identify is exported");
    let mut write = |text: &[u8]| {
        let address = alloc
            .call(&mut store, text.len() as u32)
            .expect("there is memory");
        memory
            .write(&mut store, address as usize, text)
            .expect("the address is inside");
        (address, text.len() as u32)
    };
    let (key, id, set) = (write(key), write(id), write(set));
    let answer = identify
        .call(&mut store, (key.0, key.1, id.0, id.1, set.0, set.1))
        .expect("it does not trap");
    let mut bytes = vec![0; answer as u32 as usize];
    memory
        .read(&store, (answer >> 32) as usize, &mut bytes)
        .expect("the answer is inside");
    let answer = (answer != 0).then(|| String::from_utf8(bytes).expect("the answer is UTF-8"));
    (store.into_data(), answer)
}

fn http_request(
    mut caller: Caller<'_, Vec<(String, Value)>>,
    path: u32,
    path_len: u32,
    body: u32,
    body_len: u32,
) -> u32 {
    let memory = caller.get_export("memory").and_then(Extern::into_memory);
    let memory = memory.expect("memory is exported");
    let alloc = caller.get_export("alloc").and_then(Extern::into_func);
    let alloc = alloc.expect("alloc is exported").typed::<u32, u32>(&caller);
    let alloc = alloc.expect("alloc takes and returns one number");
    let text = |address: u32, len: u32| {
        let mut bytes = vec![0; len as usize];
        memory
            .read(&caller, address as usize, &mut bytes)
            .expect("the string is inside");
        String::from_utf8(bytes).expect("the string is UTF-8")
    };
    let (path, body) = (text(path, path_len), text(body, body_len));
    let body = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"));
    caller.data_mut().push((path, body));
    let address = alloc
        .call(&mut caller, ANSWER.len() as u32)
        .expect("there is memory");
    memory
        .write(&mut caller, address as usize, ANSWER.as_bytes())
        .expect("the address is inside");
    address
}

#[test]
fn a_person_is_identified_in_one_request() {
    let (sent, answer) = identify(b"phc_demo", b"ada", b"{\"plan\":\"pro\"}");
    let event = json!({
        "event": "$identify",
        "distinct_id": "ada",
        "properties": {"$set": {"plan": "pro"}},
    });
    let body = json!({"api_key": "phc_demo", "batch": [event]});
    assert_eq!(sent, [("/batch/".to_owned(), body)]);
    assert_eq!(answer.as_deref(), Some(ANSWER));
}

#[test]
fn what_is_set_goes_through_as_it_is() {
    let set = r#"{"city":"Łódź","emoji":"🚀","nested":{"a":[1,null,"}]}"]}}"#;
    let (sent, _) = identify(b"phc_demo", "ada \"}]}".as_bytes(), set.as_bytes());
    let event = sent.first().map(|(_, body)| &body["batch"][0]);
    let set: Value = serde_json::from_str(set).expect("it is JSON");
    assert_eq!(event.map(|event| &event["properties"]["$set"]), Some(&set));
    assert_eq!(
        event.map(|event| &event["distinct_id"]),
        Some(&json!("ada \"}]}"))
    );
}

#[test]
fn of_texts_that_are_not_utf8_nothing_is_sent() {
    let refused = (vec![], None);
    assert_eq!(identify(b"\xff", b"ada", b"{}"), refused);
    assert_eq!(identify(b"phc_demo", b"\xff", b"{}"), refused);
    assert_eq!(identify(b"phc_demo", b"ada", b"\xff"), refused);
}
