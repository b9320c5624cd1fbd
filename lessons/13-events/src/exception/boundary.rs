//! Where an error was caught, and what that alone says about it.

/// Where an error was caught: what the host knows even if nobody says more.
///
/// | | level | type of the mechanism | handled |
/// |---|---|---|---|
/// | `Manual` | `error` | `generic` | true |
/// | `Logger` | the line's | `logger` | true |
/// | `Console` | the line's | `onconsole` | true |
/// | `Answered` | `error` | `middleware` | true |
/// | `Request` | `error` | `middleware` | false |
/// | `Task` | `error` | `task` | false |
/// | `Uncaught` | `error` | the host's word | false |
/// | `Crash` | `fatal` | the host's word | false |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boundary<'a> {
    /// When the application captured it by hand.
    Manual,
    /// When it was logged, with the level of that line. A line does not end a request, so the error
    /// was handled even if the level is fatal.
    Logger(&'a str),
    /// When it was written to the console, with the level of that line.
    Console(&'a str),
    /// When a framework's handler caught it and answers the request.
    Answered,
    /// When it left a request.
    Request,
    /// When it left a background task.
    Task,
    /// When nothing caught it and the process may go on. [`crate::Mechanism::kind`] has the host's
    /// word for it, such as `onuncaughtexception` or `onunhandledrejection`.
    Uncaught,
    /// When it ends the process. [`crate::Mechanism::kind`] is `panic`, `signal`, `crash_reporter`
    /// or the host's own word.
    Crash,
}

/// What is sent where nobody says otherwise.
#[derive(Default)]
pub(super) struct Defaults {
    pub(super) level: Option<&'static str>,
    pub(super) kind: Option<&'static str>,
    pub(super) handled: Option<bool>,
}

impl<'a> Boundary<'a> {
    pub(super) fn defaults(boundary: Option<Boundary<'_>>) -> Defaults {
        let Some(boundary) = boundary else {
            return Defaults::default();
        };
        let (level, kind, handled) = match boundary {
            Boundary::Manual => (Some("error"), Some("generic"), true),
            Boundary::Logger(_) => (None, Some("logger"), true),
            Boundary::Console(_) => (None, Some("onconsole"), true),
            Boundary::Answered => (Some("error"), Some("middleware"), true),
            Boundary::Request => (Some("error"), Some("middleware"), false),
            Boundary::Task => (Some("error"), Some("task"), false),
            Boundary::Uncaught => (Some("error"), None, false),
            Boundary::Crash => (Some("fatal"), None, false),
        };
        Defaults {
            level,
            kind,
            handled: Some(handled),
        }
    }

    /// The level of the line that the error was in.
    pub(super) fn line_level(self) -> Option<&'a str> {
        match self {
            Boundary::Logger(level) | Boundary::Console(level) => Some(level),
            _ => None,
        }
    }
}
