//! The server's words for levels and causes, and what loggers and runtimes call them.

/// A word, and the server's word for the same.
type Words = [(&'static str, &'static str)];

/// `$exception_level`; beside the server's own words, those of syslog, Python and log4j.
const LEVELS: &Words = &[
    ("fatal", "fatal"),
    ("critical", "fatal"),
    ("alert", "fatal"),
    ("emergency", "fatal"),
    ("error", "error"),
    ("warning", "warning"),
    ("warn", "warning"),
    ("log", "log"),
    ("info", "info"),
    ("notice", "info"),
    ("debug", "debug"),
    ("trace", "debug"),
];

/// How one error refers to another; beside the server's own words, the names in Python, JavaScript
/// and .NET.
const CAUSES: &Words = &[
    ("cause", "cause"),
    ("__cause__", "cause"),
    ("context", "context"),
    ("__context__", "context"),
    ("unwrap", "unwrap"),
    ("member", "member"),
    ("exceptions", "member"),
    ("errors", "member"),
    ("InnerExceptions", "member"),
    ("suppressed", "suppressed"),
    ("inner", "inner"),
    ("InnerException", "inner"),
];

fn canonical(word: &str, words: &Words) -> Option<&'static str> {
    let known = words
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word));
    known.map(|(_, canonical)| *canonical)
}

/// The server's word for a level, if it is one.
pub(super) fn level(word: &str) -> Option<&'static str> {
    canonical(word, LEVELS)
}

/// The server's word for how an error refers to its part, else the platform's own.
pub(super) fn cause(word: &str) -> &str {
    // A member of several is often told by its place: `exceptions[2]`.
    let end = word.bytes().position(|byte| byte == b'[');
    let name = end.and_then(|end| word.get(..end)).unwrap_or(word);
    canonical(name, CAUSES).unwrap_or(word)
}

/// True for `<technology>.<hook>` in lower case. What is not written so may be a path, a route or
/// other text that a source must never have.
pub(super) fn is_hook(source: &str) -> bool {
    let (mut dots, mut begins) = (0_u32, true);
    for byte in source.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'_' => begins = false,
            b'.' if !begins => (dots, begins) = (dots.saturating_add(1), true),
            _ => return false,
        }
    }
    dots == 1 && !begins
}
