//! Versions in default mode: up to three numbers, whatever stands behind them ignored. Strict
//! mode's full precedence is in `strict/version.rs`.

use text::number;

/// Major, minor, patch. Python's integers have no bound; a part beyond 64 bits is refused here.
pub(crate) type Version = [u64; 3];

/// The part of the versions from the first bound up to, not including, the second.
pub(crate) type Range = (Version, Version);

/// How a version has to stand to the filter's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Equal,
    Unequal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Tilde,
    Caret,
    Wildcard,
}

/// A filter on versions, ready to be asked.
#[derive(Debug)]
pub(crate) enum VersionTest {
    Against(Relation, Version),
    Within(Range),
}

pub(crate) fn parse(text: &str) -> Option<Version> {
    let text = without_prefix(text);
    let text = text.split(['-', '+']).next()?;
    let mut parts = text.split('.');
    let major = numeric(parts.next()?)?;
    // An empty inner part counts as zero: "1..3" is 1.0.3.
    let mut next = || {
        parts
            .next()
            .filter(|part| !part.is_empty())
            .map_or(Some(0), numeric)
    };
    Some([major, next()?, next()?])
}

fn without_prefix(text: &str) -> &str {
    text.trim().trim_start_matches(['v', 'V'])
}

fn numeric(part: &str) -> Option<u64> {
    let leading_zero = part.len() > 1 && part.starts_with('0');
    number::read(part).filter(|_| !leading_zero)
}

impl VersionTest {
    /// `None` when the filter's text is no version.
    pub(crate) fn new(relation: Relation, filter: &str) -> Option<Self> {
        Some(match relation {
            Relation::Tilde => {
                let [major, minor, patch] = parse(filter)?;
                Self::Within(([major, minor, patch], [major, minor.checked_add(1)?, 0]))
            }
            Relation::Caret => {
                let lower = parse(filter)?;
                let upper = match lower {
                    [0, 0, patch] => [0, 0, patch.checked_add(1)?],
                    [0, minor, _] => [0, minor.checked_add(1)?, 0],
                    [major, ..] => [major.checked_add(1)?, 0, 0],
                };
                Self::Within((lower, upper))
            }
            Relation::Wildcard => Self::Within(wildcard(filter)?),
            _ => Self::Against(relation, parse(filter)?),
        })
    }

    pub(crate) fn matches(&self, version: Version) -> bool {
        match self {
            Self::Against(Relation::Equal, bound) => version == *bound,
            Self::Against(Relation::Unequal, bound) => version != *bound,
            Self::Against(Relation::Greater, bound) => version > *bound,
            Self::Against(Relation::GreaterOrEqual, bound) => version >= *bound,
            Self::Against(Relation::Less, bound) => version < *bound,
            Self::Against(_, bound) => version <= *bound,
            Self::Within((lower, upper)) => *lower <= version && version < *upper,
        }
    }
}

/// A pattern such as `1.2.*`. Only its numbers count: stars and empty parts fall away.
fn wildcard(pattern: &str) -> Option<Range> {
    let cleaned = without_prefix(pattern).replace('*', "");
    let mut parts = cleaned.split('.').filter(|part| !part.is_empty());
    let major = numeric(parts.next()?)?;
    let Some(minor) = parts.next() else {
        return Some(([major, 0, 0], [major.checked_add(1)?, 0, 0]));
    };
    let minor = numeric(minor)?;
    let Some(patch) = parts.next() else {
        return Some(([major, minor, 0], [major, minor.checked_add(1)?, 0]));
    };
    let patch = numeric(patch)?;
    Some(([major, minor, patch], [major, minor, patch.checked_add(1)?]))
}
