//! Reading the vectors, for every test that runs some.
#![allow(dead_code, reason = "each test binary uses a part")]

use std::collections::BTreeSet;
use std::path::Path;

use flags::JsonPerson;
use serde_json::Value;

/// The files of vectors, without the list of rows that they prove.
pub const FILES: [&str; 5] = ["hash", "operators", "flags", "remote", "contracts"];

fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("vectors")
        .join(name)
        .with_extension("json");
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn vectors(name: &str) -> Vec<Value> {
    read(name)["vectors"]
        .as_array()
        .expect("a list of vectors")
        .clone()
}

pub fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} must be a text"))
}

/// A value's JSON. What no JSON value can hold is given as text.
pub fn as_written(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

pub fn rows_of(vector: &Value) -> Vec<String> {
    let rows = vector["rows"]
        .as_array()
        .unwrap_or_else(|| panic!("{vector} names no rows"));
    rows.iter().map(|row| text(row).to_owned()).collect()
}

/// Every row of every table, as `table/row`.
pub fn rows() -> BTreeSet<String> {
    let tables = read("rows");
    let tables = tables["tables"].as_object().expect("tables of rows");
    let named = |(table, rows): (&String, &Value)| -> Vec<String> {
        rows.as_array()
            .expect("a list of rows")
            .iter()
            .map(|row| format!("{table}/{}", text(row)))
            .collect()
    };
    tables.iter().flat_map(named).collect()
}

/// What is missing on either side, a sentence each.
pub fn gaps(rows: &BTreeSet<String>, proven: &BTreeSet<String>) -> Vec<String> {
    let without_vector = rows
        .difference(proven)
        .map(|row| format!("{row} has no vector"));
    let without_row = proven
        .difference(rows)
        .map(|row| format!("{row} is no row"));
    without_vector.chain(without_row).collect()
}

/// The texts that a [`JsonPerson`] borrows.
pub struct Person {
    distinct_id: String,
    device_id: Option<String>,
    properties: String,
    groups: Vec<(String, String, String)>,
}

impl Person {
    pub fn new(person: &Value) -> Self {
        let or_empty = |value: &Value| match value {
            Value::Null => "{}".to_owned(),
            value => as_written(value),
        };
        let group = |(name, group): (&String, &Value)| {
            (
                name.clone(),
                text(&group["key"]).to_owned(),
                or_empty(&group["properties"]),
            )
        };
        Person {
            distinct_id: text(&person["distinct_id"]).to_owned(),
            device_id: person["device_id"].as_str().map(str::to_owned),
            properties: or_empty(&person["properties"]),
            groups: person["groups"]
                .as_object()
                .into_iter()
                .flatten()
                .map(group)
                .collect(),
        }
    }

    pub fn as_json_person(&self) -> JsonPerson<'_> {
        let mut person =
            JsonPerson::new(&self.distinct_id, &self.properties).expect("readable properties");
        if let Some(device_id) = &self.device_id {
            person = person.on_device(device_id);
        }
        for (name, key, properties) in &self.groups {
            person = person
                .in_group(name, key, properties)
                .expect("readable properties");
        }
        person
    }
}
