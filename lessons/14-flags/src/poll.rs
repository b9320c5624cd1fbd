//! Fetching definitions: what each fetch asks, and what becomes of its answer, also when answers
//! overtake one another. It keeps the tag and the numbers; the definitions themselves, the clock
//! and the secret are the caller's.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;

use crate::definitions::{Definitions, Options};
use crate::hash::{self, Digest};
use crate::limits::DocumentError;
use text::number::write_hex;

/// Milliseconds from the end of a fetch to the start of the next, as posthog-python's
/// `poll_interval`. The first fetch is made at once.
pub const POLL_INTERVAL: u32 = 30_000;
/// Milliseconds after which a fetch has failed: what posthog-python allows a fetch of definitions.
pub const POLL_TIMEOUT: u32 = 10_000;

/// The longest tag that is kept, in bytes. Ours: a tag is a hash of some 70 characters, and Apache
/// takes header lines of 8,190 bytes. A longer one would make every later fetch fail.
const LONGEST_TAG: usize = 1024;

/// The state of fetching definitions, all of them compiled with the same [`Options`]: these decide
/// too which indices there are.
#[derive(Debug, Default)]
pub struct Poll {
    options: Options,
    started: u64,
    /// The number of the fetch whose answer was last taken.
    published: u64,
    etag: Option<String>,
    content: Option<Digest>,
    generation: u32,
    is_ready: bool,
}

/// A fetch to be made: GET [`Poll::target`], with a secret key (a personal API key or a project's
/// secret API key) in the header `Authorization: Bearer`.
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
    /// There are none any more: the secret was refused (401) or the quota is used up (402).
    Clear,
}

impl Poll {
    /// The state before the first fetch.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Poll {
            options,
            ..Self::default()
        }
    }

    /// Path and query of a fetch, for the project's public key.
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
                    write_hex(&mut target, byte.into(), 2);
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

    /// Takes the answer to a fetch: its status, its header `ETag` and its body. The next fetch is
    /// due [`POLL_INTERVAL`] later, whatever the answer was.
    ///
    /// Only 200, 304, 401 and 402 change anything. A failure of the transport has no answer and
    /// need not be handed in; a host that has a number for it passes 0. A redirect (3xx) that the
    /// host did not follow is not PostHog's answer either.
    ///
    /// A document that was kept elsewhere goes in as a 200 without a tag.
    ///
    /// # Errors
    /// [`DocumentError`] when the status is 200 and the body is not definitions, as for
    /// [`Definitions::parse`]. Nothing changes then.
    pub fn answered(
        &mut self,
        fetch: &Fetch,
        status: u16,
        etag: Option<&str>,
        body: &str,
    ) -> Result<Change, DocumentError> {
        if fetch.number <= self.published {
            return Ok(Change::Keep);
        }
        match status {
            200 => {
                let definitions = Definitions::parse(body, &self.options)?;
                // A document that lacks a part must not be held on to by its tag.
                let etag = etag.filter(|_| definitions.is_complete).and_then(tag);
                self.publish(fetch, etag, Some(hash::sha1(&[body.as_bytes()])));
                self.is_ready = true;
                Ok(Change::Replace(Box::new(definitions)))
            }
            // "Not modified" speaks of the tag that was sent, not of one that came meanwhile.
            304 if fetch.if_none_match == self.etag => {
                self.published = fetch.number;
                self.etag = etag.and_then(tag).or(self.etag.take());
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

/// A tag that can be sent back. A host's HTTP library trims blanks and may refuse a header with
/// anything but printable ASCII, and with it every later fetch; without a tag it gets the complete document.
fn tag(etag: &str) -> Option<String> {
    let tag = etag.trim_ascii();
    let is_sendable = !tag.is_empty()
        && tag.len() <= LONGEST_TAG
        && tag.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    is_sendable.then(|| tag.to_owned())
}
