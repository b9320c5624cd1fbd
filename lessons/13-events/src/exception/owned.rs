//! Which properties of a `$exception` belong to whom.
//!
//! Some are the client's alone to write, some the server's. Neither the caller nor a context tag,
//! the runtime nor a super property may set them.

use super::is_filled;

/// What the client writes itself, what the server makes of it, and `$exception_handled`, which is
/// older than mechanisms.
const OWNED: [&str; 14] = [
    "$exception_list",
    "$exception_level",
    "$exception_source",
    "$debug_images",
    "$exception_handled",
    "$exception_types",
    "$exception_values",
    "$exception_sources",
    "$exception_functions",
    "$exception_fingerprint_version",
    "$exception_fingerprint_record",
    "$exception_issue_id",
    "$exception_release",
    "$cymbal_errors",
];

/// What others may set, if it is a string that is not empty. The server reads no other kind here,
/// and then nothing of the event's errors either.
const STRINGS: [&str; 2] = ["$exception_fingerprint", "$release_id"];

/// True if somebody beside the client may set this property to this JSON value.
pub(crate) fn keeps(name: &str, value: &str) -> bool {
    if STRINGS.contains(&name) {
        is_filled(value)
    } else {
        !OWNED.contains(&name)
    }
}
