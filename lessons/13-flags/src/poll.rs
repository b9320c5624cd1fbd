//! When definitions are fetched again, what becomes of each answer, and of answers that overtake
//! one another. It keeps the tag and the numbers; the definitions themselves are the caller's.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;

use crate::definitions::{Definitions, Options};
use crate::hash::{self, Digest};
use crate::limits::DocumentError;
use crate::text::write_digits;

/// Milliseconds between two fetches, as posthog-python's `poll_interval`.
pub const POLL_INTERVAL: u32 = 30_000;
/// Milliseconds after which a fetch has failed, as posthog-python gives a fetch of definitions.
pub const POLL_TIMEOUT: u32 = 10_000;

/// The state of fetching definitions.
#[derive(Debug, Default)]
pub struct Poll {
    started: u64,
    /// The number of the fetch whose answer was last taken.
    published: u64,
    etag: Option<String>,
    content: Option<Digest>,
    generation: u32,
    is_ready: bool,
}

/// A fetch to be made: GET with a bearer secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// Numbers the fetches, so that an answer that was overtaken is known.
    pub number: u64,
    /// The header `If-None-Match`, when a tag is held.
    pub if_none_match: Option<String>,
}

/// What an answer does to the definitions.
#[derive(Debug)]
pub enum Change {
    /// They stay as they are.
    Keep,
    /// These take their place. The generation has moved on if their content is new.
    Replace(Box<Definitions>),
    /// There are none any more: the secret or the quota is gone.
    Clear,
}

impl Poll {
    /// Path and query of a fetch.
    #[must_use]
    pub fn target(project_key: &str) -> String {
        let mut target = String::from("/flags/definitions?token=");
        for byte in project_key.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    target.push(byte.into())
                }
                _ => {
                    target.push('%');
                    write_digits(byte.into(), 16, 2, &mut target);
                }
            }
        }
        target.push_str("&send_cohorts");
        target
    }

    /// Starts a fetch.
    pub fn begin(&mut self) -> Fetch {
        self.started = self.started.saturating_add(1);
        Fetch {
            number: self.started,
            if_none_match: self.etag.clone(),
        }
    }

    /// Takes the answer to a fetch. A transport failure has no answer and changes nothing. The
    /// next fetch is due [`POLL_INTERVAL`] after this one, whatever the answer was.
    ///
    /// # Errors
    /// [`DocumentError`] when the status is 200 and the body no definitions; those held stay.
    pub fn answered(
        &mut self,
        fetch: &Fetch,
        status: u16,
        etag: Option<&str>,
        body: &str,
        options: &Options,
    ) -> Result<Change, DocumentError> {
        if fetch.number <= self.published {
            return Ok(Change::Keep);
        }
        match status {
            200 => {
                let definitions = Definitions::parse(body, options)?;
                self.publish(
                    fetch,
                    etag.map(str::to_owned),
                    Some(hash::sha1(&[body.as_bytes()])),
                );
                self.is_ready = true;
                Ok(Change::Replace(Box::new(definitions)))
            }
            // "Not modified" speaks of the tag that was sent, not of one that came meanwhile.
            304 if fetch.if_none_match == self.etag => {
                self.published = fetch.number;
                self.etag = etag.map(str::to_owned).or(self.etag.take());
                Ok(Change::Keep)
            }
            401 | 402 => {
                self.publish(fetch, None, None);
                Ok(Change::Clear)
            }
            _ => Ok(Change::Keep),
        }
    }

    fn publish(&mut self, fetch: &Fetch, etag: Option<String>, content: Option<Digest>) {
        self.published = fetch.number;
        self.etag = etag;
        if self.content != content {
            self.content = content;
            self.generation = self.generation.wrapping_add(1);
        }
    }

    /// Moves on whenever the content of the definitions changes. Whoever keeps an index keeps
    /// this number with it.
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Whether definitions were loaded at least once.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.is_ready
    }
}
