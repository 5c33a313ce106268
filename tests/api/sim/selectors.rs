//! How a request names its sandbox: path, header, host, token.

use serde_json::{Value, json};

use crate::support::{ADA, Hub, person_id};

fn with_sandbox(id: &str) -> Hub {
    let hub = Hub::start();
    hub.call("POST", "/_sim/v1/sandboxes", &json!({"id": id}))
        .expect(201);
    hub
}

/// The sandbox that a request of the control acts on: the one whose clock was moved.
fn reaches(hub: &Hub, headers: &[(&str, &str)], prefix: &str) -> bool {
    let mark = json!({"mode": "frozen", "now": "2031-01-01T00:00:00.000Z"});
    hub.send_as("full-admin.mine", "PUT", "/_sim/v1/clock", &mark)
        .expect(200);
    let answer = hub.send(
        "GET",
        &format!("{prefix}/_sim/v1/clock"),
        headers,
        &Value::Null,
    );
    answer.expect(200).json()["now"] == "2031-01-01T00:00:00.000Z"
}

#[test]
fn path_header_host_and_token_name_a_sandbox() {
    let hub = with_sandbox("mine");
    assert!(!reaches(&hub, &[], ""));
    assert!(reaches(&hub, &[], "/_sandbox/mine"));
    assert!(reaches(&hub, &[("x-sim-sandbox", "mine")], ""));
    assert!(reaches(&hub, &[("host", "mine.localhost")], ""));
    assert!(reaches(
        &hub,
        &[("authorization", "Bearer full-admin.mine")],
        ""
    ));
    assert!(reaches(
        &hub,
        &[("x-sim-sandbox", "mine")],
        "/_sandbox/mine"
    ));
}

#[test]
fn selectors_that_disagree_are_refused() {
    let hub = with_sandbox("mine");
    let me = "/v1/people/me";
    let by_token = [
        ("authorization", "Bearer full-admin.mine"),
        ("x-sim-sandbox", "default"),
    ];
    hub.send("GET", me, &by_token, &Value::Null).expect(400);
    let by_header = [
        ("authorization", "Bearer full-admin"),
        ("x-sim-sandbox", "default"),
    ];
    let path = format!("/_sandbox/mine{me}");
    let refused = hub.send("GET", &path, &by_header, &Value::Null).expect(400);
    assert_eq!(refused.json()["errors"][0]["errorCode"], 900_031);
    let by_host = [
        ("authorization", "Bearer full-admin"),
        ("host", "default.localhost"),
    ];
    hub.send("GET", &path, &by_host, &Value::Null).expect(400);
}

#[test]
fn links_keep_the_path_prefix() {
    let hub = with_sandbox("mine");
    let page = hub.get("/_sandbox/mine/v1/people?max=1").expect(200);
    let link = page.header("link");
    let start = format!("<{}/_sandbox/mine/v1/people?", hub.server.url());
    assert!(link.starts_with(&start), "{link}");
    let plain = hub.get("/v1/people?max=1").expect(200);
    assert!(!plain.header("link").contains("_sandbox"));
}

#[test]
fn links_in_documents_lead_to_the_sandbox_that_they_came_from() {
    let hub = with_sandbox("mine");
    for prefix in ["/_sandbox/mine", ""] {
        let list = format!("{prefix}/organization/me/v3/user-profile?pageSize=1");
        let page = hub.get(&list).expect(200).json();
        for (name, link) in page["meta"]["links"].as_object().expect("links") {
            let link = link.as_str().expect("a link");
            assert!(
                link.starts_with(&format!("{prefix}/organization/")),
                "{name}: {link}"
            );
            hub.get(link).expect(200);
        }
    }
}

#[test]
fn a_sandbox_named_by_path_header_or_host_must_exist() {
    let hub = Hub::start();
    hub.get("/_sandbox/nobody/v1/people/me").expect(404);
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("x-sim-sandbox", "nobody"),
    ];
    hub.send("GET", "/v1/people/me", &headers, &Value::Null)
        .expect(404);
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("host", "nobody.localhost"),
    ];
    hub.send("GET", "/v1/people/me", &headers, &Value::Null)
        .expect(404);
}

#[test]
fn a_named_token_creates_its_sandbox() {
    let hub = Hub::start();
    let me = hub.send_as("full-admin.fresh", "GET", "/v1/people/me", &Value::Null);
    assert_eq!(me.expect(200).json()["displayName"], "Faye Full");
    hub.get("/_sim/v1/sandboxes/fresh").expect(200);
    let ada = format!("user.fresh-too:{ADA}");
    let me = hub.send_as(&ada, "GET", "/v1/people/me", &Value::Null);
    assert_eq!(me.expect(200).json()["displayName"], "Ada Lovelace");
}

#[test]
fn a_named_token_creates_nothing_where_that_is_switched_off() {
    let mut options = hubsim::options::Options::for_tests();
    options.no_auto_sandbox = true;
    let hub = Hub::start_with(options);
    hub.send_as("full-admin.fresh", "GET", "/v1/people/me", &Value::Null)
        .expect(401);
    hub.get("/_sim/v1/sandboxes/fresh").expect(404);
}

#[test]
fn an_unknown_token_acts_in_default_and_is_warned() {
    let hub = Hub::start();
    let answer = hub
        .send_as("ab.cd.ef", "GET", "/v1/people/me", &Value::Null)
        .expect(200);
    assert!(answer.header("x-hubsim-warning").contains("unknown token"));
    let named = hub.get("/v1/people/me");
    assert_eq!(named.header("x-hubsim-warning"), "");
    hub.send("GET", "/v1/people/me", &[], &Value::Null)
        .expect(401);
    hub.send_as("two words", "GET", "/v1/people/me", &Value::Null)
        .expect(401);
}

#[test]
fn doubled_and_trailing_slashes_are_tolerated() {
    let hub = Hub::start();
    hub.get("//v1//people//me/").expect(200);
    for path in [
        "//_sandbox/default/v1/people/me",
        "/_sandbox//default//v1/people/me",
    ] {
        hub.get(path).expect(200);
    }
    let operation = json!({"method": "PUT", "path": "//v1//people/me/features/doNotDisturb"});
    let planned = hub.call("POST", "/_sim/v1/plan", &json!({"operation": operation}));
    assert!(
        !planned.text.contains("must begin with"),
        "{}",
        planned.text
    );
    let ada = person_id(&hub, "full-admin", ADA);
    hub.get(&format!("/v1/people/{ada}/")).expect(200);
}

#[test]
fn a_sandbox_named_for_one_request_does_not_stick_to_the_token() {
    let hub = Hub::start();
    hub.call(
        "POST",
        "/_sim/v1/sandboxes",
        &json!({"id": "other", "scenario": "minimal"}),
    )
    .expect(201);
    let first = |headers: &[(&str, &str)], path: &str| {
        let token = [("authorization", "Bearer full-admin")];
        let headers: Vec<_> = token.iter().chain(headers).copied().collect();
        let answer = hub.send("GET", path, &headers, &Value::Null).expect(200);
        answer.json()["items"][0]["orgId"].clone()
    };
    let own = first(&[], "/v1/people");
    let other = first(&[("x-sim-sandbox", "other")], "/v1/people");
    assert_ne!(own, other);
    assert_eq!(first(&[], "/v1/people"), own, "after the header");
    assert_eq!(first(&[], "/_sandbox/other/v1/people"), other);
    assert_eq!(first(&[], "/v1/people"), own, "after the path");
}

#[test]
fn a_selector_that_is_sent_twice_must_agree_and_one_that_cannot_be_read_is_no_default() {
    let hub = with_sandbox("mine");
    let snapshot = json!({"name": "one"});
    let twice = [("x-sim-sandbox", "mine"), ("x-sim-sandbox", "default")];
    let answer = hub.send("POST", "/_sim/v1/snapshots", &twice, &snapshot);
    answer.expect(400);
    let agreeing = [("x-sim-sandbox", "mine"), ("x-sim-sandbox", "mine")];
    let answer = hub.send("POST", "/_sim/v1/snapshots", &agreeing, &snapshot);
    answer.expect(201);
    let unreadable = [("x-sim-sandbox", "m\u{ef}ne")];
    let answer = hub.send("DELETE", "/_sim/v1/faults", &unreadable, &Value::Null);
    answer.expect(404);
    let spelled = [("host", "MINE.localhost")];
    let answer = hub.send("GET", "/_sim/v1/snapshots", &spelled, &Value::Null);
    assert_eq!(answer.expect(200).json()["items"][0]["name"], "one");
}

#[test]
fn what_is_refused_is_written_down_in_the_sandbox_that_it_named() {
    let hub = with_sandbox("mine");
    let nobody = [("authorization", "Bearer  ")];
    let path = "/_sandbox/mine/v1/people?email=secret@harbour.example";
    hub.send("GET", path, &nobody, &Value::Null).expect(401);
    let requests = |id: &str| hub.get(&format!("/_sandbox/{id}/_sim/v1/requests?status=401"));
    let of_mine = hub.send(
        "GET",
        "/_sandbox/mine/_sim/v1/requests?status=401",
        &[],
        &Value::Null,
    );
    let kept = of_mine.expect(200).json();
    assert_eq!(kept["items"].as_array().map(Vec::len), Some(1), "{kept}");
    let others = requests("default").expect(200).json();
    assert_eq!(others["items"], json!([]));
}

#[test]
fn a_token_that_is_refused_makes_no_sandbox() {
    let hub = Hub::start();
    let me = |token: &str| hub.send_as(token, "GET", "/v1/people/me", &Value::Null);
    me("user.ghost:nobody@x.example").expect(401);
    hub.get("/_sim/v1/sandboxes/ghost").expect(404);
    me(&format!("user.ghost:{ADA}")).expect(200);
    hub.get("/_sim/v1/sandboxes/ghost").expect(200);
    me("user.No Id:nobody@x.example").expect(401);
    me("user.No_Id:nobody@x.example").expect(400);
}
