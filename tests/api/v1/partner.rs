//! `/v1/partner/tags`: the tags of customers' subscriptions.

use serde_json::{Value, json};

use crate::hub::customers::launched;
use crate::support::{Answer, Hub};

const PARTNER: &str = "partner-full-admin";
const LIST: &str = "/v1/partner/tags/subscriptions";

fn ask(hub: &Hub, method: &str, path: &str, body: &Value) -> Answer {
    hub.send_as(PARTNER, method, path, body)
}

/// The path of a customer's subscription.
fn path(hub: &Hub, customer: &str, code: &str) -> String {
    let listed = ask(
        hub,
        "GET",
        "/_hub/v1/organizations/me/customers",
        &Value::Null,
    )
    .json();
    let all = listed["items"].as_array().unwrap().clone();
    let found = all.iter().find(|it| it["name"] == customer);
    let id = found.expect("the customer")["orgId"].as_str().unwrap();
    format!("/v1/partner/tags/organizations/{id}/subscriptions/{code}")
}

#[test]
fn subscriptions_are_tagged_found_by_a_tag_and_lose_all_tags() {
    let hub = Hub::with_scenario("partner");
    let clinic = path(&hub, "Tidewater Clinics", "Sub130010");
    let school = path(&hub, "Larkspur School", "Sub130020");
    let fresh = ask(&hub, "GET", &clinic, &Value::Null).expect(200).json();
    assert_eq!(fresh["orgName"], "Tidewater Clinics");
    assert_eq!(fresh["tags"], json!([]));
    assert_eq!(fresh["trial"], "false");
    let tags = json!([{"name": "Gold", "description": "Renews in spring"}, {"name": "East"}]);
    let assigned = ask(
        &hub,
        "POST",
        &format!("{clinic}/assignTags"),
        &json!({"tags": tags}),
    );
    assert_eq!(assigned.expect(200).json(), tags);
    let east = json!({"tags": [{"name": "East"}]});
    ask(&hub, "POST", &format!("{school}/assignTags"), &east).expect(200);
    let found = |names: &str| {
        let page = ask(&hub, "GET", &format!("{LIST}?tags={names}"), &Value::Null);
        page.expect(200).json().as_array().unwrap().len()
    };
    assert_eq!(
        (found("Gold"), found("East"), found("Gold,East")),
        (1, 2, 2)
    );
    assert_eq!((found("gold"), found("East&max=1")), (0, 1));
    let shown = ask(&hub, "GET", &clinic, &Value::Null).json();
    assert_eq!(shown["tags"], json!(["Gold", "East"]));
    // What is assigned replaces what was there; nothing takes everything away.
    ask(
        &hub,
        "POST",
        &format!("{clinic}/assignTags"),
        &json!({"tags": []}),
    )
    .expect(200);
    assert_eq!((found("Gold"), found("East")), (0, 1));
}

#[test]
fn tags_that_cannot_be_and_subscriptions_of_others_are_refused() {
    let hub = Hub::with_scenario("partner");
    let clinic = path(&hub, "Tidewater Clinics", "Sub130010");
    let assign = format!("{clinic}/assignTags");
    let revision = hub.revision();
    let tag = |name: &str| json!({"name": name});
    let long = "x".repeat(65);
    let cases = [
        (json!([tag("")]), "tags[0].name"),
        (json!([tag("a"), tag("a")]), "tags[1].name"),
        (json!([tag("a,b")]), "comma"),
        (json!([tag(&long)]), "64"),
        (json!([tag("a\nb")]), "one line"),
        (
            json!([tag("a"), tag("b"), tag("c"), tag("d"), tag("e"), tag("f")]),
            "at most 5",
        ),
        (json!([{"description": "no name"}]), "name"),
        (json!("Gold"), "tags"),
    ];
    for (tags, part) in cases {
        let answer = ask(&hub, "POST", &assign, &json!({"tags": tags})).expect(400);
        assert!(answer.text.contains(part), "{part}: {}", answer.text);
    }
    let others = path(&hub, "Tidewater Clinics", "Sub130020");
    ask(&hub, "GET", &others, &Value::Null).expect(404);
    ask(
        &hub,
        "GET",
        &path(&hub, "Tidewater Clinics", "Sub1"),
        &Value::Null,
    )
    .expect(404);
    let nobody = "/v1/partner/tags/organizations/none/subscriptions/Sub130010";
    ask(&hub, "GET", nobody, &Value::Null).expect(404);
    ask(&hub, "GET", LIST, &Value::Null).expect(400);
    ask(&hub, "GET", &format!("{LIST}?tags=a&max=0"), &Value::Null).expect(400);
    // The customer's own administrator is no partner.
    let stranger = "user:cordelia.marsh@tidewater.example";
    hub.send_as(stranger, "GET", &clinic, &Value::Null)
        .expect(404);
    hub.send_as(stranger, "POST", &assign, &json!({"tags": []}))
        .expect(404);
    let token = launched(&hub, "Tidewater Clinics");
    hub.send_as(&token, "GET", LIST, &Value::Null).expect(404);
    assert_eq!(hub.revision(), revision);
}
