//! `/identity/scim/{orgId}/v2/Users`: the same people as those of `/v1/people`.

mod bulk;
mod groups;
mod membership;
mod patching;
mod replacing;
mod searching;
mod values;

use hubsim::model::ids;
use serde_json::{Value, json};

use crate::support::{ADA, Hub, person_id};

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
const WEBEX: &str = "urn:scim:schemas:extension:cisco:webexidentity:2.0:User";

/// The path of SCIM under the bare uuid of the organisation.
fn root(hub: &Hub) -> String {
    let organizations = hub.get("/v1/organizations").expect(200).json();
    let id = organizations["items"][0]["id"].as_str().expect("an id");
    let id = ids::decode("ORGANIZATION", id).expect("a uuid");
    format!("/identity/scim/{id}/v2")
}

/// The path of users.
fn base(hub: &Hub) -> String {
    format!("{}/Users", root(hub))
}

/// The bare uuid of a person.
fn uuid_of(hub: &Hub, email: &str) -> String {
    ids::decode("PEOPLE", &person_id(hub, "full-admin", email)).expect("a uuid")
}

/// Creates Grace, and answers her.
fn grace(hub: &Hub) -> Value {
    hub.call("POST", &base(hub), &body()).expect(201).json()
}

/// A PATCH of these operations.
fn patch(operations: Value) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations,
    })
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn body() -> Value {
    json!({
        "schemas": [USER, ENTERPRISE], "userName": "Grace@harbour.example", "userType": "user",
        "name": {"givenName": "Grace", "familyName": "Hopper"}, "displayName": "Grace Hopper",
        "title": "Admiral", "active": false, "externalId": "hr-7",
        "nickName": "Amazing", "preferredLanguage": "en_US", "timezone": "America/New_York",
        "phoneNumbers": [
            {"value": "400 123 1234", "type": "work", "display": "desk", "primary": true},
        ],
        "addresses": [{"type": "home", "country": "US", "locality": "Arlington"}],
        "roles": [{"value": "id_readonly_admin", "type": "cirole"}],
        (ENTERPRISE): {"department": "Navy", "costCenter": null},
    })
}

fn names(list: &Value) -> Vec<&str> {
    let users = list["Resources"].as_array().expect("users").iter();
    users
        .map(|user| user["userName"].as_str().expect("a name"))
        .collect()
}

#[test]
fn emails_that_are_no_list_of_addresses_are_refused_and_create_nobody() {
    let hub = Hub::start();
    let base = base(&hub);
    let before = hub.revision();
    for emails in [json!("x"), json!(5), json!([5]), json!([{"value": 5}])] {
        let mut wrong = body();
        wrong["emails"] = emails;
        let refused = hub.call("POST", &base, &wrong).expect(400).json();
        assert_eq!(refused["schemas"][0], ERROR);
        assert!(refused.to_string().contains("emails"), "{refused}");
    }
    assert_eq!(hub.revision(), before);
    let mut right = body();
    right["emails"] = json!([{"value": "grace@harbour.example", "type": "work"}]);
    hub.call("POST", &base, &right).expect(201);
}

#[test]
fn a_user_is_created_read_and_is_the_same_person() {
    let hub = Hub::start();
    let base = base(&hub);
    let created = hub.call("POST", &base, &body()).expect(201);
    let user = created.json();
    assert_eq!(user["userName"], "grace@harbour.example");
    assert_eq!(user["active"], false);
    assert_eq!(user["externalId"], "hr-7");
    assert_eq!(
        user["name"],
        json!({"givenName": "Grace", "familyName": "Hopper"})
    );
    assert_eq!(user["roles"][0]["value"], "id_readonly_admin");
    assert_eq!(user[ENTERPRISE]["department"], "Navy");
    assert_eq!(user[WEBEX]["accountStatus"], json!(["disabled"]));
    assert_eq!(user["meta"]["resourceType"], "User");
    let id = user["id"].as_str().unwrap();
    assert_eq!(
        user["meta"]["location"],
        format!("{}{base}/{id}", hub.server.url())
    );
    assert_eq!(created.header("location"), user["meta"]["location"]);
    assert_eq!(hub.get(&format!("{base}/{id}")).expect(200).json(), user);
    assert_eq!(
        hub.get(&format!("/v1{base}/{id}")).expect(200).json()["id"],
        id
    );
    let person = hub.get(&format!("/v1/people/{id}")).expect(200).json();
    assert_eq!(person["displayName"], "Grace Hopper");
    assert_eq!(person["title"], "Admiral");
    assert_eq!(person["emails"][0], "grace@harbour.example");
}

#[test]
fn users_are_searched_sorted_and_paged() {
    let hub = Hub::start();
    let base = base(&hub);
    let get = |query: &str| hub.get(&format!("{base}?{query}")).expect(200).json();
    let one = get("filter=userName%20eq%20%22ADA@harbour.example%22");
    assert_eq!(names(&one), [ADA]);
    assert_eq!(
        (&one["totalResults"], &one["itemsPerPage"]),
        (&json!(1), &json!(1))
    );
    let ada = person_id(&hub, "full-admin", ADA);
    let ada = ids::decode("PEOPLE", &ada).expect("a uuid");
    assert_eq!(one["Resources"][0]["id"], ada.as_str());
    let all = get("sortBy=userName");
    assert_eq!(
        names(&all),
        [ADA, "faye@harbour.example", "rhea@harbour.example"]
    );
    let back = get("sortBy=userName&sortOrder=descending&count=1");
    assert_eq!(names(&back), ["rhea@harbour.example"]);
    let either = "filter=displayName%20sw%20%22rhea%22%20or%20displayName%20ew%20%22full%22";
    assert_eq!(get(either)["totalResults"], 2);
    assert_eq!(hub.pages(&format!("{base}?count=2"), "Resources").len(), 3);
    assert_eq!(names(&get("startIndex=9")), Vec::<&str>::new());
}

#[test]
fn a_directory_finds_whom_it_created_by_its_own_id() {
    let hub = Hub::start();
    let base = base(&hub);
    let find = |id: &str| {
        let query = format!("{base}?filter=externalId%20eq%20%22{id}%22");
        hub.get(&query).expect(200).json()
    };
    assert_eq!(find("hr-7")["totalResults"], 0);
    hub.call("POST", &base, &body()).expect(201);
    assert_eq!(names(&find("hr-7")), ["grace@harbour.example"]);
    assert_eq!(find("hr-8")["totalResults"], 0);
}

/// Part, attribute, a value of it, and what the refusal holds.
fn unkept() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    vec![
        ("", "locale", json!("en_US"), "locale is not simulated"),
        ("", "profileUrl", json!("https://x.example"), "profileUrl"),
        ("", "photos", json!([{"value": "x"}]), "photos"),
        (
            "",
            "emails",
            json!([{"value": "GRACE@harbour.example"}, {"value": "g@other.example"}]),
            "emails[1].value",
        ),
        ("name", "middleName", json!("Brewster"), "name.middleName"),
        (
            "name",
            "honorificPrefix",
            json!("Dr."),
            "name.honorificPrefix",
        ),
        (
            "name",
            "honorificSuffix",
            json!("III"),
            "name.honorificSuffix",
        ),
        (ENTERPRISE, "costCenter", json!("7"), "User:costCenter"),
        (ENTERPRISE, "organization", json!("x"), "User:organization"),
        (ENTERPRISE, "division", json!("x"), "User:division"),
        (
            ENTERPRISE,
            "employeeNumber",
            json!("5"),
            "User:employeeNumber",
        ),
        (
            WEBEX,
            "sipAddresses",
            json!([{"value": "x"}]),
            "User:sipAddresses",
        ),
        (
            WEBEX,
            "managedOrgs",
            json!([{"orgId": "x"}]),
            "User:managedOrgs",
        ),
        (
            WEBEX,
            "extensionAttribute1",
            json!(["x"]),
            "User:extensionAttribute1",
        ),
        (
            WEBEX,
            "externalAttribute",
            json!([{"value": "x"}]),
            "User:externalAttribute",
        ),
    ]
}

#[test]
fn what_a_person_does_not_keep_is_refused_by_its_name_and_nothing_changes() {
    let hub = Hub::start();
    let base = base(&hub);
    let before = hub.revision();
    for (part, name, value, told) in unkept() {
        let mut body = body();
        match part {
            "" => body[name] = value,
            part => body[part][name] = value,
        }
        let refused = hub.call("POST", &base, &body).expect(400).json();
        assert_eq!(refused["scimType"], "invalidValue", "{refused}");
        let detail = refused["detail"].as_str().unwrap();
        assert!(
            detail.contains(told) && detail.contains("simulated"),
            "{detail}"
        );
    }
    assert_eq!(hub.revision(), before);
    let mut body = body();
    body["emails"] = json!([{"value": "GRACE@harbour.example", "type": "work"}]);
    body["photos"] = json!([]);
    hub.call("POST", &base, &body).expect(201);
}

#[test]
fn who_may_use_it_is_documented() {
    let hub = Hub::start();
    let base = base(&hub);
    for (token, read, write) in [
        ("user-admin", 200, 400),
        ("read-only-admin", 200, 403),
        ("device-admin", 200, 403),
        ("location-admin", 403, 403),
    ] {
        hub.send_as(token, "GET", &base, &Value::Null).expect(read);
        hub.send_as(token, "POST", &base, &json!({})).expect(write);
    }
}

#[test]
fn what_is_wrong_with_a_user_is_said_in_the_words_of_scim_and_nothing_changes() {
    let hub = Hub::start();
    let base = base(&hub);
    let before = hub.revision();
    let with = |field: &str, value: Value| {
        let mut body = body();
        body[field] = value;
        body
    };
    for (body, status, kind, word) in [
        (
            with("userName", json!(ADA)),
            409,
            "uniqueness",
            "already exists",
        ),
        (
            with("userName", json!("nobody")),
            400,
            "invalidValue",
            "userName",
        ),
        (
            with("userName", Value::Null),
            400,
            "invalidValue",
            "userName",
        ),
        (
            with("schemas", json!([])),
            400,
            "invalidValue",
            "schemas must contain",
        ),
        (
            with("userType", json!("room")),
            400,
            "invalidValue",
            "not simulated",
        ),
        (
            with("roles", json!([{"value": "location_admin"}])),
            400,
            "invalidValue",
            "by SCIM",
        ),
        (
            with("roles", json!([{"value": "king"}])),
            400,
            "invalidValue",
            "is not a role",
        ),
        (
            with(ENTERPRISE, json!({"manager": {"value": "x"}})),
            400,
            "invalidValue",
            "manager",
        ),
        (json!([]), 400, "invalidValue", "object"),
    ] {
        let refused = hub.call("POST", &base, &body).expect(status);
        let error = refused.json();
        assert_eq!(error["schemas"], json!([ERROR]), "{body}");
        assert_eq!(error["status"], status.to_string());
        assert_eq!(error["scimType"], kind, "{error}");
        assert_eq!(error["trackingId"], refused.header("trackingid"));
        assert!(error["detail"].as_str().unwrap().contains(word), "{error}");
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn what_is_wrong_with_a_search_is_said_in_the_words_of_scim() {
    let hub = Hub::start();
    let base = base(&hub);
    let refused = hub.get(&format!("{base}?filter=shoes")).expect(400).json();
    assert_eq!(refused["scimType"], "invalidFilter");
    hub.get(&format!("{base}?sortBy=shoes")).expect(400);
    for path in [
        format!("{base}/nothing"),
        "/identity/scim/nothing/v2/Users".to_owned(),
    ] {
        assert_eq!(hub.get(&path).expect(404).json()["status"], "404");
    }
}
