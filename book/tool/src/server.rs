//! The local HTTP server that the guests' requests reach.
//!
//! It stands in for PostHog: a POST to `/batch/` is accepted, and what arrived is
//! written down for the page. In front of that path stands what the server is
//! asked to do wrong, as if it lay behind a proxy. Knows nothing of events.
//!
//! | Host address | What a POST to `/batch/` gets |
//! |---|---|
//! | `POSTHOG_HOST` | `200 {"status":1}` |
//! | `POSTHOG_HOST` + `/echo` | 200 and its own body |
//! | `POSTHOG_HOST` + `/status/500` | that status |
//! | `POSTHOG_HOST` + `/slow` | nothing, ever |
//! | `POSTHOG_CLOSED_HOST` | no connection |

use std::{
    io::Read,
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
};

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Request, Response};

/// An address that refuses: port 4 has no service (IANA lists it as unassigned), and a port that
/// was free a moment ago could by now be somebody's.
const CLOSED: &str = "http://127.0.0.1:4";

/// The most bytes of a request's body that are read.
const MAX_BODY: u64 = 1024 * 1024;

/// The path that every guest posts to.
const PATH: &str = "/batch/";

pub struct Server {
    http: Arc<tiny_http::Server>,
    arrived: Arc<Mutex<String>>,
    worker: JoinHandle<()>,
    address: String,
}

/// What the server does with a request.
enum Reaction {
    Answer(u16, String),
    /// Keeps the connection open and says nothing until the server stops.
    Silence,
}

impl Server {
    /// Starts listening on a port that the system chooses.
    pub fn start() -> Result<Server> {
        let http = Arc::new(
            tiny_http::Server::http("127.0.0.1:0")
                .map_err(|error| anyhow!("the local server cannot listen: {error}"))?,
        );
        let address = format!("http://{}", http.server_addr());
        let arrived = Arc::new(Mutex::new(String::new()));
        let worker = thread::spawn({
            let (http, arrived) = (Arc::clone(&http), Arc::clone(&arrived));
            move || {
                let mut unanswered = Vec::new();
                for request in http.incoming_requests() {
                    unanswered.extend(serve(request, &arrived));
                }
            }
        });
        Ok(Server {
            http,
            arrived,
            worker,
            address,
        })
    }

    /// What the programs need to know: where the server is, and where nobody listens.
    pub fn environment(&self) -> [(&'static str, &str); 2] {
        [
            ("POSTHOG_HOST", &self.address),
            ("POSTHOG_CLOSED_HOST", CLOSED),
        ]
    }

    /// Stops listening; gives back what arrived, a request after the other.
    pub fn stop(self) -> String {
        self.http.unblock();
        self.worker
            .join()
            .expect("the server's thread does not panic");
        self.arrived.lock().expect("no holder panics").clone()
    }
}

/// Writes a request down and answers it; gives it back if it shall wait for ever.
fn serve(mut request: Request, arrived: &Mutex<String>) -> Option<Request> {
    let mut body = Vec::new();
    // A host that hangs up while it sends shows on the page by what is missing.
    drop(request.as_reader().take(MAX_BODY).read_to_end(&mut body));
    let body = String::from_utf8_lossy(&body);
    arrived
        .lock()
        .expect("no holder panics")
        .push_str(&described(&request, &body));
    let (status, answer) = match reaction(request.method(), request.url(), &body) {
        Reaction::Answer(status, answer) => (status, answer),
        Reaction::Silence => return Some(request),
    };
    let json = Header::from_bytes("Content-Type", "application/json").expect("the header is valid");
    let response = Response::from_string(answer)
        .with_status_code(status)
        .with_header(json);
    // A host that hung up in the meantime is its own business.
    drop(request.respond(response));
    None
}

/// Two lines of the page: method, path and content type, then the body.
fn described(request: &Request, body: &str) -> String {
    let content_type = request
        .headers()
        .iter()
        .find(|header| header.field.equiv("Content-Type"))
        .map_or("no content type", |header| header.value.as_str());
    format!(
        "{} {}, {content_type}\n  {body}\n",
        request.method(),
        request.url()
    )
}

/// What the part of the path before `/batch/` asks for.
fn reaction(method: &Method, url: &str, body: &str) -> Reaction {
    let unknown = || Reaction::Answer(404, r#"{"error":"no such path"}"#.to_owned());
    let Some(prefix) = url.strip_suffix(PATH) else {
        return unknown();
    };
    if *method != Method::Post {
        return Reaction::Answer(405, r#"{"error":"POST is expected"}"#.to_owned());
    }
    match prefix {
        "" => Reaction::Answer(200, r#"{"status":1}"#.to_owned()),
        // Two requests of different lengths get answers of different lengths.
        "/echo" => Reaction::Answer(200, body.to_owned()),
        "/slow" => Reaction::Silence,
        _ => match prefix.strip_prefix("/status/").map(str::parse) {
            Some(Ok(status)) => Reaction::Answer(status, r#"{"error":"out of order"}"#.to_owned()),
            _ => unknown(),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{ErrorKind, Write},
        net::TcpStream,
    };

    use super::*;

    fn connect(server: &Server) -> TcpStream {
        let address = server.address.strip_prefix("http://").unwrap();
        TcpStream::connect(address).unwrap()
    }

    fn ask(server: &Server, request: &str, body: &str) -> TcpStream {
        let mut stream = connect(server);
        let head = "Host: local\r\nConnection: close\r\nContent-Type: application/json";
        write!(
            stream,
            "{request} HTTP/1.1\r\n{head}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        stream
    }

    /// The status and the body of an answer.
    fn answer(server: &Server, request: &str, body: &str) -> (u16, String) {
        let mut text = String::new();
        ask(server, request, body)
            .read_to_string(&mut text)
            .unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap();
        (status.parse().unwrap(), body.to_owned())
    }

    #[test]
    fn a_batch_is_accepted() {
        let server = Server::start().unwrap();
        let accepted = answer(&server, "POST /batch/", "{}");
        assert_eq!(accepted, (200, r#"{"status":1}"#.to_owned()));
    }

    #[test]
    fn an_echo_is_as_long_as_the_request() {
        let server = Server::start().unwrap();
        for body in ["", "{}", r#"{"event":"🚀"}"#] {
            let echoed = answer(&server, "POST /echo/batch/", body);
            assert_eq!(echoed, (200, body.to_owned()));
        }
    }

    #[test]
    fn the_path_chooses_the_status() {
        let server = Server::start().unwrap();
        for status in [429, 500, 503] {
            let refused = answer(&server, &format!("POST /status/{status}/batch/"), "{}");
            assert_eq!(refused, (status, r#"{"error":"out of order"}"#.to_owned()));
        }
    }

    #[test]
    fn what_nobody_should_ask_for_is_refused() {
        let server = Server::start().unwrap();
        for path in ["/", "/capture/", "/status/many/batch/", "/echo/"] {
            assert_eq!(answer(&server, &format!("POST {path}"), "{}").0, 404);
        }
        assert_eq!(answer(&server, "GET /batch/", "").0, 405);
    }

    #[test]
    fn a_slow_request_arrives_and_gets_no_answer_while_the_server_runs() {
        let server = Server::start().unwrap();
        let mut slow = ask(&server, "POST /slow/batch/", "{}");
        // The server takes one request after the other, and goes on after a slow one.
        while !server.arrived.lock().unwrap().contains("/slow/") {
            thread::yield_now();
        }
        assert_eq!(answer(&server, "POST /batch/", "{}").0, 200);
        slow.set_nonblocking(true).unwrap();
        let nothing = slow.read(&mut [0]).unwrap_err();
        assert_eq!(nothing.kind(), ErrorKind::WouldBlock);
    }

    #[test]
    fn what_arrived_is_written_down_in_order() {
        let server = Server::start().unwrap();
        answer(&server, "POST /batch/", r#"{"event":"Łódź"}"#);
        answer(&server, "POST /status/500/batch/", "2");
        assert_eq!(
            server.stop(),
            "POST /batch/, application/json\n  {\"event\":\"Łódź\"}\nPOST /status/500/batch/, application/json\n  2\n"
        );
    }

    #[test]
    fn nothing_arrived_where_nothing_was_sent() {
        assert_eq!(Server::start().unwrap().stop(), "");
    }

    #[test]
    fn the_closed_host_refuses_a_connection() {
        let address = CLOSED.strip_prefix("http://").unwrap();
        let refused = TcpStream::connect(address).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    }
}
