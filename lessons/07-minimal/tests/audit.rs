//! Holds the module's bytes against what it may have: its size, its imports, its exports, its features.

mod guest;

use wasmparser::{Parser, Payload, Validator, WasmFeatures};

const MANIFEST: &str = include_str!("../Cargo.toml");

// ANCHOR: features
/// What the module uses beyond the first version of WebAssembly, and what for.
const FEATURES: [(WasmFeatures, &str); 2] = [
    (WasmFeatures::SIGN_EXTENSION, "bytes that become numbers"),
    (WasmFeatures::BULK_MEMORY, "copying text"),
];
// ANCHOR_END: features

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
    let bytes = guest::lesson().len();
    assert!(bytes <= budget, "{bytes} bytes, and {budget} are granted");
}
// ANCHOR_END: budget

#[test]
fn imports_and_exports_are_those_of_the_manifest() {
    let bytes = guest::lesson();
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
    let bytes = guest::lesson();
    let first = WasmFeatures::WASM1;
    let all = FEATURES.iter().fold(first, |all, (one, _)| all | *one);
    let valid = |features| Validator::new_with_features(features).validate_all(&bytes);
    valid(all).expect("these features are enough");
    for (feature, what_for) in FEATURES {
        assert!(
            valid(all & !feature).is_err(),
            "{what_for} needs no feature any more"
        );
    }
}
// ANCHOR_END: exact

#[test]
fn nothing_tells_a_reader_of_the_file_where_it_was_built() {
    let bytes = guest::lesson();
    for word in [".cargo", "/src/", ".rs"] {
        let found = bytes
            .windows(word.len())
            .any(|window| window == word.as_bytes());
        assert!(!found, "{word:?} is in the module");
    }
}
