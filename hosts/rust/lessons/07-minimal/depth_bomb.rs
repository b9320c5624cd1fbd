//! Properties with a hundred thousand objects inside each other.

use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    // ANCHOR: depth-bomb
    let bomb = "{\"a\":".repeat(100_000);

    let answer = Guest::new("07-minimal")?.capture("signed up", "ada", &bomb)?;
    println!("the guest of this lesson: {answer}");

    let mut recursive = Guest::new("07-minimal.recursive")?;
    if let Err(trap) = recursive.capture("signed up", "ada", &bomb) {
        println!("one that calls itself: {}", trap.root_cause());
    }
    // ANCHOR_END: depth-bomb
    Ok(())
}
