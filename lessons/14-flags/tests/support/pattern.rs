//! A pattern as the filter of a flag, to be asked again and again, and in the engine of Rust's
//! `regex`: what the tests of patterns and their fuzz target share.
#![allow(dead_code, reason = "each user uses a part")]

use flags::{Definitions, JsonPerson, Options, Outcome, Scratch};
use regex_automata::nfa::thompson::{self, BuildError, pikevm::PikeVM};
use regex_automata::util::syntax;
use serde_json::json;

pub struct Pattern {
    definitions: Definitions,
    scratch: Scratch,
}

impl Pattern {
    pub fn new(pattern: &str) -> Self {
        Self::with("regex", pattern)
    }

    pub fn negated(pattern: &str) -> Self {
        Self::with("not_regex", pattern)
    }

    fn with(operator: &str, pattern: &str) -> Self {
        let filter = json!({ "key": "p", "operator": operator, "value": pattern });
        let condition = json!({ "properties": [filter] });
        let flag = json!({ "key": "f", "active": true, "filters": { "groups": [condition] } });
        let document = json!({ "flags": [flag] }).to_string();
        Pattern {
            definitions: Definitions::parse(&document, &Options::default()).unwrap(),
            scratch: Scratch::default(),
        }
    }

    /// Whether it passes; `None` when that is inconclusive.
    pub fn passes(&mut self, text: &str) -> Option<bool> {
        let properties = json!({ "p": text }).to_string();
        let person = JsonPerson::new("u", &properties).unwrap();
        let answer = self.definitions.evaluate(0, &person, 0, &mut self.scratch);
        match answer.outcome {
            Outcome::On => Some(true),
            Outcome::Off => Some(false),
            _ => None,
        }
    }
}

/// Bytes that the other engine may take for a pattern, where it has no bound of its own. Every copy
/// of a set holds all its members there, so that it needs far more of them than ours.
const LARGEST: usize = 128 * 1024 * 1024;

/// The pattern in an engine that others wrote, for texts in ASCII. There bytes do as well as
/// characters, and a counted repetition of `\w` stays small.
pub fn theirs(pattern: &str) -> Result<PikeVM, Box<BuildError>> {
    let bytes = syntax::Config::new().unicode(false).utf8(false);
    let bounded = thompson::Config::new().nfa_size_limit(Some(LARGEST));
    PikeVM::builder()
        .syntax(bytes)
        .thompson(bounded)
        .build(pattern)
        .map_err(Box::new)
}
