//! Writing an object member by member, or an array element by element, at the end of some text.

use super::string::write_string;
use alloc::string::String;

/// Writes one object, member by member, at the end of some text.
pub struct Writer<'a> {
    out: &'a mut String,
    separator: &'static str,
}

impl<'a> Writer<'a> {
    /// Starts an object.
    pub fn new(out: &'a mut String) -> Self {
        Writer {
            out,
            separator: "{\"",
        }
    }

    /// Writes a name that is escaped already, or needs no escaping, and hands out the text for its
    /// value.
    pub fn key(&mut self, key: &str) -> &mut String {
        self.split_key("", key)
    }

    /// The same for a name that is still to be escaped.
    pub fn name(&mut self, name: &str) -> &mut String {
        self.out.push_str(if self.is_empty() { "{" } else { "," });
        write_string(self.out, name);
        self.out.push(':');
        self.separator = ",\"";
        self.out
    }

    /// The same as [`Writer::key`] for a name in two parts.
    pub fn split_key(&mut self, prefix: &str, key: &str) -> &mut String {
        self.out.push_str(self.separator);
        self.out.push_str(prefix);
        self.out.push_str(key);
        self.out.push_str("\":");
        self.separator = ",\"";
        self.out
    }

    /// Writes a member whose value is JSON.
    #[inline]
    pub fn member(&mut self, key: &str, value: &str) {
        self.key(key).push_str(value);
    }

    /// Writes one or more members as another object has them, but for the quote in front.
    #[inline]
    pub fn copy(&mut self, members: &str) {
        self.out.push_str(self.separator);
        self.out.push_str(members);
        self.separator = ",\"";
    }

    /// Writes a member whose value is a string, still to be escaped.
    pub fn text(&mut self, key: &str, value: &str) {
        write_string(self.key(key), value);
    }

    /// True if no member is written yet, and nothing of the object either.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.separator == "{\""
    }

    /// Closes the object.
    #[inline]
    pub fn end(self) {
        self.out.push_str(if self.is_empty() { "{}" } else { "}" });
    }
}

/// Writes one array, element by element, at the end of some text.
pub struct ArrayWriter<'a> {
    out: &'a mut String,
    separator: char,
}

impl<'a> ArrayWriter<'a> {
    /// Starts an array.
    pub fn new(out: &'a mut String) -> Self {
        ArrayWriter {
            out,
            separator: '[',
        }
    }

    /// Hands out the text for the next element.
    pub fn element(&mut self) -> &mut String {
        self.out.push(self.separator);
        self.separator = ',';
        self.out
    }

    /// Closes the array.
    pub fn end(self) {
        self.out
            .push_str(if self.separator == '[' { "[]" } else { "]" });
    }
}
