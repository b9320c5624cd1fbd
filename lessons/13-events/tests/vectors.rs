//! Runs `vectors/*.json`: what a client does, written so that every host and every language can run
//! the same files.
//!
//! A case is a configuration and a list of steps. A step is a time, one call, what the call
//! answers, and everything `poll_output` yields until it says when to wake; a step that names no
//! outputs expects none. `README.md` beside the vectors describes the form.

use events::{
    Boundary, Compression, Config, Context, Event, Exception, ExceptionEvent, FailureKind,
    LaneName, Machine, Mechanism, Now, Output, Protocol, Refused, Request, RequestId, Response,
    Scalar, SpecialEvent, Uuid,
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

fn files() -> Vec<(String, Value)> {
    let mut files: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
            && path.file_name().unwrap() != "rows.json"
    });
    files.sort();
    let read = |path: &PathBuf| {
        serde_json::from_str(&std::fs::read_to_string(path).unwrap())
            .unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
    };
    files
        .iter()
        .map(|path| {
            (
                path.file_stem().unwrap().to_string_lossy().into_owned(),
                read(path),
            )
        })
        .collect()
}

fn cases() -> Vec<(String, Value)> {
    let mut cases = Vec::new();
    for (file, document) in files() {
        for case in document["cases"].as_array().unwrap() {
            cases.push((
                format!("{file}: {}", case["name"].as_str().unwrap()),
                case.clone(),
            ));
        }
    }
    cases
}

#[test]
fn every_vector_holds() {
    let mut failures = String::new();
    let cases = cases();
    for (name, case) in &cases {
        if let Err(fault) = run(case) {
            writeln!(failures, "{name}\n    {fault}").unwrap();
        }
    }
    assert!(
        failures.is_empty(),
        "of {} cases these fail:\n{failures}",
        cases.len()
    );
}

#[test]
fn a_vector_whose_expectation_is_wrong_fails() {
    let (_, mut case) = cases()
        .into_iter()
        .find(|(_, case)| case["steps"][0]["outputs"][0]["request"]["properties"].is_object())
        .unwrap();
    run(&case).unwrap();
    case["steps"][0]["outputs"][0]["request"]["properties"]["surprise"] = json!(1);
    assert!(run(&case).is_err());
}

/// Whoever runs the vectors in another language has only the README to go by.
#[test]
fn the_readme_explains_every_name_that_the_vectors_use() {
    let readme = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let mut names = BTreeSet::new();
    for (_, case) in cases() {
        names.extend(case.as_object().unwrap().keys().cloned());
        for step in case["steps"].as_array().into_iter().flatten() {
            names.extend(step.as_object().unwrap().keys().cloned());
            names.extend(names_of_exception(&step["exception"]));
            for output in step["outputs"].as_array().into_iter().flatten() {
                let (kind, value) = output.as_object().unwrap().iter().next().unwrap();
                names.insert(kind.clone());
                names.extend(
                    value
                        .as_object()
                        .into_iter()
                        .flatten()
                        .map(|(name, _)| name.clone()),
                );
                names.extend(value["why"].as_str().map(str::to_owned));
                names.extend(value["compression"].as_str().map(str::to_owned));
            }
        }
    }
    assert!(names.contains("prepared") && names.contains("headers_have"));
    let unexplained: Vec<_> = names
        .iter()
        .filter(|name| !readme.contains(&format!("`{name}`")))
        .collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
}

/// What an exception has that the README must explain: not the fields of every event.
fn names_of_exception(given: &Value) -> BTreeSet<String> {
    let list = given["list"].as_array().into_iter().flatten();
    let mechanisms = list.clone().map(|error| &error["mechanism"]);
    let objects = [given].into_iter().chain(list).chain(mechanisms);
    let names = objects.filter_map(Value::as_object).flat_map(Map::keys);
    let of_event = ["distinct_id", "properties", "context", "minimal"];
    names
        .filter(|name| !of_event.contains(&name.as_str()))
        .cloned()
        .collect()
}

fn rows() -> Map<String, Value> {
    serde_json::from_str(&std::fs::read_to_string(folder().join("rows.json")).unwrap()).unwrap()
}

/// Rows without a vector, and vectors for rows that do not exist.
fn gaps(rows: &Map<String, Value>) -> (BTreeSet<String>, BTreeSet<String>) {
    let known: BTreeSet<String> = rows.keys().cloned().collect();
    let shown: BTreeSet<String> = cases()
        .iter()
        .flat_map(|(_, case)| case["rows"].as_array().unwrap().clone())
        .map(|row| row.as_str().unwrap().to_owned())
        .collect();
    (
        known.difference(&shown).cloned().collect(),
        shown.difference(&known).cloned().collect(),
    )
}

#[test]
fn every_row_of_behaviour_has_a_vector() {
    let (missing, unknown) = gaps(&rows());
    assert!(missing.is_empty(), "rows without a vector: {missing:#?}");
    assert!(
        unknown.is_empty(),
        "vectors for rows that rows.json does not list: {unknown:#?}"
    );
}

#[test]
fn a_row_without_a_vector_is_listed_as_a_gap() {
    let mut rows = rows();
    rows.insert("capture/0/nobody shows this".into(), json!(""));
    let taken = rows.keys().next().unwrap().clone();
    rows.shift_remove(&taken);
    let (missing, unknown) = gaps(&rows);
    assert_eq!(missing, ["capture/0/nobody shows this".to_owned()].into());
    assert_eq!(unknown, [taken].into());
}

/// The machine under a case, and what the case has bound so far.
struct Run {
    machine: Machine,
    config: Value,
    bound: BTreeMap<String, String>,
    restarts: u8,
}

fn run(case: &Value) -> Result<(), String> {
    let config = case["config"].clone();
    let machine = Machine::new(read_config(&config));
    if let Some(sentence) = case["config_error"].as_str() {
        let found = machine.err().map(|error| error.to_string());
        return if found.as_deref() == Some(sentence) {
            Ok(())
        } else {
            Err(format!("configuration: {found:?}"))
        };
    }
    let mut run = Run {
        machine: machine.map_err(|error| error.to_string())?,
        config,
        bound: BTreeMap::new(),
        restarts: 0,
    };
    for (index, step) in case["steps"]
        .as_array()
        .ok_or("no steps")?
        .iter()
        .enumerate()
    {
        run.step(step)
            .map_err(|fault| format!("step {index}: {fault}"))?;
    }
    Ok(())
}

fn read_config(given: &Value) -> Config {
    let mut config = Config {
        project_key: "phc_demo".into(),
        library: "example-lib".into(),
        library_version: "0.3.0".into(),
        jitter_percent: 0,
        seed: [7; 32],
        ..Config::default()
    };
    for (option, value) in given.as_object().into_iter().flatten() {
        let text = || value.as_str().unwrap().to_owned();
        let size = || usize::try_from(value.as_u64().unwrap()).unwrap();
        match option.as_str() {
            "project_key" => config.project_key = text(),
            "host" => config.host = text(),
            "library" => config.library = text(),
            "library_version" => config.library_version = text(),
            "flush_at" => config.flush_at = size(),
            "flush_interval_ms" => config.flush_interval_ms = value.as_u64().unwrap(),
            "max_queue_events" => config.max_queue_events = size(),
            "max_queue_bytes" => config.max_queue_bytes = size(),
            "max_event_bytes" => config.max_event_bytes = size(),
            "max_request_bytes" => config.max_request_bytes = size(),
            "max_ai_event_bytes" => config.max_ai_event_bytes = size(),
            "timeout_ms" => config.timeout_ms = u32::try_from(size()).unwrap(),
            "seed" => config.seed = [u8::try_from(size()).unwrap(); 32],
            "max_retries" => config.max_retries = i32::try_from(value.as_i64().unwrap()).unwrap(),
            "max_in_flight" => config.max_in_flight = size(),
            "jitter_percent" => config.jitter_percent = u8::try_from(size()).unwrap(),
            "protocol" => {
                config.protocol = if value == "v1" {
                    Protocol::V1
                } else {
                    Protocol::V0
                }
            }
            "compression" => {
                config.compression = [Compression::None, Compression::Gzip, Compression::Deflate]
                    .into_iter()
                    .find(|known| value == known.name())
                    .unwrap_or_else(|| panic!("compression {value} is unknown"))
            }
            "disabled" => config.disabled = value.as_bool().unwrap(),
            "send" => config.send = value.as_bool().unwrap(),
            "disable_geoip" => config.disable_geoip = value.as_bool().unwrap(),
            "is_server" => config.is_server = value.as_bool().unwrap(),
            "historical_migration" => config.historical_migration = value.as_bool().unwrap(),
            "limit_exceptions" => config.limit_exceptions = value.as_bool().unwrap(),
            "minimal_keeps_attribution" => {
                config.minimal_keeps_attribution = value.as_bool().unwrap()
            }
            "super_properties" => config.super_properties = Some(raw(value)),
            "runtime_properties" => config.runtime_properties = Some(raw(value)),
            "extra_headers" => {
                config.extra_headers = value
                    .as_object()
                    .unwrap()
                    .iter()
                    .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
                    .collect()
            }
            other => panic!("option {other} is unknown"),
        }
    }
    config
}

/// JSON as text. A text that begins with a brace stands for itself, for what the server cannot read
/// or serde would respell.
fn raw(value: &Value) -> String {
    match value.as_str() {
        Some(text) if text.starts_with(['{', '[']) => text.to_owned(),
        _ => value.to_string(),
    }
}

fn lane(value: &Value) -> LaneName {
    if value == "ai" {
        LaneName::Ai
    } else {
        LaneName::Analytics
    }
}

impl Run {
    fn step(&mut self, step: &Value) -> Result<(), String> {
        let at = step["at"].as_u64().unwrap_or(0);
        // The wall clock starts with 2026-02-01T09:30:00Z, unless a case sets it.
        let now = Now {
            monotonic: at,
            unix: step["unix"].as_u64().unwrap_or(1_769_938_200_000 + at),
        };
        self.call(now, step)?;
        let mut outputs = Vec::new();
        let wake = loop {
            match self.machine.poll_output() {
                Output::WakeAt(wake) => break wake,
                output => outputs.push(output),
            }
        };
        let expected = step["outputs"].as_array().cloned().unwrap_or_default();
        if outputs.len() != expected.len() {
            return Err(format!(
                "{} outputs expected, found {outputs:?}",
                expected.len()
            ));
        }
        for (output, expected) in outputs.iter().zip(&expected) {
            self.output(output, expected)?;
        }
        if let Some(expected) = step.get("wake_at") {
            same("wake_at", &json!(wake), expected)?;
        }
        if let Some(counts) = step.get("counts") {
            let found = self.machine.counts();
            let found = json!({"accepted": found.accepted, "delivered": found.delivered, "queued": found.queued, "dropped": found.dropped.iter().sum::<u64>(), "refused": found.refused});
            same("counts", &found, counts)?;
        }
        Ok(())
    }

    fn call(&mut self, now: Now, step: &Value) -> Result<(), String> {
        let known = [
            "capture",
            "identify",
            "set",
            "set_once",
            "alias",
            "group_identify",
            "exception",
            "prepare",
            "commit",
            "flush",
            "shutdown",
            "opt_out",
            "opt_in",
            "timeout",
            "respond",
            "fail",
            "restart",
            "sanitise",
        ];
        let (name, argument) = known
            .iter()
            .find_map(|name| step.get(*name).map(|argument| (*name, argument)))
            .ok_or("no call")?;
        let deadline = argument["deadline"].as_u64().unwrap_or(u64::MAX);
        match name {
            "capture" => {
                for _ in 0..argument["times"].as_u64().unwrap_or(1) {
                    let answer =
                        with_event(argument, |event| self.machine.handle_capture(now, event));
                    self.returned(answer, step)?;
                }
            }
            "prepare" => {
                let prepared = with_event(argument, |event| {
                    self.machine
                        .handle_prepare(now, event, None)
                        .map(str::to_owned)
                });
                let prepared: Value =
                    serde_json::from_str(&prepared.map_err(|refused| refused.to_string())?)
                        .unwrap();
                self.matches("prepared", &prepared, &step["prepared"])?;
            }
            "commit" => {
                let answer = self
                    .machine
                    .handle_prepared(now, LaneName::Analytics, &raw(argument));
                self.returned(answer, step)?;
            }
            "flush" => drop(self.machine.handle_flush(now, deadline)),
            "shutdown" => drop(self.machine.handle_shutdown(now, deadline)),
            "opt_out" => self.machine.handle_opt_out(now),
            "opt_in" => self.machine.handle_opt_in(now),
            "timeout" => self.machine.handle_timeout(now),
            "respond" => {
                let headers: Vec<(&str, &str)> = argument["headers"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
                    .collect();
                let body = match &argument["body"] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                let status = u16::try_from(argument["status"].as_u64().unwrap()).unwrap();
                let response = Response {
                    status,
                    headers: &headers,
                    body: body.as_bytes(),
                };
                self.machine.handle_response(
                    now,
                    RequestId(argument["request"].as_u64().unwrap()),
                    &response,
                );
            }
            "fail" => {
                let kind = match argument["kind"].as_str() {
                    Some("timeout") => FailureKind::Timeout,
                    Some("connection") => FailureKind::Connection,
                    _ => FailureKind::Other,
                };
                self.machine.handle_failure(
                    now,
                    RequestId(argument["request"].as_u64().unwrap()),
                    kind,
                );
            }
            "restart" => {
                let bytes = self.machine.export(LaneName::Analytics).to_vec();
                // A new process draws a new seed.
                self.restarts += 1;
                let mut config = read_config(&self.config);
                config.seed[0] ^= self.restarts;
                self.machine = Machine::new(config).unwrap();
                let restored = self
                    .machine
                    .handle_restore(now, LaneName::Analytics, &bytes)
                    .map_err(|refused| refused.to_string())?;
                same("restored", &json!(restored), &argument["restored"])?;
            }
            "sanitise" => {
                let clean = events::sanitise_tracing_header(argument.as_str().unwrap());
                same("sanitised", &json!(clean), &step["returns"])?;
            }
            name => {
                for _ in 0..step["repeat"].as_u64().unwrap_or(1) {
                    let answer = with_event(argument, |event| {
                        with_special(name, argument, |special| {
                            self.machine.handle_special(now, event, special)
                        })
                    });
                    self.returned(answer, step)?;
                }
            }
        }
        Ok(())
    }

    fn returned(&mut self, answer: Result<Uuid, Refused>, step: &Value) -> Result<(), String> {
        let found = match &answer {
            Ok(uuid) => json!({"uuid": uuid.to_string()}),
            Err(refused) if refused.deserves_a_warning() => json!({"refused": refused.to_string()}),
            Err(refused) => json!({"silent": refused.to_string()}),
        };
        self.matches(
            "returns",
            &found,
            step.get("returns").unwrap_or(&json!({"uuid": "<uuid>"})),
        )
    }

    fn output(&mut self, output: &Output, expected: &Value) -> Result<(), String> {
        let (kind, pattern) = expected
            .as_object()
            .and_then(|object| object.iter().next())
            .ok_or("an output with a name expected")?;
        match (output, kind.as_str()) {
            (Output::Request(request), "request") => self.request(request, pattern),
            (Output::Dropped(dropped), "dropped") => {
                let events: Value = serde_json::from_str(&dropped.events).unwrap();
                let mut found = json!({"how_many": dropped.how_many, "why": dropped.why.name(), "error": dropped.error});
                if pattern.get("events").is_some() {
                    found["events"] = events
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|event| event["uuid"].clone())
                        .collect();
                }
                self.matches("dropped", &found, pattern)
            }
            (Output::Drained(drained), "drained") => same("left", &json!(drained.left), pattern),
            (Output::Warning(warning), "warning") => {
                same("warning", &json!(warning.to_string()), pattern)
            }
            _ => Err(format!("{kind} expected, found {output:?}")),
        }
    }

    fn request(&mut self, request: &Request, pattern: &Value) -> Result<(), String> {
        let body: Value =
            serde_json::from_slice(&request.body).map_err(|fault| format!("body: {fault}"))?;
        let text = std::str::from_utf8(&request.body).unwrap();
        for (part, pattern) in pattern.as_object().unwrap() {
            match part.as_str() {
                "url" => same("url", &json!(request.url), pattern)?,
                "events" => same("events", &json!(request.events), pattern)?,
                "attempt" => same("attempt", &json!(request.attempt), pattern)?,
                "timeout_ms" => same("timeout_ms", &json!(request.timeout_ms), pattern)?,
                "compression" => same("compression", &json!(request.compression.name()), pattern)?,
                "log" => same("log", &json!(request.to_string()), pattern)?,
                "headers" => {
                    let headers: Map<String, Value> = request
                        .headers
                        .iter()
                        .map(|(name, value)| (name.to_string(), json!(value)))
                        .collect();
                    if headers.len() != request.headers.len() {
                        return Err("a header is there twice".into());
                    }
                    self.matches("headers", &Value::Object(headers), pattern)?;
                }
                "headers_have" => {
                    for (name, pattern) in pattern.as_object().unwrap() {
                        let found = request
                            .headers
                            .iter()
                            .find(|(header, _)| header == name)
                            .map(|(_, value)| value);
                        self.matches(name, &json!(found), pattern)?;
                    }
                }
                "body" => self.matches("body", &body, pattern)?,
                "body_has" => {
                    for part in pattern.as_array().unwrap() {
                        if !text.contains(part.as_str().unwrap()) {
                            return Err(format!("{part} expected in {text}"));
                        }
                    }
                }
                "body_lacks" => {
                    for part in pattern.as_array().unwrap() {
                        if text.contains(part.as_str().unwrap()) {
                            return Err(format!("{part} not expected in {text}"));
                        }
                    }
                }
                "members" => {
                    for (name, pattern) in pattern.as_object().unwrap() {
                        self.matches(name, &body[name], pattern)?;
                    }
                }
                "batch" => self.matches("batch", &body["batch"], pattern)?,
                "event" => self.matches("event", &body["batch"][0], pattern)?,
                "event_has" => {
                    for (name, pattern) in pattern.as_object().unwrap() {
                        self.matches(name, &body["batch"][0][name], pattern)?;
                    }
                }
                "properties" => {
                    self.matches("properties", &body["batch"][0]["properties"], pattern)?
                }
                "properties_have" => {
                    for (name, pattern) in pattern.as_object().unwrap() {
                        let found = body["batch"][0]["properties"]
                            .get(name)
                            .cloned()
                            .unwrap_or(json!("<absent>"));
                        self.matches(name, &found, pattern)?;
                    }
                }
                "uuids" => {
                    let uuids: Vec<Value> = body["batch"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|event| event["uuid"].clone())
                        .collect();
                    self.matches("uuids", &json!(uuids), pattern)?;
                }
                "names" => {
                    let names: Vec<Value> = body["batch"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|event| event["event"].clone())
                        .collect();
                    self.matches("names", &json!(names), pattern)?;
                }
                other => return Err(format!("request part {other} is unknown")),
            }
        }
        Ok(())
    }

    /// Equality, but for texts in angle brackets: `<uuid>` is any, `<uuid7>` any of version 7,
    /// `<same:x>` the text bound to x before or any for the first time, `<new:x>` a text that was
    /// never bound to x.
    fn matches(&mut self, place: &str, found: &Value, expected: &Value) -> Result<(), String> {
        match (found, expected) {
            (Value::Object(left), Value::Object(right)) => {
                let names: BTreeSet<_> = left.keys().chain(right.keys()).collect();
                for name in names {
                    let (Some(left), Some(right)) = (left.get(name), right.get(name)) else {
                        return Err(format!(
                            "{place}: {name} is on one side only: found {found}"
                        ));
                    };
                    self.matches(&format!("{place}.{name}"), left, right)?;
                }
                Ok(())
            }
            (Value::Array(left), Value::Array(right)) if left.len() == right.len() => left
                .iter()
                .zip(right)
                .enumerate()
                .try_for_each(|(index, (left, right))| {
                    self.matches(&format!("{place}[{index}]"), left, right)
                }),
            (Value::String(text), Value::String(pattern))
                if pattern.starts_with('<') && found != expected =>
            {
                let holds = match pattern.trim_matches(['<', '>']).split_once(':') {
                    None if pattern == "<uuid>" => Uuid::try_parse(text).is_ok(),
                    None if pattern == "<uuid7>" => Uuid::try_parse(text)
                        .is_ok_and(|uuid| uuid.get_version_num() == 7 && uuid.to_string() == *text),
                    Some(("same", name)) => {
                        self.bound
                            .entry(name.into())
                            .or_insert_with(|| text.clone())
                            == text
                    }
                    Some(("new", name)) => self
                        .bound
                        .insert(name.into(), text.clone())
                        .is_none_or(|before| before != *text),
                    _ => return Err(format!("{place}: {expected} expected, found {found}")),
                };
                if holds {
                    Ok(())
                } else {
                    Err(format!("{place}: {pattern} expected, found {text:?}"))
                }
            }
            _ => same(place, found, expected),
        }
    }
}

fn same(place: &str, found: &Value, expected: &Value) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{place}: {expected} expected, found {found}"))
    }
}

fn with_event<T>(given: &Value, call: impl FnOnce(&Event<'_>) -> T) -> T {
    let text = |name: &str| given.get(name).map(raw);
    let (name, id) = (text("event").unwrap_or("null".into()), text("distinct_id"));
    let padding = given["pad"]
        .as_u64()
        .map(|bytes| json!({"x": "y".repeat(usize::try_from(bytes).unwrap())}).to_string());
    let (properties, groups, flags, tags) = (
        padding.or_else(|| text("properties")),
        text("groups"),
        text("flags"),
        given["context"].get("tags").map(raw),
    );
    call(&Event {
        name: Scalar::Json(&name),
        distinct_id: id.as_deref().map(Scalar::Json),
        properties: properties.as_deref(),
        timestamp: given["timestamp"].as_str(),
        uuid: given["uuid"].as_str(),
        groups: groups.as_deref(),
        flags: flags.as_deref(),
        disable_geoip: given["disable_geoip"].as_bool(),
        minimal: given["minimal"] == true,
        context: Context {
            distinct_id: given["context"]["distinct_id"].as_str(),
            session_id: given["context"]["session_id"].as_str(),
            device_id: given["context"]["device_id"].as_str(),
            tags: tags.as_deref(),
        },
        lane: lane(&given["lane"]),
    })
}

fn with_special<T>(name: &str, given: &Value, call: impl FnOnce(&SpecialEvent<'_>) -> T) -> T {
    let text = |name: &str| given.get(name).map(raw);
    let (set, set_once, previous, alias) = (
        text("set"),
        text("set_once"),
        text("previous"),
        text("alias"),
    );
    let (group_type, group_key, properties) = (text("type"), text("key"), text("properties"));
    let null = || "null".to_owned();
    match name {
        "identify" => call(&SpecialEvent::Identify {
            set: set.as_deref(),
            set_once: set_once.as_deref(),
            anonymous_id: given["anonymous_id"].as_str(),
        }),
        "set" => call(&SpecialEvent::Set {
            properties: &set.unwrap_or_else(|| "{}".into()),
        }),
        "set_once" => call(&SpecialEvent::SetOnce {
            properties: &set_once.unwrap_or_else(|| "{}".into()),
        }),
        "alias" => call(&SpecialEvent::Alias {
            previous: Scalar::Json(&previous.unwrap_or_else(null)),
            alias: alias.as_deref().map(Scalar::Json),
        }),
        "group_identify" => call(&SpecialEvent::GroupIdentify {
            group_type: Scalar::Json(&group_type.unwrap_or_else(null)),
            group_key: Scalar::Json(&group_key.unwrap_or_else(null)),
            properties: properties.as_deref(),
        }),
        "exception" => with_exception(given, |exception| {
            call(&SpecialEvent::Exception(*exception))
        }),
        other => panic!("call {other} is unknown"),
    }
}

fn with_exception<T>(given: &Value, call: impl FnOnce(&ExceptionEvent<'_>) -> T) -> T {
    let errors = given["list"].as_array().map_or(&[][..], Vec::as_slice);
    let texts: Vec<_> = errors
        .iter()
        .map(|one| {
            let native = one["mechanism"].get("native").map(raw);
            (native, one.get("frames").map(raw))
        })
        .collect();
    let list = errors.iter().zip(&texts).map(|(one, (native, frames))| {
        let mechanism = &one["mechanism"];
        Exception {
            kind: one["type"].as_str().unwrap_or_default(),
            value: one["value"].as_str().unwrap_or_default(),
            module: one["module"].as_str(),
            mechanism: Mechanism {
                kind: mechanism["type"].as_str(),
                handled: mechanism["handled"].as_bool(),
                synthetic: mechanism["synthetic"].as_bool(),
                source: mechanism["source"].as_str(),
                native: native.as_deref(),
            },
            parent: one["parent"]
                .as_u64()
                .map(|parent| usize::try_from(parent).unwrap()),
            frames: frames.as_deref(),
        }
    });
    let times = given["times"].as_u64();
    let length = times.map_or(errors.len(), |times| usize::try_from(times).unwrap());
    let list: Vec<_> = list.cycle().take(length).collect();
    let line = given["line_level"].as_str().unwrap_or_default();
    let boundary = given["boundary"].as_str().map(|name| match name {
        "manual" => Boundary::Manual,
        "logger" => Boundary::Logger(line),
        "console" => Boundary::Console(line),
        "answered" => Boundary::Answered,
        "request" => Boundary::Request,
        "task" => Boundary::Task,
        "uncaught" => Boundary::Uncaught,
        "crash" => Boundary::Crash,
        other => panic!("boundary {other} is unknown"),
    });
    let images = given.get("images").map(raw);
    call(&ExceptionEvent {
        list: &list,
        boundary,
        level: given["level"].as_str(),
        source: given["source"].as_str(),
        images: images.as_deref(),
        automatic: given["automatic"] == true,
    })
}
