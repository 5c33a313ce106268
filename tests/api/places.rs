//! Location administrators: what stands in their locations is theirs, and nothing else is there
//! for them. The rows come from the table itself.

use hubsim::catalog;
use hubsim::http::operation::{Access, Method, Operation};
use hubsim::http::{Fidelity, Space};
use serde_json::{Value, json};

use crate::support::{ADA, Answer, Hub, person_id};

const TOKEN: &str = "location-admin";
/// Of the demo organisation: in Boston, which Elena Hathersage manages, and in Pune.
const INSIDE: &str = "fergus.demirtas@quillhaven.example";
const OUTSIDE: &str = "chandra.lockridge@quillhaven.example";

/// What a path names, by the part of the path before it.
type Named = Vec<(&'static str, String)>;

fn first(hub: &Hub, path: &str, location: &str) -> String {
    let path = format!("{path}?locationId={location}&max=1");
    let body = hub.get(&path).expect(200).json();
    let id = body["items"][0]["id"].as_str().map(str::to_owned);
    id.expect("one there")
}

/// A person, a workspace, a device and a location of a place.
fn named(hub: &Hub, email: &str, location: &str) -> Named {
    let location = hub.location(location);
    let person = person_id(hub, "full-admin", email);
    let phone = json!({"personId": person, "mac": "00259E0000FE", "model": "DMS Cisco 8865"});
    let phone = hub.call("POST", "/v1/devices", &phone).expect(200).json();
    vec![
        ("people", person.clone()),
        ("users", person),
        ("workspaces", first(hub, "/v1/workspaces", &location)),
        ("devices", phone["id"].as_str().expect("an id").to_owned()),
        (
            "workspaceLocations",
            hub.find("/v1/workspaceLocations", "locationId", &location)["id"]
                .as_str()
                .expect("an id")
                .to_owned(),
        ),
        ("locations", location),
    ]
}

/// A row's path, and whether it names any of these.
fn path(row: &Operation, named: &Named) -> (String, bool) {
    let (mut before, mut names) = ("", false);
    let mut filled = Vec::new();
    for part in row.path.split('/') {
        let known = named.iter().find(|(word, _)| *word == before);
        filled.push(match (part, known) {
            ("{org}" | "{orgId}", _) => "me",
            (part, Some((_, id))) if part.starts_with('{') => {
                names = true;
                id
            }
            (part, None) if part.starts_with('{') => "nothing",
            (part, _) => part,
        });
        before = part;
    }
    (filled.join("/"), names)
}

/// The simulated rows that a location administrator may call.
fn rows() -> impl Iterator<Item = &'static Operation> {
    let operations = catalog::table().operations.iter();
    operations.filter(|row| {
        let is_theirs =
            row.access == Access::Token || row.roles.iter().any(|role| role.token == TOKEN);
        is_theirs && row.fidelity != Fidelity::F0 && matches!(row.space, Space::Webex | Space::Hub)
    })
}

fn ask(hub: &Hub, method: &str, path: &str) -> Answer {
    hub.send_as(TOKEN, method, path, &json!({}))
}

/// Proves: DEC-47, ROLE-05
#[test]
fn what_stands_in_another_location_is_not_there_at_any_row() {
    let hub = Hub::with_scenario("demo");
    let outside = named(&hub, OUTSIDE, "Pune");
    let before = hub.revision();
    let mut seen = 0;
    for row in rows() {
        let (path, names) = path(row, &outside);
        if names {
            let answer = ask(&hub, row.method.name(), &path);
            let name = format!("{} {path}", row.method.name());
            assert_eq!(answer.status, 404, "{name}: {}", answer.text);
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
    assert_eq!(hub.revision(), before);
}

/// Proves: DEC-47, ROLE-05
#[test]
fn what_stands_in_ones_own_location_is_there_at_every_row_that_reads() {
    let hub = Hub::with_scenario("demo");
    let inside = named(&hub, INSIDE, "Boston");
    // Its task is there once a workspace is being personalized.
    let all = catalog::table().operations.iter();
    for row in all.filter(|row| row.path.ends_with("/personalize")) {
        let (path, _) = path(row, &inside);
        hub.call("POST", &path, &json!({"email": INSIDE}))
            .expect(202);
    }
    let mut seen = 0;
    let may = |row: &&Operation| row.roles.iter().any(|role| role.token == TOKEN);
    for row in rows().filter(may).filter(|row| row.method == Method::Get) {
        let (path, names) = path(row, &inside);
        if names && !path.contains("nothing") {
            let answer = ask(&hub, "GET", &path);
            assert!(answer.status <= 400, "{path}: {}", answer.text);
            seen += 1;
        }
    }
    assert!(seen > 40, "{seen}");
}

/// Proves: DEC-47, ROLE-05
#[test]
fn lists_leave_out_what_stands_in_other_locations() {
    let hub = Hub::with_scenario("demo");
    let outside = named(&hub, OUTSIDE, "Pune");
    let phone = person_id(&hub, "full-admin", INSIDE);
    let phone = json!({"personId": phone, "mac": "00259E0000FF", "model": "DMS Cisco 8865"});
    hub.call("POST", "/v1/devices", &phone).expect(200);
    let mut seen = 0;
    for row in rows().filter(|row| row.method == Method::Get && !row.path.contains("Id}")) {
        let (path, _) = path(row, &Named::new());
        let answer = ask(&hub, "GET", &format!("{path}?max=1000"));
        for (word, id) in &outside {
            assert!(
                !answer.text.contains(id.as_str()),
                "{path} shows one of {word}"
            );
        }
        seen += 1;
    }
    assert!(seen > 8, "{seen}");
    for (path, envelope) in [
        ("/v1/people", "items"),
        ("/v1/workspaces", "items"),
        ("/v1/devices", "items"),
        ("/v1/locations", "items"),
        ("/v1/workspaceLocations", "items"),
        ("/v1/telephony/config/locations", "locations"),
        ("/v1/telephony/config/numbers", "phoneNumbers"),
    ] {
        let path = format!("{path}?max=1000");
        let count = |token: &str| {
            let body = hub.send_as(token, "GET", &path, &Value::Null).expect(200);
            body.json()[envelope].as_array().map_or(0, Vec::len)
        };
        let (theirs, all) = (count(TOKEN), count("full-admin"));
        assert!(0 < theirs && theirs < all, "{path}: {theirs} of {all}");
    }
}

/// Proves: DEC-47
#[test]
fn assistants_of_other_locations_are_not_available() {
    let hub = Hub::with_scenario("demo");
    let become_one = |email: &str, kind: &str| {
        let id = person_id(&hub, "full-admin", email);
        let path = format!("/v1/people/{id}/features/executiveAssistant");
        hub.call("PUT", &path, &json!({"type": kind})).expect(204);
        id
    };
    let executive = become_one(INSIDE, "EXECUTIVE");
    let stranger = become_one(OUTSIDE, "EXECUTIVE_ASSISTANT");
    let path = format!("/v1/telephony/config/people/{executive}/executive/availableAssistants");
    assert!(hub.get(&path).expect(200).text.contains(&stranger));
    let seen = ask(&hub, "GET", &path).expect(200);
    assert!(!seen.text.contains(&stranger), "{}", seen.text);
}

/// Proves: DEC-47
#[test]
fn settings_name_nobody_of_another_location_but_whom_they_name_already() {
    let hub = Hub::with_scenario("demo");
    let own = person_id(&hub, "full-admin", INSIDE);
    let stranger = person_id(&hub, "full-admin", OUTSIDE);
    let people = format!("/v1/people/{own}/features");
    let config = format!("/v1/telephony/config/people/{own}");
    let line = json!({"id": stranger, "port": 2, "lineType": "SHARED_CALL_APPEARANCE",
        "lineWeight": 1, "primaryOwner": "false"});
    for (path, body) in [
        (
            format!("{people}/monitoring"),
            json!({"enableCallParkNotification": true, "monitoredElements": [stranger]}),
        ),
        (
            format!("{people}/privacy"),
            json!({"monitoringAgents": [stranger]}),
        ),
        (
            format!("{people}/pushToTalk"),
            json!({"members": [stranger]}),
        ),
        (
            format!("{people}/reception"),
            json!({"receptionEnabled": true, "monitoredMembers": [stranger]}),
        ),
        (
            format!("{config}/features/hotDesking/members"),
            json!({"members": [{"id": stranger, "port": 2}]}),
        ),
        (
            format!("{config}/applications/members"),
            json!({"members": [line]}),
        ),
    ] {
        let before = hub.revision();
        let refused = hub.send_as(TOKEN, "PUT", &path, &body);
        assert_eq!(refused.status, 400, "{path}: {}", refused.text);
        assert!(
            refused.text.contains("cannot be a member"),
            "{path}: {}",
            refused.text
        );
        assert_eq!(hub.revision(), before, "{path}");
        // Whoever is everywhere may; and what stands then is kept when the rest is changed.
        let allowed = hub.call("PUT", &path, &body);
        assert!(allowed.status < 300, "{path}: {}", allowed.text);
        let again = hub.send_as(TOKEN, "PUT", &path, &body);
        assert!(again.status < 300, "{path}: {}", again.text);
    }
}

/// Proves: DEC-47
#[test]
fn a_body_names_nobody_of_another_location() {
    let hub = Hub::with_scenario("demo");
    let before = hub.revision();
    let device = |email: &str| {
        let person = person_id(&hub, "full-admin", email);
        let body = json!({"personId": person, "mac": "00259E000001", "model": "DMS Cisco 8865"});
        hub.send_as(TOKEN, "POST", "/v1/devices", &body)
    };
    let refused = device(OUTSIDE).expect(404);
    assert!(refused.text.contains("could not be found"));
    assert_eq!(hub.revision(), before);
    device(INSIDE).expect(200);
}

/// Proves: DEC-47
#[test]
fn groups_and_licences_show_the_people_of_ones_own_locations_alone() {
    let hub = Hub::with_scenario("demo");
    let (inside, outside) = (
        person_id(&hub, "full-admin", INSIDE),
        person_id(&hub, "full-admin", OUTSIDE),
    );
    let group = json!({
        "displayName": "Both", "members": [{"id": inside}, {"id": outside}],
    });
    let group = hub.call("POST", "/v1/groups", &group).expect(201).json();
    let group = format!("/v1/groups/{}", group["id"].as_str().unwrap());
    let license = hub.get(&format!("/v1/people/{INSIDE}")).expect(200).json();
    let license = license["licenses"].as_array().unwrap();
    let license = license
        .iter()
        .map(|id| {
            format!(
                "/v1/licenses/{}?includeAssignedTo=user",
                id.as_str().unwrap()
            )
        })
        .find(|path| hub.get(path).expect(200).text.contains(OUTSIDE));
    let license = license.expect("a licence of both");
    for path in [
        format!("{group}?includeMembers=true"),
        format!("{group}/members"),
        "/v1/groups?includeMembers=true".to_owned(),
        license,
    ] {
        let theirs = hub.send_as(TOKEN, "GET", &path, &Value::Null).expect(200);
        let all = hub.get(&path).expect(200);
        assert!(
            all.text.contains(&inside) && all.text.contains(&outside),
            "{path}"
        );
        assert!(
            theirs.text.contains(&inside) && !theirs.text.contains(&outside),
            "{path}"
        );
    }
    let theirs = hub.send_as(TOKEN, "GET", &group, &Value::Null).expect(200);
    assert_eq!(theirs.json()["memberSize"], 1);
}

fn save(hub: &Hub, email: &str, body: &Value) -> Answer {
    let path = format!("/_hub/v1/organizations/me/users/{email}/administratorRoles");
    hub.call("PUT", &path, body)
}

/// Proves: ROLE-05, DEC-47
#[test]
fn locations_are_given_with_the_role_count_at_once_and_go_with_it() {
    let hub = Hub::start();
    let pier = hub.location("Pier");
    let ada = format!("user:{ADA}");
    let count = || {
        let list = hub.send_as(&ada, "GET", "/v1/locations", &Value::Null);
        list.expect(200).json()["items"].as_array().map(Vec::len)
    };
    save(&hub, ADA, &json!({"roles": ["location_admin"]})).expect(200);
    assert_eq!(count(), Some(0));
    hub.send_as(&ada, "GET", "/v1/people/me", &Value::Null)
        .expect(200);
    let own = "/v1/people/me/features/callForwarding";
    hub.send_as(&ada, "GET", own, &Value::Null).expect(200);
    let body = json!({"roles": ["location_admin"], "locations": [pier]});
    let saved = save(&hub, ADA, &body).expect(200).json();
    assert_eq!(saved["locations"], json!([pier]));
    assert_eq!(count(), Some(1));
    let kept = save(&hub, ADA, &json!({"roles": ["location_admin"]})).expect(200);
    assert_eq!(kept.json()["locations"], json!([pier]));
    let gone = save(&hub, ADA, &json!({"roles": ["id_readonly_admin"]})).expect(200);
    assert_eq!(gone.json()["locations"], json!([]));
    assert_eq!(count(), Some(1));
}

/// Proves: ROLE-05
#[test]
fn locations_that_cannot_be_given_change_nothing() {
    let hub = Hub::start();
    let pier = hub.location("Pier");
    let before = hub.revision();
    for (roles, locations, says) in [
        (
            "id_device_admin",
            json!([pier]),
            "only a Location Administrator",
        ),
        (
            "location_admin",
            json!(["nowhere"]),
            "Unable to find location",
        ),
        ("location_admin", json!([ADA]), "Unable to find location"),
        ("location_admin", json!(vec![&pier; 6]), "at most 5"),
        ("location_admin", json!("Pier"), "locations"),
    ] {
        let body = json!({"roles": [roles], "locations": locations});
        let refused = save(&hub, ADA, &body).expect(400);
        assert!(refused.text.contains(says), "{}", refused.text);
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn a_location_that_is_deleted_is_nobodys_to_manage() {
    let hub = Hub::start();
    let quay = json!({
        "name": "Quay", "timeZone": "America/New_York", "preferredLanguage": "en_us",
        "announcementLanguage": "en_us",
        "address": {"address1": "2 Quay", "city": "Boston", "state": "MA",
                    "postalCode": "02110", "country": "US"},
    });
    let quay = hub.call("POST", "/v1/locations", &quay).expect(201).json();
    let id = quay["id"].as_str().expect("an id");
    let body = json!({"roles": ["location_admin"], "locations": [id]});
    save(&hub, ADA, &body).expect(200);
    hub.call("DELETE", &format!("/v1/locations/{id}"), &Value::Null)
        .expect(204);
    let left = save(&hub, ADA, &json!({"roles": ["location_admin"]})).expect(200);
    assert_eq!(left.json()["locations"], json!([]));
}
