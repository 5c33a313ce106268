//! `/contactCenter`: users of Contact Center, their roles, and Synchronize Users.

use serde_json::{Value, json};

use crate::support::{Hub, synchronize};

const HUB: &str = "/_hub/v1/organizations/me";
const KEY: &str = "User ID/Email (Required)";
const STANDARD: &str = "Webex Contact Center Standard";
const PREMIUM: &str = "Webex Contact Center Premium";
/// A supervisor with Premium.
const AMARA: &str = "amara.kestrel@lanternfish.example";
/// An administrator of Contact Center with Premium.
const TEODOR: &str = "teodor.brightwell@lanternfish.example";
/// An agent with Premium.
const LUCIAN: &str = "lucian.ashgrove@lanternfish.example";
/// An agent with Standard.
const DMITRI: &str = "dmitri.fallow@lanternfish.example";
/// Somebody with Standard who has never signed in.
const NOOR: &str = "noor.halloran@lanternfish.example";
/// Somebody without a licence of Contact Center.
const CALLUM: &str = "callum.redfern@lanternfish.example";

fn service() -> Hub {
    Hub::with_scenario("contact-center")
}

/// One save of Edit licences.
fn edit(hub: &Hub, email: &str, items: &Value) -> crate::support::Answer {
    let path = format!("{HUB}/users/{email}/licenses");
    hub.call("PATCH", &path, &json!({"licenses": items}))
}

/// A user of Contact Center; null when there is none.
fn user(hub: &Hub, email: &str) -> Value {
    let page = hub
        .get(&format!("{HUB}/contactCenter/users"))
        .expect(200)
        .json();
    let users = page["items"].as_array().unwrap();
    let found = users.iter().find(|user| user["email"] == email);
    found.cloned().unwrap_or_default()
}

fn sync_status(hub: &Hub, email: &str) -> Value {
    let page = hub
        .get(&format!("{HUB}/users?query={email}"))
        .expect(200)
        .json();
    page["items"][0]["syncStatus"].clone()
}

fn fail(hub: &Hub, times: u32, holder: Option<&str>) {
    let mut rule = json!({"effect": {"backend": "contactCenterSync"}, "times": times});
    if let Some(holder) = holder {
        rule["match"] = json!({"holder": holder});
    }
    hub.call("POST", "/_sim/v1/faults", &rule).expect(201);
}

#[test]
fn a_failure_inside_an_operation_is_told_by_journal_header_and_explanation() {
    let hub = service();
    fail(&hub, 1, None);
    let path = format!("{HUB}/contactCenter/synchronize");
    for (struck, named) in [(true, "fault-1"), (false, "")] {
        hub.call("DELETE", "/_sim/v1/requests", &Value::Null);
        let answer = hub.call("POST", &path, &Value::Null).expect(202);
        assert_eq!(answer.header("x-hubsim-fault"), named);
        let listed = hub.get("/_sim/v1/requests").expect(200).json();
        let simulated = json!({"id": "fault-1", "effect": {"backend": "contactCenterSync"}});
        let expected = if struck { simulated } else { Value::Null };
        assert_eq!(listed["items"][0]["simulatedFault"], expected, "{listed}");
        let id = answer.header("trackingid");
        let told = hub
            .get(&format!("/_sim/v1/explain/{id}"))
            .expect(200)
            .json();
        let cause = told["cause"].as_str().expect("a cause");
        let sentence = "This is simulated: the fault rule fault-1 let contactCenterSync fail";
        assert_eq!(cause.contains(sentence), struck, "{cause}");
        assert_eq!(told["simulatedFault"], expected, "{told}");
        hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
            .expect(200);
    }
}

#[test]
fn the_list_shows_licence_roles_and_sync_status() {
    let hub = service();
    let amara = user(&hub, AMARA);
    assert_eq!(amara["licenseType"], "premium");
    assert_eq!(amara["roles"], json!(["supervisor"]));
    assert_eq!(amara["syncStatus"], "Valid");
    assert_eq!(user(&hub, DMITRI)["licenseType"], "standard");
    assert_eq!(user(&hub, CALLUM), Value::Null);
    assert_eq!(sync_status(&hub, CALLUM), Value::Null);
}

/// Proves: CC-04
#[test]
fn a_supervisor_needs_premium_and_is_made_by_hand() {
    let hub = service();
    let before = hub.revision();
    let supervisor = json!({"role": "supervisor"});
    let standard = json!([{"id": STANDARD, "properties": supervisor}]);
    let refused = edit(&hub, DMITRI, &standard).expect(400);
    assert!(refused.text.contains("900073"), "{}", refused.text);
    let other = json!([{"id": "Webex Teams", "properties": supervisor}]);
    assert!(
        edit(&hub, DMITRI, &other)
            .expect(400)
            .text
            .contains("Contact Center")
    );
    assert_eq!(hub.revision(), before);
    let premium = json!([
        {"id": STANDARD, "operation": "remove"},
        {"id": PREMIUM, "properties": supervisor},
    ]);
    edit(&hub, DMITRI, &premium).expect(200);
    assert_eq!(user(&hub, DMITRI)["roles"], json!(["supervisor"]));
}

/// Proves: CC-04
#[test]
fn a_supervisor_who_gets_standard_is_an_agent_and_the_loss_is_told() {
    let hub = service();
    let down = json!([{"id": PREMIUM, "operation": "remove"}, {"id": STANDARD}]);
    let outcome = edit(&hub, AMARA, &down).expect(200).json();
    let lost = &outcome["lost"][0];
    assert_eq!(
        (&lost["family"], &lost["field"]),
        (&json!("contactCenter"), &json!("role"))
    );
    assert_eq!(
        (&lost["before"], &lost["after"]),
        (&json!("supervisor"), &json!("agent"))
    );
    assert_eq!(user(&hub, AMARA)["roles"], json!(["agent"]));
}

/// Proves: CC-05
#[test]
fn an_administrator_has_premium_and_the_role_and_is_none_without_either() {
    let hub = service();
    assert_eq!(
        user(&hub, TEODOR)["roles"],
        json!(["agent", "administrator"])
    );
    assert_eq!(user(&hub, LUCIAN)["roles"], json!(["agent"]));
    let path = format!("/v1/people/{LUCIAN}");
    let put = |roles: &Value| {
        let mut person = hub.get(&path).expect(200).json();
        person["roles"] = roles.clone();
        hub.call("PUT", &path, &person).expect(200);
    };
    put(&json!(["id_full_admin"]));
    assert_eq!(
        user(&hub, LUCIAN)["roles"],
        json!(["agent", "administrator"])
    );
    put(&json!([]));
    assert_eq!(user(&hub, LUCIAN)["roles"], json!(["agent"]));
}

/// Proves: CC-06
#[test]
fn a_user_is_an_agent_unless_made_a_supervisor() {
    let hub = service();
    edit(&hub, CALLUM, &json!([{"id": PREMIUM}])).expect(200);
    assert_eq!(user(&hub, CALLUM)["roles"], json!(["agent"]));
    let again = json!([{"id": PREMIUM, "properties": {"role": "supervisor"}}]);
    edit(&hub, CALLUM, &again).expect(200);
    assert_eq!(user(&hub, CALLUM)["roles"], json!(["supervisor"]));
    let back = json!([{"id": PREMIUM, "properties": {"role": "agent"}}]);
    edit(&hub, CALLUM, &back).expect(200);
    assert_eq!(user(&hub, CALLUM)["roles"], json!(["agent"]));
}

/// Proves: CC-07
#[test]
fn a_change_to_somebody_who_is_here_waits_for_synchronize_users() {
    let hub = service();
    edit(&hub, CALLUM, &json!([{"id": STANDARD}])).expect(200);
    edit(
        &hub,
        DMITRI,
        &json!([{"id": STANDARD, "operation": "remove"}]),
    )
    .expect(200);
    assert_eq!(sync_status(&hub, CALLUM), "Pending");
    assert_eq!(user(&hub, DMITRI), Value::Null);
    assert_eq!(sync_status(&hub, DMITRI), "Pending");
    let task = synchronize(&hub);
    assert_eq!(
        (&task["status"], &task["succeeded"]),
        (&json!("completed"), &json!(8))
    );
    assert_eq!(user(&hub, CALLUM)["syncStatus"], "Valid");
    assert_eq!(sync_status(&hub, DMITRI), Value::Null);
    let before = hub.revision();
    synchronize(&hub);
    assert_eq!(hub.revision(), before);
}

/// Proves: CC-07
#[test]
fn whoever_comes_with_the_licence_is_known_at_once() {
    let hub = service();
    let new = json!({
        "users": [{"email": "new@lanternfish.example"}],
        "contactCenter": {"type": "premium", "role": "supervisor"},
    });
    hub.call("POST", &format!("{HUB}/users/manual"), &new)
        .expect(200);
    assert_eq!(sync_status(&hub, "new@lanternfish.example"), "Valid");
}

/// Proves: CC-08
#[test]
fn whoever_has_never_signed_in_does_not_show() {
    let hub = service();
    synchronize(&hub);
    assert_eq!(user(&hub, NOOR), Value::Null);
    hub.call("POST", "/_sim/v1/simulate/signIn", &json!({"email": NOOR}))
        .expect(200);
    assert_eq!(user(&hub, NOOR)["syncStatus"], "Valid");
}

/// Proves: CC-09
#[test]
fn a_back_end_that_fails_twice_makes_it_invalid_until_it_takes_the_user() {
    let hub = service();
    edit(&hub, CALLUM, &json!([{"id": STANDARD}])).expect(200);
    fail(&hub, 2, None);
    for _ in 0..2 {
        let task = synchronize(&hub);
        assert_eq!(task["status"], "completedWithErrors");
        assert_eq!(user(&hub, CALLUM)["syncStatus"], "Invalid");
        let id = task["id"].as_str().unwrap();
        let errors = hub
            .get(&format!("{HUB}/tasks/{id}/errors"))
            .expect(200)
            .text;
        assert!(errors.contains("900072"), "{errors}");
    }
    assert_eq!(synchronize(&hub)["status"], "completed");
    assert_eq!(user(&hub, CALLUM)["syncStatus"], "Valid");
}

/// Proves: CC-09
#[test]
fn a_back_end_can_fail_for_one_and_when_somebody_is_added() {
    let hub = service();
    fail(&hub, 1, Some(DMITRI));
    synchronize(&hub);
    assert_eq!(user(&hub, DMITRI)["syncStatus"], "Invalid");
    assert_eq!(user(&hub, AMARA)["syncStatus"], "Valid");
    fail(&hub, 1, None);
    let new = json!({
        "users": [{"email": "new@lanternfish.example"}],
        "contactCenter": {"type": "standard"},
    });
    let added = hub.call("POST", &format!("{HUB}/users/manual"), &new);
    assert_eq!(added.expect(200).header("x-hubsim-fault"), "fault-2");
    assert_eq!(sync_status(&hub, "new@lanternfish.example"), "Invalid");
    let requests = hub.get("/_sim/v1/requests?method=POST").expect(200).json();
    let last = requests["items"].as_array().unwrap().iter();
    let struck: Vec<_> = last.map(|it| &it["simulatedFault"]).collect();
    let effect = json!({"backend": "contactCenterSync"});
    assert!(
        struck.contains(&&json!({"id": "fault-2", "effect": effect})),
        "{struck:?}"
    );
    let plan = [
        ("authorization", "Bearer full-admin"),
        ("x-sim-dry-run", "true"),
    ];
    let path = format!("{HUB}/contactCenter/synchronize");
    fail(&hub, 1, None);
    hub.send("POST", &path, &plan, &Value::Null).expect(200);
    let rules = hub.get("/_sim/v1/faults").expect(200).json();
    assert_eq!(rules["items"][2]["hits"], 0, "a plan uses up no failure");
}

/// Proves: CC-10
#[test]
fn who_is_deleted_goes_from_contact_center() {
    let hub = service();
    hub.call("DELETE", &format!("/v1/people/{AMARA}"), &Value::Null)
        .expect(204);
    let left = hub
        .get("/_sim/v1/sandboxes/default/diff")
        .expect(200)
        .json();
    let deleted = left["deleted"].to_string();
    assert!(deleted.contains("contactCenterUser"), "{deleted}");
    assert_eq!(synchronize(&hub)["succeeded"], 6);
}

/// Proves: CC-11
#[test]
fn a_file_makes_a_thousand_users_at_most_and_a_manual_add_25() {
    let hub = service();
    let before = hub.revision();
    let rows = |count: usize| {
        let rows = (0..count).map(|n| format!("n{n}@lanternfish.example,TRUE\n"));
        format!("{KEY},{STANDARD}\n{}", rows.collect::<String>())
    };
    let import = format!("{HUB}/users/csv/import?behavior=addOnly");
    let refused = hub.upload(&import, "text/csv", rows(1001)).expect(400);
    assert!(
        refused.text.contains("900010") && refused.text.contains("1001"),
        "{}",
        refused.text
    );
    let users: Vec<Value> = (0..26)
        .map(|n| json!({"email": format!("m{n}@x.example")}))
        .collect();
    let many = json!({"users": users, "contactCenter": {"type": "standard"}});
    hub.call("POST", &format!("{HUB}/users/manual"), &many)
        .expect(400);
    assert_eq!(hub.revision(), before);
    hub.upload(&import, "text/csv", rows(1000)).expect(202);
}

/// Proves: CC-12
#[test]
fn its_own_administrator_changes_users_of_contact_center_and_nothing_else() {
    let hub = service();
    let token = "contact-center-admin";
    let send = |method: &str, path: &str, body: &Value| {
        hub.send_as(token, method, &format!("{HUB}{path}"), body)
    };
    let licenses = format!("/users/{CALLUM}/licenses");
    let add = |id: &str| json!({"licenses": [{"id": id}]});
    send("PATCH", &licenses, &add(STANDARD)).expect(200);
    assert_eq!(user(&hub, CALLUM)["licenseType"], "standard");
    let calling = add("Webex Calling VAR Professional [Sub140001]");
    assert!(
        send("PATCH", &licenses, &calling)
            .expect(403)
            .text
            .contains("Contact Center")
    );
    for path in ["/users/manual", &format!("/users/{CALLUM}/deactivate")] {
        send("POST", path, &json!({"users": [{"email": "x@y.example"}]})).expect(403);
    }
    hub.send_as(
        token,
        "DELETE",
        &format!("/v1/people/{CALLUM}"),
        &Value::Null,
    )
    .expect(403);

    let file = format!(
        "{KEY},Title,{STANDARD},{PREMIUM}\n{CALLUM},Boss,FALSE,TRUE\nnew@x.example,,TRUE,\n"
    );
    let path = format!("{HUB}/users/csv/import?behavior=addAndRemove");
    let headers = [
        ("authorization", "Bearer contact-center-admin"),
        ("content-type", "text/csv"),
    ];
    let task = hub
        .send_text("POST", &path, &headers, file)
        .expect(202)
        .json();
    assert!(
        task["warnings"].to_string().contains("Only the columns"),
        "{task}"
    );
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    let id = task["id"].as_str().unwrap();
    let done = send("GET", &format!("/tasks/{id}"), &Value::Null)
        .expect(200)
        .json();
    assert_eq!(
        (&done["succeeded"], &done["failed"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(user(&hub, CALLUM)["licenseType"], "premium");
    let person = hub.get(&format!("/v1/people/{CALLUM}")).expect(200).json();
    assert_eq!(person["title"], "Back Office");
}

/// Proves: CC-13
#[test]
fn the_next_file_waits_for_the_task_of_the_one_before() {
    let hub = service();
    let import = format!("{HUB}/users/csv/import?behavior=addOnly");
    let file = format!("{KEY},{STANDARD}\n{CALLUM},TRUE\n");
    hub.upload(&import, "text/csv", file.clone()).expect(202);
    assert!(
        hub.upload(&import, "text/csv", file.clone())
            .expect(409)
            .text
            .contains("900005")
    );
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    hub.upload(&import, "text/csv", file).expect(202);
}

#[test]
fn one_synchronisation_runs_at_a_time_and_survives_a_snapshot() {
    let hub = service();
    hub.call("PUT", "/_sim/v1/tasks/pace", &json!({"rowsPerSecond": 1}))
        .expect(200);
    edit(&hub, CALLUM, &json!([{"id": STANDARD}])).expect(200);
    let path = format!("{HUB}/contactCenter/synchronize");
    hub.call("POST", &path, &Value::Null).expect(202);
    let refused = hub.call("POST", &path, &Value::Null).expect(409);
    assert!(
        refused.text.contains("contactCenterSync"),
        "{}",
        refused.text
    );
    hub.call("POST", "/_sim/v1/snapshots", &json!({"name": "amid"}))
        .expect(201);
    hub.call("POST", "/_sim/v1/snapshots/amid/load", &Value::Null)
        .expect(200);
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    assert_eq!(user(&hub, CALLUM)["syncStatus"], "Valid");
}

#[test]
fn the_contact_center_administrator_synchronises_and_a_reader_does_not() {
    let hub = service();
    let path = format!("{HUB}/contactCenter/synchronize");
    hub.send_as("contact-center-admin", "POST", &path, &Value::Null)
        .expect(202);
    hub.send_as("read-only-admin", "POST", &path, &Value::Null)
        .expect(403);
    hub.send_as(
        "read-only-admin",
        "GET",
        &format!("{HUB}/contactCenter/users"),
        &Value::Null,
    )
    .expect(200);
}

/// Proves: CC-06, CC-07
#[test]
fn a_role_that_is_given_or_taken_stands_in_the_outcome_the_plan_and_the_audit_log() {
    let hub = service();
    let role = |role: &str| json!([{"id": PREMIUM, "properties": {"role": role}}]);
    let changed = |before: &str, after: &str| json!([{"family": "contactCenter", "field": "role", "before": before, "after": after}]);
    let path = format!("{HUB}/users/{LUCIAN}/licenses");
    let dry = [
        ("x-sim-dry-run", "true"),
        ("authorization", "Bearer full-admin"),
    ];
    let body = json!({"licenses": role("supervisor")});
    let plan = hub.send("PATCH", &path, &dry, &body).expect(200).json();
    assert_eq!(
        plan["outcomes"][0]["changed"],
        changed("agent", "supervisor")
    );
    assert_eq!(user(&hub, LUCIAN)["roles"], json!(["agent"]));
    let made = edit(&hub, LUCIAN, &role("supervisor")).expect(200).json();
    assert_eq!(made["action"], "assigned", "{made}");
    assert_eq!(made["changed"], changed("agent", "supervisor"));
    assert_eq!(made["rules"], json!(["CC-06", "CC-07"]));
    assert_eq!(user(&hub, LUCIAN)["syncStatus"], "Pending");
    let again = edit(&hub, LUCIAN, &role("supervisor")).expect(200).json();
    assert_eq!(
        (&again["action"], &again["changed"]),
        (&json!("none"), &json!([]))
    );
    let back = edit(&hub, LUCIAN, &role("agent")).expect(200).json();
    assert_eq!(back["changed"], changed("supervisor", "agent"));
    edit(
        &hub,
        LUCIAN,
        &json!([{"id": PREMIUM, "operation": "remove"}]),
    )
    .expect(200);
    let told: Vec<String> = events(&hub)
        .iter()
        .map(|event| event["actionText"].as_str().unwrap().to_owned())
        .collect();
    let admin = "Imogen Faraday updated";
    let expected = [
        format!("{admin} user Lucian Ashgrove"),
        format!("{admin} Contact Center user Lucian Ashgrove"),
        format!("{admin} Contact Center user Lucian Ashgrove"),
    ];
    assert_eq!(told, expected);
    let ledger = hub.get(&format!("/_sim/v1/ledger?holder={LUCIAN}"));
    let ledger = ledger.expect(200).json();
    assert_eq!(ledger["items"][0]["changes"][0]["name"], "Lucian Ashgrove");
}

/// The audit log, the newest first.
fn events(hub: &Hub) -> Vec<Value> {
    let organizations = hub.get("/v1/organizations").expect(200).json();
    let id = organizations["items"][0]["id"].as_str().unwrap().to_owned();
    let window = "from=2026-01-01T00:00:00.000Z&to=2026-12-01T00:00:00.000Z";
    let path = format!("/v1/adminAudit/events?orgId={id}&{window}");
    let events = hub.pages(&path, "items").into_iter();
    events.map(|event| event["data"].clone()).collect()
}
