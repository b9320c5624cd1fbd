//! Comparing texts regardless of case, without building a folded copy. Default mode folds as
//! Python's `casefold` does; strict mode's searches lower ASCII letters only, and its equality uses
//! `lower`.

use crate::fold_table::{FOLDINGS, NOTHING};
use crate::lower;
use crate::work::{READ, Work};

/// The case-folded characters of a text: the lower case of each, unless the table has another.
pub(crate) fn folded(text: &str) -> impl Iterator<Item = char> + Clone + '_ {
    text.chars().flat_map(|character| {
        let folded = folding(character).unwrap_or([Some(lower::of_char(character)), None, None]);
        folded.into_iter().flatten()
    })
}

/// The table's folding of a character, when it is a single one.
#[cfg(feature = "regex")]
pub(crate) fn single(character: char) -> Option<char> {
    match folding(character)? {
        [single, None, _] => single,
        _ => None,
    }
}

fn folding(character: char) -> Option<[Option<char>; 3]> {
    let code = u16::try_from(u32::from(character)).ok()?;
    let position = FOLDINGS.binary_search_by_key(&code, |[known, ..]| *known);
    let [_, folding @ ..] = FOLDINGS.get(position.ok()?)?;
    Some(folding.map(|code| char::from_u32(code.into()).filter(|folded| *folded != NOTHING)))
}

/// Where a needle has to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Whole,
    Start,
    End,
    Anywhere,
}

/// Whether `text`, folded, has the already folded `needle` at `place`.
pub(crate) fn found(text: &str, needle: &str, place: Place, work: &mut Work) -> bool {
    if text.is_ascii() {
        return found_ascii(text, needle, place, work);
    }
    let is_to_the_end = matches!(place, Place::Whole | Place::End);
    let is_from_the_start = matches!(place, Place::Whole | Place::Start);
    let mut rest = folded(text);
    loop {
        let mut here = rest.clone();
        let is_here = needle.chars().all(|wanted| {
            work.spend(1);
            here.next() == Some(wanted)
        });
        if is_here && !(is_to_the_end && here.next().is_some()) {
            return true;
        }
        work.spend(1);
        if is_from_the_start || rest.next().is_none() || work.is_spent() {
            return false;
        }
    }
}

/// The same with ASCII letters alone folded and every other byte compared as it is.
pub(crate) fn found_ascii(text: &str, needle: &str, place: Place, work: &mut Work) -> bool {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    work.spend(1_usize.saturating_add(text.len().min(needle.len()) / READ));
    let is_needle = |part: &[u8]| part.eq_ignore_ascii_case(needle);
    match place {
        Place::Whole => is_needle(text),
        Place::Start => text.get(..needle.len()).is_some_and(is_needle),
        Place::End => text
            .len()
            .checked_sub(needle.len())
            .and_then(|at| text.get(at..))
            .is_some_and(is_needle),
        Place::Anywhere => {
            let Some(first) = needle.first() else {
                return true;
            };
            work.spend(text.len() / READ);
            text.windows(needle.len()).any(|part| {
                part.first()
                    .is_some_and(|one| one.eq_ignore_ascii_case(first))
                    && {
                        work.spend(1_usize.saturating_add(needle.len() / READ));
                        is_needle(part) || work.is_spent()
                    }
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    fn fold(text: &str) -> String {
        folded(text).collect()
    }

    #[test]
    fn sharp_s_and_two_letters_are_the_same_text() {
        assert!(found(
            "Straße",
            &fold("STRASSE"),
            Place::Whole,
            &mut Work::default()
        ));
        assert!(found("ẞ", &fold("ss"), Place::Whole, &mut Work::default()));
    }

    #[test]
    fn a_needle_is_found_at_its_place_only() {
        for (text, needle, place, expected) in [
            ("Äbc", "ä", Place::Start, true),
            ("Äbc", "ä", Place::End, false),
            ("xÄ", "ä", Place::End, true),
            ("xÄy", "ä", Place::Anywhere, true),
            ("xÄy", "", Place::Anywhere, true),
            ("", "", Place::Anywhere, true),
            ("abc", "d", Place::Anywhere, false),
            ("ABC", "bc", Place::End, true),
            ("ä", "äb", Place::Start, false),
        ] {
            assert_eq!(
                found(text, &fold(needle), place, &mut Work::default()),
                expected,
                "{text} {needle} {place:?}"
            );
        }
    }

    #[test]
    fn a_search_ends_when_no_step_is_left() {
        let text = "a".repeat(5_000);
        for (text, place) in [
            (text.clone(), Place::Anywhere),
            (["ä", &text].concat(), Place::Anywhere),
            (["ä", &text].concat(), Place::End),
        ] {
            let needle = "a".repeat(2_000) + "b";
            for (steps, is_spent) in [(10_000, true), (30_000_000, false)] {
                let mut work = Work::with(steps);
                found(&text, &needle, place, &mut work);
                assert_eq!(work.is_spent(), is_spent, "{place:?} in {steps}");
            }
        }
    }

    #[test]
    fn ascii_folding_leaves_other_letters_alone() {
        assert!(!found_ascii("Ä", "ä", Place::Whole, &mut Work::default()));
        assert!(found_ascii("aÄ", "AÄ", Place::Whole, &mut Work::default()));
    }
}
