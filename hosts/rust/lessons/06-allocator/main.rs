//! Lesson 6 in Rust: the same captures under three allocators.

mod double_dealloc;
mod guest;
mod out_of_memory;
mod small_and_large;

use guest::Guest;
use host::program;
use wasmtime::Result;

fn main() -> Result<()> {
    match program().as_str() {
        "small-and-large" => small_and_large::run(),
        "out-of-memory" => out_of_memory::run(),
        "double-dealloc" => double_dealloc::run(),
        _ => lesson(),
    }
}

const ALLOCATORS: [&str; 3] = ["dlmalloc", "talc", "wee-alloc"];

/// An event's name is shorter than this, in bytes.
const LONGEST: u64 = 8192;

fn lesson() -> Result<()> {
    // ANCHOR: inside
    for (step, allocator) in (1..).zip(ALLOCATORS) {
        let Guest {
            mut store,
            strings,
            heap_base,
            ..
        } = Guest::new(allocator)?;
        let address = strings.alloc.call(&mut store, 9)?;
        let end = strings.memory.data_size(&store);
        println!(
            "{step}. {allocator}: the heap starts at {heap_base}, alloc(9) gives {address}, memory ends at {end}"
        );
    }
    // ANCHOR_END: inside

    // ANCHOR: soak
    for (step, allocator) in (4..).zip(ALLOCATORS) {
        let mut guest = Guest::new(allocator)?;
        let mut lengths = lengths();
        let mut pages = vec![guest.pages()];
        for captures in [1000, 1000, 2000] {
            for length in lengths.by_ref().take(captures) {
                guest.capture(&"x".repeat(length))?;
            }
            pages.push(guest.pages());
        }
        println!("{step}. {allocator}: pages after 0, 1000, 2000 and 4000 captures: {pages:?}");
    }
    // ANCHOR_END: soak
    Ok(())
}

// ANCHOR: lengths
/// The same in every host and run: Park and Miller's minimal standard generator.
fn lengths() -> impl Iterator<Item = usize> {
    let numbers =
        std::iter::successors(Some(1_u64), |number| Some(number * 16_807 % 2_147_483_647));
    numbers.map(|number| (number % LONGEST) as usize)
}
// ANCHOR_END: lengths
