//! From lesson 4: shows what is in a guest's memory. Knows nothing of who owns it.

use std::fmt::Write;

// ANCHOR: hexdump
/// How many bytes stand in a row, as `hexdump -C` has it.
const ROW: usize = 16;

/// The bytes at `address`, in rows: the address of a row, its bytes, and those
/// of them that ASCII can print.
pub fn hexdump(address: u32, bytes: &[u8]) -> String {
    let mut dump = String::new();
    for (row, at) in bytes.chunks(ROW).zip((address..).step_by(ROW)) {
        let hex = hex(row);
        let text = row.iter().map(|&byte| match byte {
            b' '..=b'~' => char::from(byte),
            _ => '.',
        });
        writeln!(dump, "{at:08x}  {hex:47}  |{}|", text.collect::<String>())
            .expect("writing to a `String` cannot fail");
    }
    dump
}

/// The bytes in hexadecimal, two digits each, in the order in which they lie.
pub fn hex(bytes: &[u8]) -> String {
    let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.join(" ")
}
// ANCHOR_END: hexdump

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_is_not_full_keeps_its_columns() {
        let bytes: Vec<u8> = (b'a'..=b'p').chain([0, b'~', 0x7f]).collect();
        assert_eq!(
            hexdump(0x11_0000, &bytes),
            "00110000  61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70  |abcdefghijklmnop|\n\
             00110010  00 7e 7f                                         |.~.|\n"
        );
    }
}
