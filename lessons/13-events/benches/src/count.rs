//! The program that `just counts` runs.

use std::process::ExitCode;

use counting::{Ready, Recorded};
use events_benches::{NOW, capture, flush, growth, machine};

/// The events of a batch.
const BATCH: usize = 100;

fn main() -> ExitCode {
    let recorded = [
        Recorded {
            name: "capture",
            times: (0, 1000),
            ready: Box::new(captures),
        },
        Recorded {
            name: "batch of 100",
            times: (0, 20),
            ready: Box::new(batches),
        },
    ];
    counting::main(&recorded, &growth::works())
}

fn captures() -> Ready {
    let mut machine = machine("http://localhost");
    Box::new(move || capture(&mut machine, NOW))
}

fn batches() -> Ready {
    let mut machine = machine("http://localhost");
    Box::new(move || {
        (0..BATCH).for_each(|_| capture(&mut machine, NOW));
        flush(&mut machine, NOW, |_| 200);
    })
}
