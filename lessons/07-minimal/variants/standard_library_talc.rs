//! The guest of lesson 7 with the standard library, and talc in place of its allocator.

extern crate alloc;

#[path = "../src/allocator.rs"]
mod allocator;
#[path = "../src/boundary.rs"]
mod boundary;
#[path = "../src/capture.rs"]
mod capture;
#[path = "../src/event.rs"]
mod event;
#[path = "../src/http.rs"]
mod http;
#[path = "../src/json.rs"]
mod json;
#[path = "../src/refused.rs"]
mod refused;
