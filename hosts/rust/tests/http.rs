//! The HTTP client against servers that do what the lesson's never does.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread::{self, JoinHandle},
    time::Duration,
};

use host::Http;

/// What a POST of `{}` gives where the server says these bytes and hangs up.
fn posted(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let server: JoinHandle<()> = thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("the client connects");
        let (mut request, mut byte) = (Vec::new(), [0]);
        while !request.ends_with(b"\r\n\r\n{}") {
            connection
                .read_exact(&mut byte)
                .expect("the request is whole");
            request.extend(byte);
        }
        connection.write_all(answer).expect("the client listens");
    });
    let http = Http::new(format!("http://{address}"), Duration::from_secs(60));
    let posted = http.post("/batch/", "{}");
    server.join().expect("the server does not panic");
    posted
}

#[test]
fn an_answer_is_its_status_and_its_body() {
    let answer = "HTTP/1.1 429 Slow down\r\nContent-Length: 8\r\n\r\n🚀🚀";
    assert_eq!(posted(answer.as_bytes()), "429 🚀🚀");
}

#[test]
fn an_answer_that_is_not_utf8_is_refused_with_a_sentence() {
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\xff";
    assert_eq!(posted(answer), "0 the answer is not UTF-8");
}

#[test]
fn a_server_that_hangs_up_is_a_failure_with_status_0() {
    for answer in [
        &b""[..],
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
    ] {
        let posted = posted(answer);
        assert!(posted.starts_with("0 ") && posted.len() > 2, "{posted}");
    }
}
