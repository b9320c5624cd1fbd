//! Regular expressions behind the feature `regex`. A pattern is one of three: ready, invalid in
//! every dialect, or beyond us; and the last must never be answered with a match, nor without one.

/// What became of a filter's pattern.
#[derive(Debug)]
pub(crate) enum Pattern {
    /// Ready to search.
    #[cfg(feature = "regex")]
    Ready(alloc::boxed::Box<Machine>),
    /// Invalid in PostHog's engine too: neither `regex` nor `not_regex` matches.
    #[cfg(feature = "regex")]
    Invalid,
    /// Valid elsewhere perhaps, but not understood here: inconclusive.
    Unsupported,
}

/// A compiled pattern.
#[cfg(feature = "regex")]
#[derive(Debug)]
pub(crate) struct Machine {
    engine: regex_automata::nfa::thompson::pikevm::PikeVM,
    /// The pattern has a `$`, which in Python also holds before a last line break.
    has_dollar: bool,
}

/// The memory of a search, reused by all patterns.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    #[cfg(feature = "regex")]
    machine: Option<regex_automata::nfa::thompson::pikevm::Cache>,
}

/// How much all patterns of a document may take together, in bytes.
#[derive(Debug)]
#[cfg_attr(
    not(feature = "regex"),
    expect(dead_code, reason = "nothing is compiled")
)]
pub(crate) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Budget(8 * 1024 * 1024)
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
mod ready {
    use super::{Budget, Cache, Machine, Pattern};
    use alloc::boxed::Box;
    use regex_automata::nfa::thompson::{self, pikevm};
    use regex_automata::util::syntax;
    use regex_syntax::ast::ErrorKind;
    use regex_syntax::hir::Hir;

    /// The longest pattern compiled, and the largest machine made of one, in bytes.
    const LONGEST: usize = 4096;
    const LARGEST: usize = 1024 * 1024;

    impl Pattern {
        pub(crate) fn compile(pattern: &str, budget: &mut Budget) -> Self {
            if pattern.len() > LONGEST || differs(pattern) {
                return Pattern::Unsupported;
            }
            match syntax::parse(pattern) {
                Ok(parsed) => Self::build(pattern, &parsed, budget).unwrap_or(Pattern::Unsupported),
                Err(regex_syntax::Error::Parse(error)) if is_invalid_everywhere(error.kind()) => {
                    Pattern::Invalid
                }
                Err(_) => Pattern::Unsupported,
            }
        }

        fn build(pattern: &str, parsed: &Hir, budget: &mut Budget) -> Option<Self> {
            let config = thompson::Config::new()
                .nfa_size_limit(Some(LARGEST.min(budget.0)))
                .which_captures(thompson::WhichCaptures::None);
            let states = thompson::Compiler::new()
                .configure(config)
                .build_from_hir(parsed)
                .ok()?;
            let engine = pikevm::Builder::new().build_from_nfa(states).ok()?;
            budget.0 = budget.0.saturating_sub(engine.get_nfa().memory_usage());
            Some(Pattern::Ready(Box::new(Machine {
                engine,
                // One in a class or behind a backslash is taken for an end as well: the price is
                // an open answer, and for a text with a last line break alone.
                has_dollar: pattern.contains('$'),
            })))
        }

        /// Whether the pattern is found in the text, or with `negated` is not; `None` when that
        /// cannot be told.
        pub(crate) fn search(&self, text: &str, negated: bool, cache: &mut Cache) -> Option<bool> {
            match self {
                Pattern::Ready(machine) => {
                    let engine = &machine.engine;
                    let memory = match &mut cache.machine {
                        Some(memory) => {
                            memory.reset(engine);
                            memory
                        }
                        none => none.insert(engine.create_cache()),
                    };
                    let found = engine.is_match(memory, text);
                    // Python's `$` holds wherever ours does, so a match is one there too.
                    let may_match_in_python = machine.has_dollar && text.ends_with('\n');
                    (found || !may_match_in_python).then_some(found != negated)
                }
                Pattern::Invalid => Some(false),
                Pattern::Unsupported => None,
            }
        }
    }

    /// Syntax errors that Python's engine reports as well. Anything else may be valid there.
    fn is_invalid_everywhere(error: &ErrorKind) -> bool {
        matches!(
            error,
            ErrorKind::ClassUnclosed
                | ErrorKind::ClassRangeInvalid
                | ErrorKind::EscapeUnexpectedEof
                | ErrorKind::GroupUnclosed
                | ErrorKind::GroupUnopened
                | ErrorKind::RepetitionMissing
        )
    }

    /// Whether the pattern holds something that both engines accept and understand differently,
    /// or that is an error in one of them only: class operations and nested classes, `\<` and
    /// `\>`, `\b{…}`, and a repeated repetition. `$` differs with the text, so the search sees to
    /// it.
    fn differs(pattern: &str) -> bool {
        let mut rest = pattern.chars().peekable();
        let mut in_class = false;
        let mut first_in_class = false;
        while let Some(character) = rest.next() {
            let next = rest.peek().copied();
            match character {
                '\\' => {
                    let escaped = rest.next();
                    if matches!(escaped, Some('<' | '>'))
                        || (escaped == Some('b') && rest.peek() == Some(&'{'))
                    {
                        return true;
                    }
                    first_in_class = false;
                }
                '[' if in_class => return true,
                '[' => {
                    in_class = true;
                    first_in_class = true;
                    if next == Some('^') {
                        rest.next();
                    }
                }
                // A bracket in first place is a member of the class, in both engines.
                ']' if in_class && !first_in_class => in_class = false,
                '&' | '-' | '~' if in_class && next == Some(character) => return true,
                '*' | '+' | '?' | '}' if !in_class && matches!(next, Some('*' | '+' | '{')) => {
                    return true;
                }
                _ => first_in_class = false,
            }
        }
        false
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn found(pattern: &str, text: &str) -> Option<bool> {
            Pattern::compile(pattern, &mut Budget::default()).search(
                text,
                false,
                &mut Cache::default(),
            )
        }

        #[test]
        fn what_only_one_engine_understands_is_never_answered() {
            for pattern in [
                "(?<=a)b", "a(?!b)", r"(a)\1", "[[a]", "[a&&b]", r"\<a", r"a\Z", "a++", "(?>a)",
            ] {
                assert_eq!(found(pattern, "ab"), None, "{pattern}");
            }
        }

        #[test]
        fn what_no_engine_understands_never_matches() {
            for pattern in ["[", "(", ")", "*", "[z-a]"] {
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
        fn a_dollar_before_a_last_line_break_is_left_open_unless_it_matches() {
            assert_eq!(found("^a$", "a\n"), None);
            assert_eq!(found("^a$|b", "c\n"), None);
            assert_eq!(found("^a\n$", "a\n"), Some(true));
            assert_eq!(found("^a$", "b\nc"), Some(false));
            assert_eq!(found("^b", "a\n"), Some(false));
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
    }
}
