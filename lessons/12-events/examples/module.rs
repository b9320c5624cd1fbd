//! The library as a WebAssembly module with no imports: the smallest wrapping that uses all of it,
//! for measuring.
//!
//! Two exports move bytes. `input(n)` returns where to write n bytes; `call(operation)` reads them
//! and returns a packed offset and length. A field is four bytes of length and its bytes; the
//! length 0xFFFF_FFFF says it is absent.
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

use alloc::vec::Vec;
use core::cell::UnsafeCell;
use events::{
    Config, ConfigError, Context, Event, Exception, FailureKind, Family, LaneName, Machine, Now,
    Output, Protocol, Refused, RequestId, Response, Scalar, Uuid,
};

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

struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    #[inline(never)]
    fn bytes(&mut self) -> Option<&'a [u8]> {
        let (length, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        let (field, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        self.0 = rest;
        Some(field)
    }

    #[inline(never)]
    fn text(&mut self) -> Option<&'a str> {
        self.bytes()
            .and_then(|field| core::str::from_utf8(field).ok())
    }

    #[inline(never)]
    fn number(&mut self) -> u64 {
        self.bytes()
            .and_then(|field| field.first_chunk())
            .map_or(0, |field| u64::from_le_bytes(*field))
    }

    fn now(&mut self) -> Now {
        Now {
            monotonic: self.number(),
            unix: self.number(),
        }
    }

    fn event(&mut self) -> Event<'a> {
        Event {
            name: Scalar::Text(self.text().unwrap_or_default()),
            distinct_id: self.text().map(Scalar::Json),
            properties: self.text(),
            timestamp: self.text(),
            uuid: self.text(),
            groups: self.text(),
            flags: self.text(),
            disable_geoip: self.text().map(|text| text == "true"),
            minimal: self.number() == 1,
            context: Context {
                distinct_id: self.text(),
                session_id: self.text(),
                device_id: self.text(),
                tags: self.text(),
            },
            lane: self.lane(),
        }
    }

    fn lane(&mut self) -> LaneName {
        if self.number() == 1 {
            LaneName::Ai
        } else {
            LaneName::Analytics
        }
    }
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
                Ok(restored) => output.extend_from_slice(&restored.to_le_bytes()),
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

/// A capture, one of the families, or one of the halves of a capture with a hook.
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
    let list: [Exception<'_>; 1];
    let family = match kind {
        0 => None,
        1 => Some(Family::Identify {
            set: fields.text(),
            set_once: fields.text(),
            anonymous_id: fields.text(),
        }),
        2 => Some(Family::Set {
            properties: fields.text().unwrap_or_default(),
        }),
        3 => Some(Family::SetOnce {
            properties: fields.text().unwrap_or_default(),
        }),
        4 => Some(Family::Alias {
            previous: Scalar::Json(fields.text().unwrap_or_default()),
            alias: fields.text().map(Scalar::Json),
        }),
        5 => Some(Family::GroupIdentify {
            group_type: Scalar::Text(fields.text().unwrap_or_default()),
            group_key: Scalar::Json(fields.text().unwrap_or_default()),
            properties: fields.text(),
        }),
        _ => {
            list = [Exception {
                kind: fields.text().unwrap_or_default(),
                value: fields.text().unwrap_or_default(),
                frames: fields.text(),
                ..Exception::default()
            }];
            Some(Family::Exception {
                list: &list,
                level: fields.text(),
                source: fields.text(),
                automatic: fields.number() == 1,
            })
        }
    };
    if operation == 1 {
        output.extend_from_slice(
            machine
                .handle_prepare(now, &event, family.as_ref())?
                .as_bytes(),
        );
        return Ok(Uuid::nil());
    }
    match &family {
        Some(family) => machine.handle_family(now, &event, family),
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
