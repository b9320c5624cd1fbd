//! SHA-1 of a message in parts. Most of what is hashed here fits one block, which is put together
//! on the stack and compressed once: a hasher that takes one part after the other would copy
//! everything through a buffer of its own, and cost as much again. It knows nothing of flags.

use sha1::digest::generic_array::GenericArray;

/// A SHA-1 in words, the first one first.
pub(crate) type Digest = [u32; 5];

/// The state that SHA-1 starts with (FIPS 180-4, section 5.3.1), and what a message is filled up
/// to: blocks of 64 bytes, of which the last 8 hold its length in bits (section 5.1.1).
const START: Digest = [
    0x6745_2301,
    0xefcd_ab89,
    0x98ba_dcfe,
    0x1032_5476,
    0xc3d2_e1f0,
];
const BLOCK: usize = 64;
const LENGTH: usize = 8;

/// The first 64 bits.
pub(crate) fn start(digest: &Digest) -> u64 {
    let [high, low, ..] = *digest;
    u64::from(high) << 32 | u64::from(low)
}

/// The SHA-1 of the parts, one after the other.
pub(crate) fn sha1(parts: &[&[u8]]) -> Digest {
    let mut state = START;
    let mut block = [0_u8; BLOCK];
    let (mut filled, mut total) = (0_usize, 0_u64);
    for part in parts {
        let mut rest = *part;
        total = total.wrapping_add(u64::try_from(rest.len()).unwrap_or(u64::MAX));
        while let Some(room) = block.get_mut(filled..)
            && let Some((now, later)) = rest.split_at_checked(room.len())
        {
            room.copy_from_slice(now);
            compress(&mut state, &block);
            block = [0; BLOCK];
            (filled, rest) = (0, later);
        }
        if let Some(room) = block
            .get_mut(filled..)
            .and_then(|room| room.get_mut(..rest.len()))
        {
            room.copy_from_slice(rest);
            filled = filled.wrapping_add(rest.len());
        }
    }
    // A block is compressed as soon as it is full, so there is room for the mark.
    if let Some(mark) = block.get_mut(filled) {
        *mark = 0x80;
    }
    if filled >= BLOCK - LENGTH {
        compress(&mut state, &block);
        block = [0; BLOCK];
    }
    if let Some(length) = block.last_chunk_mut::<LENGTH>() {
        *length = total.wrapping_mul(8).to_be_bytes();
    }
    compress(&mut state, &block);
    state
}

fn compress(state: &mut Digest, block: &[u8; BLOCK]) {
    sha1::compress(
        state,
        core::slice::from_ref(GenericArray::from_slice(block)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha1::{Digest as _, Sha1};

    #[test]
    fn a_message_of_any_length_hashes_as_the_library_hashes_it() {
        let text = "0123456789".repeat(40);
        for len in 0..=200 {
            let (one, two) = (&text[..len], &text[..len / 3]);
            let parts = [one, ".", two, "variant"];
            let ours = sha1(&parts.map(str::as_bytes)).map(u32::to_be_bytes);
            let theirs = Sha1::digest(parts.concat());
            assert_eq!(ours.as_flattened(), &theirs[..], "{len} bytes");
        }
    }
}
