//! Header `X-Sim-At`: the world as it was.

use serde_json::{Value, json};

use crate::hub::firm::{CALLERS, DEE, Firm, KEY, OLD};
use crate::support::{Answer, Hub, START};

const ANN: &str = CALLERS[0];

fn at(hub: &Hub, when: &str, path: &str) -> Answer {
    let headers = [("authorization", "Bearer full-admin"), ("x-sim-at", when)];
    hub.send("GET", path, &headers, &Value::Null)
}

fn advance(hub: &Hub, by: &str) -> String {
    let body = json!({"by": by});
    let answer = hub
        .call("POST", "/_sim/v1/clock/advance", &body)
        .expect(200);
    answer.json()["now"].as_str().unwrap().to_owned()
}

/// A firm in which Dee was renamed, an hour after the start, and deleted another hour later.
/// Answers the revisions before, between and after.
fn story() -> (Firm, [String; 3], String) {
    let firm = Firm::start();
    let id = firm.person(DEE)["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/people/{id}");
    let revision = || firm.hub.revision().to_string();
    firm.hub.get(&path).expect(200);
    let first = revision();
    advance(&firm.hub, "PT1H");
    let body = json!({"displayName": "Dee Drawer", "licenses": []});
    firm.hub.call("PUT", &path, &body).expect(200);
    firm.hub.get(&path).expect(200);
    let second = revision();
    advance(&firm.hub, "PT1H");
    firm.hub.call("DELETE", &path, &Value::Null).expect(204);
    let third = revision();
    (firm, [first, second, third], path)
}

#[test]
fn a_revision_shows_the_world_as_it_was_and_nothing_of_the_present() {
    let (firm, [first, second, third], path) = story();
    let name = |when: &str| {
        let answer = at(&firm.hub, when, &path).expect(200);
        assert_eq!(answer.header("x-sim-at"), when);
        answer.json()["displayName"].clone()
    };
    assert_eq!(name(&first), "Dee Desk");
    assert_eq!(name(&second), "Dee Drawer");
    assert_eq!(name(&first), "Dee Desk", "again, from what was rendered");
    at(&firm.hub, &third, &path).expect(404);
    firm.hub.get(&path).expect(404);
    let users = "/_hub/v1/organizations/me/subscriptions";
    at(&firm.hub, &first, users).expect(200);
    let audit = format!("/v1/adminAudit/events?orgId=me&from={START}&to=2026-03-03T09:00:00.000Z");
    let told = |when: &str| {
        let items = at(&firm.hub, when, &audit).expect(200).json()["items"].clone();
        items.as_array().unwrap().len()
    };
    assert_eq!([told(&first), told(&second), told(&third)], [0, 1, 2]);
    assert_eq!(
        firm.hub.revision().to_string(),
        third,
        "reading changes nothing"
    );
}

#[test]
fn a_time_shows_the_world_as_it_stood_and_the_date_is_of_then() {
    let (firm, [first, second, third], path) = story();
    let shown = |when: &str| {
        let answer = at(&firm.hub, when, &path);
        (
            answer.header("x-sim-at").to_owned(),
            answer.header("date").to_owned(),
            answer.status,
        )
    };
    let date = |time: &str| format!("Mon, 02 Mar 2026 {time} GMT");
    let half = "2026-03-02T09:30:00.000Z";
    assert_eq!(shown(half), (first.clone(), date("09:30:00"), 200));
    assert_eq!(shown(START), (first, date("09:00:00"), 200));
    let exact = "2026-03-02T10:00:00Z";
    assert_eq!(shown(exact), (second.clone(), date("10:00:00"), 200));
    let zone = "2026-03-02T12:59:59.999+02:00";
    assert_eq!(shown(zone), (second.clone(), date("10:59:59"), 200));
    let now = "2026-03-02T11:00:00.000Z";
    assert_eq!(shown(now), (third, date("11:00:00"), 404));
    let (_, began, _) = shown(&second);
    assert_eq!(
        began,
        date("10:00:00"),
        "a revision answers as of its beginning"
    );
}

#[test]
fn what_is_to_come_what_is_not_kept_and_what_is_neither_is_refused() {
    let (firm, [first, ..], path) = story();
    let refused = |when: &str, status: u16| {
        let answer = at(&firm.hub, when, &path).expect(status);
        assert_eq!(answer.header("x-sim-at"), "");
        answer.text
    };
    let huge = "9".repeat(400);
    for future in [
        "999",
        huge.as_str(),
        "2026-03-02T11:00:00.001Z",
        "2199-01-01T00:00:00Z",
    ] {
        assert!(refused(future, 400).contains("still to come"), "{future}");
    }
    assert!(refused("2026-03-02T08:59:59.999Z", 410).contains("history begins"));
    assert!(refused("0", 410).contains("history begins"));
    for nonsense in ["", "yesterday", "-1", "1.5", "baseline", "\u{e4}"] {
        refused(nonsense, 400);
    }
    firm.hub
        .call("POST", "/_sim/v1/sandboxes/default/reset", &Value::Null)
        .expect(200);
    assert!(refused(&first, 410).contains("history begins"));
}

#[test]
fn the_past_is_not_written_and_the_control_knows_the_present_only() {
    let (firm, [first, _, third], path) = story();
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("x-sim-at", first.as_str()),
    ];
    for (method, path) in [("DELETE", path.as_str()), ("POST", "/v1/people")] {
        let body = json!({"emails": ["x@firm.example"], "displayName": "X"});
        let refused = firm.hub.send(method, path, &headers, &body).expect(400);
        assert!(
            refused.text.contains("cannot be changed"),
            "{}",
            refused.text
        );
    }
    let control = at(&firm.hub, &first, "/_sim/v1/ledger").expect(400);
    assert!(
        control.text.contains("the present only"),
        "{}",
        control.text
    );
    at(&firm.hub, &first, "/").expect(400);
    assert_eq!(firm.hub.revision().to_string(), third);
    let found = firm
        .hub
        .get("/_sim/v1/requests?status=400")
        .expect(200)
        .json();
    assert_ne!(
        found["items"],
        json!([]),
        "a refusal stands in the record of requests"
    );
}

#[test]
fn the_past_is_not_planned_on_but_a_sandbox_is_made_of_it() {
    let (firm, [first, _, third], path) = story();
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("x-sim-at", first.as_str()),
    ];
    let dry = [headers[0], headers[1], ("x-sim-dry-run", "true")];
    let hub = &firm.hub;
    // What would be refused is not answered as a plan either.
    for path in [path.as_str(), "/v1/people/nobody", "/v1/nothing"] {
        let refused = hub.send("DELETE", path, &dry, &Value::Null).expect(400);
        for part in [
            "do not go together",
            "/_sim/v1/sandboxes",
            "nothing was done",
        ] {
            assert!(refused.text.contains(part), "{part}: {}", refused.text);
        }
    }
    let operation = json!({"operation": {"method": "DELETE", "path": path}});
    let refused = hub.send("POST", "/_sim/v1/plan", &headers, &operation);
    let refused = refused.expect(400);
    assert!(
        refused.text.contains("/_sim/v1/sandboxes"),
        "{}",
        refused.text
    );
    hub.get("/_sim/v1/plan/plan-1-00000000").expect(404);
    // A GET does nothing that could be tried: it is answered from the past.
    let read = hub.send("GET", &path, &dry, &Value::Null).expect(200);
    assert_eq!(read.json()["displayName"], "Dee Desk");
    // What the refusals say to do leads there.
    let fork = json!({"id": "then", "from": format!("default@{first}")});
    hub.call("POST", "/_sim/v1/sandboxes", &fork).expect(201);
    let plan = "/_sandbox/then/_sim/v1/plan";
    let planned = hub.call("POST", plan, &operation).expect(200).json();
    assert_eq!(planned["response"]["status"], 204);
    assert_eq!(planned["diff"]["deleted"][0]["name"], "Dee Desk");
    assert_eq!(firm.hub.revision().to_string(), third);
    // A revision is what a sandbox is made of; a time may lie within several.
    let fork = json!({"from": format!("default@{START}")});
    let refused = hub.call("POST", "/_sim/v1/sandboxes", &fork).expect(400);
    assert!(refused.text.contains("not a revision"), "{}", refused.text);
}

#[test]
fn the_inside_of_a_task_is_not_kept_but_both_its_ends_are() {
    let firm = Firm::start();
    let before = firm.hub.revision();
    let rows = (0..500).map(|at| format!("p{at}@firm.example\n"));
    let text = format!("{KEY}\n{}", rows.collect::<String>());
    let task = firm.submit("addOnly", &text).expect(202).json();
    firm.finish(&task);
    let after = firm.hub.revision();
    assert!(after > before + 1);
    let person = "/v1/people?email=p0@firm.example";
    let found = |revision: u64| {
        at(&firm.hub, &revision.to_string(), person)
            .expect(200)
            .json()
    };
    assert_eq!(found(before)["items"], json!([]));
    assert_eq!(found(after)["items"].as_array().unwrap().len(), 1);
    let within = at(&firm.hub, &(before + 1).to_string(), person).expect(410);
    assert!(within.text.contains("within a task"), "{}", within.text);
    let fork = json!({"from": format!("default@{}", before + 1)});
    firm.hub
        .call("POST", "/_sim/v1/sandboxes", &fork)
        .expect(410);
}

#[test]
fn any_two_kept_revisions_are_compared_and_the_baseline_too() {
    let (firm, [first, second, third], _) = story();
    let diff = |from: &str, to: &str| {
        let path = format!("/_sim/v1/sandboxes/default/diff?from={from}&to={to}");
        let body = firm.hub.get(&path).expect(200).json();
        ["created", "updated", "deleted"].map(|kind| body[kind].as_array().unwrap().len())
    };
    assert_eq!(diff(&first, &second), [0, 1, 0]);
    assert_eq!(diff(&second, &third), [0, 0, 1]);
    assert_eq!(diff(&third, &first), [1, 0, 0]);
    assert_eq!(diff("baseline", &second), [0, 1, 0]);
    assert_eq!(diff(&third, "baseline"), [1, 0, 0]);
    let fork = json!({"id": "old", "from": "default@baseline"});
    firm.hub
        .call("POST", "/_sim/v1/sandboxes", &fork)
        .expect(201);
    let found = firm
        .hub
        .get(&format!("/_sandbox/old/v1/people?email={DEE}"))
        .expect(200);
    assert_eq!(found.json()["items"][0]["displayName"], "Dee Desk");
}

#[test]
fn roles_are_those_of_now_and_settings_those_of_then() {
    let firm = Firm::start();
    let before = firm.hub.revision().to_string();
    let path = format!(
        "/v1/people/{}/features/callForwarding",
        firm.person(ANN)["id"].as_str().unwrap()
    );
    let items = json!({"licenses": [{"id": OLD, "operation": "remove"}]});
    firm.call("PATCH", &format!("/users/{ANN}/licenses"), &items)
        .expect(200);
    let then = at(&firm.hub, &before, &path).expect(200).json();
    assert_eq!(
        then["callForwarding"]["always"]["destination"],
        "+13125550999"
    );
    let nobody = format!("user:{DEE}");
    let token = format!("Bearer {nobody}");
    let headers = [
        ("authorization", token.as_str()),
        ("x-sim-at", before.as_str()),
    ];
    firm.hub
        .send("GET", &path, &headers, &Value::Null)
        .expect(403);
}
