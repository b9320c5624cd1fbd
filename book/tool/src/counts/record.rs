//! Counts that are on record: what a work takes must be what it took.

use anyhow::{Context, Result, bail};

use super::program::{Program, Recorded};

/// How far a count may be from the recorded one: two processors differ by a percent or two, because
/// the C library copies memory in another way on each.
const TOLERANCE: f64 = 0.03;

/// Holds a work against the record, and shows that a regression would be seen.
pub fn check(program: &Program, work: &Recorded, text: &str) -> Result<Option<String>> {
    let name = &work.name;
    let before = recorded(text, name)
        .with_context(|| format!("{}: no line `{name}: <number>`", program.shown))?;
    let now = count(program, work, "")?;
    println!("{name}: {now}, recorded {before}");
    let slower = count(program, work, "slower ")?;
    if moved(name, slower, now).is_none() {
        bail!(
            "{}: a slower {name} takes {slower} instructions instead of {now}, which nobody would notice",
            program.shown
        );
    }
    Ok(moved(name, now, before))
}

/// The line of a record.
pub fn line(program: &Program, work: &Recorded) -> Result<String> {
    Ok(format!("{}: {}\n", work.name, count(program, work, "")?))
}

/// Instructions of one work; what the process does besides cancels out.
fn count(program: &Program, work: &Recorded, prefix: &str) -> Result<u64> {
    let name = prefix.to_owned() + &work.name;
    let more = program
        .all(&name, work.many)?
        .saturating_sub(program.all(&name, work.few)?);
    Ok(more / (work.many - work.few))
}

fn recorded(text: &str, work: &str) -> Option<u64> {
    text.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| *name == work)
        .and_then(|(_, number)| number.parse().ok())
}

/// The sentence for a count that is not the recorded one. Fewer instructions are good, and are to
/// be recorded: else a later regression would hide below the old count.
fn moved(work: &str, now: u64, before: u64) -> Option<String> {
    let change = now as f64 / before as f64 - 1.0;
    (change.abs() > TOLERANCE).then(|| {
        format!(
            "{work} takes {now} instructions, {before} are recorded ({:+.1} %): find the cause, then `just record-counts` with the reason",
            change * 100.0
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_that_moved_by_more_than_the_tolerance_has_a_sentence_in_both_directions() {
        assert_eq!(moved("a", 1029, 1000), None);
        assert_eq!(moved("a", 971, 1000), None);
        assert!(moved("a", 1031, 1000).is_some_and(|sentence| sentence.contains("+3.1 %")));
        assert!(moved("a", 969, 1000).is_some_and(|sentence| sentence.contains("-3.1 %")));
    }

    #[test]
    fn a_record_is_read_by_the_whole_name() {
        assert_eq!(recorded("a b: 1\na: 2\n", "a"), Some(2));
        assert_eq!(recorded("a b: 1\n", "a"), None);
    }
}
