//! The library as a WebAssembly module with no imports: the smallest wrapping that uses all of it,
//! for measuring.
//!
//! Two exports move bytes. `input(n)` returns where to write n bytes; `call(operation)` reads them
//! as fields and returns the offset of what it answers in the upper half, its length in the lower.
//! A field is four bytes of length and its bytes; the length 0xFFFF_FFFF says that it is absent. A
//! number is a field of eight bytes. All numbers are little-endian.
//!
//! The first call configures the client, whatever its operation: key, host, protocol (1 is v1),
//! super properties, runtime properties, seed. It answers nothing, or the sentence of what is
//! wrong. The fields of every later call begin with the two clocks, monotonic and Unix
//! milliseconds.
//!
//! | operation | fields after the clocks | answer |
//! |---|---|---|
//! | 0 capture | kind (see `Fields::special`), event, what the kind needs | its uuid, or why not |
//! | 1 prepare | the same | the event's JSON, or why not |
//! | 2 prepared | lane (1 is AI), JSON from the hook | its uuid, or why not |
//! | 3 flush, 4 shutdown | deadline | the flush's number |
//! | 5 opt out, 6 opt in | | nothing |
//! | 7 response | request, status, `Retry-After`, body | nothing |
//! | 8 failure | request | nothing |
//! | 9 timeout | | nothing |
//! | 10 export | lane | the queue's bytes |
//! | 11 restore | lane, bytes of an export | how many are queued, or why none |
//! | 12 counts | | accepted, delivered, queued, refused, then dropped by reason |
//! | any other: poll | | the parts of one output, one behind the other |
//!
//! A binding of a language would tell answers apart and give every part its length; this wrapping
//! is for measuring, and need not be read back.
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod fields;

use alloc::vec::Vec;
use core::cell::UnsafeCell;
use events::{
    Config, ConfigError, FailureKind, Machine, Now, Output, Protocol, Refused, RequestId, Response,
    Uuid,
};
use fields::Fields;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

#[derive(Default)]
struct State {
    input: Vec<u8>,
    output: Vec<u8>,
    machine: Option<Machine>,
}

struct Single(UnsafeCell<Option<State>>);

// SAFETY: a module without shared memory has one thread, and no export calls another.
unsafe impl Sync for Single {}

static STATE: Single = Single(UnsafeCell::new(None));

fn state() -> &'static mut State {
    // SAFETY: each export takes this once and lets go of it before it returns, so there is never a
    // second one.
    unsafe { (*STATE.0.get()).get_or_insert_default() }
}

/// Where the host writes the `length` bytes of the next call.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    let state = state();
    state.input.clear();
    state.input.resize(length, 0);
    state.input.as_mut_ptr()
}

/// Runs an operation on the input; the result's offset is in the upper half, its length in the
/// lower.
#[unsafe(no_mangle)]
pub extern "C" fn call(operation: u32) -> u64 {
    let State {
        input,
        output,
        machine,
    } = state();
    output.clear();
    let mut fields = Fields(input);
    match machine {
        Some(machine) => run(machine, operation, &mut fields, output),
        None => match configure(&mut fields) {
            Ok(made) => *machine = Some(made),
            Err(error) => say(output, &error.sentence()),
        },
    }
    (output.as_ptr() as usize as u64) << 32 | output.len() as u64
}

fn configure(fields: &mut Fields<'_>) -> Result<Machine, ConfigError> {
    let mut config = Config {
        project_key: fields.text().unwrap_or_default().into(),
        host: fields.text().unwrap_or_default().into(),
        ..Config::default()
    };
    if fields.number() == 1 {
        config.protocol = Protocol::V1;
    }
    config.super_properties = fields.text().map(Into::into);
    config.runtime_properties = fields.text().map(Into::into);
    if let Some(seed) = fields.bytes().and_then(|seed| seed.first_chunk()) {
        config.seed = *seed;
    }
    Machine::new(config)
}

fn say(output: &mut Vec<u8>, text: &str) {
    output.extend_from_slice(text.as_bytes());
}

fn run(machine: &mut Machine, operation: u32, fields: &mut Fields<'_>, output: &mut Vec<u8>) {
    let now = fields.now();
    match operation {
        0..=2 => match take(machine, operation, now, fields, output) {
            Ok(uuid) => output.extend_from_slice(uuid.as_bytes()),
            Err(refused) => say(output, &refused.sentence()),
        },
        3 => output.extend_from_slice(&machine.handle_flush(now, fields.number()).0.to_le_bytes()),
        4 => output.extend_from_slice(
            &machine
                .handle_shutdown(now, fields.number())
                .0
                .to_le_bytes(),
        ),
        5 => machine.handle_opt_out(now),
        6 => machine.handle_opt_in(now),
        7 => {
            let (id, status, wait) = (
                RequestId(fields.number()),
                fields.number() as u16,
                fields.text(),
            );
            let headers = [("retry-after", wait.unwrap_or_default())];
            machine.handle_response(
                now,
                id,
                &Response {
                    status,
                    headers: &headers,
                    body: fields.bytes().unwrap_or_default(),
                },
            );
        }
        8 => machine.handle_failure(now, RequestId(fields.number()), FailureKind::Timeout),
        9 => machine.handle_timeout(now),
        10 => output.extend_from_slice(machine.export(fields.lane())),
        11 => {
            match machine.handle_restore(now, fields.lane(), fields.bytes().unwrap_or_default()) {
                Ok(restored) => output.extend_from_slice(&(restored as u64).to_le_bytes()),
                Err(refused) => say(output, &refused.sentence()),
            }
        }
        12 => {
            let counts = machine.counts();
            for count in [
                counts.accepted,
                counts.delivered,
                counts.queued,
                counts.refused,
            ]
            .into_iter()
            .chain(counts.dropped)
            {
                output.extend_from_slice(&count.to_le_bytes());
            }
        }
        _ => poll(machine, output),
    }
}

/// A capture, one of the special events, or one of the halves of a capture with a hook.
fn take(
    machine: &mut Machine,
    operation: u32,
    now: Now,
    fields: &mut Fields<'_>,
    output: &mut Vec<u8>,
) -> Result<Uuid, Refused> {
    if operation == 2 {
        return machine.handle_prepared(now, fields.lane(), fields.text().unwrap_or_default());
    }
    let (kind, event) = (fields.number(), fields.event());
    let mut errors = Vec::new();
    let special = fields.special(kind, &mut errors);
    if operation == 1 {
        let prepared = machine.handle_prepare(now, &event, special.as_ref())?;
        say(output, prepared);
        return Ok(Uuid::nil());
    }
    match &special {
        Some(special) => machine.handle_special(now, &event, special),
        None => machine.handle_capture(now, &event),
    }
}

fn poll(machine: &mut Machine, output: &mut Vec<u8>) {
    match machine.poll_output() {
        Output::Request(request) => {
            say(output, &request.url);
            for (name, value) in &request.headers {
                say(output, name);
                say(output, value);
            }
            output.extend_from_slice(&request.body);
        }
        Output::Dropped(dropped) => {
            output.extend_from_slice(&(dropped.how_many as u64).to_le_bytes());
            say(output, dropped.why.sentence());
            say(output, &dropped.error);
            say(output, &dropped.events);
        }
        Output::Drained(drained) => output.extend_from_slice(&(drained.left as u64).to_le_bytes()),
        Output::Warning(warning) => say(output, &warning.sentence()),
        Output::WakeAt(wake) => output.extend_from_slice(&wake.unwrap_or(u64::MAX).to_le_bytes()),
    }
}
