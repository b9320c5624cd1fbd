//! The host's HTTP client, as the rest of the guest sees it.

use alloc::string::String;

// ANCHOR: post
/// POSTs a JSON body and waits: the status, a space and the answer's body; `None` if that is not UTF-8.
#[cfg(target_family = "wasm")]
pub fn post(path: &str, body: &str) -> Option<String> {
    use crate::boundary::{http_request, http_request_len, take};

    let at = |text: &str| text.as_ptr().addr() as u32;
    let address = http_request(at(path), path.len() as u32, at(body), body.len() as u32);
    take(address, http_request_len())
}
// ANCHOR_END: post

/// Without a host, nothing can be sent; the guest's own tests do not try.
#[cfg(not(target_family = "wasm"))]
pub fn post(_: &str, _: &str) -> Option<String> {
    None
}
