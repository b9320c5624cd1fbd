//! From lesson 5: the HTTP client that a host lends to its guest. Knows nothing of events.

use std::{env, io::ErrorKind, sync::LazyLock, time::Duration};

use ureq::{Agent, Error};
use wasmtime::{Caller, Linker, Result, error::Context};

use crate::Strings;

/// How long a guest waits for an answer: what PostHog's Python SDK grants a capture.
pub const TIMEOUT: Duration = Duration::from_secs(15);

// One for all guests: it keeps connections open, and a new agent would open new ones.
static AGENT: LazyLock<Agent> = LazyLock::new(|| {
    let config = Agent::config_builder().http_status_as_error(false);
    config.build().into()
});

/// One guest's way to the PostHog host.
pub struct Http {
    host: String,
    timeout: Duration,
    /// The length in bytes of the last answer that was written to the guest's memory.
    pub length: u32,
}

impl Http {
    /// `host` is a scheme and an authority, and may have a path: `https://us.i.posthog.com`.
    pub fn new(host: impl Into<String>, timeout: Duration) -> Http {
        Http {
            host: host.into(),
            timeout,
            length: 0,
        }
    }

    // ANCHOR: post
    /// POSTs a JSON body to a path of the host: `200 {"status":1}`, or `0` and why no answer came.
    pub fn post(&self, path: &str, body: &str) -> String {
        let (status, body) = self.answer(path, body);
        format!("{status} {body}")
    }

    /// The same, in two: the status and the answer's body, or 0 and why no answer came.
    pub fn answer(&self, path: &str, body: &str) -> (u16, String) {
        let request = AGENT
            .post(format!("{}{path}", self.host))
            .content_type("application/json")
            .config()
            .timeout_global(Some(self.timeout))
            .build();
        let answer = request.send(body).and_then(|mut response| {
            let body = response.body_mut().read_to_vec()?;
            Ok((response.status().as_u16(), body))
        });
        match answer.map(|(status, body)| (status, String::from_utf8(body))) {
            Ok((status, Ok(body))) => (status, body),
            Ok((_, Err(_))) => (0, "the answer is not UTF-8".into()),
            Err(Error::Timeout(_)) => (
                0,
                format!("no answer within {} seconds", self.timeout.as_secs()),
            ),
            Err(Error::Io(error)) if error.kind() == ErrorKind::ConnectionRefused => {
                (0, "the connection was refused".into())
            }
            Err(error) => (0, error.to_string()),
        }
    }
    // ANCHOR_END: post

    // ANCHOR: imports
    /// Defines what the guest imports.
    pub fn lend(linker: &mut Linker<Http>) -> Result<()> {
        let module = "posthog";
        linker.func_wrap(module, "http_request", Http::request)?;
        linker.func_wrap(module, "http_request_len", |caller: Caller<'_, Http>| {
            caller.data().length
        })?;
        Ok(())
    }

    /// The import `http_request`.
    pub fn request(
        mut caller: Caller<'_, Http>,
        path: u32,
        path_len: u32,
        body: u32,
        body_len: u32,
    ) -> Result<u32> {
        let strings = Strings::of_caller(&mut caller)?;
        let path = strings.copy(&caller, path, path_len)?;
        let body = strings.copy(&caller, body, body_len)?;
        let answer = caller.data().post(&path, &body);
        let (address, length) = strings.write(&mut caller, &answer)?;
        caller.data_mut().length = length;
        Ok(address)
    }
    // ANCHOR_END: imports
}

/// The host address in an environment variable, `POSTHOG_HOST` or `POSTHOG_CLOSED_HOST`.
pub fn host_address(variable: &str) -> Result<String> {
    env::var(variable).with_context(|| {
        format!("{variable} is not set: `just lesson` starts a server and sets it")
    })
}
