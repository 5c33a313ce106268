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
