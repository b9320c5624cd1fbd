//! How far a text goes on without anything that JSON has to escape.
//!
//! Most of what an event has is such bytes, so they are looked at eight at a time.

/// How many bytes at the front are neither a quote, nor a backslash, nor a control character.
pub(super) fn plain(bytes: &[u8]) -> usize {
    let (words, tail) = bytes.as_chunks::<8>();
    let mut count: usize = 0;
    for word in words {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            // The lowest bit is that of the first special byte, whatever a borrow made of those
            // behind it.
            return count.saturating_add(special.trailing_zeros() as usize >> 3);
        }
        count = count.saturating_add(8);
    }
    let rest = tail
        .iter()
        .take_while(|byte| !matches!(**byte, b'"' | b'\\' | 0..0x20));
    count.saturating_add(rest.count())
}

/// Where a checked string ends that begins with its quote.
pub(super) fn string_end(bytes: &[u8]) -> usize {
    let mut at: usize = 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let len = plain(rest);
        let escaped = rest.get(len) == Some(&b'\\');
        at = at.saturating_add(len).saturating_add(1);
        if !escaped {
            return at;
        }
        at = at.saturating_add(1);
    }
}

/// The highest bit of every byte that is special, as in "Determine if a word has a byte less than
/// n" of Sean Eron Anderson's Bit Twiddling Hacks; above the first such byte bits may be wrong.
fn special(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    const fn every(byte: u8) -> u64 {
        ONES.wrapping_mul(byte as u64)
    }
    let quote = word ^ every(b'"');
    let backslash = word ^ every(b'\\');
    let control = word.wrapping_sub(every(b' ')) & !word;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    (control | zero(quote) | zero(backslash)) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_judged_the_same_at_every_place() {
        for byte in 0..=u8::MAX {
            let special = byte < b' ' || byte == b'"' || byte == b'\\';
            for place in 0..19 {
                let mut bytes = [b'x'; 20];
                bytes[place] = byte;
                assert_eq!(
                    plain(&bytes),
                    if special { place } else { 20 },
                    "{byte} at {place}"
                );
                // What stands behind a special byte changes nothing before it.
                bytes[place + 1] = b'"';
                assert_eq!(plain(&bytes), if special { place } else { place + 1 });
            }
        }
    }
}
