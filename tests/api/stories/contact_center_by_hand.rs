//! "Add Contact Center users", by hand (A5, first half).

use serde_json::{Value, json};

use crate::support::{Hub, synchronize};

const HUB: &str = "/_hub/v1/organizations/me";
const TRIAL: &str = "petra.holloway@lanternfish.example";
const NEW: &str = "ines.calder@lanternfish.example";

fn shown(hub: &Hub, email: &str) -> Value {
    let page = hub.get(&format!("{HUB}/users?query={email}")).expect(200);
    page.json()["items"][0].clone()
}

/// Proves: ADD-03, CC-05, CC-08, CC-09
#[test]
fn a_premium_user_is_added_invited_repaired_and_made_an_administrator() {
    let hub = Hub::with_scenario("contact-center");
    let add = |emails: &[&str]| {
        let users: Vec<Value> = emails.iter().map(|email| json!({"email": email})).collect();
        let body = json!({"users": users, "contactCenter": {"type": "premium"}});
        let answer = hub.call("POST", &format!("{HUB}/users/manual"), &body);
        answer.expect(200).json()["items"].clone()
    };

    // Who created a trial deletes that organization before.
    assert_eq!(add(&[TRIAL])[0]["error"]["code"], 900_070);
    let trial = "/_sim/v1/simulate/deleteTrialOrganization";
    hub.call("POST", trial, &json!({"email": TRIAL}))
        .expect(204);

    // Save: each person receives an e-mail; in rare situations the back end fails.
    let rule = json!({"effect": {"backend": "contactCenterSync"}, "times": 1});
    hub.call("POST", "/_sim/v1/faults", &rule).expect(201);
    let items = add(&[TRIAL, NEW]);
    assert!(
        items
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["status"] == "added")
    );
    let mails = hub.get("/_sim/v1/outbox").expect(200).json();
    assert_eq!(mails["items"].as_array().unwrap().len(), 2);
    let ines = shown(&hub, NEW);
    assert_eq!(
        (&ines["status"], &ines["syncStatus"]),
        (&json!("Pending"), &json!("Invalid"))
    );

    // Synchronize Users, and Ines follows the link of her invitation.
    synchronize(&hub);
    assert_eq!(shown(&hub, NEW)["syncStatus"], "Valid");
    let users = format!("{HUB}/contactCenter/users");
    let listed = || hub.get(&users).expect(200).text.contains(NEW);
    assert!(!listed(), "nobody shows before the first sign-in");
    let link = &mails["items"][1]["invitationLink"];
    hub.call(
        "POST",
        "/_sim/v1/simulate/acceptInvitation",
        &json!({"link": link}),
    )
    .expect(200);
    assert!(listed());

    // Administrator: the details page > Administrator roles > Full administrator privileges.
    let path = format!("/v1/people/{NEW}");
    let mut person = hub.get(&path).expect(200).json();
    person["roles"] = json!(["id_full_admin"]);
    hub.call("PUT", &path, &person).expect(200);
    let ines = hub.find(&users, "email", NEW);
    assert_eq!(ines["roles"], json!(["agent", "administrator"]));
}
