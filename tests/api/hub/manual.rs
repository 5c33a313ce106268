//! `/users/manual` and `/users/claim`: people who are added by hand.

use serde_json::{Value, json};

use crate::support::{Answer, Hub};

const HUB: &str = "/_hub/v1/organizations/me";
/// The address of whoever owns a trial.
const TRIAL: &str = "petra.holloway@lanternfish.example";
/// The address of an account that can be claimed.
const CLAIMABLE: &str = "owen.castellane@lanternfish.example";
/// The address of an account of a domain that is not verified.
const FOREIGN: &str = "rhys.dunmore@elsewhere.example";
/// The address of an account of a carrier.
const CARRIER: &str = "carrier.desk@lanternfish.example";

fn service() -> Hub {
    Hub::with_scenario("contact-center")
}

fn post(hub: &Hub, path: &str, body: &Value) -> Answer {
    hub.call("POST", &format!("{HUB}{path}"), body)
}

fn users(emails: &[&str]) -> Value {
    let users = emails.iter().map(|email| json!({"email": email}));
    json!({"users": users.collect::<Vec<_>>()})
}

/// The items of a manual add of these addresses.
#[track_caller]
fn added(hub: &Hub, emails: &[&str]) -> Vec<Value> {
    let answer = post(hub, "/users/manual", &users(emails)).expect(200);
    answer.json()["items"].as_array().unwrap().clone()
}

fn settings(hub: &Hub, body: &Value) {
    hub.call("PATCH", &format!("{HUB}/settings"), body)
        .expect(200);
}

/// What the Users page shows of an address.
fn shown(hub: &Hub, email: &str) -> Value {
    let page = hub.get(&format!("{HUB}/users?query={email}")).expect(200);
    page.json()["items"][0].clone()
}

fn mails(hub: &Hub, email: &str) -> Vec<Value> {
    let page = hub.get(&format!("/_sim/v1/outbox?to={email}")).expect(200);
    page.json()["items"].as_array().unwrap().clone()
}

/// Proves: ADD-01
#[test]
fn up_to_25_people_are_added_by_address_or_with_names() {
    let hub = service();
    let before = hub.revision();
    let many: Vec<String> = (0..26)
        .map(|n| format!("n{n}@lanternfish.example"))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for wrong in [&many[..], &[]] {
        let refused = post(&hub, "/users/manual", &users(wrong)).expect(400);
        assert!(refused.text.contains("1 to 25"), "{}", refused.text);
    }
    assert_eq!(hub.revision(), before);
    let items = added(&hub, &many[..25]);
    assert!(
        items.iter().all(|item| item["status"] == "added"),
        "{items:?}"
    );
    assert_eq!(hub.revision(), before + 1);
    let named = json!({"users": [
        {"email": "vera.lund@lanternfish.example", "firstName": "Vera", "lastName": "Lund"},
    ]});
    post(&hub, "/users/manual", &named).expect(200);
    let vera = shown(&hub, "vera.lund@lanternfish.example");
    assert_eq!(vera["displayName"], "Vera Lund");
    assert_eq!(shown(&hub, "n0@")["displayName"], "n0");
}

/// Proves: ADD-02
#[test]
fn where_attributes_are_required_people_are_added_one_at_a_time() {
    let hub = service();
    settings(&hub, &json!({"requiredUserAttributes": ["title"]}));
    let two = ["one@lanternfish.example", "two@lanternfish.example"];
    let refused = post(&hub, "/users/manual", &users(&two)).expect(400);
    assert!(refused.text.contains("one at a time"), "{}", refused.text);
    let without = &added(&hub, &two[..1])[0];
    assert_eq!(without["status"], "failed");
    assert!(
        without["error"]["message"]
            .as_str()
            .unwrap()
            .contains("title")
    );
    let one = json!({"users": [{"email": two[0], "title": "Agent"}]});
    let answer = post(&hub, "/users/manual", &one).expect(200).json();
    assert_eq!(answer["items"][0]["status"], "added");
}

/// Proves: ADD-03
#[test]
fn the_owner_of_a_trial_deletes_it_before_being_added() {
    let hub = service();
    let before = hub.revision();
    let refused = &added(&hub, &[TRIAL])[0];
    assert_eq!(refused["error"]["code"], 900_070);
    assert!(
        refused["error"]["message"]
            .as_str()
            .unwrap()
            .contains("Holloway Trial")
    );
    assert_eq!(hub.revision(), before);
    let person = json!({"emails": [TRIAL], "displayName": "Petra"});
    hub.call("POST", "/v1/people", &person).expect(409);
    let trial = "/_sim/v1/simulate/deleteTrialOrganization";
    hub.call("POST", trial, &json!({"email": TRIAL}))
        .expect(204);
    assert_eq!(added(&hub, &[TRIAL])[0]["status"], "added");
    for gone in [TRIAL, CLAIMABLE] {
        hub.call("POST", trial, &json!({"email": gone})).expect(404);
    }
}

/// Proves: ADD-04
#[test]
fn an_address_that_is_taken_is_refused_unless_its_account_can_be_claimed() {
    let hub = service();
    let items = added(
        &hub,
        &["dmitri.fallow@lanternfish.example", FOREIGN, CLAIMABLE],
    );
    let codes: Vec<_> = items.iter().map(|item| &item["error"]["code"]).collect();
    assert_eq!(codes, [&json!(409), &json!(900_071), &Value::Null]);
    assert_eq!(items[2]["status"], "added");
    settings(&hub, &json!({"verifiedDomains": ["elsewhere.example"]}));
    assert_eq!(added(&hub, &[FOREIGN])[0]["status"], "added");
}

/// Proves: ADD-04
#[test]
fn somebody_who_is_here_already_is_updated_when_there_is_something_to_give() {
    let hub = service();
    let body = json!({
        "users": [{"email": "callum.redfern@lanternfish.example"}],
        "contactCenter": {"type": "standard"},
    });
    let answer = post(&hub, "/users/manual", &body).expect(200).json();
    assert_eq!(answer["items"][0]["status"], "updated", "{answer}");
    assert!(mails(&hub, "callum.redfern@lanternfish.example").is_empty());
}

/// Proves: ADD-05
#[test]
fn an_account_of_a_carrier_is_refused_with_its_documented_code() {
    let hub = service();
    let refused = &added(&hub, &[CARRIER])[0]["error"];
    assert_eq!(refused["code"], 5302);
    let message = refused["message"].as_str().unwrap();
    assert_eq!(
        message,
        format!("[Error 10991] Url already exists: {CARRIER}")
    );
    let person = json!({"emails": [CARRIER], "displayName": "Desk"});
    hub.call("POST", "/v1/people", &person).expect(400);
}

/// Proves: ADD-06
#[test]
fn nobody_is_added_by_hand_while_a_directory_is_synchronised() {
    let hub = service();
    settings(&hub, &json!({"directorySynchronized": true}));
    let refused = post(&hub, "/users/manual", &users(&["x@lanternfish.example"])).expect(409);
    assert!(refused.text.contains("900074"), "{}", refused.text);
}

/// Proves: ADD-07
#[test]
fn the_template_gives_the_licences_unless_they_are_assigned_by_hand() {
    let hub = service();
    let named = |name: &str| hub.find("/v1/licenses", "name", name)["id"].clone();
    let template = json!({
        "licenses": [named("Messaging")],
        "applyScope": {"futureUsers": true, "existingUsers": false},
    });
    hub.call("PUT", &format!("{HUB}/licenseTemplate"), &template)
        .expect(200);
    let names = |email: &str| {
        let held = shown(&hub, email)["licenses"].as_array().unwrap().clone();
        held.iter()
            .map(|it| it["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    added(&hub, &["template@lanternfish.example"]);
    assert!(names("template@")[0].contains("Messaging"));
    let location = hub.location("Harborview");
    let by_hand = json!({
        "users": [{
            "email": "hand@lanternfish.example",
            "properties": {"locationId": location, "extension": "2150"},
        }],
        "licenses": [{"id": "Webex Calling VAR Professional [Sub140001]"}],
    });
    let answer = post(&hub, "/users/manual", &by_hand).expect(200).json();
    assert_eq!(answer["items"][0]["status"], "added", "{answer}");
    assert_eq!(names("hand@"), ["Webex Calling - Professional"]);
}

#[test]
fn a_calling_licence_without_its_properties_fails_that_person_alone() {
    let hub = service();
    let body = json!({
        "users": [
            {"email": "bare@lanternfish.example"},
            {"email": "full@lanternfish.example",
             "properties": {"phoneNumber": "+12065550110"}},
        ],
        "licenses": [{"id": "Webex Calling VAR Professional [Sub140001]"}],
    });
    let items = post(&hub, "/users/manual", &body).expect(200).json()["items"].clone();
    assert_eq!(items[0]["status"], "failed");
    assert_eq!(items[1]["status"], "added", "{items}");
    assert_eq!(shown(&hub, "bare@"), Value::Null);
    assert!(mails(&hub, "bare@lanternfish.example").is_empty());
}

/// Proves: ADD-08
#[test]
fn welcome_mails_are_sent_while_automated_mails_are_on() {
    let hub = service();
    added(&hub, &["on@lanternfish.example"]);
    assert_eq!(mails(&hub, "on@lanternfish.example")[0]["kind"], "welcome");
    let mut quiet = users(&["quiet@lanternfish.example"]);
    quiet["sendWelcomeEmail"] = json!(false);
    post(&hub, "/users/manual", &quiet).expect(200);
    assert!(mails(&hub, "quiet@lanternfish.example").is_empty());
    settings(&hub, &json!({"automatedEmails": false}));
    added(&hub, &["off@lanternfish.example"]);
    assert!(mails(&hub, "off@lanternfish.example").is_empty());
    let mut loud = users(&["loud@lanternfish.example"]);
    loud["sendWelcomeEmail"] = json!(true);
    let refused = post(&hub, "/users/manual", &loud).expect(400);
    assert!(refused.text.contains("automatedEmails"), "{}", refused.text);
}

#[test]
fn a_manual_add_that_cannot_be_meant_says_why_and_changes_nothing() {
    let hub = service();
    let before = hub.revision();
    let one = json!([{"email": "x@lanternfish.example"}]);
    let cases = [
        (json!({}), "users"),
        (json!({"users": one, "package": "callsOnly"}), "webex_suite"),
        (
            json!({"users": one, "package": "webex_suite"}),
            "no wholesale customer",
        ),
        (
            json!({"users": one, "licenses": [{"id": "Y2lzY28"}]}),
            "400000",
        ),
        (
            json!({"users": one, "contactCenter": {"type": "standard", "role": "supervisor"}}),
            "900073",
        ),
        (
            json!({"users": one, "contactCenter": {"type": "gold"}}),
            "premium",
        ),
        (
            json!({"users": [{"email": "x@y.example", "mail": 1}]}),
            "mail",
        ),
    ];
    for (body, part) in cases {
        let refused = post(&hub, "/users/manual", &body).expect(400);
        assert!(refused.text.contains(part), "{body}: {}", refused.text);
    }
    let twice = added(
        &hub,
        &[
            "no address",
            "a@lanternfish.example",
            "A@lanternfish.example",
        ],
    );
    let states: Vec<_> = twice
        .iter()
        .map(|item| item["status"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["failed", "added", "failed"]);
    assert_eq!(hub.revision(), before + 1);
    let token = "user-admin";
    let path = format!("{HUB}/users/manual");
    hub.send_as(token, "POST", &path, &users(&["b@lanternfish.example"]))
        .expect(200);
    hub.send_as(
        "read-only-admin",
        "POST",
        &path,
        &users(&["c@lanternfish.example"]),
    )
    .expect(403);
}

#[test]
fn a_manual_add_can_be_planned_and_undone() {
    let hub = service();
    let headers = [
        ("authorization", "Bearer full-admin"),
        ("x-sim-dry-run", "true"),
    ];
    let path = format!("{HUB}/users/manual");
    let plan = hub.send(
        "POST",
        &path,
        &headers,
        &users(&["plan@lanternfish.example"]),
    );
    let plan = plan.expect(200).json();
    assert_eq!(plan["response"]["body"]["items"][0]["status"], "added");
    let kinds: Vec<_> = plan["diff"]["created"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["person", "mail"]);
    assert!(mails(&hub, "plan@lanternfish.example").is_empty());
    added(&hub, &["plan@lanternfish.example"]);
    assert_eq!(mails(&hub, "plan@lanternfish.example").len(), 1);
    hub.call("POST", "/_sim/v1/undo", &Value::Null).expect(200);
    assert!(mails(&hub, "plan@lanternfish.example").is_empty());
}

/// Proves: ADD-10
#[test]
fn accounts_are_claimed_by_a_list_and_given_back_within_14_days() {
    let hub = service();
    let emails = |emails: &[&str]| json!({"emails": emails});
    let claim = post(
        &hub,
        "/users/claim",
        &emails(&[CLAIMABLE, FOREIGN, "who@x.example"]),
    );
    let items = claim.expect(200).json()["items"].clone();
    let states: Vec<_> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["status"])
        .collect();
    assert_eq!(states, ["added", "failed", "failed"], "{items}");
    assert_eq!(items[2]["error"]["code"], 404);
    assert_eq!(shown(&hub, CLAIMABLE)["status"], "Pending");
    let retract = |email: &str| {
        let answer = post(&hub, "/users/claim/retract", &emails(&[email])).expect(200);
        answer.json()["items"][0].clone()
    };
    assert_eq!(retract(CLAIMABLE)["status"], "retracted");
    assert_eq!(shown(&hub, CLAIMABLE), Value::Null);
    assert_eq!(retract(CLAIMABLE)["error"]["code"], 404);
    post(&hub, "/users/claim", &emails(&[CLAIMABLE])).expect(200);
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "P15D"}))
        .expect(200);
    assert_eq!(retract(CLAIMABLE)["error"]["code"], 900_077);
    let many: Vec<String> = (0..101)
        .map(|n| format!("n{n}@lanternfish.example"))
        .collect();
    let refused = post(&hub, "/users/claim", &json!({"emails": many})).expect(400);
    assert!(refused.text.contains("1 to 100"), "{}", refused.text);
}

/// Proves: ADD-10
#[test]
fn a_claim_stands_once_its_owner_has_signed_in() {
    let hub = service();
    let emails = json!({"emails": [CLAIMABLE]});
    post(&hub, "/users/claim", &emails).expect(200);
    hub.call(
        "POST",
        "/_sim/v1/simulate/signIn",
        &json!({"email": CLAIMABLE}),
    )
    .expect(200);
    let answer = post(&hub, "/users/claim/retract", &emails)
        .expect(200)
        .json();
    assert_eq!(answer["items"][0]["error"]["code"], 900_077);
    assert_eq!(shown(&hub, CLAIMABLE)["status"], "Active");
}

/// Proves: TMPL-15
#[test]
fn under_a_template_with_calling_location_and_number_are_asked_for_and_used() {
    let hub = service();
    let named = |name: &str| hub.find("/v1/licenses", "name", name)["id"].clone();
    let template = |licenses: Value| {
        let body = json!({"licenses": licenses, "applyScope": {"futureUsers": true}});
        hub.call("PUT", &format!("{HUB}/licenseTemplate"), &body)
            .expect(200);
    };
    template(json!([
        named("Webex Calling - Professional"),
        named("Messaging")
    ]));
    let asked = added(&hub, &["asked@lanternfish.example"])[0].clone();
    assert_eq!(asked["status"], "added");
    let warning = asked["warnings"][0].as_str().expect("a warning");
    assert!(
        warning.contains("send properties with a locationId"),
        "{warning}"
    );
    let place = hub.location("Harborview");
    let body = json!({"users": [
        {"email": "told@lanternfish.example", "properties": {"locationId": place, "extension": "2150"}},
        {"email": "same@lanternfish.example", "properties": {"locationId": place, "extension": "2150"}},
        {"email": "half@lanternfish.example", "properties": {"locationId": place}},
    ]});
    let items = post(&hub, "/users/manual", &body).expect(200).json()["items"].clone();
    assert_eq!(items[0]["status"], "added", "{items}");
    assert_eq!(items[1]["error"]["code"], 25_108, "{items}");
    assert!(
        items[1].to_string().contains("in the location by told"),
        "{items}"
    );
    assert_eq!(items[2]["error"]["code"], 400_411, "{items}");
    assert_eq!(shown(&hub, "same@"), Value::Null);
    let held = shown(&hub, "told@")["licenses"].as_array().unwrap().clone();
    let names: Vec<&str> = held.iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "Webex Calling - Professional",
            "Messaging",
            "Basic Messaging"
        ]
    );
    let people = hub.get("/v1/people?email=told@lanternfish.example&callingData=true");
    assert_eq!(people.expect(200).json()["items"][0]["extension"], "2150");
    // Nothing that was sent is dropped in silence.
    template(json!([named("Messaging")]));
    let body = json!({"users": [
        {"email": "lost@lanternfish.example", "properties": {"locationId": place, "extension": "2151"}},
    ]});
    let items = post(&hub, "/users/manual", &body).expect(200).json()["items"].clone();
    let message = items[0]["error"]["message"].as_str().expect("a message");
    assert!(message.contains("name a Calling license"), "{message}");
    assert_eq!(shown(&hub, "lost@"), Value::Null);
}

/// Proves: CC-04, CC-06
#[test]
fn who_is_a_supervisor_stays_one_unless_said_and_a_loss_is_told() {
    let hub = service();
    let amara = "amara.kestrel@lanternfish.example";
    let give = |contact_center: Value| {
        let body = json!({"users": [{"email": amara}], "contactCenter": contact_center});
        let answer = post(&hub, "/users/manual", &body).expect(200);
        answer.json()["items"][0].clone()
    };
    let roles = || {
        let users = hub
            .get(&format!("{HUB}/contactCenter/users"))
            .expect(200)
            .json();
        let users = users["items"].as_array().unwrap().clone();
        let found = users.into_iter().find(|user| user["email"] == amara);
        found.expect("a user")["roles"].clone()
    };
    assert_eq!(roles(), json!(["supervisor"]));
    let same = give(json!({"type": "premium"}));
    assert_eq!(same["lost"], Value::Null);
    assert!(
        same["warnings"].to_string().contains("nothing was changed"),
        "{same}"
    );
    assert_eq!(roles(), json!(["supervisor"]));
    let given = give(json!({"type": "standard"}));
    let lost = &given["lost"][0];
    assert_eq!(given["status"], "updated", "{given}");
    assert_eq!(
        (&lost["family"], &lost["before"]),
        (&json!("contactCenter"), &json!("supervisor"))
    );
    assert_eq!(roles(), json!(["agent"]));
}
