//! Exercise 5: tell PostHog who a person is.
//!
//! `identify("phc_demo", "ada", "{\"plan\":\"pro\"}")` posts to `/batch/`
//! `{"api_key":"phc_demo","batch":[{"event":"$identify","distinct_id":"ada","properties":{"$set":{"plan":"pro"}}}]}`.

#![cfg_attr(target_family = "wasm", no_std)]
#![allow(unused)]

extern crate alloc;

#[path = "../src/boundary.rs"]
mod boundary;
#[path = "../src/event.rs"]
mod event;
#[path = "../src/http.rs"]
mod http;

// TODO: send the event, give the answer back; answer 0 if one of the strings is not UTF-8.
/// `set` is a JSON object, which goes into the body as it is.
#[unsafe(no_mangle)]
pub extern "C" fn identify(
    key: u32,
    key_len: u32,
    id: u32,
    id_len: u32,
    set: u32,
    set_len: u32,
) -> u64 {
    0
}
