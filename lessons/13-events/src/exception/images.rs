//! `$debug_images`: which executables and libraries native frames lie in, so that the server can
//! look up their symbols.
//!
//! A process has hundreds of images and a stack crosses few of them. Only those are sent, each once,
//! and only what the server reads of them. Words and addresses are compared as they are written,
//! since no serialiser escapes their characters.

use super::is_filled;
use crate::json::{self, Object, Writer};
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;
use text::number;

/// So many images of one event are kept. Our own bound: stacks cross dozens.
const MAX_IMAGES: usize = 256;

/// Whether a JSON value is what a member must be.
type Check = fn(&str) -> bool;

/// What the server reads of an image.
const MEMBERS: [(&str, Check); 7] = [
    ("debug_id", is_filled),
    ("image_addr", is_address),
    ("type", is_filled),
    ("image_vmaddr", is_address),
    ("image_size", is_size),
    ("code_file", is_filled),
    ("arch", is_filled),
];

/// Where the images lie that native frames refer to, in order, and whether each was written.
#[derive(Default)]
pub(super) struct Addresses(Vec<(u64, bool)>);

impl Addresses {
    /// Notes the images of the native frames in a checked array.
    pub(super) fn note(&mut self, frames: &str) {
        each(frames, &mut |frame| {
            if frame.get("platform") == Some("\"native\"")
                && let Some(address) = frame.get("image_addr").and_then(address)
                && let Err(place) = self.place(address)
                && self.0.len() < MAX_IMAGES
            {
                self.0.insert(place, (address, false));
            }
        });
    }

    /// Writes those images of a checked array that were noted, if there are any, as an array.
    pub(super) fn write_images(mut self, images: &str) -> String {
        let mut out = String::new();
        each(images, &mut |image| {
            let place = image.get("image_addr").and_then(address);
            let place = place.and_then(|address| self.place(address).ok());
            let noted = place.and_then(|place| self.0.get_mut(place));
            if let Some((_, written @ false)) = noted
                && image.get("debug_id").is_some_and(is_filled)
            {
                *written = true;
                out.push(if out.is_empty() { '[' } else { ',' });
                let mut object = Writer::new(&mut out);
                for (name, is_valid) in MEMBERS {
                    if let Some(value) = image.get(name).filter(|value| is_valid(value)) {
                        object.member(name, value);
                    }
                }
                object.end();
            }
        });
        if !out.is_empty() {
            out.push(']');
        }
        out
    }

    /// Where an address is, or else where it belongs.
    fn place(&self, address: u64) -> Result<usize, usize> {
        self.0.binary_search_by_key(&address, |(known, _)| *known)
    }
}

fn is_address(value: &str) -> bool {
    address(value).is_some()
}

fn is_size(value: &str) -> bool {
    number::read(value).is_some()
}

/// The number that a JSON string such as `"0x1f00"` writes.
fn address(value: &str) -> Option<u64> {
    let digits = value.strip_prefix("\"0x")?.strip_suffix('"')?;
    let number = digits.chars().try_fold(0_u64, |number, digit| {
        let digit = digit.to_digit(16)?;
        number.checked_mul(16)?.checked_add(u64::from(digit))
    });
    number.filter(|_| !digits.is_empty())
}

/// Visits the objects of a checked array. It is cut at its own brackets and commas.
fn each(array: &str, visit: &mut dyn FnMut(&Object<'_>)) {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    let mut from: usize = 0;
    for (at, byte) in array.bytes().enumerate() {
        if mem::take(&mut escaped) {
            continue;
        }
        match byte {
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'[' | b'{' => depth = depth.saturating_add(1),
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if !quoted && matches!((byte, depth), (b'[' | b',', 1) | (b']', 0)) {
            let part = array.get(from..at).unwrap_or_default();
            if let Ok(object) = json::given(part) {
                visit(&object);
            }
            from = at.saturating_add(1);
        }
    }
}
