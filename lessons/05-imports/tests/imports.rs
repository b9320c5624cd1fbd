//! Runs the lesson's module in wasmtime, with a host that sends nothing and answers what it is told.

mod guest;

use serde_json::{Value, json};
use wasmtime::{
    AsContextMut, Caller, Engine, Extern, Instance, Linker, Memory, Module, Result, Store,
};

/// What the host was asked to send, and what it answers.
#[derive(Default)]
struct Host {
    sent: Vec<(String, String)>,
    answer: Vec<u8>,
}

struct Guest {
    store: Store<Host>,
    instance: Instance,
    memory: Memory,
}

impl Guest {
    fn new(answer: impl Into<Vec<u8>>) -> Result<Guest> {
        let engine = Engine::default();
        let module = Module::new(&engine, guest::lesson())?;
        let host = Host {
            sent: vec![],
            answer: answer.into(),
        };
        let mut store = Store::new(&engine, host);
        let mut linker = Linker::new(&engine);
        linker.func_wrap("posthog", "http_request", http_request)?;
        linker.func_wrap("posthog", "http_request_len", |host: Caller<'_, Host>| {
            host.data().answer.len() as u32
        })?;
        let instance = linker.instantiate(&mut store, &module)?;
        let memory = instance
            .get_memory(&mut store, "memory")
            .expect("memory is exported");
        Ok(Guest {
            store,
            instance,
            memory,
        })
    }

    fn write(&mut self, text: &[u8]) -> Result<(u32, u32)> {
        let len = text.len() as u32;
        let alloc = self
            .instance
            .get_typed_func::<u32, u32>(&mut self.store, "alloc")?;
        let address = alloc.call(&mut self.store, len)?;
        self.memory.write(&mut self.store, address as usize, text)?;
        Ok((address, len))
    }

    fn dealloc(&mut self, text: (u32, u32)) -> Result<()> {
        let dealloc = self
            .instance
            .get_typed_func::<(u32, u32), ()>(&mut self.store, "dealloc")?;
        dealloc.call(&mut self.store, text)
    }

    /// What the guest answered, or `None` if it refused.
    fn capture(&mut self, key: &[u8], name: &[u8], id: &[u8]) -> Result<Option<String>> {
        let strings = [self.write(key)?, self.write(name)?, self.write(id)?];
        let [key, name, id] = strings;
        let capture = self
            .instance
            .get_typed_func::<(u32, u32, u32, u32, u32, u32), u64>(&mut self.store, "capture")?;
        let arguments = (key.0, key.1, name.0, name.1, id.0, id.1);
        let answer = capture.call(&mut self.store, arguments)?;
        for text in strings {
            self.dealloc(text)?;
        }
        if answer == 0 {
            return Ok(None);
        }
        let answer = ((answer >> 32) as u32, answer as u32);
        let mut bytes = vec![0; answer.1 as usize];
        self.memory
            .read(&self.store, answer.0 as usize, &mut bytes)?;
        self.dealloc(answer)?;
        Ok(Some(String::from_utf8(bytes)?))
    }
}

fn http_request(
    mut host: Caller<'_, Host>,
    path: u32,
    path_len: u32,
    body: u32,
    body_len: u32,
) -> Result<u32> {
    let memory = host
        .get_export("memory")
        .and_then(Extern::into_memory)
        .expect("memory is exported");
    let alloc = host
        .get_export("alloc")
        .and_then(Extern::into_func)
        .expect("alloc is exported")
        .typed::<u32, u32>(&host)?;
    let text = |address: u32, len: u32| -> Result<String> {
        let mut bytes = vec![0; len as usize];
        memory.read(&host, address as usize, &mut bytes)?;
        Ok(String::from_utf8(bytes)?)
    };
    let sent = (text(path, path_len)?, text(body, body_len)?);
    host.data_mut().sent.push(sent);
    let answer = host.data().answer.clone();
    let address = alloc.call(host.as_context_mut(), answer.len() as u32)?;
    memory.write(&mut host, address as usize, &answer)?;
    Ok(address)
}

#[test]
fn one_capture_is_one_request_with_one_event() -> Result<()> {
    let mut guest = Guest::new("200 ok")?;
    guest.capture(b"phc_demo", b"signed up", b"ada")?;
    let [(path, body)] = &guest.store.data().sent[..] else {
        panic!("{} requests were made", guest.store.data().sent.len());
    };
    assert_eq!(path, "/batch/");
    let event = json!({"event": "signed up", "distinct_id": "ada"});
    assert_eq!(
        serde_json::from_str::<Value>(body)?,
        json!({"api_key": "phc_demo", "batch": [event]})
    );
    Ok(())
}

#[test]
fn every_text_arrives_as_it_was_given() -> Result<()> {
    let mut guest = Guest::new("200 ok")?;
    for text in ["", "Łódź", "🚀🚀🚀 𠈄𓀀", "a\0b", "say \"hi\" \\ \n"] {
        guest.capture(text.as_bytes(), text.as_bytes(), text.as_bytes())?;
        let (_, body) = guest
            .store
            .data()
            .sent
            .last()
            .expect("a request was made")
            .clone();
        let body: Value = serde_json::from_str(&body)?;
        assert_eq!(body["api_key"], text);
        assert_eq!(body["batch"][0]["event"], text);
        assert_eq!(body["batch"][0]["distinct_id"], text);
    }
    Ok(())
}

#[test]
fn the_caller_gets_what_the_host_answered() -> Result<()> {
    for answer in [
        "200 {\"status\":1}",
        "500 ",
        "0 the connection was refused",
        "🚀",
        "",
    ] {
        let captured = Guest::new(answer)?.capture(b"phc_demo", b"signed up", b"ada")?;
        assert_eq!(captured.as_deref(), Some(answer));
    }
    Ok(())
}

#[test]
fn an_answer_that_is_not_utf8_is_refused() -> Result<()> {
    let mut guest = Guest::new(*b"200 \xff")?;
    assert_eq!(guest.capture(b"phc_demo", b"signed up", b"ada")?, None);
    Ok(())
}

#[test]
fn of_texts_that_are_not_utf8_nothing_is_sent() -> Result<()> {
    let mut guest = Guest::new("200 ok")?;
    for (key, name, id) in [
        (&b"\xff"[..], &b"b"[..], &b"c"[..]),
        (b"a", b"\xff", b"c"),
        (b"a", b"b", b"\xff"),
    ] {
        assert_eq!(guest.capture(key, name, id)?, None);
    }
    assert_eq!(guest.store.data().sent, []);
    Ok(())
}

#[test]
fn what_both_sides_take_over_is_given_back() -> Result<()> {
    for answer in [&b"200 {\"status\":1}"[..], b"200 \xff"] {
        let mut guest = Guest::new(answer)?;
        guest.capture(b"phc_demo", b"signed up", b"ada")?;
        let before = guest.memory.size(&guest.store);
        for _ in 0..10_000 {
            guest.capture(b"phc_demo", b"signed up", b"ada")?;
        }
        assert_eq!(guest.memory.size(&guest.store), before);
    }
    Ok(())
}
