//! The dates of HTTP headers.

use super::reader::Reader;
use super::{Civil, DAY};

const MONTHS: [&[u8; 3]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// Seconds since 1970 of an HTTP date (RFC 9110 §5.6.7) in the form servers must send,
/// `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// `None` for anything else. The two forms that only very old servers send are not read.
#[must_use]
pub fn http(text: &str) -> Option<i64> {
    let mut reader = Reader(text.as_bytes());
    let _weekday = reader.take(3)?;
    reader.literal(b", ")?;
    let day = reader.number(2)?;
    reader.literal(b" ")?;
    let name = reader.take(3)?;
    let month = MONTHS.iter().zip(1..).find(|(month, _)| **month == name)?.1;
    reader.literal(b" ")?;
    let year = reader.number(4)?;
    let date = Some(Civil { year, month, day }).filter(|date| date.exists())?;
    reader.literal(b" ")?;
    let (seconds, _) = reader.clock()?;
    reader.literal(b" GMT")?;
    let seconds = date.days().wrapping_mul(DAY).wrapping_add(seconds.into());
    reader.0.is_empty().then_some(seconds)
}
