//! Whom hubsim calls, what it keeps of the answer, and that nobody waits for the slow targets of
//! others.

use clap::Parser;
use hubsim::options::{CommandLine, Options};
use serde_json::json;

use super::{
    DELIVERIES, SINK, Target, all_are, answer, export, export_in, wait, webhook, webhook_in,
};
use crate::support::Hub;

#[test]
fn slow_targets_of_eight_sandboxes_leave_a_place_to_a_ninth() {
    let hub = Hub::start();
    let target = Target::new();
    for number in 0..8 {
        let id = format!("slow-{number}");
        hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": id}))
            .expect(201);
        let sandbox = format!("/_sandbox/{id}");
        webhook_in(&hub, &sandbox, &target.url(), &json!({}));
        for _ in 0..7 {
            export_in(&hub, &sandbox);
        }
    }
    let mut asked: Vec<_> = (0..8).map(|_| target.next()).collect();
    let sink = format!("{}{SINK}", hub.server.url());
    webhook(&hub, &sink, &json!({}));
    export(&hub);
    wait(&hub, DELIVERIES, |items| items.len() == 1);
    answer(asked.pop().expect("a request"), "");
    wait(&hub, DELIVERIES, |items| all_are(items, 1, "delivered"));
}

#[test]
fn the_beginning_of_a_long_answer_is_kept() {
    let hub = Hub::start();
    let target = Target::new();
    webhook(&hub, &target.url(), &json!({}));
    export(&hub);
    answer(target.next(), &"long ".repeat(1000));
    let log = wait(&hub, DELIVERIES, |items| all_are(items, 1, "delivered"));
    let beginning = format!("{}l", "long ".repeat(819));
    assert_eq!(log[0]["attempts"][0]["answer"], beginning);
}

/// Proves: DEC-127
#[test]
fn hubsim_calls_itself_at_sinks_alone_whatever_its_address_is_called() {
    let options = Options {
        webhook_hosts: vec!["*".to_owned()],
        ..Options::for_tests()
    };
    let hub = Hub::start_with(options);
    let url = hub.server.url();
    let (_, port) = url.rsplit_once(':').expect("a port");
    for host in ["0.0.0.0", "127.0.0.1", "localhost", "[::ffff:127.0.0.1]"] {
        let target = format!("http://{host}:{port}/_sim/v1/tasks/run");
        let id = webhook(&hub, &target, &json!({}));
        export(&hub);
        let path = format!("{DELIVERIES}?webhookId={id}");
        let log = wait(&hub, &path, |items| {
            items.first().is_some_and(|it| it["state"] != "pending")
        });
        assert_eq!(log[0]["state"], "refused", "{host}");
        let error = log[0]["attempts"][0]["error"].to_string();
        assert!(error.contains("calls itself"), "{error}");
    }
}

#[test]
fn a_host_of_webhooks_is_a_name_or_an_address_alone() {
    let hosts = |text: &str| {
        let line = CommandLine::try_parse_from(["hubsim", "--webhook-hosts", text]);
        line.map(drop).map_err(|error| error.to_string())
    };
    for good in ["*", "Hooks.Example", "a.example,10.0.0.1", "::1"] {
        assert_eq!(hosts(good), Ok(()), "{good}");
    }
    for bad in [
        "",
        "hooks.example:8080",
        "http://hooks.example",
        "*.example",
    ] {
        let error = hosts(bad).expect_err(bad);
        assert!(error.contains("without scheme, port"), "{error}");
    }
}
