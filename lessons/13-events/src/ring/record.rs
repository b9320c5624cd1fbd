//! The bytes of the block: how a record lies in it, and how it is read back by whoever finds the
//! bytes.
//!
//! ```text
//! block:  "EVQ1"  first u32  count u32, then records, the oldest at offset `first`
//! record: length u32  state u8  given u8  0 u16  queued_at u64  uuid [16], then the text's bytes
//! ```
//! Numbers are little-endian. A length of 0xFFFF_FFFF, or fewer than four bytes to the end, says:
//! go on at the start.

use uuid::Uuid;

const MAGIC: &[u8; 4] = b"EVQ1";
pub(super) const BLOCK_HEADER: usize = 12;
const FIRST: usize = 4;
const COUNT: usize = 8;
pub(super) const RECORD_HEADER: usize = 32;
const STATE: usize = 4;
const GIVEN: usize = 5;
const QUEUED_AT: usize = 8;
const UUID: usize = 16;
const WRAP: u32 = u32::MAX;
const LIVE: u8 = 1;
const GONE: u8 = 2;

/// One record as it lies in the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// The event's identifier.
    pub uuid: Uuid,
    /// True if the caller chose the identifier, so that another event may have the same.
    pub given: bool,
    /// When it was queued, on the monotonic clock.
    pub queued_at: u64,
    /// The event's JSON.
    pub text: &'a [u8],
}

/// The size of a block that holds one record with so many bytes of text, and nothing else.
#[must_use]
pub fn block_bytes(text: usize) -> usize {
    BLOCK_HEADER
        .saturating_add(RECORD_HEADER)
        .saturating_add(text)
}

/// Writes the block's header: where the oldest record lies, and how many there are.
pub(super) fn publish(block: &mut [u8], first: u32, count: u32) {
    put(block, 0, MAGIC);
    put(block, FIRST, &first.to_le_bytes());
    put(block, COUNT, &count.to_le_bytes());
}

/// Writes a record where it fits.
pub(super) fn write(block: &mut [u8], at: usize, record: Record<'_>) {
    let mut header = [0; RECORD_HEADER];
    let length = u32::try_from(record.text.len()).unwrap_or(0);
    put(&mut header, 0, &length.to_le_bytes());
    put(&mut header, STATE, &[LIVE, u8::from(record.given)]);
    put(&mut header, QUEUED_AT, &record.queued_at.to_le_bytes());
    put(&mut header, UUID, record.uuid.as_bytes());
    put(block, at, &header);
    put(block, at.saturating_add(RECORD_HEADER), record.text);
}

/// Says that the next record lies at the start.
pub(super) fn wrap(block: &mut [u8], at: usize) {
    put(block, at, &WRAP.to_le_bytes());
}

/// Says that the record here is gone.
pub(super) fn bury(block: &mut [u8], at: usize) {
    put(block, at.saturating_add(STATE), &[GONE]);
}

/// Copies bytes to where there is room for them; the caller has made sure that there is.
fn put(block: &mut [u8], at: usize, bytes: &[u8]) {
    let place = block
        .get_mut(at..)
        .and_then(|rest| rest.get_mut(..bytes.len()));
    if let Some(place) = place {
        place.copy_from_slice(bytes);
    }
}

/// What one step through exported bytes finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<'a> {
    /// A record whose frame is whole. Whether its text is an event is for the caller to check.
    Record(Record<'a>),
    /// So many records are lost, because a length is wrong and nothing behind it can be found.
    Lost(u32),
}

/// Walks through the bytes of [`super::Ring::bytes`], whoever has had them since. Never panics,
/// never reads a record twice, and ends after as many steps as the bytes have room for records.
pub fn read(bytes: &[u8]) -> impl Iterator<Item = Found<'_>> {
    let known = bytes.starts_with(MAGIC);
    let mut at = number(bytes, FIRST)
        .filter(|_| known)
        .map_or(0, |first| first as usize);
    let mut left = number(bytes, COUNT).filter(|_| known).unwrap_or(0);
    let mut wrapped = false;
    let mut consumed: usize = 0;
    core::iter::from_fn(move || {
        while left > 0 {
            if matches!(number(bytes, at), None | Some(WRAP)) && !wrapped {
                wrapped = true;
                at = BLOCK_HEADER;
                continue;
            }
            let whole = parse(bytes, at).filter(|_| at >= BLOCK_HEADER);
            // More bytes than there are means that the walk has come back to where it was.
            let Some((live, record, size)) =
                whole.filter(|(_, _, size)| consumed.saturating_add(*size) <= bytes.len())
            else {
                return Some(Found::Lost(core::mem::take(&mut left)));
            };
            consumed = consumed.saturating_add(size);
            at = at.saturating_add(size);
            left = left.saturating_sub(1);
            if live {
                return Some(Found::Record(record));
            }
        }
        None
    })
}

/// What lies at an offset: whether it is live, the record, and its size.
pub(super) fn parse(block: &[u8], at: usize) -> Option<(bool, Record<'_>, usize)> {
    let (header, rest) = block.get(at..)?.split_first_chunk::<RECORD_HEADER>()?;
    let text = rest.get(..number(header, 0)? as usize)?;
    let live = match header.get(STATE) {
        Some(&LIVE) => true,
        Some(&GONE) => false,
        _ => return None,
    };
    let given = header.get(GIVEN) == Some(&1);
    let queued_at = u64::from_le_bytes(*header.get(QUEUED_AT..)?.first_chunk()?);
    let uuid = Uuid::from_bytes(*header.get(UUID..)?.first_chunk()?);
    Some((
        live,
        Record {
            uuid,
            given,
            queued_at,
            text,
        },
        RECORD_HEADER.saturating_add(text.len()),
    ))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..)?
        .first_chunk()
        .map(|number| u32::from_le_bytes(*number))
}
