//! What `just counts` counts: alone it lists its works and how often each is done, `name: few
//! many` a line; `count NAME TIMES` does one. `slower NAME` is what a regression looks like.

use std::hint::black_box;
use std::process::ExitCode;

use flags_benches::{Ours, WORKS, ids};

/// Enough that what happens once falls below one instruction per evaluation.
const FEW: u32 = 1_000;
const MANY: u32 = 3_000;

/// In one of so many turns a slower work is done twice.
const TWICE_IN: u32 = 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        [] => {
            WORKS
                .iter()
                .for_each(|(work, _)| println!("{work}: {FEW} {MANY}"));
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
    let known = WORKS.into_iter().find(|(known, _)| *known == work);
    let (_, key) = known.ok_or_else(|| format!("count: {work:?}; one of {WORKS:?} is expected"))?;
    let (mut ours, ids) = (Ours::default(), ids());
    for (id, turn) in ids.iter().cycle().zip(0..times) {
        let again = slower.is_some() && turn % TWICE_IN == 0;
        for _ in 0..=u32::from(again) {
            match key {
                Some(key) => _ = black_box(ours.flag(black_box(key), id)),
                None => ours.all(id, |answer| _ = black_box(answer)),
            }
        }
    }
    Ok(())
}
