//! A search: all ways through a program at once, one character of the text after the other, so that
//! no text takes longer than its length times the length of the program (Thompson 1968).

use alloc::vec::Vec;

use super::class::Kind;
use super::program::{Look, Program, Step};
use crate::interned::{at, at_mut, put};
use crate::work::{READ, Work};

/// The memory of a search. It carries nothing from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Threads {
    /// Steps reached and not followed yet.
    reached: Vec<u32>,
    /// Steps that read the next character.
    reading: Vec<u32>,
    /// For each step the turn in which it was followed last.
    followed: Vec<u32>,
    /// For each set the turn in which it was asked last, and its answer. Copies of a step share a
    /// set; were it asked for each, a turn would take the product of steps and members.
    asked: Vec<(u32, bool)>,
    turn: u32,
}

impl Threads {
    fn start(&mut self, program: &Program) {
        self.reached.clear();
        self.followed.clear();
        self.followed.resize(program.steps.len(), 0);
        self.asked.clear();
        self.asked.resize(program.sets.len(), (0, false));
        self.turn = 0;
    }

    /// Follows what was reached up to the steps that read a character. Whether the end of the
    /// program is among it.
    fn follow(&mut self, program: &Program, before: Option<char>, after: Option<char>) -> bool {
        self.turn = self.turn.saturating_add(1);
        self.reading.clear();
        self.reached.push(0);
        while let Some(place) = self.reached.pop() {
            let Some(step) = at(&program.steps, place) else {
                return true;
            };
            match at_mut(&mut self.followed, place) {
                Some(followed) if *followed < self.turn => *followed = self.turn,
                _ => continue,
            }
            let next = place.saturating_add(1);
            match step {
                Step::Char(_) | Step::Set(_) => self.reading.push(place),
                Step::Look(look) if !look.holds(before, after) => {}
                Step::Look(_) => self.reached.push(next),
                Step::Jump(distance) => self.reached.push(place.saturating_add_signed(*distance)),
                Step::Split(distance) => {
                    self.reached.push(next);
                    self.reached.push(place.saturating_add_signed(*distance));
                }
            }
        }
        false
    }

    /// Goes on behind those steps that read this character.
    fn read(&mut self, program: &Program, character: char) {
        for place in &self.reading {
            let reads = match at(&program.steps, *place) {
                Some(Step::Char(wanted)) => *wanted == character,
                Some(Step::Set(index)) => match at(&program.sets, *index) {
                    Some(set) => match at(&self.asked, *index) {
                        Some((turn, answer)) if *turn == self.turn => *answer,
                        _ => {
                            let answer = set.has(character);
                            put(&mut self.asked, *index, (self.turn, answer));
                            answer
                        }
                    },
                    None => false,
                },
                _ => false,
            };
            if reads {
                self.reached.push(place.saturating_add(1));
            }
        }
    }
}

impl Program {
    /// Whether the pattern is found anywhere in the text.
    pub(super) fn is_found(&self, text: &str, work: &mut Work) -> bool {
        work.spend(self.steps.len() / READ);
        work.cache.threads.start(self);
        let mut before = None;
        let mut rest = text.chars();
        loop {
            let after = rest.clone().next();
            let threads = &mut work.cache.threads;
            if threads.follow(self, before, after) {
                return true;
            }
            let Some(character) = rest.next() else {
                return false;
            };
            threads.read(self, character);
            let steps = threads.reading.len().saturating_add(1);
            work.spend(steps);
            if work.is_spent() {
                return false;
            }
            before = Some(character);
        }
    }
}

impl Look {
    fn holds(self, before: Option<char>, after: Option<char>) -> bool {
        let is_word = |side: Option<char>| side.is_some_and(|side| Kind::Word.has(side));
        match self {
            Look::TextStart => before.is_none(),
            Look::TextEnd => after.is_none(),
            Look::LineStart => before.is_none_or(|before| before == '\n'),
            Look::LineEnd => after.is_none_or(|after| after == '\n'),
            Look::WordBoundary => is_word(before) != is_word(after),
            Look::NoWordBoundary => is_word(before) == is_word(after),
        }
    }
}
