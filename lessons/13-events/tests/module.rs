//! The library as a WebAssembly module: it needs nothing from its host, and it stays within its
//! size.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use wasmparser::{Parser, Payload};

/// Bytes after gzip that the whole client may have, flags included and regular expressions left
/// out.
const CLIENT: usize = 45_000;

/// What this module has after gzip, rounded up, so that growth is noticed. It is most of what the
/// client may have, and the module of `14-flags` is larger than the rest: as the sum of its parts
/// the client exceeds its budget today. Both parts have an allocator, which a client has once.
const CEILING: usize = 46_600;

fn build() -> Vec<u8> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target"),
        PathBuf::from,
    );
    let status = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--package",
            "events",
            "--example",
            "module",
            "--target",
            "wasm32-unknown-unknown",
            "--profile",
            "small",
        ])
        .arg("--target-dir")
        .arg(&target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .expect("cargo starts");
    assert!(
        status.success(),
        "the module does not build for wasm32-unknown-unknown"
    );
    std::fs::read(target.join("wasm32-unknown-unknown/small/examples/module.wasm"))
        .expect("cargo wrote the module")
}

#[test]
fn the_module_imports_nothing_and_fits_its_budget() {
    let module = build();
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(&module) {
        match payload.unwrap() {
            Payload::ImportSection(section) => imports.extend(
                section
                    .into_imports()
                    .map(|import| import.unwrap().name.to_owned()),
            ),
            Payload::ExportSection(section) => exports.extend(
                section
                    .into_iter()
                    .map(|export| export.unwrap().name.to_owned()),
            ),
            _ => {}
        }
    }
    assert_eq!(imports, Vec::<String>::new());
    // The linker's two symbols for the end of data are no functions.
    exports.retain(|name| !name.starts_with("__"));
    exports.sort();
    assert_eq!(exports, ["call", "input", "memory"]);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&module).unwrap();
    let packed = gzip.finish().unwrap().len();
    println!(
        "{} bytes, {packed} after gzip; the client's {CLIENT} leave {} for flags",
        module.len(),
        CLIENT.saturating_sub(packed)
    );
    assert!(
        packed <= CEILING,
        "{packed} bytes after gzip; at most {CEILING} are expected"
    );
}
