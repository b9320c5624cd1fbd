//! What a host relies on when it loads a component.

use host::load_component;

#[test]
fn a_component_that_was_not_built_is_named_with_what_builds_it() {
    let error = load_component("no-such-guest.component")
        .map(drop)
        .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("no-such-guest.component.wasm cannot be loaded: `just lesson` builds it"),
        "{error}"
    );
}

#[test]
fn a_module_is_no_component() {
    let error = load_component("08-wit").map(drop).unwrap_err();
    assert_eq!(
        error.root_cause().to_string(),
        "attempted to parse a wasm module with a component parser"
    );
}
