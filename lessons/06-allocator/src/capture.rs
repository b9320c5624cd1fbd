//! The one call a host makes.

use crate::{boundary, event, http};

// ANCHOR: capture
/// Sends the event called by the string at `name`, of the person `id`, to the project with the key `key`.
///
/// Returns the answer, `200 {"status":1}`, as `address << 32 | length`, the host's to release;
/// 0 if one of the strings is not UTF-8, be it the caller's or the server's.
#[unsafe(no_mangle)]
pub extern "C" fn capture(
    key: u32,
    key_len: u32,
    name: u32,
    name_len: u32,
    id: u32,
    id_len: u32,
) -> u64 {
    let strings = (
        boundary::text(key, key_len),
        boundary::text(name, name_len),
        boundary::text(id, id_len),
    );
    match strings {
        (Some(key), Some(name), Some(id)) => {
            let answer = http::post("/batch/", &event::to_json(key, name, id));
            answer.map_or(0, boundary::give)
        }
        _ => 0,
    }
}
// ANCHOR_END: capture
