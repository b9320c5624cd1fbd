//! The work that is measured: four flags as customers have them, and ten thousand persons in turn;
//! `documents` has what is read and written, `growth` what must not grow faster than its input.

pub mod documents;
pub mod growth;

use flags::{Answer, Definitions, JsonPerson, Name, Options, Person, Scratch, Value};

/// The definitions, for both sides of the comparison.
pub const DEFINITIONS: &str = include_str!("definitions.json");

/// The person's properties, for both sides of the comparison.
pub const PROPERTIES: &str =
    r#"{"email":"someone@example.com","plan":"pro","seats":25,"country":"DE"}"#;

/// What is measured, by name: a flag's key, or nothing for all flags of a person.
pub const WORKS: [(&str, Option<&str>); 4] = [
    ("simple rollout", Some("simple")),
    ("three filters", Some("filters")),
    ("three variants", Some("variants")),
    ("all flags", None),
];

/// The ids of the persons.
pub fn ids() -> Vec<String> {
    (0..10_000).map(|id| format!("person-{id}")).collect()
}

/// One of the persons: an id of its own, and properties that were read before.
struct Caller<'a> {
    id: &'a str,
    properties: &'a JsonPerson<'a>,
}

impl Person for Caller<'_> {
    fn distinct_id(&self) -> &str {
        self.id
    }

    fn property(&self, name: Name<'_>) -> Option<Value<'_>> {
        self.properties.property(name)
    }
}

/// This crate's side, ready to be asked.
pub struct Ours {
    definitions: Definitions,
    scratch: Scratch,
    properties: JsonPerson<'static>,
}

impl Default for Ours {
    fn default() -> Self {
        Ours {
            definitions: Definitions::parse(DEFINITIONS, &Options::default())
                .expect("definitions that can be read"),
            scratch: Scratch::default(),
            properties: JsonPerson::new("", PROPERTIES).expect("sound properties"),
        }
    }
}

impl Ours {
    /// One flag by its key.
    pub fn flag(&mut self, key: &str, id: &str) -> Answer {
        let flag = self.definitions.find(key).expect("a known flag");
        self.by_index(flag, id)
    }

    /// All flags, handing each answer on.
    pub fn all(&mut self, id: &str, mut each: impl FnMut(Answer)) {
        (0..self.definitions.len()).for_each(|flag| each(self.by_index(flag, id)));
    }

    /// An answer in words, to compare with the other side's.
    pub fn words(&self, key: &str, answer: Answer) -> String {
        match answer.outcome {
            flags::Outcome::Off => "false".into(),
            flags::Outcome::On => "true".into(),
            flags::Outcome::Variant(variant) => {
                let flag = self.definitions.find(key).expect("a known flag");
                self.definitions
                    .variant(flag, variant)
                    .expect("a known variant")
                    .into()
            }
            open => format!("{open:?}"),
        }
    }

    fn by_index(&mut self, flag: u32, id: &str) -> Answer {
        let caller = Caller {
            id,
            properties: &self.properties,
        };
        self.definitions
            .evaluate(flag, &caller, 1_736_294_400_000, &mut self.scratch)
    }
}
