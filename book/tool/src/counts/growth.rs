//! Growth: a work with four times the input must take about four times the instructions. This needs
//! no record, so it also sees what was slow from its first day.

use std::thread;

use anyhow::{Context, Result, bail};

use super::program::{Growth, Program};

/// How much larger the larger input is.
const TIMES: u64 = 4;

/// From this ratio on a work grows faster than its input. One that is linear comes to 4, one that
/// sorts or searches a tree to 5, one that is quadratic to 16.
const REFUSED_FROM: f64 = 6.0;

/// Counts a work at both sizes; the sentence for one that grows faster than its input.
pub fn check(program: &Program, work: &Growth) -> Result<Option<String>> {
    let (small, large) = counts(program, work)?;
    println!("{}: {small}, then {large}", work.name);
    Ok(too_fast(work, small, large))
}

/// Shows of works that are quadratic on purpose that the check refuses them.
pub fn check_refused(program: &Program, works: &[Growth]) -> Result<()> {
    if works.is_empty() {
        bail!(
            "{}: its program `count` lists works of growth, and none that is quadratic on purpose, which would show that the check can fail",
            program.shown
        );
    }
    for work in works {
        let (small, large) = counts(program, work)?;
        if too_fast(work, small, large).is_none() {
            bail!(
                "{}: {} is meant to be refused; it takes {small} instructions, then {large}, and nobody would notice",
                program.shown,
                work.name
            );
        }
    }
    Ok(())
}

/// Both counts at once, since neither disturbs the other.
fn counts(program: &Program, work: &Growth) -> Result<(u64, u64)> {
    let count = |size| program.measured(&work.name, size);
    let (small, large) = thread::scope(|scope| {
        let large = scope.spawn(|| count(work.size * TIMES));
        (count(work.size), large.join())
    });
    let (small, large) = (small?, large.expect("a count that ends")?);
    // Nothing is counted if the function has a different name than callgrind was told.
    Some((small, large))
        .filter(|(small, _)| *small > 0)
        .with_context(|| format!("{}: {} counts nothing", program.shown, work.name))
}

fn too_fast(work: &Growth, small: u64, large: u64) -> Option<String> {
    let ratio = large as f64 / small as f64;
    (ratio >= REFUSED_FROM).then(|| {
        format!(
            "{} is too fast: {small} instructions with an input of {}, {large} with {}, which is {ratio:.1} times as many; less than {REFUSED_FROM} times are allowed",
            work.name,
            work.size,
            work.size * TIMES,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_refused_from_the_bound_on_with_both_counts_and_the_ratio() {
        let work = Growth {
            name: "growth of captures".to_owned(),
            size: 100,
        };
        assert_eq!(too_fast(&work, 1000, 5999), None);
        assert_eq!(
            too_fast(&work, 1000, 6000).unwrap(),
            "growth of captures is too fast: 1000 instructions with an input of 100, 6000 with 400, which is 6.0 times as many; less than 6 times are allowed"
        );
    }
}
