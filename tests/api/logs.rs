//! The log: what it tells, and what it never tells.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_hubsim");
const PIN: &str = "730914";
const ADMIN: &str = "the-admin-token-of-this-test";

/// Starts the program with its log as verbose as it can be, and answers its address.
fn start(format: &str) -> (Child, String) {
    let mut child = Command::new(PROGRAM)
        .args([
            "--port",
            "0",
            "--scenario",
            "minimal",
            "--log-format",
            format,
        ])
        .args(["--admin-token", ADMIN, "--rate-limit", "off"])
        .env("HUBSIM_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a program");
    let out = child.stdout.take().expect("an output");
    let mut ready = String::new();
    BufReader::new(out).read_line(&mut ready).expect("a line");
    let url = ready.split(' ').nth(1).expect("an address").to_owned();
    (child, url)
}

/// Uses tokens and PINs in every way there is; answers the tokens that were handed out.
fn use_secrets(url: &str) -> Vec<String> {
    let none = reqwest::redirect::Policy::none();
    let client = reqwest::blocking::Client::builder().redirect(none);
    let client = client.build().expect("a client");
    let send = |method: &str, path: &str, token: &str, body: Option<Value>| {
        let method = method.parse().expect("a method");
        let mut request = client.request(method, format!("{url}{path}"));
        request = request
            .bearer_auth(token)
            .header("x-sim-admin-token", ADMIN);
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().expect("an answer")
    };
    let authorize = "/v1/authorize?response_type=code&client_id=c&redirect_uri=http://a/b";
    let sent = send("GET", authorize, "secret-bearer-1", None);
    let location = sent.headers()["location"]
        .to_str()
        .expect("a place")
        .to_owned();
    let (_, code) = location.split_once("code=").expect("a code");
    let form = format!(
        "grant_type=authorization_code&client_id=c&client_secret=secret-of-client&code={code}\
         &redirect_uri=http%3A%2F%2Fa%2Fb"
    );
    let exchange = client.post(format!("{url}/v1/access_token")).body(form);
    let exchange = exchange.header("content-type", "application/x-www-form-urlencoded");
    let issued: Value = exchange
        .send()
        .expect("an answer")
        .json()
        .expect("a document");
    let text = |name: &str| issued[name].as_str().expect("a token").to_owned();
    let token = text("access_token");
    set_pins(&send, &token);
    send(
        "GET",
        "/v1/nothing?access_token=secret-bearer-2",
        "secret-bearer-2",
        None,
    );
    send(
        "POST",
        "/v1/people",
        "secret-bearer-3",
        Some(json!({"passcode": PIN})),
    );
    send("GET", "/v1/people", "two words", None);
    let fault = json!({"effect": {"drop": "midBody"}, "times": 1});
    send("POST", "/_sim/v1/faults", &token, Some(fault));
    let cut = client
        .get(format!("{url}/v1/people/me"))
        .bearer_auth(&token);
    assert!(
        cut.send()
            .and_then(reqwest::blocking::Response::text)
            .is_err()
    );
    vec![token, text("refresh_token"), code.to_owned()]
}

type Send<'a> = dyn Fn(&str, &str, &str, Option<Value>) -> reqwest::blocking::Response + 'a;

/// Gives everybody a PIN, and names one where none belongs.
fn set_pins(send: &Send<'_>, token: &str) {
    let people = send("GET", "/v1/people?callingData=true", token, None);
    let people: Value = people.json().expect("people");
    let mut set = 0;
    for person in people["items"].as_array().expect("a list") {
        let id = person["id"].as_str().expect("an id");
        let path = format!("/v1/people/{id}/features/voicemail/passcode");
        let answer = send("PUT", &path, token, Some(json!({"passcode": PIN})));
        set += usize::from(answer.status().is_success());
        let path = format!("/v1/telephony/config/people/{id}/voicemail/passcode");
        let answer = send("PUT", &path, token, Some(json!({"passcode": PIN})));
        set += usize::from(answer.status().is_success());
        send("GET", &format!("/v1/people/{PIN}"), token, None);
    }
    assert!(set > 0, "nobody has a PIN");
}

/// Everything that was logged while secrets were used.
fn logged(format: &str) -> (String, Vec<String>) {
    let (mut child, url) = start(format);
    let tokens = use_secrets(&url);
    let id = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(id, rustix::process::Signal::TERM).expect("a signal");
    let mut log = String::new();
    let mut errors = child.stderr.take().expect("a log");
    errors.read_to_string(&mut log).expect("a text");
    assert!(child.wait().expect("an end").success());
    (log, tokens)
}

#[test]
fn at_its_most_verbose_the_log_names_no_token_and_no_pin() {
    for format in ["text", "json"] {
        let (log, tokens) = logged(format);
        assert!(log.lines().count() > 10, "{log}");
        let secrets = [PIN, ADMIN, "secret-bearer", "secret-of-client", "two words"];
        for secret in secrets.into_iter().chain(tokens.iter().map(String::as_str)) {
            assert!(!log.contains(secret), "{secret} in {log}");
        }
    }
}

#[test]
fn each_answer_is_a_line_with_sandbox_operation_status_and_tracking_id() {
    let (log, _) = logged("json");
    let lines = log
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let mut answers = lines.filter(|line| line["fields"]["message"] == "answered");
    let faults = answers.find(|line| line["fields"]["operation"] == "createFault");
    let fields = faults.expect("a line")["fields"].clone();
    assert_eq!(fields["sandbox"], "default");
    assert_eq!(fields["method"], "POST");
    assert_eq!(fields["status"], 201);
    let tracking_id = fields["tracking_id"].as_str().expect("a text");
    assert!(tracking_id.starts_with("ROUTER_"), "{tracking_id}");
}

#[test]
fn a_panic_is_a_line_of_the_log_like_any_other_and_files_have_no_colours() {
    const INSIDE: &str = "HUBSIM_BLESS_OF_THE_LOG";
    if hubsim::options::is_set(INSIDE) {
        hubsim::telemetry::start(hubsim::options::LogFormat::Json);
        let ended = std::thread::spawn(|| panic!("this is on purpose")).join();
        assert!(ended.is_err());
        return;
    }
    let name = "logs::a_panic_is_a_line_of_the_log_like_any_other_and_files_have_no_colours";
    let ran = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", name, "--nocapture"])
        .env(INSIDE, "1")
        .output()
        .expect("itself");
    assert!(ran.status.success());
    let said = String::from_utf8_lossy(&ran.stderr);
    let lines: Vec<Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).expect(line))
        .collect();
    assert_eq!(lines.len(), 1, "{said}");
    let fields = &lines[0]["fields"];
    assert_eq!(fields["said"], "this is on purpose");
    assert!(
        fields["place"]
            .as_str()
            .is_some_and(|it| it.contains("logs.rs"))
    );
    let (mut child, _) = start("text");
    child.kill().expect("an end");
    let mut text = String::new();
    let log = child.stderr.take().expect("its log");
    BufReader::new(log)
        .read_to_string(&mut text)
        .expect("a text");
    assert!(!text.contains('\u{1b}'), "{text}");
}
