//! A sandbox that fills whatever is bounded takes nothing from another.

use hubsim::http::edge::Incoming;
use hubsim::http::grants::{ActsAs, Grant};
use hubsim::model::role::ROLES;
use serde_json::{Value, json};

use super::{Caller, callers, two_sandboxes};

fn grant() -> Grant {
    Grant {
        sandbox: String::new(),
        acts_as: ActsAs::Role(&ROLES[0]),
        is_refresh: false,
        client_id: "me".to_owned(),
        redirect_uri: None,
        challenge: None,
        scope: None,
        expires_at: hubsim::world::Moment(i64::MAX),
    }
}

fn dry_run() -> Incoming {
    Incoming {
        dry_run: Some("true".to_owned()),
        ..Incoming::default()
    }
}

/// Something in everything that is kept: a commit, a step, a request, a plan, a snapshot, a token.
fn leave_traces(caller: Caller<'_>, sandbox: &str) -> [String; 2] {
    let room = json!({"displayName": "Trace"});
    assert_eq!(caller.send("POST", "/v1/workspaces", &room).0, 201);
    let (status, plan) = caller.send_with("POST", "/v1/workspaces", room.to_string(), dry_run());
    assert_eq!(status, 200, "{plan}");
    let plan = path_of(&plan);
    let named = json!({"name": "trace"});
    assert_eq!(caller.send("POST", "/_sim/v1/snapshots", &named).0, 201);
    let tenant = caller.app.tenant(sandbox).expect("a sandbox");
    let token = caller.app.issue(&tenant, &grant(), 1000);
    [token.expect("a token"), plan]
}

/// The path of a plan.
fn path_of(plan: &str) -> String {
    let plan: Value = serde_json::from_str(plan).expect("JSON");
    format!("/_sim/v1/plan/{}", plan["id"].as_str().expect("an id"))
}

fn check_traces(caller: Caller<'_>, [token, plan]: &[String; 2]) {
    assert_eq!(caller.get("/_sim/v1/requests")["evicted"], 0);
    let ledger = caller.get("/_sim/v1/ledger");
    assert_eq!(
        (&ledger["evicted"], &ledger["items"][0]["operation"]),
        (&json!(0), &json!("createAWorkspace"))
    );
    let history = caller.get("/_sim/v1/history");
    assert_eq!(
        (&history["evicted"], &history["undoable"]),
        (&json!(0), &json!(1))
    );
    caller.get(plan);
    caller.get("/_sim/v1/snapshots/trace");
    let issued = Caller { token, ..caller };
    issued.get("/v1/people/me");
}

#[test]
fn what_one_sandbox_fills_is_still_empty_in_another() {
    let hub = two_sandboxes();
    let app = hub.server.app();
    let [a, b] = callers(app);
    let traces = leave_traces(b, "b");
    check_traces(b, &traces);
    for _ in 0..10_050 {
        a.send("GET", "/v1/people/me", &Value::Null);
    }
    let tenant = app.tenant("a").expect("a");
    let context = tenant.own_context("test", tenant.time());
    for number in 0..10_050 {
        let written = tenant.sandbox.write(&context, |tx| {
            tx.choose("test", Some(&format!("{number}")));
            Ok::<_, std::convert::Infallible>(())
        });
        assert!(written.is_ok());
    }
    let room = json!({"displayName": "Room"}).to_string();
    let plans: Vec<String> = (0..101)
        .map(|_| {
            a.send_with("POST", "/v1/workspaces", room.clone(), dry_run())
                .1
        })
        .collect();
    let taken: Vec<u16> = (0..=100)
        .map(|number| {
            let body = json!({"name": format!("s{number}")});
            a.send("POST", "/_sim/v1/snapshots", &body).0
        })
        .collect();
    assert_eq!(taken.last(), Some(&409));
    let issued: Vec<bool> = (0..=5_000)
        .map(|_| app.issue(&tenant, &grant(), 1000).is_ok())
        .collect();
    assert_eq!(issued.last(), Some(&false));

    assert!(a.get("/_sim/v1/requests?max=1")["evicted"].as_u64() > Some(0));
    assert!(a.get("/_sim/v1/ledger?max=1")["evicted"].as_u64() > Some(0));
    assert!(a.get("/_sim/v1/history?max=1")["evicted"].as_u64() > Some(0));
    assert_eq!(a.send("GET", &path_of(&plans[0]), &Value::Null).0, 410);
    check_traces(b, &traces);
}

#[test]
fn tokens_that_have_ended_make_room_for_others() {
    let hub = two_sandboxes();
    let app = hub.server.app();
    let a = Caller {
        app,
        token: "full-admin.a",
    };
    let tenant = app.tenant("a").expect("a");
    let issue = || app.issue(&tenant, &grant(), 60);
    while issue().is_ok() {}
    assert!(issue().is_err());
    let passed = a.send("POST", "/_sim/v1/clock/advance", &json!({"by": "PT61S"}));
    assert_eq!(passed.0, 200, "{}", passed.1);
    issue().expect("room");
}

#[test]
fn the_bound_of_all_histories_takes_from_the_sandbox_that_holds_most() {
    let mut options = hubsim::options::Options::for_tests();
    options.max_history = 200_000;
    let hub = crate::support::Hub::start_with(options);
    let app = hub.server.app();
    let create = |sandbox: &str, number: usize| {
        let body = json!({"displayName": format!("Room {number}")});
        let token = format!("full-admin.{sandbox}");
        hub.send_as(&token, "POST", "/v1/workspaces", &body)
            .expect(201);
    };
    (0..3).for_each(|number| create("quiet", number));
    (0..100).for_each(|number| create("busy", number));
    app.bound_memory();
    let held: usize = app
        .tenants
        .iter()
        .map(|one| one.sandbox.history_bytes())
        .sum();
    assert!(held <= 200_000, "{held}");
    let history = |sandbox: &str| {
        let token = format!("full-admin.{sandbox}");
        hub.send_as(&token, "GET", "/_sim/v1/history?max=1", &Value::Null)
            .expect(200)
            .json()
    };
    assert_eq!(history("quiet")["undoable"], 3);
    let busy = history("busy");
    let undoable = busy["undoable"].as_u64().expect("a number");
    assert!((1..100).contains(&undoable), "{busy}");
    assert_eq!(busy["evicted"].as_u64(), Some(100 - undoable));
    let past = [
        ("authorization", "Bearer full-admin.busy"),
        ("x-sim-at", "2"),
    ];
    hub.send("GET", "/v1/workspaces", &past, &Value::Null)
        .expect(410);
    let undo = "/_sim/v1/undo";
    hub.send_as("full-admin.busy", "POST", undo, &Value::Null)
        .expect(200);
}

#[test]
fn snapshots_of_all_sandboxes_together_are_bounded_and_who_asks_for_more_is_refused() {
    let mut options = hubsim::options::Options::for_tests();
    options.max_snapshots = 5_000;
    let hub = crate::support::Hub::start_with(options);
    let call = |sandbox: &str, method: &str, path: &str, body: &Value| {
        let token = format!("full-admin.{sandbox}");
        hub.send_as(&token, method, path, body)
    };
    for sandbox in ["one", "two"] {
        for number in 0..5 {
            let room = json!({"displayName": format!("Room {number}")});
            call(sandbox, "POST", "/v1/workspaces", &room).expect(201);
        }
    }
    let (path, mine) = ("/_sim/v1/snapshots", json!({"name": "mine"}));
    call("one", "POST", path, &mine).expect(201);
    let held = hub.server.app().snapshots.held();
    assert!((2_501..=5_000).contains(&held), "{held}");
    let refused = call("two", "POST", path, &mine).expect(409);
    for part in [
        "--max-snapshots",
        "all sandboxes together",
        &held.to_string(),
    ] {
        assert!(refused.text.contains(part), "{part}: {}", refused.text);
    }
    assert_eq!(hub.server.app().snapshots.held(), held);
    call("one", "DELETE", &format!("{path}/mine"), &Value::Null).expect(204);
    assert_eq!(hub.server.app().snapshots.held(), 0);
    call("two", "POST", path, &mine).expect(201);
    hub.call("DELETE", "/_sim/v1/sandboxes/two", &Value::Null)
        .expect(204);
    assert_eq!(hub.server.app().snapshots.held(), 0);
}

#[test]
fn results_of_tasks_of_all_sandboxes_are_bounded_and_who_holds_most_gives_up_its_oldest() {
    let mut options = hubsim::options::Options::for_tests();
    options.max_results = 12_000;
    let hub = crate::support::Hub::start_with(options);
    let call = |sandbox: &str, method: &str, path: &str| {
        let token = format!("full-admin.{sandbox}");
        hub.send_as(&token, method, path, &Value::Null)
    };
    let export = |sandbox: &str| {
        let path = "/_hub/v1/organizations/me/users/csv/export";
        let task = call(sandbox, "POST", path).expect(202).json();
        call(sandbox, "POST", "/_sim/v1/tasks/run").expect(200);
        let id = task["id"].as_str().expect("an id");
        format!("/_hub/v1/organizations/me/tasks/{id}/result")
    };
    let quiet = export("quiet");
    let busy: Vec<String> = (0..20).map(|_| export("busy")).collect();
    let revision = || call("busy", "GET", "/_sim/v1/history").json()["revision"].clone();
    let before = revision();
    hub.server.app().bound_memory();
    call("quiet", "GET", &quiet).expect(200);
    let (first, last) = (&busy[0], &busy[19]);
    let gone = call("busy", "GET", first).expect(410);
    for part in ["--max-results", "12000"] {
        assert!(gone.text.contains(part), "{part}: {}", gone.text);
    }
    call("busy", "GET", last).expect(200);
    assert_eq!(revision(), before);
}
