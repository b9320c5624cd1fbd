//! Regular expressions behind the feature `regex`: patterns of Python's `re`, searched for in time
//! proportional to text and pattern. A pattern is one of three: ready, invalid, or beyond us; and
//! the last must never be answered with a match, nor without one.
//!
//! An engine of our own, because what a filter asks is less than what the crates for it do: whether
//! there is a match, never where. It takes a fifteenth of their bytes and follows Python's classes.

#[cfg(feature = "regex")]
mod brackets;
#[cfg(feature = "regex")]
mod class;
#[cfg(feature = "regex")]
mod parse;
#[cfg(feature = "regex")]
mod program;
#[cfg(feature = "regex")]
mod quantifier;
#[cfg(feature = "regex")]
mod search;
#[cfg(feature = "regex")]
mod table;

use crate::work::Work;

/// What became of a filter's pattern.
#[derive(Debug)]
pub(crate) enum Pattern {
    /// Ready to search.
    #[cfg(feature = "regex")]
    Ready(program::Program),
    /// Invalid in Python too: neither `regex` nor `not_regex` matches.
    #[cfg(feature = "regex")]
    Invalid,
    /// Valid elsewhere perhaps, but not understood here: inconclusive.
    Unsupported,
}

/// The memory of a search, reused by all patterns.
#[cfg(feature = "regex")]
#[derive(Debug, Default)]
pub(crate) struct Cache {
    pub(crate) threads: search::Threads,
}

/// How many steps, and members of sets, all patterns of a document may take together.
#[derive(Debug)]
#[cfg_attr(
    not(feature = "regex"),
    expect(dead_code, reason = "nothing is compiled")
)]
pub(crate) struct Budget(usize);

impl Default for Budget {
    /// Eight megabytes, a step taking eight bytes: a quarter of the longest document accepted.
    fn default() -> Self {
        Budget(1024 * 1024)
    }
}

#[cfg(not(feature = "regex"))]
impl Pattern {
    pub(crate) fn compile(_pattern: &str, _budget: &mut Budget) -> Self {
        Pattern::Unsupported
    }

    /// Whether the pattern is found in the text; `None` when that cannot be told.
    pub(crate) fn search(&self, _text: &str, _negated: bool, _work: &mut Work) -> Option<bool> {
        None
    }
}

#[cfg(feature = "regex")]
impl Pattern {
    pub(crate) fn compile(pattern: &str, budget: &mut Budget) -> Self {
        match parse::parse(pattern, &mut budget.0) {
            Ok(program) => Pattern::Ready(program),
            Err(parse::Error::Invalid) => Pattern::Invalid,
            Err(parse::Error::Unsupported) => Pattern::Unsupported,
        }
    }

    /// Whether the pattern is found in the text, or with `negated` is not; `None` when that cannot
    /// be told.
    pub(crate) fn search(&self, text: &str, negated: bool, work: &mut Work) -> Option<bool> {
        match self {
            Pattern::Ready(program) => {
                let found = program.is_found(text, work);
                let engines_differ = if found {
                    // Python's `\B` does not hold in an empty text, most other engines' does.
                    program.has_no_boundary && text.is_empty()
                } else {
                    // Python's `$` also holds before a last line break, most others' does not.
                    program.has_dollar && text.ends_with('\n')
                };
                (!engines_differ).then_some(found != negated)
            }
            Pattern::Invalid => Some(false),
            Pattern::Unsupported => None,
        }
    }
}

#[cfg(all(test, feature = "regex"))]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Option<bool> {
        Pattern::compile(pattern, &mut Budget::default()).search(text, false, &mut Work::default())
    }

    #[test]
    fn what_only_one_engine_understands_is_never_answered() {
        for pattern in [
            "(?<=a)b",
            "a(?!b)",
            r"(a)\1",
            "[[a]",
            "[a&&b]",
            r"\<a",
            r"a\Z",
            r"a\z",
            "(?<name>a)",
            "a++",
            "(?>a)",
        ] {
            assert_eq!(found(pattern, "ab"), None, "{pattern}");
        }
    }

    #[test]
    fn what_no_engine_understands_never_matches() {
        for pattern in ["[", "(", ")", "*", "[z-a]", "a{2,1}", "a\\", "{2}", "(|*)"] {
            assert_eq!(found(pattern, "a"), Some(false), "{pattern}");
        }
    }

    #[test]
    fn a_search_is_unanchored_and_knows_unicode() {
        assert_eq!(found(r"\d", "x٣"), Some(true));
        assert_eq!(found("(?i)Ä", "bä"), Some(true));
        assert_eq!(found("[]a]", "]"), Some(true));
        assert_eq!(found("A", "a"), Some(false));
    }

    #[test]
    fn a_dollar_before_a_last_line_break_is_inconclusive_unless_it_matches() {
        assert_eq!(found("^a$", "a\n"), None);
        assert_eq!(found("^a$|b", "c\n"), None);
        assert_eq!(found("^a\n$", "a\n"), Some(true));
        assert_eq!(found("^a$", "b\nc"), Some(false));
        assert_eq!(found("^b", "a\n"), Some(false));
        assert_eq!(found(r"[$]\$", "a\n"), Some(false));
        let negated = Pattern::compile("^a$", &mut Budget::default());
        assert_eq!(negated.search("a\n", true, &mut Work::default()), None);
    }

    #[test]
    fn no_boundary_in_an_empty_text_is_inconclusive_unless_nothing_is_found() {
        assert_eq!(found(r"\B", ""), None);
        assert_eq!(found(r"\B|", ""), None);
        assert_eq!(found(r"a\B", ""), Some(false));
        assert_eq!(found(r"\B", "ab"), Some(true));
        assert_eq!(found(r"\B", "a"), Some(false));
        assert_eq!(found(r"\\B", ""), Some(false));
    }

    /// What is left of a default budget.
    fn left_by(pattern: &str) -> usize {
        let mut budget = Budget::default();
        Pattern::compile(pattern, &mut budget);
        budget.0
    }

    #[test]
    fn a_pattern_beyond_the_budget_is_not_compiled() {
        let mut budget = Budget(1);
        assert!(matches!(
            Pattern::compile("ab", &mut budget),
            Pattern::Unsupported
        ));
        let mut budget = Budget(2);
        assert!(matches!(
            Pattern::compile("ab", &mut budget),
            Pattern::Ready(_)
        ));
        assert_eq!(budget.0, 0);
    }

    #[test]
    fn a_pattern_too_large_is_inconclusive() {
        let alternatives = ["a{2000}"; 500].join("|");
        let caseless = ["(?i)[", &"Ā-ž".repeat(500), "]"].concat();
        let thrown_away = "(a{5000}){0}".repeat(300);
        let patterns = [r"(\w{200}){200}", &alternatives, &caseless, &thrown_away];
        for pattern in patterns {
            assert_eq!(found(pattern, "a"), None, "{pattern}");
        }
    }

    #[test]
    fn no_pattern_takes_more_of_a_budget_than_its_own_bound() {
        let all = Budget::default().0;
        for pattern in ["a{5000}|".repeat(400), "(a{5000}){0}".repeat(300)] {
            let taken = all - left_by(&pattern);
            assert!((5000..=16 * 1024).contains(&taken), "{taken}");
        }
    }

    #[test]
    fn an_endless_repetition_in_another_does_not_double_it() {
        // 2^100 steps, were it doubled by each.
        let deep = ["(".repeat(100), "a".into(), "+)".repeat(100)].concat();
        assert_eq!(found(&deep, "a"), Some(true));
        assert_eq!(found(&deep, "b"), Some(false));
    }

    #[test]
    fn nesting_is_read_to_the_bound_and_inconclusive_beyond() {
        let nested = |depth| ["(".repeat(depth), ")".repeat(depth)].concat();
        assert_eq!(found(&nested(100), "a"), Some(true));
        for depth in [101, 1000] {
            assert_eq!(found(&nested(depth), "a"), None);
        }
    }

    #[test]
    fn a_set_is_asked_once_a_character_for_all_its_copies() {
        // Three thousand million comparisons, were it asked for each copy.
        let set = ["[", &"é".repeat(1000), "]"].concat();
        let pattern = ["(?:", &set, "?){3000}b"].concat();
        assert_eq!(found(&pattern, &"a".repeat(1000)), Some(false));
    }

    #[test]
    fn a_search_ends_when_no_step_is_left() {
        let pattern = Pattern::compile("a{1000}b", &mut Budget::default());
        let text = "a".repeat(2_000);
        for (steps, is_spent) in [(10_000, true), (3_000_000, false)] {
            let mut work = Work::with(steps);
            pattern.search(&text, false, &mut work);
            assert_eq!(work.is_spent(), is_spent, "{steps}");
        }
    }

    #[test]
    fn a_search_takes_time_in_proportion_to_text_and_pattern() {
        // A backtracking engine would take 2^1000 steps.
        assert_eq!(
            found("(a*)*(a|aa)+$", &["a".repeat(1000).as_str(), "b"].concat()),
            Some(false)
        );
    }
}
