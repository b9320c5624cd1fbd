//! The program that `just counts` runs.

use std::hint::black_box;
use std::process::ExitCode;

use counting::{Ready, Recorded};
use flags::{Definitions, Limits, Options, RemoteAnswer};
use flags_benches::documents::{REQUEST, answer, definitions};
use flags_benches::{Ours, WORKS, growth, ids};

/// Enough that what happens once falls below one instruction per evaluation.
const EVALUATIONS: (u32, u32) = (1_000, 3_000);

/// A document takes a thousand times the instructions of an evaluation.
const DOCUMENTS: (u32, u32) = (1, 21);

/// The flags of a document.
const FLAGS: usize = 100;

const NOW: i64 = 1_769_938_205_123;

fn main() -> ExitCode {
    let recorded = |name, times, ready| Recorded { name, times, ready };
    let mut all: Vec<Recorded> = WORKS
        .into_iter()
        .map(|(name, key)| recorded(name, EVALUATIONS, Box::new(move || evaluation(key))))
        .collect();
    all.extend([
        recorded("parse 100 flags", DOCUMENTS, Box::new(parse)),
        recorded("read an answer of 100", DOCUMENTS, Box::new(read)),
        recorded("write a request", EVALUATIONS, Box::new(|| Box::new(write))),
    ]);
    counting::main(&all, &growth::works())
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
