//! What a step of an evaluation comes to: true, false, or inconclusive, which ends the condition or
//! the flag. Pure vocabulary, shared by all that follows.

/// Why an answer is inconclusive. Of several reasons among the conditions of one flag, the one
/// furthest down this list is reported. Only [`MissingContext`](Why::MissingContext) can be helped
/// by a call that gives more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The call gave too little: no such property, a value that the operator cannot read, no device
    /// id.
    MissingContext,
    /// Another flag, on which this one depends, is unknown, inconclusive or caught in a circle.
    UnresolvedDependency,
    /// The definition asks for something that is not understood here.
    UnsupportedDefinition,
    /// The flag keeps its answers across logins, which only the server can do.
    ExperienceContinuity,
    /// It takes more steps than one evaluation may: cohorts that are asked again and again, or a
    /// search in a very long text.
    LimitExceeded,
}

/// How far it reaches that a step is inconclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The condition is inconclusive; another may still match and decide the flag.
    Condition(Why),
    /// The flag is inconclusive, whatever its other conditions say.
    Flag(Why),
    /// The definitions lack what this step needs: a cohort is absent or malformed.
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
    /// It cannot be told here, for this reason. Ask the server.
    Inconclusive(Why),
    /// The definitions lack what a step needed: the flag itself, or a cohort. Ask the server.
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
