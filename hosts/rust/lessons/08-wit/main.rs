//! Lesson 8 in Rust: the same client, called through its WIT.

mod another_version;
mod changed_record;
mod core_module;
mod cost;
mod guest;
mod host_throws;
mod lone_surrogate;
mod wrong_type;

use guest::{NAME, guest, said};
use host::{Http, TIMEOUT, host_address, program};
use wasmtime::Result;

fn main() -> Result<()> {
    match program().as_str() {
        "core-module" => core_module::run(),
        "another-version" => another_version::run(),
        "changed-record" => changed_record::run(),
        "wrong-type" => wrong_type::run(),
        "lone-surrogate" => lone_surrogate::run(),
        "host-throws" => host_throws::run(),
        "fuel" => cost::fuel(),
        "time" => cost::time(),
        _ => lesson(),
    }
}

fn lesson() -> Result<()> {
    // ANCHOR: send
    let (mut store, client) = guest(NAME, Http::new(host_address("POSTHOG_HOST")?, TIMEOUT))?;
    let events = client.posthog_client_events();
    let answer = events.call_capture(
        &mut store,
        "phc_demo",
        "signed up",
        "ada",
        r#"{"plan":"pro"}"#,
    )?;
    println!("1. {}", said(answer));
    let answer = events.call_capture(&mut store, "phc_demo", "🚀 started", "Łódź", "{}")?;
    println!("2. {}", said(answer));
    // ANCHOR_END: send

    // ANCHOR: errors
    let answer = events.call_capture(&mut store, "phc_demo", "signed up", "ada", r#"{"plan":}"#)?;
    println!("3. {}", said(answer));
    let (mut store, client) = guest(
        NAME,
        Http::new(host_address("POSTHOG_CLOSED_HOST")?, TIMEOUT),
    )?;
    let events = client.posthog_client_events();
    let answer = events.call_capture(&mut store, "phc_demo", "signed up", "ada", "{}")?;
    println!("4. {}", said(answer));
    // ANCHOR_END: errors
    Ok(())
}
