//! Half of a UTF-16 pair is not a character, and UTF-8 has no bytes for it.

use wasmtime::Result;

pub fn run() -> Result<()> {
    // ANCHOR: lone-surrogate
    // A `str` cannot hold one, so it can only arrive as UTF-16 from elsewhere.
    match String::from_utf16(&[0x61, 0xd800, 0x62]) {
        Ok(name) => println!("accepted {name}"),
        Err(error) => println!("refused: {error}"),
    }
    // ANCHOR_END: lone-surrogate
    Ok(())
}
