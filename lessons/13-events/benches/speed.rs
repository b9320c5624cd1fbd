//! Our capture beside posthog-rs 0.30's public API, in one run and over the same loopback server;
//! prints the ratios.
//!
//! *capture* is what the caller waits for: from an application's values to an event in the queue.
//! The two sides queue different things. Ours is the event's JSON, checked and complete; that of
//! posthog-rs is the values in a map, which its own thread serialises when it sends. *batch of 100*
//! has all of it on both sides: from the values of 100 events to a request with their JSON that the
//! server has acknowledged. Both sides read the clocks for every event, add the same properties
//! around it, and send with the same HTTP client.

use criterion::Criterion;
use events::Now;
use events_benches::{NOW, PROPERTIES, capture, flush, machine};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant, SystemTime};

/// Fewer than either queue holds, so that nothing is dropped while it is timed.
const ROUND: u64 = 2000;

/// A server that reads requests and acknowledges each.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let host = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || -> std::io::Result<()> {
                stream.set_nodelay(true)?;
                let mut reader = BufReader::new(stream.try_clone()?);
                let mut writer = stream;
                loop {
                    let mut length = 0;
                    loop {
                        let mut line = String::new();
                        if reader.read_line(&mut line)? == 0 {
                            return Ok(());
                        }
                        if let Some(value) =
                            line.to_ascii_lowercase().strip_prefix("content-length:")
                        {
                            length = value.trim().parse().unwrap_or(0);
                        }
                        if line == "\r\n" {
                            break;
                        }
                    }
                    reader.read_exact(&mut vec![0; length])?;
                    writer.write_all(
                        b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"status\":1}",
                    )?;
                }
            });
        }
    });
    host
}

fn theirs(host: &str, flush_at: usize) -> posthog_rs::Client {
    let options = posthog_rs::ClientOptionsBuilder::default()
        .api_key("phc_demo".to_owned())
        .host(host)
        .flush_at(flush_at)
        .flush_interval_ms(3_600_000)
        .build()
        .expect("options that work");
    posthog_rs::client(options)
}

fn their_event() -> posthog_rs::Event {
    let mut event = posthog_rs::Event::new("invoice paid", "user-7");
    let p = PROPERTIES;
    event.insert_prop("amount", p.amount).expect("JSON");
    event.insert_prop("currency", p.currency).expect("JSON");
    event.insert_prop("items", p.items).expect("JSON");
    event.insert_prop("paid", p.paid).expect("JSON");
    event.insert_prop("plan", p.plan).expect("JSON");
    event.insert_prop("tags", p.tags).expect("JSON");
    event.insert_prop("source", p.source).expect("JSON");
    event.insert_prop("note", p.note).expect("JSON");
    event
}

/// What a host reads for every call.
fn clocks(start: Instant) -> Now {
    let unix = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as u64);
    Now {
        monotonic: start.elapsed().as_millis() as u64,
        unix,
    }
}

/// Times `work` in rounds and lets `clear` empty the queue between them, untimed.
fn in_rounds(times: u64, mut work: impl FnMut(), mut clear: impl FnMut()) -> Duration {
    let mut total = Duration::ZERO;
    let mut left = times;
    while left > 0 {
        let round = left.min(ROUND);
        let start = Instant::now();
        for _ in 0..round {
            work();
        }
        total += start.elapsed();
        clear();
        left -= round;
    }
    total
}

fn main() {
    let host = server();
    let mut criterion = Criterion::default()
        .sample_size(20)
        .measurement_time(Duration::from_secs(8))
        .configure_from_args();
    let http = reqwest::blocking::Client::new();
    let send = |request: &events::Request| {
        let mut post = http.post(&request.url).body(request.body.clone());
        for (name, value) in &request.headers {
            post = post.header(name, value);
        }
        post.send().expect("an answer").status().as_u16()
    };

    let start = Instant::now();
    let mut ours = machine(&host);
    criterion.bench_function("capture/ours", |b| {
        b.iter_custom(|times| {
            // Separate borrows for the work and for the clearing.
            let cell = std::cell::RefCell::new(&mut ours);
            in_rounds(
                times,
                || capture(&mut cell.borrow_mut(), clocks(start)),
                || flush(&mut cell.borrow_mut(), NOW, |_| 200),
            )
        });
    });
    let client = theirs(&host, 100_000);
    criterion.bench_function("capture/posthog-rs", |b| {
        b.iter_custom(|times| {
            in_rounds(times, || client.capture(their_event()), || client.flush())
        });
    });
    drop(client);
    criterion.bench_function("batch of 100/ours", |b| {
        b.iter(|| {
            for _ in 0..100 {
                capture(&mut ours, clocks(start));
            }
            flush(&mut ours, NOW, send);
        });
    });
    let client = theirs(&host, 100_000);
    criterion.bench_function("batch of 100/posthog-rs", |b| {
        b.iter(|| {
            for _ in 0..100 {
                client.capture(their_event());
            }
            client.flush();
        });
    });
    criterion.final_summary();
    for work in ["capture", "batch of 100"] {
        if let (Some(ours), Some(theirs)) = (median(work, "ours"), median(work, "posthog-rs")) {
            println!(
                "{work}: ours {:.2} us, posthog-rs {:.2} us, ratio {:.2}",
                ours / 1000.0,
                theirs / 1000.0,
                ours / theirs
            );
        }
    }
    assert_eq!(
        ours.counts().dropped.iter().sum::<u64>() + ours.counts().refused,
        0,
        "some of the work was not done"
    );
}

/// The median in nanoseconds that criterion wrote.
fn median(work: &str, side: &str) -> Option<f64> {
    let target = std::env::var("CARGO_TARGET_DIR")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/target").into());
    let file = format!("{target}/criterion/{work}_{side}/new/estimates.json");
    let file = std::fs::read_to_string(&file)
        .or_else(|_| {
            std::fs::read_to_string(format!(
                "{target}/criterion/{work}/{side}/new/estimates.json"
            ))
        })
        .ok()?;
    let estimates: serde_json::Value = serde_json::from_str(&file).ok()?;
    estimates["median"]["point_estimate"].as_f64()
}
