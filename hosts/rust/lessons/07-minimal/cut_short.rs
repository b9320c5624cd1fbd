//! Properties that end too early, or go on too long.

use wasmtime::Result;

use crate::Guest;

pub fn run() -> Result<()> {
    let mut guest = Guest::new("07-minimal")?;
    // ANCHOR: cut-short
    for properties in [
        r#"{"plan":"pr"#,
        r#"{"plan":"pro""#,
        r#"{"name":"\ud83d"}"#,
        r#"{"plan":"pro"},{"event":"made up"}"#,
    ] {
        let answer = guest.capture("signed up", "ada", properties)?;
        println!("{properties}\n  -> {answer}");
    }
    // ANCHOR_END: cut-short
    Ok(())
}
