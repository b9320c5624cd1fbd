//! Versions in strict mode: full semantic-version precedence by the `semver` crate, which is also
//! what PostHog's server uses, after the leniencies that the server allows itself.

use semver::{BuildMetadata, Comparator, Op, Prerelease, Version, VersionReq};

use crate::version::Relation;
use text::number;

#[derive(Debug)]
pub(crate) enum VersionTest {
    Against(Relation, Version),
    Within(VersionReq),
}

/// A version with its missing parts as zeros and its leading zeros stripped. Allocates only for
/// what stands behind the third part.
pub(crate) fn parse(text: &str) -> Option<Version> {
    let text = text.trim().trim_start_matches(['v', 'V']);
    let (text, build) = match text.split_once('+') {
        Some((text, build)) => (
            text,
            BuildMetadata::new(build)
                .ok()
                .filter(|build| !build.is_empty())?,
        ),
        None => (text, BuildMetadata::EMPTY),
    };
    let (core, pre) = match text.split_once('-') {
        Some((core, pre)) => (
            core,
            Prerelease::new(pre).ok().filter(|pre| !pre.is_empty())?,
        ),
        None => (text, Prerelease::EMPTY),
    };
    let mut parts = core.split('.');
    let major = numeric(parts.next()?)?;
    let mut next = || parts.next().map_or(Some(0), numeric);
    let (minor, patch) = (next()?, next()?);
    parts.next().is_none().then_some(Version {
        major,
        minor,
        patch,
        pre,
        build,
    })
}

fn numeric(part: &str) -> Option<u64> {
    number::read(part)
}

impl VersionTest {
    /// `None` when the filter's text is no version.
    pub(crate) fn new(relation: Relation, filter: &str) -> Option<Self> {
        let ranged = |op| {
            let Version {
                major,
                minor,
                patch,
                pre,
                ..
            } = parse(filter)?;
            Some(Comparator {
                op,
                major,
                minor: Some(minor),
                patch: Some(patch),
                pre,
            })
        };
        Some(match relation {
            Relation::Tilde => Self::within(ranged(Op::Tilde)?),
            Relation::Caret => Self::within(ranged(Op::Caret)?),
            Relation::Wildcard => Self::Within(wildcard(filter)?),
            _ => Self::Against(relation, parse(filter)?),
        })
    }

    fn within(comparator: Comparator) -> Self {
        Self::Within(VersionReq {
            comparators: [comparator].to_vec(),
        })
    }

    pub(crate) fn matches(&self, version: &Version) -> bool {
        match self {
            Self::Against(Relation::Equal, bound) => version == bound,
            Self::Against(Relation::Unequal, bound) => version != bound,
            Self::Against(Relation::Greater, bound) => version > bound,
            Self::Against(Relation::GreaterOrEqual, bound) => version >= bound,
            Self::Against(Relation::Less, bound) => version < bound,
            Self::Against(_, bound) => version <= bound,
            Self::Within(range) => range.matches(version),
        }
    }
}

/// A pattern with `*`, `x` or `X` for any number; without one it is a caret range.
fn wildcard(pattern: &str) -> Option<VersionReq> {
    let pattern = pattern.trim().trim_start_matches(['v', 'V']);
    let is_token = |part: &str| matches!(part, "*" | "x" | "X");
    if !pattern.split('.').any(is_token) {
        let Version {
            major,
            minor,
            patch,
            pre,
            ..
        } = parse(pattern)?;
        let caret = Comparator {
            op: Op::Caret,
            major,
            minor: Some(minor),
            patch: Some(patch),
            pre,
        };
        return Some(VersionReq {
            comparators: [caret].to_vec(),
        });
    }
    let mut parts = pattern.split('.');
    // After a token nothing but tokens may follow.
    let mut open = false;
    let mut next = || match parts.next() {
        Some(part) if is_token(part) => {
            open = true;
            Some(None)
        }
        Some(_) if open => None,
        Some(part) => numeric(part).map(Some),
        None => Some(None),
    };
    let (major, minor, patch) = (next()?, next()?, next()?);
    if parts.next().is_some() {
        return None;
    }
    let Some(major) = major else {
        return Some(VersionReq::STAR);
    };
    let comparator = Comparator {
        op: Op::Wildcard,
        major,
        minor,
        patch,
        pre: Prerelease::EMPTY,
    };
    Some(VersionReq {
        comparators: [comparator].to_vec(),
    })
}
