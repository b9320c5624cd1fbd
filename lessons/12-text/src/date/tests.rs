use super::*;
use alloc::format;
use alloc::string::{String, ToString};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use proptest::prelude::*;

const ALL: [(&str, Forms); 3] = [
    ("ISO", Forms::ISO),
    ("PYTHON", Forms::PYTHON),
    ("STRICT", Forms::STRICT),
];

/// 2026-04-29T10:11:12Z.
const SECONDS: i64 = 1_777_457_472;

/// Every row of the table, as the same instant, with the sets that read it.
#[test]
fn each_set_reads_its_rows_and_refuses_the_others() {
    for (text, sets) in [
        ("2026-04-29T10:11:12Z", "ISO PYTHON STRICT"),
        ("2026-04-29T10:11:12", "ISO PYTHON STRICT"),
        ("20260429T101112Z", "ISO PYTHON STRICT"),
        ("2026-04-29t10:11:12Z", "ISO PYTHON STRICT"),
        ("2026-04-29 10:11:12Z", "ISO PYTHON STRICT"),
        ("2026-04-29T10:11:12z", "ISO STRICT"),
        ("2026-04-29T12:11:12+02:00", "ISO PYTHON STRICT"),
        ("2026-04-29T12:11:12+0200", "ISO PYTHON STRICT"),
        ("2026-04-29T08:11:12-02", "ISO PYTHON STRICT"),
        ("2026-04-29 12:11:12 +02:00", "ISO PYTHON STRICT"),
        ("2026-04-29 12:11:12 +0200", "ISO PYTHON STRICT"),
        ("2026-04-29 12:11:12 +02", "ISO PYTHON STRICT"),
        ("2026-04-29 10:11:12 UTC", "ISO PYTHON STRICT"),
        ("2026-04-29 10:11:12 utc", "ISO PYTHON STRICT"),
        ("2026-04-29T12:11:12+02:00[Europe/Berlin]", "ISO"),
        ("2026-04-29T10:11:12Z[UTC]", "ISO"),
        ("2026-04-29 12:11:12+02:00 CEST Europe/Berlin", "ISO"),
        ("2026-04-29 12:11:12 +0200 CEST", "ISO"),
        ("2026-04-29 12:11:12 +0200 +0200", "ISO"),
        ("2026-04-29 10:11:12 +0000 UTC m=+0.000012", "ISO"),
    ] {
        for (name, forms) in ALL {
            let seconds = read(text, forms).map(|instant| instant.seconds);
            let expected = sets.contains(name).then_some(SECONDS);
            assert_eq!(seconds, expected, "{name}: {text}");
        }
    }
}

#[test]
fn a_date_alone_is_midnight_where_it_is_read() {
    for (name, forms) in ALL {
        let seconds = read("2026-04-29", forms).map(|instant| instant.seconds);
        let expected = (name != "ISO").then_some(SECONDS / DAY * DAY);
        assert_eq!(seconds, expected, "{name}");
        assert_eq!(read("20260429", forms), None, "{name}");
    }
}

#[test]
fn what_no_set_reads_is_refused() {
    for text in [
        "",
        " ",
        "tomorrow",
        "2026",
        "2026-04",
        "2026-W18-3",
        "2026-119",
        "26-04-29T10:11",
        "2026-4-29T10:11",
        "2026-0429T10:11",
        "+2026-04-29T10:11",
        "+002026-04-29T10:11",
        "0000-01-01T10:11",
        "2026-02-29T10:11",
        "2026-13-01T10:11",
        "2026-04-29T",
        "2026-04-29T10",
        "2026-04-29T10:1",
        "2026-04-29T24:00",
        "2026-04-29T10:60",
        "2026-04-29T10:11:60",
        "2026-04-29T10:11:12.",
        "2026-04-29T10:11:12.Z",
        "2026-04-29T10:11:12.x",
        "2026-04-29T10:00.5",
        "2026-04-29T1000.5",
        "2026-04-29T10.5",
        "2026-04-29  10:11",
        "2026-04-29_10:11",
        "2026-04-29Z",
        "2026-04-29 +02:00",
        "2026-04-29T10:11  +02:00",
        "2026-04-29T10:11UTC",
        "2026-04-29T10:11 GMT",
        "2026-04-29T10:11 ",
        " 2026-04-29T10:11",
        "2026-04-29T10:11+2",
        "2026-04-29T10:11+24",
        "2026-04-29T10:11+02:60",
        "2026-04-29T10:11+02:",
        "2026-04-29T10:11+02:00:30",
        "2026-04-29T10:11+0200 tomorrow",
        "2026-04-29T10:11[Europe/Berlin]",
        "2026-04-29T10:11Z[!u-ca=hebrew]",
        "2026-04-29T10:11 CEST",
        "2026-04-29T10:11\u{2212}02:00",
        "1777457472",
        "Wed Apr 29 10:11:12 UTC 2026",
        "Wed, 29 Apr 2026 10:11:12 GMT",
        "04/29/2026 10:11:12",
    ] {
        for (name, forms) in ALL {
            assert_eq!(read(text, forms), None, "{name}: {text}");
        }
    }
}

#[test]
fn a_fraction_keeps_its_digits_up_to_nanoseconds() {
    for (digits, fraction, micros) in [
        ("5", "5", 500_000),
        ("50", "50", 500_000),
        ("000001", "000001", 1),
        ("1234567", "1234567", 123_456),
        ("1234567890123", "123456789", 123_456),
    ] {
        for point in ['.', ','] {
            let text = format!("1969-12-31T23:59:58{point}{digits}Z");
            let instant = read(&text, Forms::STRICT).unwrap();
            assert_eq!(instant.fraction, fraction);
            assert_eq!(instant.micros(), -2_000_000 + micros);
        }
    }
}

#[test]
fn a_zone_can_move_an_instant_out_of_what_is_written() {
    for (text, is_writable, written) in [
        ("0001-01-01T00:00:00Z", true, "0001-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00+00:01", false, "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", true, "9999-12-31T23:59:59Z"),
        ("9999-12-31T23:59:59-00:01", false, "9999-12-31T23:59:59Z"),
    ] {
        let instant = read(text, Forms::ISO).unwrap();
        assert_eq!(instant.is_writable(), is_writable, "{text}");
        let mut out = String::new();
        write(&mut out, instant);
        assert_eq!(out, written);
    }
    for (millis, written) in [
        (i64::MIN, "0001-01-01T00:00:00.192Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (i64::MAX, "9999-12-31T23:59:59.807Z"),
    ] {
        let mut out = String::new();
        write_millis(&mut out, millis);
        assert_eq!(out, written);
    }
}

#[test]
fn the_http_date_of_the_standard_is_read() {
    assert_eq!(http("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
    for text in [
        "06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT x",
    ] {
        assert_eq!(http(text), None, "{text}");
    }
}

prop_compose! {
    /// Any second that can be written, away from the ends by more than a zone.
    fn instants()(seconds in write::FIRST + DAY..write::LAST - DAY) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }
}

proptest! {
    #[test]
    fn every_form_of_an_instant_reads_back_as_it(
        instant in instants(), minutes in -1439_i32..=1439, fraction in "[0-9]{1,12}",
        date in prop::sample::select(&["%Y-%m-%d", "%Y%m%d"]),
        between in prop::sample::select(&["T", "t", " "]),
        time in prop::sample::select(&["%H:%M:%S", "%H%M%S"]),
        point in prop::sample::select(&[".", ","]),
        zone in prop::sample::select(&["%:z", " %:z", "%z", " %z"]),
    ) {
        let local = instant.with_timezone(&FixedOffset::east_opt(minutes * 60).unwrap());
        let text = local.format(&format!("{date}{between}{time}{point}{fraction}{zone}")).to_string();
        for (name, forms) in ALL {
            let read = read(&text, forms);
            prop_assert_eq!(read.map(|read| read.seconds), Some(instant.timestamp()), "{}: {}", name, text);
            prop_assert_eq!(read.unwrap().fraction, &fraction[..fraction.len().min(9)]);
        }
    }

    /// chrono is what the ingestion service reads times with.
    #[test]
    fn whatever_chrono_reads_as_rfc_3339_names_the_same_instant(
        text in "20[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{0,10})?(Z|z|[+-][0-2][0-9]:?[0-5][0-9])",
    ) {
        let ours = read(&text, Forms::STRICT);
        if let Ok(theirs) = DateTime::parse_from_rfc3339(&text) {
            prop_assert_eq!(ours.map(|ours| ours.micros()), Some(theirs.timestamp_micros()), "{}", text);
        }
    }

    #[test]
    fn an_http_date_is_what_chrono_reads(instant in instants()) {
        let text = instant.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        prop_assert_eq!(http(&text), Some(instant.timestamp()), "{}", text);
    }

    #[test]
    fn instants_are_written_as_chrono_writes_them(instant in instants(), millis in 0_i64..1000) {
        let mut out = String::new();
        write_millis(&mut out, instant.timestamp_millis() + millis);
        let theirs = instant + chrono::TimeDelta::milliseconds(millis);
        prop_assert_eq!(out, theirs.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string());
    }

    #[test]
    fn the_calendar_is_chrono_s(year in 1_i32..=9999, month in 0..14, day in 0..33) {
        let ours = Civil { year, month, day };
        let theirs = NaiveDate::from_ymd_opt(year, month as u32, day as u32);
        prop_assert_eq!(ours.exists(), theirs.is_some());
        if let Some(theirs) = theirs {
            let days = i64::from(theirs.to_epoch_days());
            prop_assert_eq!((ours.days(), Civil::of_day(days)), (days, ours));
        }
    }
}
