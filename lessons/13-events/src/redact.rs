//! What a sentence may repeat of a string from elsewhere: no credentials, and not more than a line.
//!
//! What a server says, an address, the name of an event or of a header pass here before they become
//! part of a sentence, because each of them can hold a key, or be megabytes long. What leaves the
//! core as a request does not pass here.

use alloc::string::String;

/// What stands where a credential was.
pub const MASK: &str = "***";

/// The most characters that a sentence repeats: enough for a server's own sentence, and few enough
/// for a line of a log.
pub(crate) const MAX_SHOWN: usize = 200;

/// What a sentence may show of a string from elsewhere; `…` says that there was more.
pub(crate) fn shown(text: &str) -> String {
    let start = first_chars(text, MAX_SHOWN);
    // Masked afterwards: of a credential that is cut, the beginning is left, and that is masked.
    let mut shown = masked(start);
    if start.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// The first so many characters.
pub(crate) fn first_chars(text: &str, most: usize) -> &str {
    let end = text.char_indices().nth(most);
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// The same text with every credential replaced by `***`: what follows `token=`, `"api_key":` or
/// `Bearer `, and every word that begins like a PostHog key.
#[must_use]
pub fn masked(text: &str) -> String {
    const LABELS: [&str; 5] = [
        "token=",
        "api_key=",
        "\"api_key\":",
        "\"token\":",
        "Bearer ",
    ];
    const KEYS: [&str; 3] = ["phc_", "phx_", "phs_"];
    let ends = |byte: u8| byte.is_ascii_whitespace() || b"\"&,;})'<".contains(&byte);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let label = LABELS
            .iter()
            .find(|label| starts_with_ignoring_case(rest, label));
        if label.is_none() && !KEYS.iter().any(|key| rest.starts_with(key)) {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        let (kept, after) = rest
            .split_at_checked(label.map_or(0, |label| label.len()))
            .unwrap_or((rest, ""));
        out.push_str(kept);
        // The value of a JSON member stays in its quotes.
        let quotes = after.bytes().take_while(|byte| matches!(byte, b' ' | b'"'));
        let (quotes, value) = after.split_at_checked(quotes.count()).unwrap_or_default();
        out.push_str(quotes);
        out.push_str(MASK);
        let end = value.bytes().position(ends).unwrap_or(value.len());
        rest = value.get(end..).unwrap_or_default();
    }
    out
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|text| text.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_repeats_200_characters_at_most_and_no_half_of_a_key() {
        let long = "ä".repeat(MAX_SHOWN);
        assert_eq!(shown(&long), long);
        assert_eq!(shown(&[&long, "x"].concat()), [&long, "…"].concat());
        let key = [&"x".repeat(MAX_SHOWN - 6), " phc_secret"].concat();
        assert!(shown(&key).ends_with(" ***…"));
    }

    #[test]
    fn no_credential_survives_in_any_of_its_places() {
        for (text, safe) in [
            (
                "GET https://x/flags/definitions?token=phc_secret&send_cohorts",
                "GET https://x/flags/definitions?token=***&send_cohorts",
            ),
            (
                r#"{"api_key": "whatever","batch":[]}"#,
                r#"{"api_key": "***","batch":[]}"#,
            ),
            (
                "authorization: bearer phx_secret",
                "authorization: bearer ***",
            ),
            (
                "no project has the key phc_secret, sorry",
                "no project has the key ***, sorry",
            ),
            ("nothing to hide", "nothing to hide"),
            ("token=", "token=***"),
        ] {
            assert_eq!(masked(text), safe);
        }
    }
}
