//! Definitions and a person, separated by a zero byte: never a panic, and the same answer whatever
//! the scratch was used for before.
#![no_main]

use flags::{Definitions, JsonPerson, Name, Options, Person, Scratch, Value};
use libfuzzer_sys::fuzz_target;

/// A person that refuses to answer what no flag announced.
struct Watched<'a> {
    person: &'a JsonPerson<'a>,
    definitions: &'a Definitions,
    needs: &'a flags::Needs,
}

impl Person for Watched<'_> {
    fn distinct_id(&self) -> &str {
        self.person.distinct_id()
    }

    fn device_id(&self) -> Option<&str> {
        assert!(self.needs.device_id, "the device id was not announced");
        self.person.device_id()
    }

    fn property(&self, name: Name<'_>) -> Option<Value<'_>> {
        assert!(
            self.needs.person.contains(&name.index),
            "{} was not announced",
            name.text
        );
        self.person.property(name)
    }

    fn group_key(&self, group_type: &str) -> Option<&str> {
        let index = self
            .definitions
            .group_types()
            .position(|name| name == group_type)
            .expect("a known group type");
        assert!(
            self.needs.groups.contains(&(index as u32)),
            "the group {group_type} was not announced"
        );
        self.person.group_key(group_type)
    }

    fn group_property(&self, group_type: &str, name: Name<'_>) -> Option<Value<'_>> {
        let index = self
            .definitions
            .group_types()
            .position(|name| name == group_type)
            .expect("a known group type");
        let announced = self
            .needs
            .group_properties
            .contains(&(index as u32, name.index));
        assert!(announced, "{} of {group_type} was not announced", name.text);
        self.person.group_property(group_type, name)
    }
}

fuzz_target!(|input: &str| {
    let (document, properties) = input.split_once('\0').unwrap_or((input, "{}"));
    let Ok(person) = JsonPerson::new("u1", properties) else {
        return;
    };
    let Ok(person) = person
        .on_device("dev")
        .in_group("company", "acme", properties)
    else {
        return;
    };
    let mut used = Scratch::default();
    for strict in [false, true] {
        let Ok(definitions) = Definitions::parse(
            document,
            &Options {
                strict,
                ..Options::default()
            },
        ) else {
            return;
        };
        for flag in 0..definitions.len() {
            let needs = definitions.needs(flag);
            let watched = Watched {
                person: &person,
                definitions: &definitions,
                needs: &needs,
            };
            let answer = definitions.evaluate(flag, &watched, 1_736_294_400_000, &mut used);
            let again =
                definitions.evaluate(flag, &watched, 1_736_294_400_000, &mut Scratch::default());
            assert_eq!(answer, again, "the scratch has no memory");
        }
    }
});
