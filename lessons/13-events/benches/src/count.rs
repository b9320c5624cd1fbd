//! What `just counts` counts: alone it lists its works and how often each is done, `name: few
//! many` a line; `count NAME TIMES` does one. `slower NAME` is what a regression looks like.

use events_benches::{NOW, capture, flush, machine};
use std::process::ExitCode;

/// Each work, and how often it is done for one count.
const WORKS: [(&str, u32); 2] = [("capture", 1000), ("batch of 100", 20)];

/// In one of so many turns a slower work is done twice.
const TWICE_IN: u32 = 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        [] => {
            WORKS
                .iter()
                .for_each(|(work, many)| println!("{work}: 0 {many}"));
            Ok(())
        }
        [work, times] => times
            .parse()
            .map_err(|_| format!("count: {times:?}; a number of times is expected"))
            .and_then(|times| run(work, times)),
        _ => Err("count: nothing, or a work and a number of times is expected".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(name: &str, times: u32) -> Result<(), String> {
    let slower = name.strip_prefix("slower ");
    let work = slower.unwrap_or(name);
    let mut machine = machine("http://localhost");
    for turn in 0..times {
        let again = slower.is_some() && turn % TWICE_IN == 0;
        for _ in 0..=u32::from(again) {
            match work {
                "capture" => capture(&mut machine, NOW),
                "batch of 100" => {
                    for _ in 0..100 {
                        capture(&mut machine, NOW);
                    }
                    flush(&mut machine, NOW, |_| 200);
                }
                _ => return Err(format!("count: {work:?}; one of {WORKS:?} is expected")),
            }
        }
    }
    Ok(())
}
