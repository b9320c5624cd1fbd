//! What `just counts` counts: alone it lists its works and how often each is done, `name: few
//! many` a line; `count NAME TIMES` does one. `slower NAME` is what a regression looks like.

use std::hint::black_box;
use std::process::ExitCode;

use flags::{Definitions, Limits, Options, RemoteAnswer};
use flags_benches::documents::{REQUEST, answer, definitions};
use flags_benches::{Ours, WORKS, ids};

/// Enough that what happens once falls below one instruction per evaluation.
const EVALUATIONS: (u32, u32) = (1_000, 3_000);

/// A document takes a thousand times the instructions of an evaluation.
const DOCUMENTS: (u32, u32) = (1, 21);

/// The flags of a document.
const FLAGS: usize = 100;

const NOW: i64 = 1_769_938_205_123;

/// In one of so many turns a slower work is done twice.
const TWICE_IN: u32 = 20;

/// A work that is ready to be done, once a call.
type Ready = Box<dyn FnMut()>;

struct Work {
    name: &'static str,
    /// How often it is done for one count.
    times: (u32, u32),
    ready: Box<dyn Fn() -> Ready>,
}

fn works() -> Vec<Work> {
    let work = |name, times, ready| Work { name, times, ready };
    let mut works: Vec<Work> = WORKS
        .into_iter()
        .map(|(name, key)| work(name, EVALUATIONS, Box::new(move || evaluation(key))))
        .collect();
    works.extend([
        work("parse 100 flags", DOCUMENTS, Box::new(parse)),
        work("read an answer of 100", DOCUMENTS, Box::new(read)),
        work("write a request", EVALUATIONS, Box::new(|| Box::new(write))),
    ]);
    works
}

fn evaluation(key: Option<&'static str>) -> Ready {
    let (mut ours, ids) = (Ours::default(), ids());
    let mut turn = 0;
    Box::new(move || {
        let id = &ids[turn % ids.len()];
        turn += 1;
        match key {
            Some(key) => _ = black_box(ours.flag(black_box(key), id)),
            None => ours.all(id, |answer| _ = black_box(answer)),
        }
    })
}

fn parse() -> Ready {
    let document = definitions(FLAGS);
    Box::new(move || {
        let parsed = Definitions::parse(black_box(&document), &Options::default());
        black_box(parsed.expect("sound definitions"));
    })
}

fn read() -> Ready {
    let document = answer(FLAGS);
    Box::new(move || {
        let read = RemoteAnswer::parse(black_box(&document), &Limits::default());
        black_box(read.expect("a sound answer"));
    })
}

fn write() {
    black_box(black_box(REQUEST).body(NOW).expect("a sound request"));
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        [] => {
            for work in works() {
                println!("{}: {} {}", work.name, work.times.0, work.times.1);
            }
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
    let wanted = slower.unwrap_or(name);
    let known = works().into_iter().find(|known| known.name == wanted);
    let known = known.ok_or_else(|| format!("count: there is no work {wanted:?}"))?;
    let mut work = (known.ready)();
    for turn in 0..times {
        work();
        if slower.is_some() && turn % TWICE_IN == 0 {
            work();
        }
    }
    Ok(())
}
