use super::*;
use alloc::string::String;
use proptest::prelude::*;

fn assert_reads_as_std_does(text: &str) {
    let (ours, theirs) = (float(text), text.parse::<f64>().ok());
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if theirs.is_nan() => assert!(ours.is_nan(), "{text}"),
        _ => assert_eq!(ours.map(f64::to_bits), theirs.map(f64::to_bits), "{text}"),
    }
}

#[test]
fn what_is_not_a_number_to_std_is_none_here() {
    for text in [
        "",
        "+",
        "-",
        ".",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1e-",
        "1.2.3",
        "0x1",
        "1_0",
        " 1",
        "1 ",
        "--1",
        "+-1",
        "infi",
        "nano",
        "1e5e5",
        "1ä",
        "1e1.5",
        "5.",
        ".5",
        "+.5e-1",
        "-0",
        "iNf",
        "-Infinity",
        "NaN",
        "00012.5000",
        "0e999999999999999999999",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "-0.0e5",
        "0.",
        "1.e3",
    ] {
        assert_reads_as_std_does(text);
    }
}

#[test]
fn the_ends_of_the_range_and_the_middles_next_to_them_are_exact() {
    for text in [
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
        "2.2250738585072014e-308",
        "2.2250738585072011e-308",
        "4.9e-324",
        "2.5e-324",
        "2.4e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "9007199254740993",
        "9007199254740992.99999999999999999999999999",
        "9007199254740993.00000000000000000000001",
        "1e23",
        "8.5e22",
        "1e22",
        "1e-22",
        "123456789012345e22",
        "1e309",
        "1e-325",
        "1e-326",
        "0.1e310",
        "17976931348623157e292",
    ] {
        assert_reads_as_std_does(text);
    }
    // 3 × 2^-1075 is the middle of the two smallest doubles; a digit far behind it decides.
    let middle = half_of(&alloc::format!("{:.1074}", f64::from_bits(3)));
    for tail in ["", "0000001", "00000000000000000000000000000000000"] {
        assert_reads_as_std_does(&alloc::format!("{middle}{tail}"));
    }
}

/// Half of a decimal fraction, digit by digit.
fn half_of(fraction: &str) -> String {
    let mut rest = 0;
    let mut out = String::from("0.");
    for digit in fraction.bytes().skip("0.".len()).chain([b'0']) {
        let value = rest * 10 + (digit - b'0');
        out.push(char::from(b'0' + value / 2));
        rest = value % 2;
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn every_double_is_read_back_from_its_text(bits: u64) {
        let value = f64::from_bits(bits);
        prop_assume!(value.is_finite());
        for text in [alloc::format!("{value}"), alloc::format!("{value:e}"), alloc::format!("{value:.20e}")] {
            assert_reads_as_std_does(&text);
        }
    }

    #[test]
    fn the_middle_of_two_doubles_and_its_neighbours_are_read_as_std_reads_them(
        bits in 0..0x7FE0_0000_0000_0000_u64, tail in "(|0{0,40}[0-9])",
    ) {
        // Of a double below the smallest normal one times two, half is a middle or a double.
        let value = f64::from_bits(bits >> 10);
        let exact = alloc::format!("{value:.1074}");
        assert_reads_as_std_does(&alloc::format!("{exact}{tail}"));
        assert_reads_as_std_does(&alloc::format!("{}{tail}", half_of(&exact)));
        // Of two neighbours between 2^53 and 2^63 the middle is an integer.
        let odd = (bits | 1 << 60) >> (bits % 8);
        assert_reads_as_std_does(&alloc::format!("{odd}.{tail}"));
    }

    #[test]
    fn any_spelling_is_read_as_std_reads_it(text in "[+-]?[0-9]{0,30}(\\.[0-9]{0,800})?([eE][+-]?[0-9]{1,3})?") {
        assert_reads_as_std_does(&text);
    }
}
