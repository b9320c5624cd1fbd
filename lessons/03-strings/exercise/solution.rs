//! Exercise 3: a group has a distinct id too, `$` + its type + `_` + its key.
//!
//! `group_id("company", "acme")` is `$company_acme`.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

#[path = "../src/boundary.rs"]
mod boundary;

// ANCHOR: solution
#[unsafe(no_mangle)]
pub extern "C" fn group_id(kind: u32, kind_len: u32, key: u32, key_len: u32) -> u64 {
    match (boundary::text(kind, kind_len), boundary::text(key, key_len)) {
        (Some(kind), Some(key)) => boundary::give(alloc::format!("${kind}_{key}")),
        _ => 0,
    }
}
// ANCHOR_END: solution
