//! `/subscriptions`: Account > Subscriptions > License Summary.

use serde_json::{Value, json};

use crate::support::Hub;

const ORG: &str = "/_hub/v1/organizations/me";

/// How many of these holders have a licence.
fn holders(all: &[Value], licenses: impl Fn(&Value) -> Value, id: &Value) -> usize {
    let has = |it: &&Value| licenses(it).as_array().is_some_and(|own| own.contains(id));
    all.iter().filter(has).count()
}

/// Proves: SUB-12
#[test]
fn the_summary_shows_of_each_licence_what_was_bought_and_how_many_users_and_workspaces_use_it() {
    let hub = Hub::with_scenario("demo");
    let people = hub.pages("/v1/people?max=1000", "items");
    let rooms = hub.pages("/v1/workspaces?max=1000", "items");
    let page = hub.get(&format!("{ORG}/subscriptions")).expect(200).json();
    let mut seen = 0;
    for subscription in page["items"].as_array().unwrap() {
        for license in subscription["licenses"].as_array().unwrap() {
            let id = &license["id"];
            let users = holders(&people, |it| it["licenses"].clone(), id);
            let calling = |it: &Value| it["calling"]["webexCalling"]["licenses"].clone();
            let workspaces = holders(&rooms, calling, id);
            assert_eq!(license["consumedByUsers"], json!(users), "{license}");
            assert_eq!(
                license["consumedByWorkspaces"],
                json!(workspaces),
                "{license}"
            );
            assert_eq!(
                license["consumedUnits"],
                json!(users + workspaces),
                "{license}"
            );
            let bought = license["totalUnits"].as_i64().unwrap();
            let used = license["consumedUnits"].as_i64().unwrap();
            assert!(bought == -1 || used <= bought, "{license}");
            seen += usize::from(users > 0) + usize::from(workspaces > 0);
        }
    }
    assert!(seen > 8, "{seen}");
    // Professional is held by both, and counted apart.
    let old = hub
        .get(&format!("{ORG}/subscriptions/Sub119911"))
        .expect(200);
    let old = old.json();
    let mut licenses = old["licenses"].as_array().unwrap().iter();
    let professional = licenses.find(|it| it["name"] == "Webex Calling - Professional");
    let professional = professional.unwrap();
    assert!(
        professional["consumedByUsers"].as_i64() > Some(0),
        "{professional}"
    );
    assert!(
        professional["consumedByWorkspaces"].as_i64() > Some(0),
        "{professional}"
    );
}

/// Proves: SUB-11
#[test]
fn a_licence_counts_whatever_the_status_of_its_holder_until_it_goes_or_they_are_deleted() {
    let hub = Hub::with_scenario("demo");
    let license = hub.find("/v1/licenses", "name", "Messaging");
    let id = license["id"].as_str().unwrap();
    let count = || {
        let shown = hub.get(&format!("/v1/licenses/{id}")).expect(200).json();
        shown["consumedByUsers"].as_i64().unwrap()
    };
    let before = count();
    let email = "nora.field@quillhaven.example";
    let person = json!({"emails": [email], "displayName": "Nora Field", "licenses": [id]});
    let person = hub.call("POST", "/v1/people", &person).expect(200).json();
    let act = |deed: &str| {
        let path = format!("{ORG}/users/{email}/{deed}");
        hub.call("POST", &path, &Value::Null).expect(200).json()["status"].clone()
    };
    let shown = hub
        .get(&format!("{ORG}/users?query={email}"))
        .expect(200)
        .json();
    assert_eq!(
        (&shown["items"][0]["status"], count()),
        (&json!("Pending"), before + 1)
    );
    assert_eq!(
        (act("deactivate"), count()),
        (json!("Suspended"), before + 1)
    );
    act("reactivate");
    let sign_in = json!({"email": email});
    hub.call("POST", "/_sim/v1/simulate/signIn", &sign_in)
        .expect(200);
    assert_eq!(count(), before + 1);
    let save = |operation: &str| {
        let body = json!({"licenses": [{"id": id, "operation": operation}]});
        let path = format!("{ORG}/users/{email}/licenses");
        hub.call("PATCH", &path, &body).expect(200);
    };
    save("remove");
    assert_eq!(count(), before);
    save("add");
    let path = format!("/v1/people/{}", person["id"].as_str().unwrap());
    hub.call("DELETE", &path, &Value::Null).expect(204);
    assert_eq!(count(), before);
}
