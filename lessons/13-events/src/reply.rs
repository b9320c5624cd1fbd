//! What a server's reply means: done, again, or never; and when again.
//!
//! Pure functions from a status, headers and a body to a judgement. The rules are those of
//! posthog-python 7.42, in `consumer.py` for v0 and `capture_v1.py` for v1; only that any 2xx is
//! success here and any 3xx final, because the host follows redirects (RFC 9110 §15).

use crate::config::Protocol;
use crate::json;
use crate::redact::shown;
use crate::time::Now;
use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;
use text::{date, number};
use uuid::Uuid;

/// An HTTP reply, borrowed from the host.
#[derive(Debug, Clone, Copy, Default)]
pub struct Response<'a> {
    /// The status code, redirects already followed. 0 if there is none, which counts as a failure
    /// of [`FailureKind::Other`]. What is not a final status of HTTP (1 to 199, 600 and above) is
    /// tried again; of a redirect that could not be followed the events are dropped.
    pub status: u16,
    /// Names, in any case, and values. Only `Retry-After` is read.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body as it came.
    pub body: &'a [u8],
}

/// Why a request got no reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// When the request took longer than its `timeout_ms`.
    Timeout,
    /// When there was no connection, or it broke.
    Connection,
    /// Anything else.
    Other,
}

impl FailureKind {
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            FailureKind::Timeout => "the request timed out",
            FailureKind::Connection => "no connection to the server",
            FailureKind::Other => "the request failed without a reply",
        }
    }
}

/// What is to become of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// All are delivered, but for those listed; a wait the server asked for.
    Taken {
        exceptions: Vec<(Uuid, Verdict)>,
        wait_ms: u64,
    },
    /// Send all of them again; a wait the server asked for, or 0.
    Again { error: String, wait_ms: u64 },
    /// Sending again cannot help.
    Never { error: String },
}

/// A v1 verdict other than done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Retry,
    Drop { details: String },
}

/// No wait is longer, neither ours nor one that a server asks for: `_MAX_BACKOFF_SECONDS` of
/// posthog-python.
pub(crate) const MAX_WAIT_MS: u64 = 30_000;

/// Judges a reply.
///
/// 429 is tried again in v0 and final in v1: a busy v1 server replies with one of the 5xx and
/// `Retry-After` (`_RETRYABLE_STATUSES` of posthog-python).
pub(crate) fn judge(protocol: Protocol, response: &Response<'_>, now: Now) -> Judgement {
    let wait_ms = response
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("retry-after"));
    let wait_ms = wait_ms.map_or(0, |(_, value)| retry_after(value, now));
    match (protocol, response.status) {
        // A host that has no status had no reply.
        (_, 0) => Judgement::Again {
            error: FailureKind::Other.sentence().to_owned(),
            wait_ms: 0,
        },
        (Protocol::V0, 200..=299) => Judgement::Taken {
            exceptions: Vec::new(),
            wait_ms,
        },
        (Protocol::V1, 200..=299) => match results(response.body) {
            Some(exceptions) => Judgement::Taken {
                exceptions,
                wait_ms,
            },
            None => Judgement::Never {
                error: status_line(response, "a map of results expected in the reply"),
            },
        },
        // A status outside 100–599 is treated as a 5xx (RFC 9110 §15); one of 1xx is never the last
        // that comes, so the reply is lost.
        (_, 1..=199 | 600..)
        | (Protocol::V0, 408 | 429 | 500..=599)
        | (Protocol::V1, 408 | 500 | 502 | 503 | 504) => Judgement::Again {
            error: error_text(response),
            wait_ms,
        },
        _ => Judgement::Never {
            error: error_text(response),
        },
    }
}

/// The wait before retry `n` (0 for the first): 1, 2, 4 … seconds as in posthog-python, and at
/// least what the server asks for.
pub(crate) fn backoff_ms(n: u32, asked_ms: u64) -> u64 {
    let doubled = 1_u64
        .checked_shl(n)
        .unwrap_or(u64::MAX)
        .saturating_mul(1000);
    doubled.max(asked_ms).min(MAX_WAIT_MS)
}

/// Milliseconds from `Retry-After` (RFC 9110 §10.2.3), in either form; 0 if it is in the past or
/// cannot be read.
fn retry_after(value: &str, now: Now) -> u64 {
    let value = value.trim_ascii();
    let millis = match date::http(value) {
        Some(seconds) => u64::try_from(seconds)
            .unwrap_or(0)
            .saturating_mul(1000)
            .saturating_sub(now.unix),
        None => seconds_to_millis(value).unwrap_or(0),
    };
    millis.min(MAX_WAIT_MS)
}

/// `1.5` is 1500. More digits than milliseconds have are cut off.
fn seconds_to_millis(value: &str) -> Option<u64> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, "0"));
    let digits = &mut whole.bytes().chain(fraction.bytes());
    if whole.is_empty() || !digits.all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // What does not fit 64 bits is longer than any wait that counts.
    let whole = number::read(whole).unwrap_or(u64::MAX);
    let digits = fraction.bytes().chain(*b"000").take(3);
    let millis = digits.fold(0_u64, |sum, digit| {
        sum.wrapping_mul(10).wrapping_add(u64::from(digit & 0xf))
    });
    Some(whole.saturating_mul(1000).saturating_add(millis))
}

/// The verdicts of a v1 reply that are not done; `None` if there is no map of them.
fn results(body: &[u8]) -> Option<Vec<(Uuid, Verdict)>> {
    let root = json::replied(core::str::from_utf8(body).ok()?)?;
    let results = json::replied(root.get("results")?)?;
    let mut exceptions = Vec::new();
    for entry in results.members() {
        let Ok(uuid) = Uuid::try_parse(&json::decode(entry.key)) else {
            continue;
        };
        // Absent or unknown means accepted, as in `capture_v1.py`; so does another shape.
        let Some(verdict) = json::replied(entry.value) else {
            continue;
        };
        let field = |name: &str| verdict.get(name).and_then(json::text_of);
        match field("result").as_deref() {
            Some("retry") => exceptions.push((uuid, Verdict::Retry)),
            Some("drop") => exceptions.push((
                uuid,
                Verdict::Drop {
                    details: shown(&field("details").unwrap_or_default()),
                },
            )),
            _ => {}
        }
    }
    Some(exceptions)
}

/// What the server says went wrong.
fn error_text(response: &Response<'_>) -> String {
    let body = core::str::from_utf8(response.body).unwrap_or("the body is not text");
    let member = json::replied(body).and_then(|root| {
        let mut texts = ["error_description", "error", "detail"]
            .into_iter()
            .filter_map(|name| root.get(name).and_then(json::text_of));
        texts.next().map(Cow::into_owned)
    });
    let text = member.as_deref().unwrap_or(body.trim_ascii());
    status_line(response, &shown(text))
}

fn status_line(response: &Response<'_>, text: &str) -> String {
    [
        "HTTP ",
        &number::written(response.status.into()),
        ": ",
        text,
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Now = Now {
        monotonic: 0,
        unix: 784_111_777_000,
    };

    #[test]
    fn retry_after_is_read_in_both_forms_and_clamped() {
        for (value, millis) in [
            ("3", 3000),
            ("1.5", 1500),
            ("0.0004", 0),
            ("0", 0),
            ("-3", 0),
            ("soon", 0),
            ("1e3", 0),
            ("31", 30_000),
            ("99999999999999999999999", 30_000),
            ("18446744073709551615", 30_000),
            ("0000000000003", 3000),
            (".5", 0),
            ("Sun, 06 Nov 1994 08:49:40 GMT", 3000),
            ("Sun, 06 Nov 1994 08:49:30 GMT", 0),
            ("Sun, 06 Nov 2094 08:49:40 GMT", 30_000),
        ] {
            assert_eq!(retry_after(value, NOW), millis, "{value}");
        }
    }

    #[test]
    fn waits_double_to_half_a_minute_and_never_undercut_the_server() {
        assert_eq!(
            [0, 1, 2, 3, 4, 5, 99].map(|n| backoff_ms(n, 0)),
            [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]
        );
        assert_eq!(backoff_ms(0, 3000), 3000);
        assert_eq!(backoff_ms(2, 3000), 4000);
    }

    #[test]
    fn an_error_is_taken_from_the_body_without_its_credentials() {
        let judged = |body: &str| {
            error_text(&Response {
                status: 401,
                headers: &[],
                body: body.as_bytes(),
            })
        };
        assert_eq!(
            judged(r#"{"error":"b","error_description":"a"}"#),
            "HTTP 401: a"
        );
        assert_eq!(
            judged(r#"{"error":"no such key phc_x","detail":"c"}"#),
            "HTTP 401: no such key ***"
        );
        assert_eq!(judged(r#"{"detail":"c"}"#), "HTTP 401: c");
        assert_eq!(judged("<html>\n"), "HTTP 401: <html>");
    }
}
