//! The guest of lesson 7 with `write!` for the escapes and the numbers, as lesson 3 had it.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

#[path = "../src/allocator.rs"]
mod allocator;
#[path = "../src/boundary.rs"]
mod boundary;
#[path = "../src/capture.rs"]
mod capture;
#[path = "../src/http.rs"]
mod http;
#[path = "../src/json.rs"]
mod json;
#[path = "../src/panic.rs"]
mod panic;

mod event {
    use alloc::{format, string::String};
    use core::fmt::Write;

    pub fn to_json(key: &str, name: &str, id: &str, properties: &str) -> String {
        let (key, name, id) = (quoted(key), quoted(name), quoted(id));
        format!(
            "{{\"api_key\":{key},\"batch\":[{{\"event\":{name},\"distinct_id\":{id},\"properties\":{properties}}}]}}"
        )
    }

    fn quoted(text: &str) -> String {
        let mut json = String::from('"');
        for character in text.chars() {
            match character {
                '"' | '\\' => json.extend(['\\', character]),
                // Writing to a `String` cannot fail.
                '\0'..='\x1f' => drop(write!(json, "\\u{:04x}", u32::from(character))),
                _ => json.push(character),
            }
        }
        json.push('"');
        json
    }
}

mod refused {
    use alloc::{format, string::String};

    #[derive(Debug, PartialEq, Eq)]
    pub struct Refused {
        pub at: usize,
        pub expected: &'static str,
    }

    impl Refused {
        pub fn answer(&self) -> String {
            format!("0 properties, byte {}: expected {}", self.at, self.expected)
        }
    }
}
