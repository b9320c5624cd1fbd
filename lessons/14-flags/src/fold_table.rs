//! The characters whose case folding is not their lower case, each with its folding, in the order
//! of their codes: the statuses C and F of the `CaseFolding.txt` of Unicode 14, which CPython 3.11
//! has, as far as they differ.
//! Cherokee, which folds to upper case, is left out: lowering joins the same letters.
//! `tests/casefold.rs` compares with Python for every character.

/// Stands in the places of a folding that has fewer than three characters.
pub(crate) const NOTHING: char = '\0';

/// A character and its folding. None of them is beyond 16 bits, and none folds to more than three.
pub(crate) static FOLDINGS: [[u16; 4]; WRITTEN.len()] = packed();

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    reason = "the compiler runs it, and would report what goes wrong"
)]
const fn packed() -> [[u16; 4]; WRITTEN.len()] {
    let mut table = [[NOTHING as u16; 4]; WRITTEN.len()];
    let mut row = 0;
    while row < WRITTEN.len() {
        let (character, folding) = WRITTEN[row];
        assert!(character as u32 <= 0xFFFF);
        table[row][0] = character as u16;
        // UTF-8 by hand: the iterator over characters is not for constants.
        let (mut place, mut at) = (0, 0);
        while at < folding.len() {
            let byte = folding.as_bytes()[at] as u16;
            match byte {
                0x80..0xC0 => table[row][place] = table[row][place] << 6 | byte & 0x3F,
                lead => {
                    place += 1;
                    table[row][place] = match lead {
                        0..0x80 => lead,
                        0xC0..0xE0 => lead & 0x1F,
                        0xE0..0xF0 => lead & 0x0F,
                        _ => panic!("beyond 16 bits"),
                    };
                }
            }
            at += 1;
        }
        row += 1;
    }
    table
}

#[rustfmt::skip]
const WRITTEN: &[(char, &str)] = &[
    ('µ', "μ"), ('ß', "ss"), ('İ', "i\u{307}"), ('ŉ', "ʼn"), ('ſ', "s"), ('ǰ', "j\u{30c}"), ('\u{345}', "ι"),
    ('ΐ', "ι\u{308}\u{301}"), ('ΰ', "υ\u{308}\u{301}"), ('ς', "σ"), ('ϐ', "β"), ('ϑ', "θ"),
    ('ϕ', "φ"), ('ϖ', "π"), ('ϰ', "κ"), ('ϱ', "ρ"), ('ϵ', "ε"), ('և', "եւ"), ('ᲀ', "в"),
    ('ᲁ', "д"), ('ᲂ', "о"), ('ᲃ', "с"), ('ᲄ', "т"), ('ᲅ', "т"), ('ᲆ', "ъ"), ('ᲇ', "ѣ"),
    ('ᲈ', "ꙋ"), ('ẖ', "h\u{331}"), ('ẗ', "t\u{308}"), ('ẘ', "w\u{30a}"), ('ẙ', "y\u{30a}"),
    ('ẚ', "aʾ"), ('ẛ', "ṡ"), ('ẞ', "ss"), ('ὐ', "υ\u{313}"), ('ὒ', "υ\u{313}\u{300}"),
    ('ὔ', "υ\u{313}\u{301}"), ('ὖ', "υ\u{313}\u{342}"), ('ᾀ', "ἀι"), ('ᾁ', "ἁι"), ('ᾂ', "ἂι"),
    ('ᾃ', "ἃι"), ('ᾄ', "ἄι"), ('ᾅ', "ἅι"), ('ᾆ', "ἆι"), ('ᾇ', "ἇι"), ('ᾈ', "ἀι"), ('ᾉ', "ἁι"),
    ('ᾊ', "ἂι"), ('ᾋ', "ἃι"), ('ᾌ', "ἄι"), ('ᾍ', "ἅι"), ('ᾎ', "ἆι"), ('ᾏ', "ἇι"), ('ᾐ', "ἠι"),
    ('ᾑ', "ἡι"), ('ᾒ', "ἢι"), ('ᾓ', "ἣι"), ('ᾔ', "ἤι"), ('ᾕ', "ἥι"), ('ᾖ', "ἦι"), ('ᾗ', "ἧι"),
    ('ᾘ', "ἠι"), ('ᾙ', "ἡι"), ('ᾚ', "ἢι"), ('ᾛ', "ἣι"), ('ᾜ', "ἤι"), ('ᾝ', "ἥι"), ('ᾞ', "ἦι"),
    ('ᾟ', "ἧι"), ('ᾠ', "ὠι"), ('ᾡ', "ὡι"), ('ᾢ', "ὢι"), ('ᾣ', "ὣι"), ('ᾤ', "ὤι"), ('ᾥ', "ὥι"),
    ('ᾦ', "ὦι"), ('ᾧ', "ὧι"), ('ᾨ', "ὠι"), ('ᾩ', "ὡι"), ('ᾪ', "ὢι"), ('ᾫ', "ὣι"), ('ᾬ', "ὤι"),
    ('ᾭ', "ὥι"), ('ᾮ', "ὦι"), ('ᾯ', "ὧι"), ('ᾲ', "ὰι"), ('ᾳ', "αι"), ('ᾴ', "άι"),
    ('ᾶ', "α\u{342}"), ('ᾷ', "α\u{342}ι"), ('ᾼ', "αι"), ('ι', "ι"), ('ῂ', "ὴι"), ('ῃ', "ηι"),
    ('ῄ', "ήι"), ('ῆ', "η\u{342}"), ('ῇ', "η\u{342}ι"), ('ῌ', "ηι"), ('ῒ', "ι\u{308}\u{300}"),
    ('ΐ', "ι\u{308}\u{301}"), ('ῖ', "ι\u{342}"), ('ῗ', "ι\u{308}\u{342}"),
    ('ῢ', "υ\u{308}\u{300}"), ('ΰ', "υ\u{308}\u{301}"), ('ῤ', "ρ\u{313}"), ('ῦ', "υ\u{342}"),
    ('ῧ', "υ\u{308}\u{342}"), ('ῲ', "ὼι"), ('ῳ', "ωι"), ('ῴ', "ώι"), ('ῶ', "ω\u{342}"),
    ('ῷ', "ω\u{342}ι"), ('ῼ', "ωι"), ('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"),
    ('ﬄ', "ffl"), ('ﬅ', "st"), ('ﬆ', "st"), ('ﬓ', "մն"), ('ﬔ', "մե"), ('ﬕ', "մի"), ('ﬖ', "վն"),
    ('ﬗ', "մխ"),
];
