//! The local HTTP server that the guests' requests reach.
//!
//! It stands in for PostHog: `POST /batch/` is accepted, other paths make it
//! fail in a chosen way, and what arrived is written down for the page.

use std::{
    io::Read,
    net::TcpListener,
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::Duration,
};

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Request, Response};

/// How long the slow path keeps its answer back: longer than any host's timeout in the lessons.
const SLOW: Duration = Duration::from_secs(3);

/// The most bytes of a request's body that are read.
const MAX_BODY: u64 = 1024 * 1024;

pub struct Server {
    http: Arc<tiny_http::Server>,
    arrived: Arc<Mutex<String>>,
    worker: JoinHandle<()>,
    address: String,
    closed: String,
}

impl Server {
    /// Starts listening on a port that the system chooses.
    pub fn start() -> Result<Server> {
        let http = Arc::new(
            tiny_http::Server::http("127.0.0.1:0")
                .map_err(|error| anyhow!("the local server cannot listen: {error}"))?,
        );
        let address = format!("http://{}", http.server_addr());
        let closed = format!("http://{}", TcpListener::bind("127.0.0.1:0")?.local_addr()?);
        let arrived = Arc::new(Mutex::new(String::new()));
        let worker = thread::spawn({
            let (http, arrived) = (Arc::clone(&http), Arc::clone(&arrived));
            move || {
                for request in http.incoming_requests() {
                    serve(request, &arrived);
                }
            }
        });
        Ok(Server {
            http,
            arrived,
            worker,
            address,
            closed,
        })
    }

    /// What the programs need to know: where the server is, and where nobody listens.
    pub fn environment(&self) -> [(&'static str, &str); 2] {
        [
            ("POSTHOG_HOST", &self.address),
            ("POSTHOG_CLOSED_HOST", &self.closed),
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

fn serve(mut request: Request, arrived: &Mutex<String>) {
    let mut body = Vec::new();
    let read = request.as_reader().take(MAX_BODY).read_to_end(&mut body);
    let content_type = request
        .headers()
        .iter()
        .find(|header| header.field.equiv("Content-Type"));
    let content_type = content_type.map_or("no content type", |header| header.value.as_str());
    let line = format!(
        "{} {}, {content_type}\n  {}\n",
        request.method(),
        request.url(),
        String::from_utf8_lossy(&body)
    );
    arrived.lock().expect("no holder panics").push_str(&line);
    let (status, answer) = match (request.method(), request.url(), read) {
        (Method::Post, "/batch/", Ok(_)) => (200, r#"{"status":1}"#.to_owned()),
        // As long an answer as the request was, so that two requests have answers of different lengths.
        (Method::Post, "/echo/", Ok(_)) => (200, String::from_utf8_lossy(&body).into_owned()),
        (Method::Post, "/status/500/", Ok(_)) => (500, r#"{"error":"out of order"}"#.to_owned()),
        (Method::Post, "/slow/", Ok(_)) => {
            // On a thread of its own, so that the server goes on and can be stopped.
            thread::spawn(move || {
                thread::sleep(SLOW);
                // The host has hung up by then, which is what the lesson shows.
                drop(request.respond(Response::from_string("late")));
            });
            return;
        }
        _ => (404, r#"{"error":"no such path"}"#.to_owned()),
    };
    let json = Header::from_bytes("Content-Type", "application/json").expect("the header is valid");
    // A host that hung up in the meantime is its own business.
    drop(
        request.respond(
            Response::from_string(answer)
                .with_status_code(status)
                .with_header(json),
        ),
    );
}
