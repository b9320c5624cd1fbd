//! What takes the place of what a strict reader cannot read.

use alloc::string::String;
use core::ops::Range;

/// Something that a strict reader cannot read, and what takes its place.
pub(super) struct Repair {
    pub(super) range: Range<usize>,
    pub(super) with: &'static str,
}

/// The text with every repair made; they are in the order of their places.
pub(super) fn repaired(text: &str, repairs: &[Repair]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for repair in repairs {
        out.push_str(text.get(from..repair.range.start).unwrap_or_default());
        out.push_str(repair.with);
        from = repair.range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}
