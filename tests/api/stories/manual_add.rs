//! "Add users manually in Control Hub", with the organisation that everybody starts with.

use serde_json::{Value, json};

use crate::support::Hub;

const HUB: &str = "/_hub/v1/organizations/me";
const OTTILIE: &str = "ottilie.ravensworth@quillhaven.example";
const SILAS: &str = "silas.pemberton@quillhaven.example";
const DESK: &str = "frontdesk.carrier@quillhaven.example";

/// Proves: ADD-03, ADD-04, ADD-05, ADD-08, ADD-09
#[test]
fn four_people_are_added_and_each_obstacle_names_its_way_out() {
    let hub = Hub::with_scenario("demo");
    let location = hub.location("Boston");
    let add = |users: &Value, licenses: &Value| {
        let body = json!({"users": users, "licenses": licenses});
        let answer = hub
            .call("POST", &format!("{HUB}/users/manual"), &body)
            .expect(200);
        answer.json()["items"].as_array().unwrap().clone()
    };
    let calling = json!([{"id": "Webex Calling VAR Professional [Sub121331]"}]);
    let newcomer = json!({
        "email": "nadia.forsythe@quillhaven.example", "firstName": "Nadia", "lastName": "Forsythe",
        "properties": {"locationId": location, "extension": "7766"},
    });
    let items = add(&json!([newcomer]), &calling);
    assert_eq!(items[0]["status"], "added", "{items:?}");

    let others = json!([{"email": OTTILIE}, {"email": SILAS}, {"email": DESK}]);
    let items = add(&others, &json!([]));
    let states: Vec<_> = items
        .iter()
        .map(|item| item["status"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["failed", "added", "failed"], "Silas is claimed");
    let errors: Vec<_> = items.iter().map(|item| &item["error"]["code"]).collect();
    assert_eq!(errors, [&json!(900_070), &Value::Null, &json!(5302)]);

    let trial = "/_sim/v1/simulate/deleteTrialOrganization";
    hub.call("POST", trial, &json!({"email": OTTILIE}))
        .expect(204);
    assert_eq!(
        add(&json!([{"email": OTTILIE}]), &json!([]))[0]["status"],
        "added"
    );

    // Everybody who came got a welcome e-mail and is Pending until the first sign-in.
    let mails = hub.get("/_sim/v1/outbox").expect(200).json();
    let to: Vec<_> = mails["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["to"])
        .collect();
    assert_eq!(to, ["nadia.forsythe@quillhaven.example", SILAS, OTTILIE]);
    let page = hub
        .get(&format!("{HUB}/users?query=forsythe"))
        .expect(200)
        .json();
    assert_eq!(page["items"][0]["status"], "Pending");
    let link = json!({"link": mails["items"][0]["invitationLink"]});
    let accepted = hub
        .call("POST", "/_sim/v1/simulate/acceptInvitation", &link)
        .expect(200);
    assert_eq!(accepted.json()["status"], "Active");
}
