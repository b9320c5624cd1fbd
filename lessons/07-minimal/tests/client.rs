//! Runs the lesson's module in wasmtime, with a host that keeps what it was asked to send.

mod guest;

use wasmtime::{
    Caller, Engine, Extern, Instance, Linker, Memory, Module, Result, Store, TypedFunc,
};

/// What the guest is told whatever it sends.
const ANSWER: &str = r#"200 {"status":1}"#;

struct Guest {
    /// Holds the bodies of the requests.
    store: Store<Vec<String>>,
    instance: Instance,
    memory: Memory,
    alloc: TypedFunc<u32, u32>,
    dealloc: TypedFunc<(u32, u32), ()>,
}

impl Guest {
    fn new() -> Result<Guest> {
        let engine = Engine::default();
        let module = Module::new(&engine, guest::lesson())?;
        let mut linker = Linker::new(&engine);
        linker.func_wrap("posthog", "http_request", send)?;
        linker.func_wrap("posthog", "http_request_len", || ANSWER.len() as u32)?;
        let mut store = Store::new(&engine, Vec::new());
        let instance = linker.instantiate(&mut store, &module)?;
        Ok(Guest {
            memory: instance
                .get_memory(&mut store, "memory")
                .expect("memory is exported"),
            alloc: instance.get_typed_func(&mut store, "alloc")?,
            dealloc: instance.get_typed_func(&mut store, "dealloc")?,
            instance,
            store,
        })
    }

    /// What `capture` answers for these properties, or `None` if it refuses a string that is not UTF-8.
    fn capture(&mut self, properties: &[u8]) -> Result<Option<String>> {
        let capture = self
            .instance
            .get_typed_func::<(u32, u32, u32, u32, u32, u32, u32, u32), u64>(
                &mut self.store,
                "capture",
            )?;
        let mut given = Vec::new();
        for text in [
            b"phc_demo",
            &b"signed up"[..],
            "Łódź".as_bytes(),
            properties,
        ] {
            let address = self.alloc.call(&mut self.store, text.len() as u32)?;
            self.memory.write(&mut self.store, address as usize, text)?;
            given.push((address, text.len() as u32));
        }
        let [a, b, c, d] = given[..] else {
            unreachable!("four strings are given")
        };
        let arguments = (a.0, a.1, b.0, b.1, c.0, c.1, d.0, d.1);
        let answer = capture.call(&mut self.store, arguments)?;
        for text in given {
            self.dealloc.call(&mut self.store, text)?;
        }
        if answer == 0 {
            return Ok(None);
        }
        let (address, len) = ((answer >> 32) as u32, answer as u32);
        let mut bytes = vec![0; len as usize];
        self.memory
            .read(&self.store, address as usize, &mut bytes)?;
        self.dealloc.call(&mut self.store, (address, len))?;
        Ok(Some(String::from_utf8(bytes)?))
    }
}

/// The import `http_request`: keeps the body, and answers at once.
fn send(mut caller: Caller<Vec<String>>, _: u32, _: u32, body: u32, len: u32) -> Result<u32> {
    let memory = caller.get_export("memory").and_then(Extern::into_memory);
    let memory = memory.expect("memory is exported");
    let alloc = caller.get_export("alloc").and_then(Extern::into_func);
    let alloc = alloc
        .expect("alloc is exported")
        .typed::<u32, u32>(&caller)?;
    let mut bytes = vec![0; len as usize];
    memory.read(&caller, body as usize, &mut bytes)?;
    caller.data_mut().push(String::from_utf8(bytes)?);
    let address = alloc.call(&mut caller, ANSWER.len() as u32)?;
    memory.write(&mut caller, address as usize, ANSWER.as_bytes())?;
    Ok(address)
}

#[test]
fn properties_arrive_byte_for_byte() -> Result<()> {
    let mut guest = Guest::new()?;
    for properties in [
        "{}",
        r#"{"plan":"pro","seats":5}"#,
        "{ \"amount\" : 12345678901234567890.10 }\n",
        r#"{"city":"Łódź","\u00e9":[true,{"🚀":null}]}"#,
    ] {
        assert_eq!(
            guest.capture(properties.as_bytes())?.as_deref(),
            Some(ANSWER)
        );
        let body = guest.store.data().last().expect("a request was sent");
        let before = r#"{"api_key":"phc_demo","batch":[{"event":"signed up","distinct_id":"Łódź","properties":"#;
        assert_eq!(body, &format!("{before}{properties}}}]}}"));
        serde_json::from_str::<serde_json::Value>(body)?;
    }
    Ok(())
}

#[test]
fn properties_that_are_not_one_json_object_are_refused_with_a_sentence_and_nothing_is_sent()
-> Result<()> {
    let mut guest = Guest::new()?;
    for (properties, answer) in [
        ("", "0 properties, byte 0: expected one JSON object"),
        ("null", "0 properties, byte 0: expected one JSON object"),
        (r#"{"plan":}"#, "0 properties, byte 8: expected a value"),
        (
            r#"{},{"event":"made up"}"#,
            "0 properties, byte 2: expected nothing after the object",
        ),
        (
            &"{\"a\":".repeat(1_000_000),
            "0 properties, byte 320: expected at most 64 brackets inside each other",
        ),
    ] {
        assert_eq!(
            guest.capture(properties.as_bytes())?.as_deref(),
            Some(answer)
        );
    }
    assert_eq!(guest.store.data(), &[] as &[String]);
    Ok(())
}

#[test]
fn properties_that_are_not_utf8_are_refused() -> Result<()> {
    assert_eq!(Guest::new()?.capture(b"{\"a\":\"\xff\"}")?, None);
    Ok(())
}

#[test]
fn what_was_refused_leaves_nothing_behind() -> Result<()> {
    let mut guest = Guest::new()?;
    guest.capture(b"[1]")?;
    let before = guest.memory.size(&guest.store);
    for _ in 0..10_000 {
        guest.capture(b"[1]")?;
    }
    assert_eq!(guest.memory.size(&guest.store), before);
    Ok(())
}
