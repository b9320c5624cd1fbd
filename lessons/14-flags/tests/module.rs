//! Builds `examples/module.rs` as a guest and looks at what came out: what it imports, how large
//! it is. The sizes are printed; see them with `cargo test --test module -- --nocapture`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The book's budget for the whole client after gzip, in bytes, without and with `regex`. This
/// crate is a part of it, beside events and the contract with the host.
const CLIENT: usize = 45_000;
const CLIENT_WITH_REGEX: usize = 95_000;

/// What this part takes today and a hundredth more, so that growth shows. Without `regex` it is
/// more than the whole client may take: it has to lose a quarter before the two are joined. Some
/// 4,000 of them are the reader and the writer of JSON in `text`, which the module of `13-events` has
/// as well, and a client once.
const CEILING: usize = 58_300;
const CEILING_WITH_REGEX: usize = 64_600;

fn build(features: &str) -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    // A folder of its own: the outer cargo holds the lock of the usual one.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("module");
    let status = Command::new(env!("CARGO"))
        .args([
            "build",
            "--example",
            "module",
            "--profile",
            "small",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .args(["--features", features, "--target-dir"])
        .arg(&target)
        .current_dir(crate_folder)
        .status()
        .expect("cargo runs");
    assert!(status.success(), "the module does not build");
    target.join("wasm32-unknown-unknown/small/examples/module.wasm")
}

/// A LEB128 number at the front, and what follows it.
fn number(bytes: &[u8]) -> (usize, &[u8]) {
    let end = bytes
        .iter()
        .position(|byte| byte & 0x80 == 0)
        .expect("a number ends");
    let value = bytes[..=end]
        .iter()
        .rev()
        .fold(0, |value, byte| value << 7 | usize::from(byte & 0x7f));
    (value, &bytes[end + 1..])
}

/// How many imports the module declares: the number in front of section 2.
fn imports(module: &[u8]) -> usize {
    let mut rest = module
        .strip_prefix(b"\0asm\x01\0\0\0")
        .expect("a module of version 1");
    while let Some((section, after)) = rest.split_first() {
        let (len, content) = number(after);
        if *section == 2 {
            return number(content).0;
        }
        rest = &content[len..];
    }
    0
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut gzip = Command::new("gzip")
        .arg("-9c")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("gzip runs");
    let mut input = gzip.stdin.take().expect("a pipe");
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = gzip.wait_with_output().expect("gzip ends");
    writer.join().expect("the writer ends").expect("gzip reads");
    output.stdout.len()
}

#[test]
fn the_module_imports_nothing_and_does_not_grow() {
    for (features, ceiling, client) in [
        ("", CEILING, CLIENT),
        ("regex", CEILING_WITH_REGEX, CLIENT_WITH_REGEX),
    ] {
        let module = std::fs::read(build(features)).expect("the module was built");
        let zipped = gzipped(&module);
        println!(
            "features [{features}]: {} bytes, {zipped} after gzip, {} % of the client's {client}",
            module.len(),
            zipped * 100 / client
        );
        assert_eq!(imports(&module), 0, "the module has imports");
        assert!(
            zipped <= ceiling,
            "{zipped} bytes after gzip; the ceiling is {ceiling}"
        );
    }
}

#[test]
fn an_import_would_be_counted() {
    // (module (import "a" "b" (memory 1)))
    let module = b"\0asm\x01\0\0\0\x02\x08\x01\x01a\x01b\x02\x00\x01";
    assert_eq!(imports(module), 1);
}
