//! `/_sim/v1/metrics`: counters for Prometheus.

use hubsim::options::{AuthMode, Options};
use serde_json::{Value, json};

use crate::support::Hub;

const METRICS: &str = "/_sim/v1/metrics";

/// The value of a line, which must be there.
#[track_caller]
fn value(text: &str, line: &str) -> f64 {
    let found = text
        .lines()
        .find_map(|it| it.strip_prefix(line)?.strip_prefix(' '));
    let missing = format!("no {line} in\n{text}");
    found.expect(&missing).parse().expect("a number")
}

fn read(hub: &Hub) -> String {
    hub.get(METRICS).expect(200).text
}

#[test]
fn requests_are_counted_by_operation_and_class_of_status() {
    let hub = Hub::start();
    hub.get("/v1/people/me").expect(200);
    hub.get("/v1/people/me").expect(200);
    hub.get("/v1/people/nobody").expect(404);
    hub.get("/v1/nothing").expect(404);
    let answer = hub.get(METRICS).expect(200);
    let content_type = answer.header("content-type");
    assert!(
        content_type.starts_with("text/plain; version=0.0.4"),
        "{content_type}"
    );
    let operation = |path: &str| {
        let mut rows = hubsim::catalog::table().operations.iter();
        let row = rows.find(|row| row.path == path && row.method.name() == "GET");
        row.expect("an operation").id
    };
    for (path, class, count) in [
        ("/v1/people/me", "2xx", 2.0),
        ("/v1/people/{personId}", "4xx", 1.0),
    ] {
        let id = operation(path);
        let line = format!(
            "hubsim_requests_total{{operation=\"{id}\",method=\"GET\",path=\"{path}\",\
             status=\"{class}\"}}"
        );
        assert_eq!(value(&answer.text, &line), count);
    }
    let none = "hubsim_requests_total{operation=\"none\",method=\"\",path=\"\",status=\"4xx\"}";
    assert_eq!(value(&answer.text, none), 1.0);
    assert_eq!(
        value(&answer.text, "hubsim_request_duration_seconds_count"),
        4.0
    );
    let all = "hubsim_request_duration_seconds_bucket{le=\"+Inf\"}";
    assert_eq!(value(&answer.text, all), 4.0);
    assert!(value(&answer.text, "hubsim_request_duration_seconds_sum") > 0.0);
}

#[test]
fn every_line_has_the_form_that_prometheus_reads() {
    let hub = Hub::start();
    hub.get("/v1/people/me").expect(200);
    let mut families = Vec::new();
    for line in read(&hub).lines() {
        if let Some(family) = line.strip_prefix("# TYPE ") {
            families.push(family.split(' ').next().unwrap().to_owned());
            continue;
        }
        if line.starts_with("# HELP ") {
            continue;
        }
        let (name, number) = line.rsplit_once(' ').expect("a name and a value");
        number.parse::<f64>().expect("a number");
        let bare = name.split('{').next().unwrap();
        assert!(
            families
                .iter()
                .any(|family| bare.starts_with(family.as_str())),
            "{line}"
        );
        assert_eq!(name.matches('"').count() % 2, 0, "{line}");
    }
    assert!(families.len() >= 8, "{families:?}");
}

#[test]
fn faults_sandboxes_commits_tasks_and_bytes_are_counted() {
    let hub = Hub::start();
    let before = read(&hub);
    assert_eq!(value(&before, "hubsim_sandboxes"), 1.0);
    let commits = value(&before, "hubsim_commits_total");
    for effect in [
        json!({"status": 503}),
        json!({"delayMs": 1}),
        json!({"status": 500, "drop": "midBody"}),
    ] {
        let rule = json!({"effect": effect, "times": 1, "match": {"pathPrefix": "/v1/roles"}});
        hub.call("POST", "/_sim/v1/faults", &rule).expect(201);
    }
    hub.get("/v1/roles").expect(503);
    hub.get("/v1/roles").expect(200);
    hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": "other"}))
        .expect(201);
    let person = json!({"emails": ["new@harbour.example"], "displayName": "New"});
    hub.call("POST", "/v1/people", &person).expect(200);
    hub.send_as("full-admin.other", "POST", "/v1/people", &person)
        .expect(200);
    let export = "/_hub/v1/organizations/me/users/csv/export";
    hub.call("POST", export, &json!({"include": ["licenses"]}))
        .expect(202);
    let text = read(&hub);
    let kind = |kind: &str| {
        value(
            &text,
            &format!("hubsim_simulated_faults_total{{kind=\"{kind}\"}}"),
        )
    };
    assert_eq!(
        (kind("status"), kind("delay"), kind("drop")),
        (1.0, 1.0, 0.0)
    );
    assert_eq!(value(&text, "hubsim_sandboxes"), 2.0);
    assert!(value(&text, "hubsim_commits_total") >= commits + 2.0);
    assert_eq!(value(&text, "hubsim_tasks{state=\"unfinished\"}"), 1.0);
    assert!(value(&text, "hubsim_ledger_bytes") > value(&before, "hubsim_ledger_bytes"));
    assert!(value(&text, "hubsim_journal_bytes") > value(&before, "hubsim_journal_bytes"));
    // What was counted stays counted when a sandbox goes or is reset.
    let commits = value(&text, "hubsim_commits_total");
    hub.call("DELETE", "/_sim/v1/sandboxes/other", &Value::Null)
        .expect(204);
    hub.call("POST", "/_sim/v1/sandboxes/default/reset", &Value::Null)
        .expect(200);
    let text = read(&hub);
    assert!(value(&text, "hubsim_commits_total") >= commits);
    assert_eq!(value(&text, "hubsim_sandboxes"), 1.0);
}

#[test]
fn the_counters_of_all_sandboxes_need_the_admin_token_where_there_is_one() {
    let mut options = Options::for_tests();
    options.auth = AuthMode::Strict;
    options.admin_token = Some("secret".to_owned());
    let hub = Hub::start_with(options);
    hub.get(METRICS).expect(403);
    let admin = [("x-sim-admin-token", "secret")];
    hub.send("GET", METRICS, &admin, &Value::Null).expect(200);
}
