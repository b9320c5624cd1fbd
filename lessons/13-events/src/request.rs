//! A request's text: address, headers, and a body made by joining queued texts.
//!
//! What is the same for all requests of a lane is made once. Only what an attempt changes is
//! written anew, so a retry cannot change an event.

use crate::config::{Compression, Config, Protocol, normalise_host};
use crate::event::LaneName;
use crate::json;
use crate::output::{Request, RequestId};
use crate::time;
use crate::v1;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use text::number;
use uuid::Uuid;

/// The parts of a lane's requests that never change.
pub(crate) struct Template {
    lane: LaneName,
    pub(crate) protocol: Protocol,
    url: String,
    headers: Vec<(String, String)>,
    /// The body's text before the events, but for v1's `created_at`.
    opening: String,
    historical_migration: bool,
    compression: Compression,
    timeout_ms: u32,
}

/// What one attempt adds.
pub(crate) struct Attempt {
    pub(crate) request: RequestId,
    /// The batch's identifier; the same for all its attempts.
    pub(crate) batch: Uuid,
    /// 1 for the first.
    pub(crate) number: u32,
    /// When the batch was made, in Unix milliseconds.
    pub(crate) created_at: u64,
    /// When this attempt is made; different from that of the attempt before.
    pub(crate) stamp: u64,
}

impl Template {
    pub(crate) fn new(config: &Config, lane: LaneName) -> Self {
        // The AI endpoint only knows v0.
        let protocol = if lane == LaneName::Ai {
            Protocol::V0
        } else {
            config.protocol
        };
        let path = match (lane, protocol) {
            (LaneName::Ai, _) => "/i/v0/ai/batch/",
            (_, Protocol::V0) => "/batch/",
            (_, Protocol::V1) => "/i/v1/analytics/events",
        };
        let agent = [&config.library, "/", &config.library_version].concat();
        let mut headers = alloc::vec![
            (str::to_owned("Content-Type"), "application/json".to_owned()),
            (str::to_owned("User-Agent"), agent.clone())
        ];
        if protocol == Protocol::V1 {
            headers.push((
                str::to_owned("Authorization"),
                ["Bearer ", &config.project_key].concat(),
            ));
            headers.push((str::to_owned("PostHog-Sdk-Info"), agent));
        }
        headers.extend(
            config
                .extra_headers
                .iter()
                .map(|(name, value)| (name.clone(), value.clone())),
        );
        let mut opening = "{".to_owned();
        if protocol == Protocol::V0 {
            opening.push_str("\"api_key\":");
            json::write_string(&mut opening, &config.project_key);
            opening.push(',');
        }
        // The AI lane speaks v0 whatever the client speaks, and only v1 servers read deflate.
        let cannot_deflate = protocol == Protocol::V0 && config.compression == Compression::Deflate;
        Template {
            lane,
            protocol,
            url: [normalise_host(&config.host), path].concat(),
            headers,
            opening,
            historical_migration: config.historical_migration,
            compression: if cannot_deflate {
                Compression::None
            } else {
                config.compression
            },
            timeout_ms: config.timeout_ms,
        }
    }

    /// Joins the texts of `events` into the request for one attempt.
    pub(crate) fn build<'a>(
        &self,
        attempt: &Attempt,
        bytes: usize,
        events: impl Iterator<Item = &'a [u8]>,
    ) -> Request {
        /// More than everything around the events takes, so that the body is allocated once.
        const AROUND: usize = 512;
        let mut body = String::with_capacity(bytes.saturating_add(AROUND));
        let mut count: usize = 0;
        body.push_str(&self.opening);
        if self.protocol == Protocol::V1 {
            body.push_str("\"created_at\":\"");
            time::write_millis(&mut body, attempt.created_at);
            body.push_str("\",");
        }
        body.push_str("\"batch\":[");
        for event in events {
            if count > 0 {
                body.push(',');
            }
            count = count.saturating_add(1);
            // Every way into the queue checks that this is text and an event, a restored export
            // too. Were it none, it would go out as it is: a verdict of the server says more than
            // a missing event.
            let text = core::str::from_utf8(event).unwrap_or("{}");
            if self.protocol == Protocol::V0 || !v1::write(&mut body, text) {
                body.push_str(text);
            }
        }
        body.push(']');
        if self.protocol == Protocol::V0 || self.historical_migration {
            body.push_str(",\"historical_migration\":");
            body.push_str(if self.historical_migration {
                "true"
            } else {
                "false"
            });
        }
        if self.protocol == Protocol::V0 {
            body.push_str(",\"sent_at\":\"");
            time::write_millis(&mut body, attempt.stamp);
            body.push('"');
        }
        body.push('}');
        Request {
            id: attempt.request,
            lane: self.lane,
            url: self.url.clone(),
            headers: self.headers(attempt),
            body: body.into_bytes(),
            events: count,
            attempt: attempt.number,
            compression: self.compression,
            timeout_ms: self.timeout_ms,
        }
    }

    fn headers(&self, attempt: &Attempt) -> Vec<(String, String)> {
        let mut headers = self.headers.clone();
        if self.protocol == Protocol::V1 {
            let mut stamp = String::new();
            time::write_millis(&mut stamp, attempt.stamp);
            headers.push((
                str::to_owned("PostHog-Attempt"),
                number::written(attempt.number.into()),
            ));
            headers.push((
                str::to_owned("PostHog-Request-Id"),
                attempt
                    .batch
                    .hyphenated()
                    .encode_lower(&mut [0; uuid::fmt::Hyphenated::LENGTH])
                    .to_owned(),
            ));
            headers.push((str::to_owned("PostHog-Request-Timestamp"), stamp));
        }
        headers
    }
}
