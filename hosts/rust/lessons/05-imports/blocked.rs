//! What else runs while a guest waits for an answer.

use std::{
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use host::{Http, host_address};
use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    let (host, timeout) = (host_address("POSTHOG_HOST")?, Duration::from_secs(2));
    // The first request opens the connection; the second waits for its answer alone.
    let (mut store, guest) = Guest::over(Http::new(&host, timeout))?;
    guest.capture(&mut store, "signed up", "ada")?;
    let (mut store, guest) = Guest::over(Http::new(host + "/slow", timeout))?;
    // ANCHOR: blocked
    let ticks = AtomicU32::new(0);
    let answer = thread::scope(|threads| {
        let (end, ended) = mpsc::channel::<()>();
        let ticks = &ticks;
        threads.spawn(move || {
            let tick = Duration::from_millis(1);
            while ended.recv_timeout(tick) == Err(RecvTimeoutError::Timeout) {
                ticks.fetch_add(1, Ordering::Relaxed);
            }
        });
        let answer = guest.capture(&mut store, "upgraded", "ada");
        drop(end);
        answer
    })?;
    println!("capture answered {answer}");
    let ticked = ticks.load(Ordering::Relaxed) > 0;
    println!("a timer ticked meanwhile: {ticked}");
    // ANCHOR_END: blocked
    Ok(())
}
