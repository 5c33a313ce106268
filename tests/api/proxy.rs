//! The forward proxy of `--https`: it leads to this server and never anywhere else.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};

use serde_json::{Value, json};

use crate::secure::{
    ask, authority, call, connect, get, options, plain_address, rest, secure, secure_address,
    status, tunnel,
};
use crate::support::Hub;

/// A connection over TLS through a tunnel.
fn through(hub: &Hub, host: &str) -> crate::secure::Secure {
    let (stream, head) = tunnel(hub, &format!("{host}:443"));
    assert_eq!(status(&head), 200, "{head}");
    secure(stream, host, &authority(hub)).expect("our own certificate")
}

#[test]
fn a_tunnel_to_a_host_of_webex_ends_here() {
    let hub = Hub::start_with(options());
    for host in [
        "webexapis.com",
        "analytics-calling-eu.webexapis.com",
        "idbroker.webex.com",
    ] {
        let answer = ask(&mut through(&hub, host), &get("/v1/people?max=1", host));
        assert_eq!(status(&answer), 200, "{answer}");
        assert!(
            answer.contains(&format!("link: <https://{host}/v1/people")),
            "{answer}"
        );
    }
    let own = secure_address(&hub).to_string();
    let (_, head) = tunnel(&hub, &own);
    assert_eq!(status(&head), 200, "{own}: {head}");
}

#[test]
fn nothing_else_is_ever_called() {
    let hub = Hub::start_with(options());
    let trap = TcpListener::bind(("127.0.0.1", 0)).expect("a trap");
    trap.set_nonblocking(true).expect("a trap");
    let port = trap.local_addr().expect("an address").port();
    let targets = [
        format!("127.0.0.1:{port}"),
        format!("localhost:{port}"),
        format!("webexapis.com:{port}"),
        format!("[::1]:{port}"),
        format!("user:pass@127.0.0.1:{port}"),
        "example.com:443".to_owned(),
        "webexapis.com:80".to_owned(),
        "webexapis.com".to_owned(),
        "webexapis.com.:443".to_owned(),
        "10.0.0.1:443".to_owned(),
    ];
    std::thread::scope(|all| {
        for target in targets {
            let hub = &hub;
            all.spawn(move || assert_refused(hub, &target));
        }
    });
    let url = format!("http://127.0.0.1:{port}");
    for foreign in [url.as_str(), "http://example.com", "https://webex.com"] {
        let request = get(&format!("{foreign}/v1/people"), "webexapis.com");
        let answer = ask(&mut connect(plain_address(&hub)), &request);
        assert_eq!(status(&answer), 403, "{answer}");
    }
    let nobody = trap.accept().expect_err("nobody came");
    assert_eq!(nobody.kind(), ErrorKind::WouldBlock);
}

/// The proxy refuses a target, and says what it is for.
fn assert_refused(hub: &Hub, target: &str) {
    let (mut stream, head) = tunnel(hub, target);
    assert_eq!(status(&head), 403, "{target}: {head}");
    assert!(head.contains("hubsim leads to no other host"), "{head}");
    let said = rest(&mut stream);
    assert!(said.contains("was not called, and never is"), "{said}");
    assert!(
        said.contains("webexapis.com, ") && said.contains("NO_PROXY"),
        "{said}"
    );
    assert!(!said.contains("user:pass"), "{said}");
}

#[test]
fn a_whole_url_is_answered_for_the_host_that_it_names() {
    let hub = Hub::start_with(options());
    let request = get("http://webexapis.com/v1/people?max=1", "localhost");
    let request = request.replace("Host:", "Proxy-Authorization: Basic c2VjcmV0\r\nHost:");
    let answer = ask(&mut connect(plain_address(&hub)), &request);
    assert!(
        answer.contains("link: <http://webexapis.com/v1/people?max=1&"),
        "{answer}"
    );
    let noted = hub.get("/_sim/v1/requests").expect(200).text;
    assert!(noted.contains("\"query\":\"max=1\""), "{noted}");
    assert!(!noted.contains("c2VjcmV0"), "{noted}");
}

#[test]
fn without_https_there_is_no_proxy_and_the_answer_says_so() {
    let hub = Hub::start();
    let (mut stream, head) = tunnel(&hub, "webexapis.com:443");
    assert_eq!(status(&head), 403, "{head}");
    let said = rest(&mut stream);
    assert!(said.contains("Started with --https"), "{said}");
    let request = get("http://webexapis.com/v1/people", "localhost");
    let answer = ask(&mut connect(plain_address(&hub)), &request);
    assert_eq!(status(&answer), 403, "{answer}");
}

#[test]
fn a_malformed_connect_is_refused() {
    let hub = Hub::start_with(options());
    for request in [
        "CONNECT /v1/people HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "CONNECT webexapis.com:443 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
        "CONNECT webexapis.com:443 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
    ] {
        let answer = ask(&mut connect(plain_address(&hub)), request);
        assert_eq!(status(&answer), 400, "{request}: {answer}");
        assert!(answer.contains("CONNECT webexapis.com:443"), "{answer}");
    }
    let request = "CONNECT webexapis.com:443 HTTP/1.1\r\nHost: webexapis.com\r\n\r\n";
    let answer = ask(&mut call(&hub, "localhost").expect("a connection"), request);
    assert_eq!(status(&answer), 400, "{answer}");
    assert!(answer.contains("over plain HTTP"), "{answer}");
}

#[test]
fn large_bodies_pass_both_ways() {
    let hub = Hub::with_options("demo", options());
    let padding = "x".repeat(3 * 1024 * 1024);
    let body = json!({"organizations": [], "padding": padding}).to_string();
    let request = format!(
        "POST /_sim/v1/scenarios/check HTTP/1.1\r\nHost: webexapis.com\r\nConnection: close\r\n\
         Authorization: Bearer full-admin\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = ask(&mut through(&hub, "webexapis.com"), &request);
    assert_eq!(status(&answer), 200, "{answer:.300}");
    assert!(answer.contains("\"valid\":false"), "{answer:.300}");
    let all = ask(
        &mut through(&hub, "webexapis.com"),
        &get("/v1/people?max=1000", "webexapis.com"),
    );
    let (_, document) = all.split_once("\r\n\r\n").expect("a head");
    let document: Value = serde_json::from_str(document).expect("a whole document");
    assert_eq!(document["items"].as_array().map(Vec::len), Some(400));
}

#[test]
fn the_answer_still_comes_when_the_client_has_said_its_last() {
    let hub = Hub::start_with(options());
    let mut stream = through(&hub, "webexapis.com");
    stream
        .write_all(get("/v1/people", "webexapis.com").as_bytes())
        .expect("sent");
    stream.flush().expect("sent");
    stream.conn.send_close_notify();
    stream.flush().expect("sent");
    stream.sock.shutdown(Shutdown::Write).expect("closed");
    assert_eq!(status(&rest(&mut stream)), 200);
}

#[test]
fn so_many_tunnels_are_open_as_the_option_says() {
    let mut options = options();
    options.max_tunnels = 2;
    let hub = Hub::start_with(options);
    let first = through(&hub, "webexapis.com");
    let (second, head) = tunnel(&hub, "webexapis.com:443");
    assert_eq!(status(&head), 200);
    let (mut third, head) = tunnel(&hub, "webexapis.com:443");
    assert_eq!(status(&head), 429, "{head}");
    let said = rest(&mut third);
    assert!(said.contains("--max-tunnels allows 2"), "{said}");
    // Requests of the plain listener are no tunnels.
    hub.get("/v1/people").expect(200);
    drop((first, second));
    // The place is free once the server has seen the end of a tunnel.
    let freed = (0..1000).any(|_| status(&tunnel(&hub, "webexapis.com:443").1) == 200);
    assert!(freed, "a tunnel that ended gives its place back");
}

#[test]
fn garbage_in_a_tunnel_ends_the_tunnel_alone() {
    let mut options = options();
    options.max_tunnels = 1;
    let hub = Hub::start_with(options);
    for garbage in [
        "GET / HTTP/1.1\r\n\r\n",
        "\0\0\0\0\0\0",
        "\u{16}\u{3}\u{1}\u{7f}\u{7f}",
    ] {
        let mut stream = free_tunnel(&hub);
        stream.write_all(garbage.as_bytes()).expect("sent");
        stream.shutdown(Shutdown::Write).expect("closed");
        let mut said = Vec::new();
        stream.read_to_end(&mut said).unwrap_or_default();
        assert!(!said.starts_with(b"HTTP"), "{said:?}");
    }
    let stream = free_tunnel(&hub);
    let mut stream = secure(stream, "webexapis.com", &authority(&hub)).expect("a connection");
    assert_eq!(
        status(&ask(&mut stream, &get("/v1/people", "webexapis.com"))),
        200
    );
}

/// A tunnel, as soon as there is one.
fn free_tunnel(hub: &Hub) -> TcpStream {
    let mut tunnels = (0..1000).map(|_| tunnel(hub, "webexapis.com:443"));
    let free = tunnels.find(|(_, head)| status(head) == 200);
    free.expect("a tunnel").0
}

#[test]
fn tunnels_end_with_the_server() {
    let hub = Hub::start_with(options());
    let (mut silent, _) = tunnel(&hub, "webexapis.com:443");
    let mut open = through(&hub, "webexapis.com");
    hub.server.stop();
    assert_eq!(rest(&mut silent), "");
    assert_eq!(rest(&mut open), "");
}

/// Sends a whole URL, as clients send it to a proxy.
fn ask_for(hub: &Hub, method: &str, url: &str) -> u16 {
    let request = get(url, "webexapis.com").replacen("GET", method, 1);
    status(&ask(&mut connect(plain_address(hub)), &request))
}

#[test]
fn services_beside_this_one_are_never_taken_for_it() {
    let hub = Hub::start_with(options());
    let person = json!({"emails": ["new@harbour.example"], "displayName": "New"});
    hub.call("POST", "/v1/people", &person).expect(200);
    let before = hub.revision();
    let own = plain_address(&hub).port();
    for (method, url) in [
        ("POST", "http://127.0.0.1:9/_sim/v1/sandboxes/default/reset"),
        ("POST", "http://localhost/_sim/v1/sandboxes/default/reset"),
        ("GET", "http://webexapis.com:8080/v1/people/me"),
        ("GET", "http://api.wxcc-us1.cisco.com:1234/v1/people/me"),
        ("GET", "http://127.0.0.1:22/"),
        ("GET", "http://mine.localhost:22/v1/people/me"),
    ] {
        assert_eq!(ask_for(&hub, method, url), 403, "{method} {url}");
    }
    assert_eq!(hub.revision(), before);
    for url in [
        "http://webexapis.com/v1/people/me".to_owned(),
        "http://webexapis.com:80/v1/people/me".to_owned(),
        "http://webexapis.com:443/v1/people/me".to_owned(),
        format!("http://localhost:{own}/v1/people/me"),
        format!("http://127.0.0.1:{own}/v1/people/me"),
    ] {
        assert_eq!(ask_for(&hub, "GET", &url), 200, "{url}");
    }
    // Behind a forwarded port a client names a port of its own.
    let request = get("/v1/people/me", "localhost:1234");
    let answer = ask(&mut connect(plain_address(&hub)), &request);
    assert_eq!(status(&answer), 200, "{answer}");
}
