//! The same work for callgrind, which counts instructions: `count capture 1000` or `count batch 10`.
//!
//! Two runs with different counts differ by the work alone; what the process does besides cancels out.

use events::Now;
use events_benches::{capture, flush, machine};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (work, times) = (
        arguments.next().unwrap_or_default(),
        arguments.next().and_then(|times| times.parse::<u32>().ok()),
    );
    let (Some(times), now) = (
        times,
        Now {
            monotonic: 0,
            unix: 1_769_938_200_000,
        },
    ) else {
        eprintln!("usage: count <work> <times>; a whole number of times is expected");
        std::process::exit(2);
    };
    let mut machine = machine("phc_demo", "http://localhost");
    for _ in 0..times {
        match work.as_str() {
            "capture" => capture(&mut machine, now),
            // What a regression looks like, for the check's own test: the properties are read once more.
            "slower capture" => {
                let _ = std::hint::black_box(
                    events::json::Object::parse(
                        &serde_json::to_string(&events_benches::PROPERTIES).unwrap_or_default(),
                    )
                    .is_ok(),
                );
                capture(&mut machine, now);
            }
            _ => {
                for _ in 0..100 {
                    capture(&mut machine, now);
                }
                flush(&mut machine, now, |_| 200);
            }
        }
    }
    println!("{:?}", machine.counts());
}
