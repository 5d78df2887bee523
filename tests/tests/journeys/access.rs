//! Who may speak to the server: its own pages and scripts, no page of another site.

use crate::harness::{Server, folder, visit};
use std::{
    io::{Read, Write},
    net::TcpStream,
};

/// Status of a request written out by hand, so that the Host header can be anything.
fn status(server: &Server, head: &str, body: &str) -> u16 {
    let mut stream = TcpStream::connect(&server.address).expect("the server listens");
    let request = format!("{head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).expect("the request goes out");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("no answer: {answer}"))
}

#[test]
fn a_host_that_is_not_ours_is_refused() {
    let data = folder();
    let server = Server::demo(data.path());
    assert_eq!(status(&server, &format!("GET /catalog HTTP/1.1\r\nHost: {}", server.address), ""), 200);
    let port = server.address.rsplit(':').next().expect("a port");
    assert_eq!(status(&server, &format!("GET /catalog HTTP/1.1\r\nHost: localhost:{port}"), ""), 200);
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "169.254.169.254"] {
        let code = status(&server, &format!("GET /catalog HTTP/1.1\r\nHost: {host}"), "");
        assert!([400, 403, 421].contains(&code), "Host {host:?} got {code}");
    }
}

#[test]
fn another_sites_page_can_neither_write_nor_listen() {
    let data = folder();
    let server = Server::demo(data.path());
    let door = server.untouched(1).remove(0);
    let sent = visit(&door, "met").to_string();
    let foreign: [&[(&str, &str)]; 4] = [
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:1")],
    ];
    for headers in foreign {
        server.post_bytes("/api/visits", sent.as_bytes(), headers).expect_problem(&[403]);
        let mut stream = headers.to_vec();
        stream.push(("accept", "text/event-stream"));
        server.get_with("/api/live", &stream).expect_problem(&[403]);
    }
    assert_eq!(server.door(door.slot).state, "untouched");

    let own = server.url("");
    server
        .post_bytes("/api/visits", sent.as_bytes(), &[("origin", &own), ("sec-fetch-site", "same-origin")])
        .expect(201);
}
