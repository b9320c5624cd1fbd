//! Compares instruction counts with the recorded ones: `check` fails if a work costs more than recorded, `check record`
//! writes `counts.json`, `check itself` shows that a regression is noticed.
//!
//! A noisy machine changes times by a third and instruction counts by less than a percent.

use serde_json::{Map, Value, json};
use std::path::Path;
use std::process::{Command, ExitCode};

/// More than the difference between two runs and between two processors' ways to copy memory, and far less than what
/// `check itself` adds.
const TOLERANCE: f64 = 1.03;
const WORKS: [(&str, u64); 2] = [("capture", 1000), ("batch", 20)];

/// Instructions of one unit of work: two runs differ by the work alone.
fn count(work: &str, times: u64) -> Result<f64, String> {
    let run = |times: u64| -> Result<f64, String> {
        let program = std::env::current_exe()
            .map_err(|error| error.to_string())?
            .with_file_name("count");
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .args([work, &times.to_string()])
            .output()
            .map_err(|error| {
                format!("valgrind: {error}; the Debian package valgrind is expected")
            })?;
        let text = String::from_utf8_lossy(&output.stderr);
        let line = text
            .lines()
            .find(|line| line.contains("Collected :"))
            .ok_or_else(|| format!("no count in what valgrind says: {text}"))?;
        line.rsplit(' ')
            .next()
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| format!("no number in {line}"))
    };
    Ok((run(times)? - run(0)?) / times as f64)
}

fn main() -> ExitCode {
    match check(std::env::args().nth(1).as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn check(mode: Option<&str>) -> Result<(), String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("counts.json");
    if mode == Some("record") {
        let mut counts = Map::new();
        for (work, times) in WORKS {
            counts.insert(work.into(), json!(count(work, times)?.round()));
        }
        let text = serde_json::to_string_pretty(&Value::Object(counts))
            .map_err(|error| error.to_string())?;
        return std::fs::write(&file, text + "\n")
            .map_err(|error| format!("{}: {error}", file.display()));
    }
    let text = std::fs::read_to_string(&file).map_err(|error| {
        format!(
            "{}: {error}; `check record` is expected first",
            file.display()
        )
    })?;
    let recorded: Value =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    let compare = |work: &str, name: &str, times| -> Result<bool, String> {
        let (now, before) = (
            count(work, times)?,
            recorded[name]
                .as_f64()
                .ok_or_else(|| format!("counts.json has no number for {name}"))?,
        );
        println!(
            "{work}: {now:.0} instructions, recorded {before:.0}, ratio {:.3}",
            now / before
        );
        Ok(now <= before * TOLERANCE)
    };
    if mode == Some("itself") {
        return if compare("slower capture", "capture", 1000)? {
            Err("a capture that reads its properties twice passes; a failure is expected".into())
        } else {
            Ok(())
        };
    }
    for (work, times) in WORKS {
        if !compare(work, work, times)? {
            return Err(format!(
                "{work} costs more than recorded; find out why, or record it with a reason"
            ));
        }
    }
    Ok(())
}
