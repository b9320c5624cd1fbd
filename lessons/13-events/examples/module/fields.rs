//! What a host has written, field by field, in the order in which the operations ask for it.

use alloc::vec::Vec;
use events::{
    Boundary, Context, Event, Exception, ExceptionEvent, LaneName, Mechanism, Now, Scalar,
    SpecialEvent,
};

pub(crate) struct Fields<'a>(pub(crate) &'a [u8]);

impl<'a> Fields<'a> {
    #[inline(never)]
    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let (length, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        let (field, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        self.0 = rest;
        Some(field)
    }

    #[inline(never)]
    pub(crate) fn text(&mut self) -> Option<&'a str> {
        self.bytes()
            .and_then(|field| core::str::from_utf8(field).ok())
    }

    #[inline(never)]
    fn given_number(&mut self) -> Option<u64> {
        let field = self.bytes()?.first_chunk()?;
        Some(u64::from_le_bytes(*field))
    }

    #[inline(never)]
    pub(crate) fn number(&mut self) -> u64 {
        self.given_number().unwrap_or_default()
    }

    fn boolean(&mut self) -> Option<bool> {
        self.text().map(|text| text == "true")
    }

    pub(crate) fn now(&mut self) -> Now {
        Now {
            monotonic: self.number(),
            unix: self.number(),
        }
    }

    pub(crate) fn event(&mut self) -> Event<'a> {
        Event {
            name: Scalar::Text(self.text().unwrap_or_default()),
            distinct_id: self.text().map(Scalar::Json),
            properties: self.text(),
            timestamp: self.text(),
            uuid: self.text(),
            groups: self.text(),
            flags: self.text(),
            disable_geoip: self.boolean(),
            minimal: self.number() == 1,
            context: Context {
                distinct_id: self.text(),
                session_id: self.text(),
                device_id: self.text(),
                tags: self.text(),
            },
            lane: self.lane(),
        }
    }

    pub(crate) fn lane(&mut self) -> LaneName {
        if self.number() == 1 {
            LaneName::Ai
        } else {
            LaneName::Analytics
        }
    }

    /// Which special event: 0 none, 1 identify, 2 set, 3 set once, 4 alias, 5 group, 6 exception.
    pub(crate) fn special<'t>(
        &mut self,
        kind: u64,
        errors: &'t mut Vec<Exception<'a>>,
    ) -> Option<SpecialEvent<'t>>
    where
        'a: 't,
    {
        Some(match kind {
            0 => return None,
            1 => SpecialEvent::Identify {
                set: self.text(),
                set_once: self.text(),
                anonymous_id: self.text(),
            },
            2 => SpecialEvent::Set {
                properties: self.text().unwrap_or_default(),
            },
            3 => SpecialEvent::SetOnce {
                properties: self.text().unwrap_or_default(),
            },
            4 => SpecialEvent::Alias {
                previous: Scalar::Json(self.text().unwrap_or_default()),
                alias: self.text().map(Scalar::Json),
            },
            5 => SpecialEvent::GroupIdentify {
                group_type: Scalar::Text(self.text().unwrap_or_default()),
                group_key: Scalar::Json(self.text().unwrap_or_default()),
                properties: self.text(),
            },
            _ => {
                let exception = ExceptionEvent {
                    boundary: self.boundary(),
                    level: self.text(),
                    source: self.text(),
                    images: self.text(),
                    automatic: self.number() == 1,
                    list: &[],
                };
                while !self.0.is_empty() && errors.len() < 50 {
                    errors.push(self.exception());
                }
                SpecialEvent::Exception(ExceptionEvent {
                    list: errors,
                    ..exception
                })
            }
        })
    }

    /// 1 by hand, 2 logger and 3 console with the line's level as the field behind, 4 answered,
    /// 5 request, 6 task, 7 uncaught, 8 crash; not known otherwise.
    fn boundary(&mut self) -> Option<Boundary<'a>> {
        Some(match self.number() {
            1 => Boundary::Manual,
            2 => Boundary::Logger(self.text().unwrap_or_default()),
            3 => Boundary::Console(self.text().unwrap_or_default()),
            4 => Boundary::Answered,
            5 => Boundary::Request,
            6 => Boundary::Task,
            7 => Boundary::Uncaught,
            8 => Boundary::Crash,
            _ => return None,
        })
    }

    fn exception(&mut self) -> Exception<'a> {
        Exception {
            kind: self.text().unwrap_or_default(),
            value: self.text().unwrap_or_default(),
            module: self.text(),
            mechanism: Mechanism {
                kind: self.text(),
                handled: self.boolean(),
                synthetic: self.boolean(),
                source: self.text(),
                native: self.text(),
            },
            parent: self.given_number().map(|parent| parent as usize),
            frames: self.text(),
        }
    }
}
