//! Why properties were not sent, as the sentence that the host gets for an answer.

use alloc::string::String;

/// Where the properties stop being one JSON object, and what would have been right there.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// Bytes before the fault.
    pub at: usize,
    pub expected: &'static str,
}

impl Refused {
    // ANCHOR: answer
    /// Status 0, as where no answer came: `0 properties, byte 5: expected a value`.
    ///
    /// Only the sentence tells the two apart.
    pub fn answer(&self) -> String {
        let mut answer = String::from("0 properties, byte ");
        push_number(&mut answer, self.at);
        answer.push_str(": expected ");
        answer.push_str(self.expected);
        answer
    }
    // ANCHOR_END: answer
}

/// Appends a number in decimal.
fn push_number(text: &mut String, number: usize) {
    if number > 9 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_says_where_and_what_was_expected() {
        let refused = Refused {
            at: 1_024,
            expected: "a value",
        };
        assert_eq!(
            refused.answer(),
            "0 properties, byte 1024: expected a value"
        );
    }
}
