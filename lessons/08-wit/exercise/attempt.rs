//! Exercise 8: capture a list of events in one call.
//!
//! `capture-all("phc_demo", [{name: "signed up", id: "ada", properties: "{}"}, …])` sends one event
//! after the other, and answers what `capture` answered to each.

#![cfg_attr(target_family = "wasm", no_std)]
#![allow(unused)]

extern crate alloc;

#[path = "../src/allocator.rs"]
mod allocator;
#[path = "../src/capture.rs"]
mod capture;
#[path = "../src/event.rs"]
mod event;
#[path = "../src/json.rs"]
mod json;
#[path = "../src/panic.rs"]
mod panic;
#[path = "../src/refused.rs"]
mod refused;

// TODO: an interface `lists` with a record `event` of three strings and the function
// `capture-all: func(key: string, events: list<event>)`, which answers a list of what `capture`
// answers; export it from the world; implement it for `capture::Client`.
wit_bindgen::generate!({
    path: "wit",
    inline: "
        package posthog:exercise@0.1.0;

        world client {
            include posthog:client/client@0.1.0;
        }
    ",
    world: "posthog:exercise/client",
    generate_all,
});
