//! The one call a host makes.

use alloc::string::String;

use crate::{
    event,
    exports::posthog::client::events::Guest,
    json,
    posthog::client::http::{self, Request, Response},
};

// ANCHOR: capture
/// What [`export`](crate::export) gives the world's functions to.
pub struct Client;

impl Guest for Client {
    fn capture(
        key: String,
        name: String,
        id: String,
        properties: String,
    ) -> Result<Response, String> {
        json::check(&properties).map_err(|refused| refused.answer())?;
        http::send(&Request {
            path: "/batch/".into(),
            body: event::to_json(&key, &name, &id, &properties),
        })
    }
}

#[cfg(target_family = "wasm")]
crate::export!(Client with_types_in crate);
// ANCHOR_END: capture
