//! Lower case beyond ASCII: what Rust's `str::to_lowercase` gives, from tables made for
//! size; the standard library's are made for speed. It knows nothing of folding.

use alloc::string::String;

/// Characters in a row whose lower case lies equally far: the first one, whether only every second
/// one counts, how many codes the row spans, and the distance.
type Run = (u32, i32);

const SPAN_BITS: u32 = 8;
const SKIP: u32 = 1 << SPAN_BITS;
const CODE_SHIFT: u32 = SPAN_BITS + 1;

const fn run(first: u32, last: u32, step: u32, distance: i32) -> Run {
    let span = last.wrapping_sub(first);
    assert!(span < SKIP && (step == 1 || step == 2));
    (
        first << CODE_SHIFT | step.wrapping_sub(1) << SPAN_BITS | span,
        distance,
    )
}

/// The single character that is the lower case of another: itself, if it has none.
pub(crate) fn of_char(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    let code = u32::from(character);
    let after = RUNS.partition_point(|(run, _)| run >> CODE_SHIFT <= code);
    let lower = after.checked_sub(1).and_then(|at| {
        let (run, distance) = RUNS.get(at)?;
        let offset = code.checked_sub(run >> CODE_SHIFT)?;
        let is_skipped = run & SKIP != 0 && offset & 1 == 1;
        if offset > run & (SKIP - 1) || is_skipped {
            return None;
        }
        char::from_u32(code.checked_add_signed(*distance)?)
    });
    lower.unwrap_or(character)
}

/// The lower case of a text. Of all characters only the capital sigma depends on its neighbours,
/// and only the dotted capital I becomes two (Unicode's `SpecialCasing.txt`).
pub(crate) fn of_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        match character {
            'İ' => out.push_str("i\u{307}"),
            'Σ' if ends_a_word(text, at) => out.push('ς'),
            _ => out.push(of_char(character)),
        }
    }
    out
}

/// Whether a letter stands before the sigma at this place, and none behind it (the Unicode
/// Standard, section 3.13, `Final_Sigma`).
fn ends_a_word(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let mut before = before.chars().rev();
    let mut after = after.chars().skip(1);
    let is_letter = |next: Option<char>| next.is_some_and(|next| is_in(CASED, next));
    is_letter(before.find(|next| !is_in(IGNORABLE, *next)))
        && !is_letter(after.find(|next| !is_in(IGNORABLE, *next)))
}

/// Whether a table has the character. It is a list of ranges: how far each begins behind the end
/// of the one before, and how far it ends behind its own beginning, seven bits a byte, the lowest
/// first, and the eighth where more follow.
pub(crate) fn is_in(table: &[u8], character: char) -> bool {
    let code = u32::from(character);
    let (mut bound, mut distance, mut shift, mut is_inside) = (0_u32, 0, 0_u32, false);
    for byte in table {
        distance |= u32::from(byte & 0x7F) << shift;
        shift = shift.wrapping_add(7);
        if byte & 0x80 == 0 {
            bound = bound.wrapping_add(distance);
            // A range's own end belongs to it.
            if code < bound || is_inside && code == bound {
                return is_inside;
            }
            (distance, shift, is_inside) = (0, 0, !is_inside);
        }
    }
    false
}

// Unicode 17, as Rust 1.95 has it. The tests below find every character that another version
// lowers in another way.

#[rustfmt::skip]
const RUNS: &[Run] = &[
    run(0xC0, 0xD6, 1, 32), run(0xD8, 0xDE, 1, 32), run(0x100, 0x12E, 2, 1),
    run(0x132, 0x136, 2, 1), run(0x139, 0x147, 2, 1), run(0x14A, 0x176, 2, 1),
    run(0x178, 0x178, 1, -121), run(0x179, 0x17D, 2, 1), run(0x181, 0x181, 1, 210),
    run(0x182, 0x184, 2, 1), run(0x186, 0x186, 1, 206), run(0x187, 0x187, 1, 1),
    run(0x189, 0x18A, 1, 205), run(0x18B, 0x18B, 1, 1), run(0x18E, 0x18E, 1, 79),
    run(0x18F, 0x18F, 1, 202), run(0x190, 0x190, 1, 203), run(0x191, 0x191, 1, 1),
    run(0x193, 0x193, 1, 205), run(0x194, 0x194, 1, 207), run(0x196, 0x196, 1, 211),
    run(0x197, 0x197, 1, 209), run(0x198, 0x198, 1, 1), run(0x19C, 0x19C, 1, 211),
    run(0x19D, 0x19D, 1, 213), run(0x19F, 0x19F, 1, 214), run(0x1A0, 0x1A4, 2, 1),
    run(0x1A6, 0x1A6, 1, 218), run(0x1A7, 0x1A7, 1, 1), run(0x1A9, 0x1A9, 1, 218),
    run(0x1AC, 0x1AC, 1, 1), run(0x1AE, 0x1AE, 1, 218), run(0x1AF, 0x1AF, 1, 1),
    run(0x1B1, 0x1B2, 1, 217), run(0x1B3, 0x1B5, 2, 1), run(0x1B7, 0x1B7, 1, 219),
    run(0x1B8, 0x1B8, 1, 1), run(0x1BC, 0x1BC, 1, 1), run(0x1C4, 0x1C4, 1, 2),
    run(0x1C5, 0x1C5, 1, 1), run(0x1C7, 0x1C7, 1, 2), run(0x1C8, 0x1C8, 1, 1),
    run(0x1CA, 0x1CA, 1, 2), run(0x1CB, 0x1DB, 2, 1), run(0x1DE, 0x1EE, 2, 1),
    run(0x1F1, 0x1F1, 1, 2), run(0x1F2, 0x1F4, 2, 1), run(0x1F6, 0x1F6, 1, -97),
    run(0x1F7, 0x1F7, 1, -56), run(0x1F8, 0x21E, 2, 1), run(0x220, 0x220, 1, -130),
    run(0x222, 0x232, 2, 1), run(0x23A, 0x23A, 1, 10795), run(0x23B, 0x23B, 1, 1),
    run(0x23D, 0x23D, 1, -163), run(0x23E, 0x23E, 1, 10792), run(0x241, 0x241, 1, 1),
    run(0x243, 0x243, 1, -195), run(0x244, 0x244, 1, 69), run(0x245, 0x245, 1, 71),
    run(0x246, 0x24E, 2, 1), run(0x370, 0x372, 2, 1), run(0x376, 0x376, 1, 1),
    run(0x37F, 0x37F, 1, 116), run(0x386, 0x386, 1, 38), run(0x388, 0x38A, 1, 37),
    run(0x38C, 0x38C, 1, 64), run(0x38E, 0x38F, 1, 63), run(0x391, 0x3A1, 1, 32),
    run(0x3A3, 0x3AB, 1, 32), run(0x3CF, 0x3CF, 1, 8), run(0x3D8, 0x3EE, 2, 1),
    run(0x3F4, 0x3F4, 1, -60), run(0x3F7, 0x3F7, 1, 1), run(0x3F9, 0x3F9, 1, -7),
    run(0x3FA, 0x3FA, 1, 1), run(0x3FD, 0x3FF, 1, -130), run(0x400, 0x40F, 1, 80),
    run(0x410, 0x42F, 1, 32), run(0x460, 0x480, 2, 1), run(0x48A, 0x4BE, 2, 1),
    run(0x4C0, 0x4C0, 1, 15), run(0x4C1, 0x4CD, 2, 1), run(0x4D0, 0x52E, 2, 1),
    run(0x531, 0x556, 1, 48), run(0x10A0, 0x10C5, 1, 7264), run(0x10C7, 0x10C7, 1, 7264),
    run(0x10CD, 0x10CD, 1, 7264), run(0x13A0, 0x13EF, 1, 38864), run(0x13F0, 0x13F5, 1, 8),
    run(0x1C89, 0x1C89, 1, 1), run(0x1C90, 0x1CBA, 1, -3008), run(0x1CBD, 0x1CBF, 1, -3008),
    run(0x1E00, 0x1E94, 2, 1), run(0x1E9E, 0x1E9E, 1, -7615), run(0x1EA0, 0x1EFE, 2, 1),
    run(0x1F08, 0x1F0F, 1, -8), run(0x1F18, 0x1F1D, 1, -8), run(0x1F28, 0x1F2F, 1, -8),
    run(0x1F38, 0x1F3F, 1, -8), run(0x1F48, 0x1F4D, 1, -8), run(0x1F59, 0x1F5F, 2, -8),
    run(0x1F68, 0x1F6F, 1, -8), run(0x1F88, 0x1F8F, 1, -8), run(0x1F98, 0x1F9F, 1, -8),
    run(0x1FA8, 0x1FAF, 1, -8), run(0x1FB8, 0x1FB9, 1, -8), run(0x1FBA, 0x1FBB, 1, -74),
    run(0x1FBC, 0x1FBC, 1, -9), run(0x1FC8, 0x1FCB, 1, -86), run(0x1FCC, 0x1FCC, 1, -9),
    run(0x1FD8, 0x1FD9, 1, -8), run(0x1FDA, 0x1FDB, 1, -100), run(0x1FE8, 0x1FE9, 1, -8),
    run(0x1FEA, 0x1FEB, 1, -112), run(0x1FEC, 0x1FEC, 1, -7), run(0x1FF8, 0x1FF9, 1, -128),
    run(0x1FFA, 0x1FFB, 1, -126), run(0x1FFC, 0x1FFC, 1, -9), run(0x2126, 0x2126, 1, -7517),
    run(0x212A, 0x212A, 1, -8383), run(0x212B, 0x212B, 1, -8262), run(0x2132, 0x2132, 1, 28),
    run(0x2160, 0x216F, 1, 16), run(0x2183, 0x2183, 1, 1), run(0x24B6, 0x24CF, 1, 26),
    run(0x2C00, 0x2C2F, 1, 48), run(0x2C60, 0x2C60, 1, 1), run(0x2C62, 0x2C62, 1, -10743),
    run(0x2C63, 0x2C63, 1, -3814), run(0x2C64, 0x2C64, 1, -10727), run(0x2C67, 0x2C6B, 2, 1),
    run(0x2C6D, 0x2C6D, 1, -10780), run(0x2C6E, 0x2C6E, 1, -10749),
    run(0x2C6F, 0x2C6F, 1, -10783), run(0x2C70, 0x2C70, 1, -10782), run(0x2C72, 0x2C72, 1, 1),
    run(0x2C75, 0x2C75, 1, 1), run(0x2C7E, 0x2C7F, 1, -10815), run(0x2C80, 0x2CE2, 2, 1),
    run(0x2CEB, 0x2CED, 2, 1), run(0x2CF2, 0x2CF2, 1, 1), run(0xA640, 0xA66C, 2, 1),
    run(0xA680, 0xA69A, 2, 1), run(0xA722, 0xA72E, 2, 1), run(0xA732, 0xA76E, 2, 1),
    run(0xA779, 0xA77B, 2, 1), run(0xA77D, 0xA77D, 1, -35332), run(0xA77E, 0xA786, 2, 1),
    run(0xA78B, 0xA78B, 1, 1), run(0xA78D, 0xA78D, 1, -42280), run(0xA790, 0xA792, 2, 1),
    run(0xA796, 0xA7A8, 2, 1), run(0xA7AA, 0xA7AA, 1, -42308), run(0xA7AB, 0xA7AB, 1, -42319),
    run(0xA7AC, 0xA7AC, 1, -42315), run(0xA7AD, 0xA7AD, 1, -42305),
    run(0xA7AE, 0xA7AE, 1, -42308), run(0xA7B0, 0xA7B0, 1, -42258),
    run(0xA7B1, 0xA7B1, 1, -42282), run(0xA7B2, 0xA7B2, 1, -42261),
    run(0xA7B3, 0xA7B3, 1, 928), run(0xA7B4, 0xA7C2, 2, 1), run(0xA7C4, 0xA7C4, 1, -48),
    run(0xA7C5, 0xA7C5, 1, -42307), run(0xA7C6, 0xA7C6, 1, -35384), run(0xA7C7, 0xA7C9, 2, 1),
    run(0xA7CB, 0xA7CB, 1, -42343), run(0xA7CC, 0xA7DA, 2, 1), run(0xA7DC, 0xA7DC, 1, -42561),
    run(0xA7F5, 0xA7F5, 1, 1), run(0xFF21, 0xFF3A, 1, 32), run(0x10400, 0x10427, 1, 40),
    run(0x104B0, 0x104D3, 1, 40), run(0x10570, 0x1057A, 1, 39), run(0x1057C, 0x1058A, 1, 39),
    run(0x1058C, 0x10592, 1, 39), run(0x10594, 0x10595, 1, 39), run(0x10C80, 0x10CB2, 1, 64),
    run(0x10D50, 0x10D65, 1, 32), run(0x118A0, 0x118BF, 1, 32), run(0x16E40, 0x16E5F, 1, 32),
    run(0x16EA0, 0x16EB8, 1, 27), run(0x1E900, 0x1E921, 1, 34),
];

/// `Cased` and not `Case_Ignorable`.
#[rustfmt::skip]
const CASED: &[u8] = &[
    65, 25, 7, 25, 48, 0, 11, 0, 5, 0, 6, 22, 2, 30, 2, 194, 1, 2, 3, 5, 207, 1, 3, 25, 193,
    1, 3, 3, 1, 4, 2, 2, 0, 7, 0, 2, 2, 2, 0, 2, 19, 2, 82, 2, 138, 1, 9, 165, 1, 2, 37, 10,
    40, 152, 22, 37, 2, 0, 6, 0, 3, 42, 3, 2, 161, 5, 85, 3, 5, 131, 17, 10, 6, 42, 3, 2, 65,
    43, 64, 12, 2, 33, 102, 149, 2, 3, 5, 3, 37, 3, 5, 3, 7, 2, 0, 2, 0, 2, 0, 2, 30, 3, 52,
    2, 6, 2, 0, 4, 2, 2, 6, 4, 3, 3, 5, 5, 12, 6, 2, 2, 6, 134, 2, 0, 5, 0, 3, 9, 2, 0, 4, 4,
    7, 0, 2, 0, 2, 0, 2, 3, 2, 5, 5, 0, 3, 3, 6, 4, 5, 0, 18, 31, 4, 1, 178, 6, 51, 151, 14,
    123, 3, 102, 7, 3, 4, 1, 13, 37, 2, 0, 6, 0, 147, 242, 1, 45, 19, 27, 135, 1, 77, 2, 22,
    4, 3, 2, 76, 25, 1, 4, 0, 182, 6, 42, 6, 8, 8, 79, 193, 158, 1, 6, 13, 4, 138, 8, 25, 7,
    25, 166, 9, 79, 97, 35, 5, 35, 117, 10, 2, 14, 2, 6, 2, 1, 2, 10, 2, 14, 2, 6, 2, 1, 196,
    13, 50, 14, 50, 94, 21, 11, 21, 155, 22, 63, 225, 170, 1, 63, 33, 24, 3, 24, 173, 202, 1,
    84, 2, 70, 2, 1, 3, 0, 3, 1, 3, 3, 2, 11, 2, 0, 2, 6, 2, 64, 2, 3, 3, 7, 2, 6, 2, 27, 2,
    3, 2, 4, 2, 0, 4, 6, 2, 211, 2, 3, 24, 2, 24, 2, 30, 2, 24, 2, 30, 2, 24, 2, 30, 2, 24, 2,
    30, 2, 24, 2, 7, 181, 14, 9, 2, 19, 7, 5, 214, 19, 67, 237, 15, 25, 7, 25, 7, 25,
];

/// `Case_Ignorable`.
#[rustfmt::skip]
const IGNORABLE: &[u8] = &[
    39, 0, 7, 0, 12, 0, 36, 0, 2, 0, 72, 0, 5, 0, 2, 0, 5, 0, 3, 1, 248, 3, 191, 1, 5, 1, 5,
    0, 10, 1, 2, 0, 252, 1, 6, 208, 1, 0, 6, 0, 50, 44, 2, 0, 2, 1, 2, 1, 2, 0, 45, 0, 12, 5,
    11, 10, 2, 0, 36, 0, 11, 20, 17, 0, 102, 7, 2, 9, 2, 3, 34, 0, 2, 0, 31, 26, 92, 10, 59,
    10, 5, 0, 3, 0, 25, 23, 44, 2, 45, 0, 8, 1, 6, 8, 42, 57, 56, 0, 2, 0, 5, 7, 5, 0, 4, 6,
    11, 1, 14, 0, 16, 0, 59, 0, 5, 3, 9, 0, 21, 1, 27, 0, 3, 1, 58, 0, 5, 1, 5, 1, 3, 2, 4, 0,
    31, 1, 4, 0, 12, 1, 58, 0, 5, 4, 2, 1, 5, 0, 21, 1, 23, 5, 2, 0, 59, 0, 3, 0, 2, 3, 9, 0,
    8, 1, 12, 1, 31, 0, 62, 0, 13, 0, 51, 0, 4, 0, 56, 0, 2, 2, 6, 2, 2, 3, 8, 1, 12, 1, 30,
    0, 59, 0, 3, 0, 7, 0, 6, 1, 21, 1, 29, 1, 58, 1, 5, 3, 9, 0, 21, 1, 30, 0, 73, 0, 8, 2, 2,
    0, 91, 0, 3, 6, 12, 8, 99, 0, 3, 8, 10, 0, 2, 6, 74, 1, 28, 0, 2, 0, 2, 0, 56, 13, 2, 4,
    2, 1, 6, 10, 2, 35, 10, 0, 103, 3, 2, 5, 2, 1, 3, 1, 26, 1, 5, 2, 17, 3, 14, 0, 3, 1, 7,
    0, 16, 0, 95, 0, 225, 4, 2, 179, 7, 2, 30, 1, 31, 1, 31, 1, 65, 1, 2, 6, 9, 0, 3, 10, 4,
    0, 6, 0, 46, 4, 52, 0, 66, 1, 35, 0, 119, 2, 5, 1, 10, 0, 7, 2, 220, 1, 1, 3, 0, 59, 0, 2,
    6, 2, 0, 2, 0, 3, 7, 7, 9, 3, 0, 40, 0, 9, 45, 3, 11, 21, 3, 49, 0, 2, 4, 2, 0, 6, 0, 41,
    8, 13, 1, 33, 3, 3, 1, 2, 2, 57, 0, 2, 1, 4, 0, 2, 2, 59, 7, 3, 1, 65, 5, 83, 2, 2, 12, 2,
    6, 5, 0, 7, 0, 4, 1, 51, 62, 14, 0, 35, 100, 190, 3, 0, 2, 2, 12, 2, 14, 2, 14, 2, 14, 1,
    13, 4, 9, 1, 11, 0, 3, 0, 3, 4, 50, 4, 2, 9, 2, 0, 14, 0, 17, 12, 52, 32, 140, 23, 1, 114,
    2, 126, 0, 16, 0, 97, 31, 48, 0, 214, 3, 0, 37, 3, 4, 4, 6, 0, 94, 5, 94, 2, 151, 222, 1,
    0, 227, 9, 5, 143, 2, 0, 99, 3, 2, 9, 2, 0, 29, 3, 81, 1, 15, 33, 79, 0, 24, 2, 103, 3, 4,
    1, 9, 0, 4, 0, 5, 0, 26, 1, 6, 0, 152, 1, 1, 27, 17, 14, 0, 39, 7, 26, 10, 47, 2, 49, 0,
    3, 3, 3, 1, 18, 0, 22, 1, 67, 5, 3, 1, 3, 1, 13, 0, 9, 0, 36, 0, 12, 0, 52, 0, 2, 2, 3, 1,
    6, 1, 2, 0, 28, 0, 15, 1, 6, 1, 2, 0, 101, 4, 10, 2, 122, 0, 3, 0, 5, 0, 177, 158, 1, 0,
    148, 1, 16, 190, 4, 15, 4, 0, 13, 15, 35, 0, 3, 0, 170, 1, 0, 8, 0, 7, 0, 12, 0, 36, 0, 2,
    0, 48, 0, 46, 1, 68, 0, 22, 2, 130, 4, 0, 227, 1, 0, 150, 1, 4, 134, 8, 5, 2, 41, 2, 8,
    199, 4, 2, 2, 1, 6, 3, 41, 2, 5, 0, 166, 1, 1, 190, 4, 3, 39, 0, 27, 4, 2, 0, 188, 2, 1,
    25, 0, 53, 5, 71, 10, 50, 3, 124, 0, 55, 14, 42, 0, 3, 1, 11, 2, 50, 3, 3, 1, 3, 0, 5, 0,
    11, 0, 51, 2, 37, 4, 2, 7, 63, 0, 13, 1, 53, 8, 11, 3, 3, 0, 96, 2, 3, 0, 2, 1, 7, 0, 3,
    0, 158, 1, 0, 4, 7, 22, 1, 58, 1, 4, 0, 38, 6, 4, 4, 71, 5, 14, 0, 2, 0, 2, 0, 15, 1, 86,
    7, 3, 2, 2, 0, 24, 0, 85, 5, 2, 0, 5, 1, 2, 1, 239, 1, 3, 7, 1, 2, 1, 28, 1, 86, 7, 3, 0,
    2, 1, 107, 0, 2, 0, 3, 5, 2, 0, 102, 0, 2, 0, 3, 3, 2, 4, 132, 2, 8, 2, 1, 129, 2, 1, 2,
    0, 5, 0, 145, 1, 3, 3, 1, 5, 0, 33, 9, 41, 5, 3, 3, 9, 0, 10, 5, 3, 2, 47, 12, 2, 1, 199,
    1, 0, 2, 2, 2, 0, 202, 1, 6, 2, 5, 2, 0, 83, 21, 3, 6, 2, 1, 2, 1, 123, 5, 4, 0, 2, 1, 2,
    6, 2, 0, 73, 1, 4, 0, 2, 0, 66, 0, 154, 2, 1, 12, 1, 53, 4, 6, 0, 2, 0, 24, 0, 214, 41,
    16, 7, 14, 201, 89, 11, 4, 2, 193, 19, 4, 60, 6, 10, 3, 253, 3, 2, 41, 1, 227, 3, 0, 64,
    16, 65, 1, 2, 1, 14, 1, 253, 127, 3, 2, 6, 2, 1, 159, 25, 1, 2, 3, 221, 36, 45, 3, 22,
    161, 4, 2, 10, 15, 3, 6, 31, 3, 149, 1, 2, 188, 15, 54, 5, 49, 9, 0, 15, 0, 23, 4, 2, 14,
    209, 10, 6, 2, 16, 3, 6, 2, 1, 2, 4, 6, 61, 34, 0, 161, 1, 13, 241, 2, 0, 62, 3, 252, 3,
    4, 255, 1, 1, 244, 1, 0, 3, 0, 8, 1, 6, 0, 10, 0, 209, 3, 6, 110, 7, 176, 21, 4, 130, 152,
    48, 0, 31, 95, 129, 1, 239, 1,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn characters() -> impl Iterator<Item = char> {
        (0..=u32::from(char::MAX)).filter_map(char::from_u32)
    }

    #[test]
    fn every_character_is_lowered_as_std_lowers_it() {
        for character in characters() {
            let text = String::from(character);
            assert_eq!(of_text(&text), text.to_lowercase(), "{character:?}");
        }
    }

    #[test]
    fn a_sigma_beside_any_character_is_lowered_as_std_lowers_it() {
        // Planes 2 to 13 hold Han characters and nothing; no table has any of them.
        let is_cased_plane = |character: &char| matches!(u32::from(*character) >> 16, 0 | 1 | 14);
        for character in characters().filter(is_cased_plane) {
            for text in [
                alloc::format!("{character}Σ"),
                alloc::format!("aΣ{character}a"),
            ] {
                assert_eq!(of_text(&text), text.to_lowercase(), "{character:?}");
            }
        }
    }
}
