//! What a step of an evaluation can come to: true, false, or one of three ways of not knowing,
//! which differ in how much they end. Pure vocabulary, shared by all that follows.

/// Why an answer is inconclusive, the weightier the later: of several reasons the greatest is
/// reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The call gave too little: an absent property, an unreadable value, no device id.
    MissingContext,
    /// Another flag, on which this one depends, is unknown, inconclusive or caught in a circle.
    UnresolvedDependency,
    /// The definition asks for something that is not understood here.
    UnsupportedDefinition,
    /// The flag keeps its answers across logins, which only the server can do.
    ExperienceContinuity,
}

/// A step that ended without true or false.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// This condition is open; a later one may still match.
    Condition(Why),
    /// The whole flag is inconclusive, whatever its other conditions say.
    Flag(Why),
    /// The whole flag needs the server: a cohort is unknown here, or malformed.
    Server,
}

pub(crate) type Verdict = Result<bool, Stop>;

/// What an evaluation found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Definitely off.
    Off,
    /// On, without a variant.
    On,
    /// On with the variant of this index: see
    /// [`Definitions::variant`](crate::Definitions::variant).
    Variant(u32),
    /// Not to be decided here with what the call gave: ask the server.
    Inconclusive(Why),
    /// Not to be decided here whatever the call gives: ask the server.
    NeedsServer,
}

impl Outcome {
    /// Whether the outcome is an answer, rather than a question to the server.
    #[must_use]
    pub fn is_decided(self) -> bool {
        matches!(self, Outcome::Off | Outcome::On | Outcome::Variant(_))
    }
}

impl From<Stop> for Outcome {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Condition(why) | Stop::Flag(why) => Outcome::Inconclusive(why),
            Stop::Server => Outcome::NeedsServer,
        }
    }
}
