//! Holds the module's bytes against what it may have: its size, its imports, its exports, its features.

mod guest;

use std::env;

use wasmparser::{Parser, Payload, Validator, WasmFeatures};

const MANIFEST: &str = include_str!("../Cargo.toml");

// ANCHOR: features
/// What the module uses beyond the first version of WebAssembly:
/// one for bytes that become numbers, the other for copying text.
const FEATURES: WasmFeatures = WasmFeatures::SIGN_EXTENSION.union(WasmFeatures::BULK_MEMORY_OPT);
// ANCHOR_END: features

/// The lesson's module, or the variant that `VARIANT` names.
fn module() -> Vec<u8> {
    env::var("VARIANT").map_or_else(|_| guest::lesson(), |name| guest::example(&name))
}

/// What a line of the manifest says of the lesson: `max-bytes`, `imports`, `exports`.
fn promised(key: &str) -> &'static str {
    MANIFEST
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))
        .expect("the manifest has the line")
}

// ANCHOR: budget
#[test]
fn the_client_keeps_its_budget_of_bytes() {
    let budget: usize = promised("max-bytes")
        .replace('_', "")
        .parse()
        .expect("a number");
    let bytes = module().len();
    assert!(bytes <= budget, "{bytes} bytes, and {budget} are granted");
}
// ANCHOR_END: budget

#[test]
fn imports_and_exports_are_those_of_the_manifest() {
    let bytes = module();
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(&bytes) {
        match payload.expect("the module is valid") {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.expect("the module is valid");
                    imports.push(format!("{}.{}", import.module, import.name));
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    exports.push(export.expect("the module is valid").name.to_owned());
                }
            }
            _ => {}
        }
    }
    assert_eq!(format!("{imports:?}"), promised("imports"));
    assert_eq!(format!("{exports:?}"), promised("exports"));
}

// ANCHOR: exact
#[test]
fn the_module_uses_these_features_and_no_others() {
    let bytes = module();
    let valid = |features| Validator::new_with_features(features).validate_all(&bytes);
    // Of all features there are, one after another goes that the module is valid without.
    let mut used = WasmFeatures::all();
    for one in (0..u64::BITS).map(|bit| WasmFeatures::from_bits_retain(1 << bit)) {
        if valid(used.difference(one)).is_ok() {
            used.remove(one);
        }
    }
    let used = used.difference(WasmFeatures::WASM1);
    assert_eq!(used, FEATURES, "used, and granted");
}
// ANCHOR_END: exact

#[test]
fn nothing_tells_a_reader_of_the_file_where_it_was_built() {
    let bytes = module();
    for word in [".cargo", "/src/", ".rs"] {
        let found = bytes
            .windows(word.len())
            .any(|window| window == word.as_bytes());
        assert!(!found, "{word:?} is in the module");
    }
}
