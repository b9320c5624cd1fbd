//! The program `count` of a lesson's benches, for `just counts` to run. Alone it lists its works,
//! one a line; with the name of a work and a number it does that work. It counts nothing itself:
//! callgrind does, around it.
//!
//! There are two kinds of works. A [`Recorded`] one is done few times and many times, and the
//! difference is held against a record. A work of [`Growth`] is done once with an input of one size
//! and once with an input four times as large, and the two counts are held against each other.
//!
//! Each kind has a work that must be refused, or the check could not fail: `slower NAME` is a
//! recorded work with a little more to do, and [`every_pair`] grows with the square of its input.

use std::hint::black_box;
use std::process::ExitCode;

/// A work that is ready to be done, once a call.
pub type Ready = Box<dyn FnMut()>;

/// A work whose instructions are on record.
pub struct Recorded {
    pub name: &'static str,
    /// How often it is done for one count: few times and many times.
    pub times: (u32, u32),
    /// Makes it ready.
    pub ready: Box<dyn Fn() -> Ready>,
}

/// A work that must not grow faster than its input.
#[derive(Clone, Copy)]
pub struct Growth {
    pub name: &'static str,
    /// The size of the smaller input, large enough for a part that is quadratic to outweigh the
    /// rest at four times this size.
    pub size: u32,
    /// Makes it ready with an input of a size. What this does is not counted.
    pub ready: fn(usize) -> Ready,
}

/// What a list of works calls those of growth.
const GROWTH: &str = "growth of ";
/// What it calls the one that must be refused.
const REFUSED: &str = "quadratic growth of ";
/// What a recorded work is called when it is to take more than it should.
const SLOWER: &str = "slower ";
/// In one of so many turns a slower work is done twice.
const TWICE_IN: u32 = 20;

/// A work that is quadratic on purpose.
const EVERY_PAIR: Growth = Growth {
    name: "every pair",
    size: 200,
    ready: every_pair,
};

/// The program.
pub fn main(recorded: &[Recorded], growth: &[Growth]) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        [] => {
            list(recorded, growth);
            Ok(())
        }
        [name, number] => number
            .parse()
            .map_err(|_| format!("count: {number:?}; a number is expected"))
            .and_then(|number| run(recorded, growth, name, number)),
        _ => Err("count: nothing, or a work and a number is expected".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn list(recorded: &[Recorded], growth: &[Growth]) {
    for Recorded { name, times, .. } in recorded {
        println!("{name}: {} {}", times.0, times.1);
    }
    for Growth { name, size, .. } in growth {
        println!("{GROWTH}{name}: {size}");
    }
    println!("{REFUSED}{}: {}", EVERY_PAIR.name, EVERY_PAIR.size);
}

fn run(recorded: &[Recorded], growth: &[Growth], name: &str, number: u32) -> Result<(), String> {
    if let Some(name) = name.strip_prefix(GROWTH) {
        let known = growth.iter().find(|known| known.name == name);
        grow(known.ok_or_else(|| unknown(name))?, number);
    } else if name.strip_prefix(REFUSED) == Some(EVERY_PAIR.name) {
        grow(&EVERY_PAIR, number);
    } else {
        let slower = name.strip_prefix(SLOWER);
        let name = slower.unwrap_or(name);
        let known = recorded.iter().find(|known| known.name == name);
        let mut work = (known.ok_or_else(|| unknown(name))?.ready)();
        for turn in 0..number {
            work();
            if slower.is_some() && turn % TWICE_IN == 0 {
                work();
            }
        }
    }
    Ok(())
}

fn unknown(name: &str) -> String {
    format!("count: {name:?}; a work that `count` lists is expected")
}

fn grow(growth: &Growth, size: u32) {
    let size = usize::try_from(size).expect("a size that fits in memory");
    measured(&mut *(growth.ready)(size));
}

/// The tool finds this function by its name and counts nothing outside of it.
#[inline(never)]
fn measured(work: &mut dyn FnMut()) {
    black_box(work)();
}

/// Looks at each item once for each item.
fn every_pair(size: usize) -> Ready {
    Box::new(move || {
        for one in 0..size {
            for other in 0..size {
                black_box((one, other));
            }
        }
    })
}
