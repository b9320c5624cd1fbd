//! One event with many names: those of two sources that may share some, and those that are listed,
//! repaired or returned by a hook.

use counting::{Growth, Ready};
use events::{
    Context, Event, Exception, ExceptionEvent, LaneName, Machine, Protocol, Refused, SpecialEvent,
};

use super::{capture, event, machine, members, object, send_all};
use crate::NOW;

pub(super) fn works() -> Vec<Growth> {
    vec![
        Growth {
            name: "properties beside tags",
            size: 200,
            ready: tags,
        },
        Growth {
            name: "properties and tags that are too large together",
            size: 200,
            ready: too_large,
        },
        Growth {
            name: "properties beside super properties",
            size: 200,
            ready: super_properties,
        },
        Growth {
            name: "properties of a minimal event beside runtime properties",
            size: 200,
            ready: minimal,
        },
        Growth {
            name: "properties that are repaired",
            size: 500,
            ready: repaired,
        },
        Growth {
            name: "properties with escapes in their names",
            size: 200,
            ready: escaped,
        },
        Growth {
            name: "flags of an event",
            size: 1000,
            ready: flags,
        },
        Growth {
            name: "groups of an event",
            size: 500,
            ready: groups,
        },
        Growth {
            name: "properties that a hook returned",
            size: 500,
            ready: returned,
        },
        Growth {
            name: "a person's properties in two places, in protocol v1",
            size: 200,
            ready: set_and_set,
        },
        Growth {
            name: "frames of an exception",
            size: 200,
            ready: frames,
        },
        Growth {
            name: "native frames and their images",
            size: 200,
            ready: images,
        },
    ]
}

/// Every second tag has the name of a property.
fn tagged<'a>(properties: &'a str, tags: &'a str) -> Event<'a> {
    Event {
        context: Context {
            tags: Some(tags),
            ..Context::default()
        },
        ..event(properties)
    }
}

fn tags(size: usize) -> Ready {
    let mut machine = machine(|_| {});
    let (properties, tags) = (object("name", size), object("name", size * 2));
    Box::new(move || capture(&mut machine, &tagged(&properties, &tags)))
}

fn too_large(size: usize) -> Ready {
    let (properties, tags) = (object("property", size), object("tag", size));
    let limit = properties.len().max(tags.len());
    let mut machine = machine(|config| config.max_event_bytes = limit);
    Box::new(move || {
        let taken = machine.handle_capture(NOW, &tagged(&properties, &tags));
        assert!(matches!(taken, Err(Refused::TooLarge { .. })));
    })
}

fn super_properties(size: usize) -> Ready {
    let mut machine = machine(|config| config.super_properties = Some(object("super", size)));
    let properties = object("name", size);
    Box::new(move || capture(&mut machine, &event(&properties)))
}

fn minimal(size: usize) -> Ready {
    let mut machine = machine(|config| config.runtime_properties = Some(object("runtime", size)));
    let properties = object("name", size);
    Box::new(move || {
        let minimal = Event {
            minimal: true,
            ..event(&properties)
        };
        capture(&mut machine, &minimal);
    })
}

fn repaired(size: usize) -> Ready {
    let mut machine = machine(|_| {});
    let properties = members(size, |member| format!(r#""name {member}":[NaN,"\ud800"]"#));
    Box::new(move || capture(&mut machine, &event(&properties)))
}

fn escaped(size: usize) -> Ready {
    let mut machine = machine(|_| {});
    let names = |member| format!(r#""\u006eame {member}":0"#);
    let (properties, tags) = (members(size, names), members(size * 2, names));
    Box::new(move || capture(&mut machine, &tagged(&properties, &tags)))
}

/// The last by name come first.
fn flags(size: usize) -> Ready {
    let mut machine = machine(|_| {});
    let flags = members(size, |member| format!("\"flag {:06}\":true", size - member));
    Box::new(move || {
        let with_flags = Event {
            flags: Some(&flags),
            ..event("{}")
        };
        capture(&mut machine, &with_flags);
    })
}

fn groups(size: usize) -> Ready {
    let mut machine = machine(|_| {});
    let groups = object("group", size);
    Box::new(move || {
        let with_groups = Event {
            groups: Some(&groups),
            ..event("{}")
        };
        capture(&mut machine, &with_groups);
    })
}

fn returned(size: usize) -> Ready {
    let mut machine = machine(|_| {});
    let properties = object("name", size);
    Box::new(move || {
        let prepared = machine.handle_prepare(NOW, &event(&properties), None);
        let prepared = prepared.expect("a sound event").to_owned();
        take_back(&mut machine, &prepared);
    })
}

/// What is in the root and in the properties is made one object, again for each attempt.
fn set_and_set(size: usize) -> Ready {
    let mut machine = machine(|config| config.protocol = Protocol::V1);
    let event = format!(
        r#"{{"event":"$set","distinct_id":"user-7","properties":{{"$set":{}}},"$set":{}}}"#,
        object("name", size),
        object("name", size * 2),
    );
    take_back(&mut machine, &event);
    Box::new(move || send_all(&mut machine, |_| Some((503, ""))))
}

fn take_back(machine: &mut Machine, returned: &str) {
    machine
        .handle_prepared(NOW, LaneName::Analytics, returned)
        .expect("a sound event");
}

fn frames(size: usize) -> Ready {
    let frame = r#"{"platform":"python","filename":"app/views.py","function":"pay","lineno":42,"in_app":true,"context_line":"pay()"}"#;
    throw(format!("[{}]", vec![frame; size].join(",")), None)
}

/// Each frame lies in an image that no other frame lies in.
fn images(size: usize) -> Ready {
    let list = |write: &dyn Fn(usize) -> String| {
        format!("[{}]", (0..size).map(write).collect::<Vec<_>>().join(","))
    };
    let frames = list(&|place| {
        format!(
            r#"{{"platform":"native","instruction_addr":"0x{place:x}1","image_addr":"0x{place:x}0"}}"#
        )
    });
    let images = list(&|place| format!(r#"{{"debug_id":"{place}","image_addr":"0x{place:x}0"}}"#));
    throw(frames, Some(images))
}

fn throw(frames: String, images: Option<String>) -> Ready {
    let mut machine = machine(|_| {});
    Box::new(move || {
        let thrown = Exception {
            kind: "ValueError",
            value: "no such invoice",
            frames: Some(&frames),
            ..Exception::default()
        };
        let special = SpecialEvent::Exception(ExceptionEvent {
            list: &[thrown],
            images: images.as_deref(),
            ..ExceptionEvent::default()
        });
        let taken = machine.handle_special(NOW, &event("{}"), &special);
        taken.expect("room in the queue");
    })
}
