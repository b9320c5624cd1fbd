//! A guest that holds on to its queue while it waits for the host.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

#[path = "../src/boundary.rs"]
mod boundary;
#[path = "../src/event.rs"]
mod event;
#[path = "../src/http.rs"]
mod http;

use alloc::{string::String, vec::Vec};
use core::cell::RefCell;

// ANCHOR: queue
struct Queue(RefCell<Vec<String>>);

// SAFETY: nobody starts a second thread in an instance.
unsafe impl Sync for Queue {}

static QUEUE: Queue = Queue(RefCell::new(Vec::new()));

/// How many events are still to be sent.
#[unsafe(no_mangle)]
pub extern "C" fn waiting() -> u32 {
    QUEUE.0.borrow().len() as u32
}
// ANCHOR_END: queue

/// Puts an event into the queue and sends all that are there.
///
/// Returns the last answer, as `address << 32 | length`; 0 if one of the strings is not UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn capture(
    key: u32,
    key_len: u32,
    name: u32,
    name_len: u32,
    id: u32,
    id_len: u32,
) -> u64 {
    let strings = (
        boundary::text(key, key_len),
        boundary::text(name, name_len),
        boundary::text(id, id_len),
    );
    let (Some(key), Some(name), Some(id)) = strings else {
        return 0;
    };
    // ANCHOR: borrowed
    let mut queue = QUEUE.0.borrow_mut();
    queue.push(event::to_json(key, name, id));
    let mut answer = None;
    for body in queue.drain(..) {
        answer = http::post("/batch/", &body);
    }
    answer.map_or(0, boundary::give)
    // ANCHOR_END: borrowed
}
