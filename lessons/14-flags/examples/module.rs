//! The crate as a module of its own, to show that it needs nothing from a host, and how large it
//! is when everything in it is used. A stand-in: the client's real contract is another crate's.
#![cfg_attr(target_family = "wasm", no_std, no_main)]

#[cfg(target_family = "wasm")]
mod guest {
    extern crate alloc;

    use alloc::boxed::Box;
    use alloc::string::String;

    use flags::{
        Attempt, Change, Definitions, Fingerprint, FlagsRequest, JsonPerson, Limits, Options, Poll,
        RemoteAnswer, Reported, Scratch, Snapshot, retry_delay,
    };

    #[global_allocator]
    static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        core::arch::wasm32::unreachable()
    }

    /// Everything that a client of one project keeps.
    #[derive(Default)]
    pub struct State {
        definitions: Option<Definitions>,
        poll: Poll,
        reported: Reported,
        scratch: Scratch,
        output: String,
    }

    /// A client in default mode (0) or in strict mode.
    #[unsafe(no_mangle)]
    extern "C" fn create(strict: u32) -> *mut State {
        let options = Options {
            strict: strict != 0,
            ..Options::default()
        };
        Box::into_raw(Box::new(State {
            poll: Poll::new(options),
            ..State::default()
        }))
    }

    #[unsafe(no_mangle)]
    extern "C" fn allocate(len: usize) -> *mut u8 {
        Box::leak(alloc::vec![0; len].into_boxed_slice()).as_mut_ptr()
    }

    /// Does an operation of [`operation`] and gives its result: the length of what it wrote, unless
    /// it says otherwise, or -1 when it failed.
    ///
    /// # Safety
    /// `state` comes from `create` and is not in use; `input` points to `len` readable bytes.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn call(
        state: *mut State,
        operation: u32,
        now: i64,
        input: *const u8,
        len: usize,
    ) -> i64 {
        // SAFETY: as the caller vouches.
        let (state, input) = unsafe { (&mut *state, core::slice::from_raw_parts(input, len)) };
        core::str::from_utf8(input)
            .ok()
            .and_then(|text| state.call(operation, now, text))
            .unwrap_or(-1)
    }

    /// # Safety
    /// `state` comes from `create` and is not in use.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn output(state: *const State) -> *const u8 {
        // SAFETY: as the caller vouches.
        unsafe { (*state).output.as_ptr() }
    }

    /// What `call` can do.
    mod operation {
        /// Takes the input as the answer of the definitions endpoint; nothing is written.
        pub const DEFINITIONS: u32 = 0;
        /// Evaluates the flag `flag` for a person with the input as properties; gives whether it is
        /// decided, and adds how many properties it asks for.
        pub const EVALUATE: u32 = 1;
        /// Takes a snapshot with the input as the server's answer, calls the flag `flag`, and
        /// writes the properties of both events.
        pub const SNAPSHOT: u32 = 2;
        /// Writes a request with the input as groups; gives the wait before its first retry.
        pub const REQUEST: u32 = 3;
    }

    impl State {
        fn call(&mut self, operation: u32, now: i64, text: &str) -> Option<i64> {
            match operation {
                operation::DEFINITIONS => {
                    let fetch = self.poll.begin();
                    if let Change::Replace(definitions) =
                        self.poll.answered(&fetch, 200, None, text).ok()?
                    {
                        self.definitions = Some(*definitions);
                    }
                }
                operation::EVALUATE => {
                    let definitions = self.definitions.as_ref()?;
                    let person = JsonPerson::new("user", text)
                        .ok()?
                        .in_group("company", "acme", text)
                        .ok()?;
                    let flag = definitions.find("flag")?;
                    let needs = definitions.needs(flag);
                    let answer = definitions.evaluate(flag, &person, now, &mut self.scratch);
                    return Some(
                        i64::from(answer.outcome.is_decided()) + needs.person.len() as i64,
                    );
                }
                operation::SNAPSHOT => {
                    let definitions = self.definitions.as_ref()?;
                    let person = JsonPerson::new("user", "{}").ok()?;
                    let (mut snapshot, asks) =
                        Snapshot::local(definitions, &person, &[], now, &mut self.scratch);
                    if asks {
                        snapshot.merge(&RemoteAnswer::parse(text, &Limits::default()));
                    }
                    let called = snapshot.access("flag", &[("company", "acme")]);
                    let fingerprint = Fingerprint::new("user", &called);
                    if !self.reported.contains(fingerprint) && !called.is_minimal() {
                        self.output = called.properties();
                        self.reported.insert(fingerprint);
                    }
                    self.output.push_str(&snapshot.event_properties());
                }
                operation::REQUEST => {
                    let request = FlagsRequest {
                        distinct_id: "user",
                        groups: text,
                        ..FlagsRequest::default()
                    };
                    self.output = request.body(now).ok()?;
                    return retry_delay(Attempt::Timeout, 0, 1).map(i64::from);
                }
                _ => return None,
            }
            Some(self.output.len() as i64)
        }
    }
}
