//! hubsim inside a test program.

use std::collections::BTreeSet;
use std::net::TcpStream;

use hubsim::options::Options;
use hubsim::refusal::ErrorKind;
use hubsim::{Server, TestSandbox};

fn people(sandbox: &TestSandbox) -> reqwest::StatusCode {
    let url = format!("{}/people?max=1", sandbox.base_url());
    let request = reqwest::blocking::Client::new().get(url);
    let answer = request.bearer_auth(sandbox.token()).send();
    answer.expect("an answer").status()
}

#[test]
fn tests_that_run_at_the_same_time_each_get_a_sandbox_of_their_own() {
    let server = Server::start().expect("a server");
    let made: Vec<TestSandbox> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| server.sandbox().expect("a sandbox")))
            .collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.map(|made| made.expect("a thread")).collect()
    });
    let ids: BTreeSet<_> = made.iter().map(TestSandbox::id).collect();
    assert_eq!(ids.len(), 8);
    assert!(made.iter().all(|sandbox| people(sandbox) == 200));
}

#[test]
fn a_sandbox_goes_with_its_test_and_the_server_with_its_program() {
    let server = Server::start().expect("a server");
    let address = server.url().replace("http://", "");
    let sandbox = server.sandbox().expect("a sandbox");
    let id = sandbox.id().to_owned();
    drop(sandbox);
    assert!(!server.app().tenants.contains_key(&id));
    drop(server);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn a_full_server_says_so_and_a_deleted_sandbox_makes_room() {
    let mut options = Options::for_tests();
    options.max_sandboxes = 2;
    let server = Server::start_with(options).expect("a server");
    let only = server.sandbox().expect("a sandbox");
    let refused = server.sandbox().expect_err("no room");
    assert_eq!(refused.kind, ErrorKind::LimitReached);
    drop(only);
    assert!(server.sandbox().is_ok());
}
