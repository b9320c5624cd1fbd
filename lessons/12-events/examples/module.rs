//! The library as a WebAssembly module with no imports: the smallest wrapping that uses all of it, for measuring.
//!
//! Two exports move bytes. `input(n)` answers where to write n bytes; `call(operation, n)` reads them and answers a
//! packed offset and length. A field is four bytes of length and its bytes; the length 0xFFFF_FFFF says it is absent.
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::UnsafeCell;
use events::{
    Config, Context, Event, Exception, FailureKind, Family, LaneName, Machine, Now, Output,
    Protocol, RequestId, Response, Scalar,
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
    // SAFETY: each export takes this once and lets go of it before it returns, so there is never a second one.
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

/// Runs an operation on the input; the answer's offset is in the upper half, its length in the lower.
#[unsafe(no_mangle)]
pub extern "C" fn call(operation: u32) -> u64 {
    let State {
        input,
        output,
        machine,
    } = state();
    output.clear();
    let mut fields = Fields(input);
    let answer = match machine {
        None => configure(&mut fields).map(|made| {
            *machine = Some(made);
            String::new()
        }),
        Some(machine) => run(machine, operation, &mut fields, output),
    };
    match answer {
        Ok(text) | Err(text) => output.extend_from_slice(text.as_bytes()),
    }
    (output.as_ptr() as usize as u64) << 32 | output.len() as u64
}

struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn bytes(&mut self) -> Option<&'a [u8]> {
        let (length, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        let (field, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        self.0 = rest;
        Some(field)
    }

    fn text(&mut self) -> Option<&'a str> {
        self.bytes()
            .and_then(|field| core::str::from_utf8(field).ok())
    }

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

fn configure(fields: &mut Fields<'_>) -> Result<Machine, String> {
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
    Machine::new(config).map_err(|error| format!("{error}"))
}

fn run(
    machine: &mut Machine,
    operation: u32,
    fields: &mut Fields<'_>,
    output: &mut Vec<u8>,
) -> Result<String, String> {
    let now = fields.now();
    let sentence = |refused: events::Refused| format!("{refused}");
    let uuid = |uuid: events::Uuid| format!("{}", uuid.hyphenated());
    match operation {
        1 => machine
            .handle_capture(now, &fields.event())
            .map(uuid)
            .map_err(sentence),
        2 => {
            let (kind, event) = (fields.number(), fields.event());
            let one = [Exception {
                kind: fields.text().unwrap_or_default(),
                value: fields.text().unwrap_or_default(),
                frames: fields.text(),
                ..Exception::default()
            }];
            let family = match kind {
                0 => Family::Identify {
                    set: fields.text(),
                    set_once: fields.text(),
                    anonymous_id: fields.text(),
                },
                1 => Family::Set {
                    properties: fields.text().unwrap_or_default(),
                },
                2 => Family::SetOnce {
                    properties: fields.text().unwrap_or_default(),
                },
                3 => Family::Alias {
                    previous: Scalar::Json(fields.text().unwrap_or_default()),
                    alias: fields.text().map(Scalar::Json),
                },
                4 => Family::GroupIdentify {
                    group_type: Scalar::Text(fields.text().unwrap_or_default()),
                    group_key: Scalar::Json(fields.text().unwrap_or_default()),
                    properties: fields.text(),
                },
                _ => Family::Exception {
                    list: &one,
                    level: fields.text(),
                    source: fields.text(),
                },
            };
            machine
                .handle_family(now, &event, &family)
                .map(uuid)
                .map_err(sentence)
        }
        3 => machine
            .handle_prepare(now, &fields.event(), None)
            .map(Into::into)
            .map_err(sentence),
        4 => machine
            .handle_prepared(now, fields.lane(), fields.text().unwrap_or_default())
            .map(uuid)
            .map_err(sentence),
        5 => Ok(format!("{}", machine.handle_flush(now, fields.number()).0)),
        6 => Ok(format!(
            "{}",
            machine.handle_shutdown(now, fields.number()).0
        )),
        7 => {
            if fields.number() == 1 {
                machine.handle_opt_out(now)
            } else {
                machine.handle_opt_in(now)
            }
            Ok(String::new())
        }
        8 => {
            let (id, status, wait) = (RequestId(fields.number()), fields.number(), fields.text());
            let headers = [("retry-after", wait.unwrap_or_default())];
            let response = Response {
                status: u16::try_from(status).unwrap_or(0),
                headers: &headers,
                body: fields.bytes().unwrap_or_default(),
            };
            machine.handle_response(now, id, &response);
            Ok(String::new())
        }
        9 => {
            machine.handle_failure(now, RequestId(fields.number()), FailureKind::Timeout);
            Ok(String::new())
        }
        10 => {
            machine.handle_timeout(now);
            Ok(String::new())
        }
        11 => {
            output.extend_from_slice(machine.export(fields.lane()));
            Ok(String::new())
        }
        12 => machine
            .handle_restore(now, fields.lane(), fields.bytes().unwrap_or_default())
            .map(|count| format!("{count}"))
            .map_err(sentence),
        13 => {
            let counts = machine.counts();
            Ok(format!(
                "{} {} {} {:?} {}",
                counts.accepted, counts.delivered, counts.queued, counts.dropped, counts.refused
            ))
        }
        _ => Ok(poll(machine, output)),
    }
}

fn poll(machine: &mut Machine, output: &mut Vec<u8>) -> String {
    match machine.poll_output() {
        Output::Request(request) => {
            output.extend_from_slice(
                format!("request {} {}\n", request.id.0, request.url).as_bytes(),
            );
            for (name, value) in &request.headers {
                output.extend_from_slice(format!("{name}: {value}\n").as_bytes());
            }
            output.extend_from_slice(&request.body);
            String::new()
        }
        Output::Dropped(dropped) => format!(
            "dropped {} {} {} {}",
            dropped.how_many, dropped.why, dropped.error, dropped.events
        ),
        Output::Drained(drained) => format!("drained {} {}", drained.flush.0, drained.left),
        Output::Warning(warning) => format!("warning {warning}"),
        Output::WakeAt(wake) => format!("wake {wake:?}"),
    }
}
