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
mod search;
#[cfg(feature = "regex")]
mod table;

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
#[derive(Debug, Default)]
pub(crate) struct Cache {
    #[cfg(feature = "regex")]
    threads: search::Threads,
}

/// How many steps, and members of sets, all patterns of a document may take together.
#[derive(Debug)]
#[cfg_attr(
    not(feature = "regex"),
    expect(dead_code, reason = "nothing is compiled")
)]
pub(crate) struct Budget(usize);

impl Default for Budget {
    /// Some ten megabytes, a step taking eight bytes: a third of the longest document accepted.
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
    pub(crate) fn search(&self, _text: &str, _negated: bool, _cache: &mut Cache) -> Option<bool> {
        None
    }
}

#[cfg(feature = "regex")]
impl Pattern {
    pub(crate) fn compile(pattern: &str, budget: &mut Budget) -> Self {
        match parse::parse(pattern) {
            Ok(program) => match budget.0.checked_sub(program.size()) {
                Some(rest) => {
                    budget.0 = rest;
                    Pattern::Ready(program)
                }
                None => Pattern::Unsupported,
            },
            Err(parse::Error::Invalid) => Pattern::Invalid,
            Err(parse::Error::Unsupported) => Pattern::Unsupported,
        }
    }

    /// Whether the pattern is found in the text, or with `negated` is not; `None` when that cannot
    /// be told.
    pub(crate) fn search(&self, text: &str, negated: bool, cache: &mut Cache) -> Option<bool> {
        match self {
            Pattern::Ready(program) => {
                let found = program.is_found(text, &mut cache.threads);
                // Python's `$` also holds before a last line break, most other engines' does not.
                let engines_differ = program.has_dollar && !found && text.ends_with('\n');
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
        Pattern::compile(pattern, &mut Budget::default()).search(text, false, &mut Cache::default())
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
        assert_eq!(negated.search("a\n", true, &mut Cache::default()), None);
    }

    #[test]
    fn a_pattern_beyond_the_budget_is_not_compiled() {
        assert_eq!(found(r"(\w{200}){200}", "a"), None);
        let mut budget = Budget(0);
        assert!(matches!(
            Pattern::compile(r"\w+", &mut budget),
            Pattern::Unsupported
        ));
    }

    #[test]
    fn nesting_beyond_the_bound_is_inconclusive() {
        let deep = ["(".repeat(1000), ")".repeat(1000)].concat();
        assert_eq!(found(&deep, "a"), None);
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
