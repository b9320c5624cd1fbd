//! Exercise 8: capture a list of events in one call.
//!
//! `capture-all("phc_demo", [{name: "signed up", id: "ada", properties: "{}"}, …])` sends one event
//! after the other, and answers what `capture` answered to each.

#![cfg_attr(target_family = "wasm", no_std)]

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

// ANCHOR: solution
use alloc::{string::String, vec::Vec};

use exports::posthog::{
    client::events::Guest as Events,
    exercise::lists::{Event, Guest},
};
use posthog::client::http::Response;

wit_bindgen::generate!({
    path: "wit",
    inline: "
        package posthog:exercise@0.1.0;

        interface lists {
            use posthog:client/http@0.1.0.{response};

            record event { name: string, id: string, properties: string }

            capture-all: func(key: string, events: list<event>) -> list<result<response, string>>;
        }

        world client {
            include posthog:client/client@0.1.0;
            export lists;
        }
    ",
    world: "posthog:exercise/client",
    generate_all,
});

impl Guest for capture::Client {
    fn capture_all(key: String, events: Vec<Event>) -> Vec<Result<Response, String>> {
        let capture =
            |Event {
                 name,
                 id,
                 properties,
             }| { <Self as Events>::capture(key.clone(), name, id, properties) };
        events.into_iter().map(capture).collect()
    }
}
// ANCHOR_END: solution
