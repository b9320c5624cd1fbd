//! Exercise 5: tell PostHog who a person is.
//!
//! `identify("phc_demo", "ada", "{\"plan\":\"pro\"}")` posts to `/batch/`
//! `{"api_key":"phc_demo","batch":[{"event":"$identify","distinct_id":"ada","properties":{"$set":{"plan":"pro"}}}]}`.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

#[path = "../src/boundary.rs"]
mod boundary;
#[path = "../src/event.rs"]
mod event;
#[path = "../src/http.rs"]
mod http;

// ANCHOR: solution
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
    let strings = (
        boundary::text(key, key_len),
        boundary::text(id, id_len),
        boundary::text(set, set_len),
    );
    let (Some(key), Some(id), Some(set)) = strings else {
        return 0;
    };
    let event = event::to_json(key, "$identify", id);
    let open = event.strip_suffix("}]}").unwrap_or(&event);
    let body = alloc::format!("{open},\"properties\":{{\"$set\":{set}}}}}]}}");
    http::post("/batch/", &body).map_or(0, boundary::give)
}
// ANCHOR_END: solution
