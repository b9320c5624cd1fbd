//! Any text as definitions: never a panic, never an index that leads nowhere.
#![no_main]

use flags::{Definitions, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|json: &str| {
    for strict in [false, true] {
        let Ok(definitions) = Definitions::parse(
            json,
            &Options {
                strict,
                ..Options::default()
            },
        ) else {
            continue;
        };
        let names = definitions.names().count();
        for flag in 0..definitions.len() {
            let key = definitions.key(flag).expect("a flag has a key");
            assert_eq!(
                definitions.find(key),
                Some(flag),
                "a flag is found by its key"
            );
            let needs = definitions.needs(flag);
            assert!(
                needs.person.iter().all(|name| (*name as usize) < names),
                "a name has a text"
            );
        }
        assert_eq!(definitions.find("\u{0}no such flag"), None);
    }
});
