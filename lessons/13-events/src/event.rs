//! What a caller hands over: one event, and what the host knows around it.
//!
//! An [`Event`] borrows every text it has, and none of them is checked yet.

/// A text that a dynamically typed caller may have got wrong.
#[derive(Debug, Clone, Copy)]
pub enum Scalar<'a> {
    /// The caller's language guarantees a text.
    Text(&'a str),
    /// Any JSON value, from a language that guarantees nothing. Numbers become decimal text where
    /// that is allowed.
    Json(&'a str),
}

impl Default for Scalar<'_> {
    fn default() -> Self {
        Scalar::Text("")
    }
}

impl<'a> From<&'a str> for Scalar<'a> {
    fn from(text: &'a str) -> Self {
        Scalar::Text(text)
    }
}

/// Which queue an event takes. Each has its own bounds and its own endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LaneName {
    /// `/batch/`, or the v1 endpoint when the client speaks v1.
    #[default]
    Analytics,
    /// `/i/v0/ai/batch/`, always in the v0 form, for large events of language-model calls.
    Ai,
}

/// What the caller's surroundings say: the innermost open context, as the host resolved it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// Used when the event names nobody itself.
    pub distinct_id: Option<&'a str>,
    /// Becomes `$session_id`, unless the event has one.
    pub session_id: Option<&'a str>,
    /// Becomes `$device_id`, unless the event has one.
    pub device_id: Option<&'a str>,
    /// A JSON object of tags; they become properties where the event has none of that name.
    pub tags: Option<&'a str>,
}

/// One event as a caller describes it. `Event { name: "invoice paid".into(), ..Event::default() }`
/// is the smallest.
#[derive(Debug, Clone, Copy, Default)]
pub struct Event<'a> {
    /// The event's name; it may not be empty.
    pub name: Scalar<'a>,
    /// Who did it. Without one, and without one in the context, the event is *personless* under an
    /// invented id.
    pub distinct_id: Option<Scalar<'a>>,
    /// A JSON object, checked and sent as it is written.
    pub properties: Option<&'a str>,
    /// When it happened, date and time in ISO 8601; no zone means UTC. A date alone is not read.
    /// Absent or unreadable means now.
    pub timestamp: Option<&'a str>,
    /// A UUID in any of its written forms (RFC 9562 §4). The one with hyphens is sent as it is
    /// written, capitals included; the others are sent in that form. Absent or unreadable means a
    /// fresh version 7.
    pub uuid: Option<&'a str>,
    /// A JSON object from group type to group key; becomes `$groups`.
    pub groups: Option<&'a str>,
    /// A JSON object from flag key to `true`, `false`, a variant's name or `null`; becomes
    /// `$feature/<key>` and `$active_feature_flags`.
    pub flags: Option<&'a str>,
    /// Whether the server must not look up the address; absent means the client's default.
    pub disable_geoip: Option<bool>,
    /// Keeps only the properties on the list for a minimal `$feature_flag_called`.
    pub minimal: bool,
    /// The surroundings.
    pub context: Context<'a>,
    /// The queue to take.
    pub lane: LaneName,
}

impl Scalar<'_> {
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Scalar::Text(text) | Scalar::Json(text) => text.len(),
        }
    }
}

impl Event<'_> {
    /// The size of its name and properties.
    pub(crate) fn own_bytes(&self) -> usize {
        let properties = self.properties.map_or(0, str::len);
        self.name.bytes().saturating_add(properties)
    }

    /// The size of all its other parts together, what another part overrules included.
    pub(crate) fn bytes_around(&self) -> usize {
        let context = &self.context;
        let id = self.distinct_id.map_or(0, |id| id.bytes());
        [
            self.timestamp,
            self.uuid,
            self.groups,
            self.flags,
            context.distinct_id,
            context.session_id,
            context.device_id,
            context.tags,
        ]
        .into_iter()
        .flatten()
        .fold(id, |sum, part| sum.saturating_add(part.len()))
    }
}
