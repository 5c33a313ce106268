//! `/_sim/v1/clock`

use std::sync::Arc;

use hubsim::catalog;
use hubsim::http::app::App;
use hubsim::http::edge::{self, Incoming};
use hubsim::model::Organization;
use hubsim::options::Options;
use hubsim::world::{Actor, Context, Engine, Moment, TimerDef, Tx};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::hub::firm::{CALLERS, Firm, Table};
use crate::support::{Hub, START, small_world};

fn advance(hub: &Hub, body: Value) -> crate::support::Answer {
    hub.call("POST", "/_sim/v1/clock/advance", &body)
}

#[test]
fn a_frozen_clock_moves_by_advance_alone() {
    let hub = Hub::start();
    let shown = || hub.get("/_sim/v1/clock").expect(200).json();
    assert_eq!(shown(), json!({"mode": "frozen", "now": START}));
    let moved = advance(&hub, json!({"by": "P40D"})).expect(200).json();
    assert_eq!(
        moved,
        json!({"now": "2026-04-11T09:00:00.000Z", "fired": []})
    );
    let to = "2026-05-01T00:00:00.000Z";
    assert_eq!(
        advance(&hub, json!({"to": to})).expect(200).json()["now"],
        to
    );
    assert_eq!(shown()["now"], to);
    let date = hub.get("/v1/people/me").header("date").to_owned();
    assert_eq!(date, "Fri, 01 May 2026 00:00:00 GMT");
}

#[test]
fn both_neither_backwards_or_nonsense_is_refused() {
    let hub = Hub::start();
    for body in [
        json!({"by": "PT1H", "to": START}),
        json!({}),
        json!({"to": "2026-03-02T08:59:59.999Z"}),
        json!({"by": "-PT1H"}),
        json!({"by": "tomorrow"}),
        json!({"to": "tomorrow"}),
        json!({"by": "P9999999Y"}),
        json!({"by": 3}),
        json!({"days": 3}),
    ] {
        advance(&hub, body).expect(400);
    }
    assert_eq!(hub.get("/_sim/v1/clock").json()["now"], START);
    advance(&hub, json!({"to": START})).expect(200);
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "real time has to pass for a clock that runs"
)]
fn the_clock_can_be_set_and_can_run() {
    let hub = Hub::start();
    let put = |body: Value| hub.call("PUT", "/_sim/v1/clock", &body);
    let set = put(json!({"now": "2027-01-01T00:00:00.000Z"}))
        .expect(200)
        .json();
    assert_eq!(
        set,
        json!({"mode": "frozen", "now": "2027-01-01T00:00:00.000Z"})
    );
    let running = put(json!({"mode": "scaled", "scale": 1000.0}))
        .expect(200)
        .json();
    assert_eq!(
        (&running["mode"], &running["scale"]),
        (&json!("scaled"), &json!(1000.0))
    );
    std::thread::sleep(std::time::Duration::from_millis(20));
    let later: Moment = hub.get("/_sim/v1/clock").json()["now"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(later > running["now"].as_str().unwrap().parse().unwrap());
    for wrong in [
        json!({"mode": "scaled", "scale": 0}),
        json!({"mode": "scaled", "scale": -1}),
        json!({"mode": "scaled", "scale": 1_000_001}),
        json!({"scale": 1e300}),
        json!({"mode": "frozen", "scale": 1}),
        json!({"mode": "auto", "scale": 2}),
        json!({"mode": "slow"}),
        json!({"now": "never"}),
    ] {
        put(wrong).expect(400);
    }
    assert_eq!(
        put(json!({"mode": "frozen"})).expect(200).json()["mode"],
        "frozen"
    );
}

#[test]
fn the_clock_is_never_set_back() {
    let hub = Hub::start();
    let put = |body: Value| hub.call("PUT", "/_sim/v1/clock", &body);
    for earlier in ["2026-03-02T08:59:59.999Z", "1999-01-01T00:00:00.000Z"] {
        let refused = put(json!({"mode": "auto", "now": earlier})).expect(400);
        assert!(refused.text.contains("backwards"), "{}", refused.text);
        let clock = hub.get("/_sim/v1/clock").json();
        assert_eq!(clock, json!({"mode": "frozen", "now": START}));
    }
    put(json!({"now": START})).expect(200);
    put(json!({"now": "2026-05-01T00:00:00.000Z"})).expect(200);
    put(json!({"now": START})).expect(400);
    let reset = "/_sim/v1/sandboxes/default/reset?scope=clock";
    hub.call("POST", reset, &json!({})).expect(200);
    assert_eq!(hub.get("/_sim/v1/clock").json()["now"], START);
}

/// An engine whose timer writes its moment into the organisation's name and arms another.
static ENGINE: Engine = Engine {
    kinds: catalog::ENGINE.kinds,
    checks: &[],
    timers: &[&[TimerDef {
        kind: "chime",
        subject: hubsim::model::kinds::TASK,
        fire: chime,
        moved: hubsim::world::undated,
    }]],
};

fn chime(tx: &mut Tx, subject: Uuid) {
    let now = tx.now();
    let named = tx.update::<Organization>(subject, |organization| {
        organization.name.push_str(&format!(" {now}"));
    });
    named.expect("no unique value changes");
    let next = now.plus_days(1);
    tx.arm(next, "chime", subject);
}

#[test]
fn everything_due_runs_in_order_at_its_own_moment() {
    let app = App::new(
        Options::for_tests(),
        &ENGINE,
        catalog::table(),
        small_world(),
    );
    let sandbox = &app.default.sandbox;
    let (subject, _) = sandbox.read().list::<Organization>().next().expect("one");
    let context = Context {
        now: START.parse().expect("a time"),
        actor: Actor::simulator(),
        operation: "test",
        tracking_id: "test".into(),
    };
    let armed = sandbox.write(&context, |tx| {
        tx.arm("2026-03-03T12:00:00.000Z".parse()?, "chime", subject);
        Ok::<_, String>(())
    });
    armed.expect("a timer");
    let request = Incoming {
        method: "POST".to_owned(),
        path: "/_sim/v1/clock/advance".to_owned(),
        body: json!({"by": "PT72H"}).to_string().into(),
        ..Incoming::default()
    };
    let prepared = edge::prepare(&app, request).expect("an operation");
    let reply = edge::run(&app, &prepared).reply;
    let body: Value = serde_json::from_slice(&reply.body).expect("a document");
    assert_eq!(body["now"], "2026-03-05T09:00:00.000Z");
    let moments: Vec<_> = body["fired"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["at"])
        .collect();
    assert_eq!(
        moments,
        ["2026-03-03T12:00:00.000Z", "2026-03-04T12:00:00.000Z"]
    );
    assert_eq!(body["fired"][0]["kind"], "chime");
    let world: Arc<_> = sandbox.read();
    let name = &world
        .get::<Organization>(subject)
        .expect("still there")
        .name;
    assert_eq!(
        name,
        "Harbour Light 2026-03-03T12:00:00.000Z 2026-03-04T12:00:00.000Z"
    );
    let moments: Vec<Moment> =
        sandbox.ledger(|ledger| ledger.entries().map(|entry| entry.at).collect());
    assert_eq!(
        moments.last().map(ToString::to_string).as_deref(),
        Some("2026-03-04T12:00:00.000Z")
    );
}

#[test]
fn a_clock_that_is_set_forward_passes_what_is_due_until_then() {
    let hub = Hub::with_scenario("demo");
    let path = "/_sim/v1/subscriptions/Sub119911/cancel";
    let cancelled = hub.call("POST", path, &json!({})).expect(200).json();
    let purge: Moment = cancelled["purgeAt"].as_str().unwrap().parse().unwrap();
    let shown = || {
        let one = hub.get("/_hub/v1/organizations/me/subscriptions/Sub119911");
        one.expect(200).json()["status"].clone()
    };
    let put = |now: Moment| hub.call("PUT", "/_sim/v1/clock", &json!({"now": now}));
    put(purge.plus_millis(-1)).expect(200);
    assert_eq!(shown(), "cancelled");
    let set = put(purge).expect(200).json();
    assert_eq!(set, json!({"mode": "frozen", "now": purge}));
    assert_eq!(shown(), "deleted");
    let ledger = hub
        .get("/_sim/v1/ledger?max=1000&rule=SUB-04")
        .expect(200)
        .json();
    let last = ledger["items"].as_array().unwrap().last().cloned();
    assert_eq!(last.expect("a purge")["at"], json!(purge));
}

#[test]
fn setting_the_mode_alone_fires_nothing() {
    let firm = Firm::start();
    let table = Table::row_of("ann@firm.example", &[("Title", "Pilot")]);
    firm.submit("addOnly", &table.text()).expect(202);
    firm.hub
        .call("PUT", "/_sim/v1/clock", &json!({"mode": "frozen"}))
        .expect(200);
    let waiting = firm.get("/tasks?status=queued").expect(200).json();
    assert_eq!(waiting["items"].as_array().map(Vec::len), Some(1));
}

fn moment(hub: &Hub) -> Moment {
    let shown = hub.get("/_sim/v1/clock").expect(200).json();
    shown["now"].as_str().unwrap().parse().unwrap()
}

#[test]
fn time_never_jumps_back_whatever_becomes_of_mode_and_scale() {
    let hub = Hub::start();
    let mut last = moment(&hub);
    for change in [
        json!({"mode": "auto"}),
        json!({"mode": "scaled", "scale": 1_000_000}),
        json!({"scale": 0.001}),
        json!({"mode": "scaled"}),
        json!({"mode": "auto"}),
        json!({"scale": 3_600}),
        json!({"mode": "frozen"}),
        json!({"mode": "scaled", "scale": 86_400}),
        json!({"mode": "frozen"}),
    ] {
        let set = hub
            .call("PUT", "/_sim/v1/clock", &change)
            .expect(200)
            .json();
        let set: Moment = set["now"].as_str().unwrap().parse().unwrap();
        assert!(set >= last, "{change}: {set} is before {last}");
        advance(&hub, json!({"by": "PT0.001S"})).expect(200);
        let now = moment(&hub);
        assert!(
            now > set || change["mode"] != "frozen" && now >= set,
            "{change}: {now} after {set}"
        );
        last = now;
    }
}

#[test]
fn those_who_advance_at_the_same_time_each_let_time_pass() {
    let hub = Hub::start();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| advance(&hub, json!({"by": "PT1H"})).expect(200));
        }
    });
    assert_eq!(
        hub.get("/_sim/v1/clock").json()["now"],
        "2026-03-02T17:00:00.000Z"
    );
}

/// Proves: TASK-04
#[test]
fn everything_that_knows_the_time_follows_the_clock() {
    let firm = Firm::start();
    let hub = &firm.hub;
    let table = Table::row_of(CALLERS[0], &[("Title", "Pilot")]);
    let task = firm.submit("addOnly", &table.text()).expect(202).json();
    let fired = advance(hub, json!({"by": "PT0S"})).expect(200).json();
    assert_eq!(
        fired["fired"][0]["id"], task["id"],
        "what is due now runs at once"
    );
    let path = format!("/tasks/{}", task["id"].as_str().unwrap());
    firm.get(&format!("{path}/outcomes")).expect(200);
    let passed = advance(hub, json!({"by": "P7D"})).expect(200).json();
    let expired = passed["fired"].as_array().unwrap().iter();
    let expired: Vec<_> = expired.filter(|one| one["id"] == task["id"]).collect();
    assert_eq!(expired.len(), 1, "{passed}");
    assert_eq!(expired[0]["at"], "2026-03-09T09:00:00.000Z");
    firm.get(&format!("{path}/outcomes")).expect(410);
    let changed = hub
        .call("POST", "/v1/workspaces", &json!({"displayName": "Late"}))
        .expect(201);
    assert_eq!(changed.header("date"), "Mon, 09 Mar 2026 09:00:00 GMT");
    let own = hub.get("/v1/organizations").expect(200).json()["items"][0]["id"].clone();
    let events = format!(
        "/v1/adminAudit/events?orgId={}&from=2026-03-09T00:00:00.000Z&to=2026-03-10T00:00:00.000Z",
        own.as_str().unwrap()
    );
    let events = hub.get(&events).expect(200).json();
    assert_eq!(events["items"][0]["created"], "2026-03-09T09:00:00.000Z");
}

#[test]
fn a_subscription_ends_when_the_clock_says_so_and_not_a_millisecond_earlier() {
    let hub = Hub::with_scenario("demo");
    let one = "/_hub/v1/organizations/me/subscriptions/Sub119911";
    let subscription = hub.get(one).expect(200).json();
    let end: Moment = subscription["endDate"].as_str().unwrap().parse().unwrap();
    advance(&hub, json!({"to": end.plus_millis(-1)})).expect(200);
    assert_eq!(hub.get(one).json()["status"], "active");
    let ended = advance(&hub, json!({"to": end})).expect(200).json();
    let mut fired = ended["fired"].as_array().unwrap().iter();
    assert!(
        fired.any(|one| one["id"] == "Sub119911" && one["at"] == json!(end)),
        "{ended}"
    );
    assert_eq!(hub.get(one).json()["status"], "cancelled");
}

#[test]
fn what_a_timer_removed_is_told_by_the_id_that_it_had() {
    let hub = Hub::start();
    let person = json!({"emails": ["gone@harbour.example"], "displayName": "Gone"});
    let id = hub.call("POST", "/v1/people", &person).expect(200).json()["id"].clone();
    let path = "/_hub/v1/organizations/me/users/gone@harbour.example/deactivate";
    hub.call("POST", path, &Value::Null).expect(200);
    let fired = advance(&hub, json!({"by": "P31D"})).expect(200).json()["fired"].clone();
    assert_eq!(fired[0]["kind"], "person.retentionEnds");
    assert_eq!(fired[0]["id"], id);
}

#[test]
fn a_running_clock_that_is_frozen_at_a_moment_shows_that_moment() {
    let hub = Hub::start();
    let put = |body: Value| hub.call("PUT", "/_sim/v1/clock", &body).expect(200).json();
    for year in 2031..2131 {
        put(json!({"mode": "scaled", "scale": 1000.0}));
        let when = format!("{year}-01-01T00:00:00.000Z");
        let shown = put(json!({"mode": "frozen", "now": when}));
        assert_eq!(shown, json!({"mode": "frozen", "now": when}));
    }
}
