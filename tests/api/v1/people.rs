//! `/v1/people`: list, get, create, full replace, delete.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{ADA, Hub, person_id};

fn ada(hub: &Hub) -> Value {
    let id = person_id(hub, "full-admin", ADA);
    hub.get(&format!("/v1/people/{id}?callingData=true"))
        .expect(200)
        .json()
}

#[test]
fn a_person_is_found_by_id_by_bare_uuid_and_with_padding() {
    let hub = Hub::start();
    let id = person_id(&hub, "full-admin", ADA);
    for form in [id.clone(), format!("{id}=="), id.replace('-', "+")] {
        let path = format!(
            "/v1/people/{}",
            form.replace('=', "%3D").replace('+', "%2B")
        );
        assert_eq!(hub.get(&path).expect(200).json()["emails"][0], ADA);
    }
}

#[test]
fn calling_data_shows_extension_and_location_and_nothing_of_them_is_shown_without() {
    let hub = Hub::start();
    let shown = ada(&hub);
    assert_eq!(shown["extension"], "201");
    assert!(shown["locationId"].is_string());
    let id = shown["id"].as_str().unwrap();
    let plain = hub.get(&format!("/v1/people/{id}")).expect(200).json();
    assert!(plain.get("extension").is_none() && plain.get("locationId").is_none());
}

#[test]
fn the_union_of_the_pages_is_the_list() {
    let hub = Hub::start();
    let ids = |answer: &Value| -> Vec<String> {
        let items = answer["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let all: BTreeSet<String> = ids(&hub.get("/v1/people").expect(200).json())
        .into_iter()
        .collect();
    let mut seen = Vec::new();
    let mut path = "/v1/people?max=1&callingData=True".to_owned();
    loop {
        let answer = hub.get(&path).expect(200);
        seen.extend(ids(&answer.json()));
        let link = answer.header("link").to_owned();
        let Some(next) = link.strip_prefix('<').and_then(|l| l.split('>').next()) else {
            break;
        };
        assert!(
            next.starts_with(&hub.server.url()),
            "{next} is absolute, on this host"
        );
        assert!(
            next.contains("callingData=True"),
            "{next} keeps every filter"
        );
        path = next.replacen(&hub.server.url(), "", 1);
    }
    assert_eq!(seen.len(), all.len(), "nobody twice");
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), all);
}

#[test]
fn unknown_ids_of_a_list_are_named_and_the_others_shown() {
    let hub = Hub::start();
    let id = person_id(&hub, "full-admin", ADA);
    let answer = hub
        .get(&format!("/v1/people?id={id},nobody"))
        .expect(200)
        .json();
    assert_eq!(answer["items"].as_array().unwrap().len(), 1);
    assert_eq!(answer["notFoundIds"], json!(["nobody"]));
}

/// Proves: ADD-04, ADD-09
#[test]
fn a_new_person_is_pending_and_their_address_cannot_be_used_twice() {
    let hub = Hub::start();
    let body =
        json!({"emails": ["Grace@harbour.example"], "firstName": "Grace", "lastName": "Hop"});
    let made = hub.call("POST", "/v1/people", &body).expect(200).json();
    assert_eq!(made["displayName"], "Grace Hop");
    assert_eq!(made["emails"][0], "grace@harbour.example");
    assert_eq!(made["invitePending"], true);
    let again = hub.call("POST", "/v1/people", &body).expect(409).json();
    assert!(again["message"].is_string() && again["trackingId"].is_string());
}

#[test]
fn putting_back_what_was_read_changes_nothing() {
    let hub = Hub::start();
    let before = ada(&hub);
    let path = format!(
        "/v1/people/{}?callingData=true",
        before["id"].as_str().unwrap()
    );
    hub.call("PUT", &path, &before).expect(200);
    assert_eq!(ada(&hub), before);
}

/// Proves: LOSS-01, LOSS-04, MOVE-04
#[test]
fn a_put_without_licences_takes_calling_and_everything_with_it() {
    let hub = Hub::start();
    let before = ada(&hub);
    let id = before["id"].as_str().unwrap();
    let forwarding = format!("/v1/people/{id}/features/callForwarding");
    let always = json!({"enabled": true, "destination": "+14085550199"});
    let body = json!({"callForwarding": {"always": always}});
    hub.call("PUT", &forwarding, &body).expect(204);
    let put = json!({"displayName": "Ada Lovelace", "emails": [ADA]});
    let answer = hub
        .call("PUT", &format!("/v1/people/{id}"), &put)
        .expect(200);
    assert!(
        answer
            .header("x-hubsim-explain")
            .contains("/_sim/v1/explain/"),
        "losses explain"
    );
    assert_eq!(answer.json()["licenses"], json!([]));
    let after = ada(&hub);
    assert!(after.get("extension").is_none());
    assert_eq!(after["displayName"], before["displayName"]);
    hub.get(&forwarding).expect(400);
}

#[test]
fn another_extension_is_given_by_put_and_a_location_never_changes() {
    let hub = Hub::start();
    let mut body = ada(&hub);
    let path = format!(
        "/v1/people/{}?callingData=true",
        body["id"].as_str().unwrap()
    );
    body["extension"] = json!("202");
    assert_eq!(
        hub.call("PUT", &path, &body).expect(200).json()["extension"],
        "202"
    );
    body["locationId"] = json!("00000000-0000-0000-0000-000000000000");
    hub.call("PUT", &path, &body).expect(400);
    assert_eq!(ada(&hub)["extension"], "202");
}

/// Proves: DEC-42
#[test]
fn a_location_comes_and_goes_with_calling_on_every_route() {
    let put = |hub: &Hub, id: &str, mut body: Value| {
        body["licenses"] = json!([]);
        hub.call("PUT", &format!("/v1/people/{id}"), &body)
            .expect(200)
    };
    let edit = |hub: &Hub, id: &str, path: &str| {
        let shown = hub.get(&format!("/_hub/v1/organizations/me/users/{id}/licenses"));
        let items = shown.expect(200).json()["items"].clone();
        let mut held = items.as_array().unwrap().iter();
        let held = held.find(|item| {
            let name = item["name"].as_str().unwrap();
            item["assigned"] == true && name.starts_with("Webex Calling")
        });
        let held = &held.expect("Calling")["licenseId"];
        let licenses = json!([{"id": held, "operation": "remove"}]);
        let body = json!({"personId": id, "licenses": licenses});
        hub.call("PATCH", path, &body).expect(200);
    };
    for email in ["kofi.lindqvist", "renata.ingleby", "abigail.netherwood"] {
        let hub = Hub::with_scenario("minimal");
        let email = format!("{email}@pebblebrook.example");
        let id = person_id(&hub, "full-admin", &email);
        let path = format!("/v1/people/{id}?callingData=true");
        let before = hub.get(&path).expect(200).json();
        let here = format!("/v1/people?locationId={}", hub.location("Pebblebrook"));
        let listed = |hub: &Hub| {
            let list = hub.get(&here).expect(200).json();
            let mut people = list["items"].as_array().unwrap().iter();
            people.any(|person| person["id"] == id.as_str())
        };
        assert!(before["locationId"].is_string() && listed(&hub));
        match email.split('.').next().unwrap() {
            "kofi" => edit(&hub, &id, "/v1/licenses/users"),
            "renata" => edit(
                &hub,
                &id,
                &format!("/_hub/v1/organizations/me/users/{id}/licenses"),
            ),
            _ => {
                // The body still names the location, as it was read.
                let answer = put(&hub, &id, before.clone());
                assert!(!answer.header("x-hubsim-explain").is_empty());
            }
        }
        let after = hub.get(&path).expect(200).json();
        assert_eq!(after.get("locationId"), None, "{after}");
        assert_eq!(after["displayName"], before["displayName"]);
        assert!(!listed(&hub));
    }
}

#[test]
fn a_location_without_calling_is_left_out_and_said_so() {
    let hub = Hub::with_scenario("minimal");
    let body = json!({
        "emails": ["nell@pebblebrook.example"], "displayName": "Nell New",
        "locationId": hub.location("Pebblebrook"),
    });
    let made = hub
        .call("POST", "/v1/people?callingData=true", &body)
        .expect(200);
    assert_eq!(made.json().get("locationId"), None);
    assert!(!made.header("x-hubsim-explain").is_empty());
    let told = hub
        .get(&format!("/_sim/v1/explain/{}", made.header("trackingid")))
        .expect(200)
        .json();
    assert!(
        told["warnings"][0]
            .as_str()
            .unwrap()
            .starts_with("locationId was left out")
    );
    assert!(
        told["rules"]
            .as_array()
            .unwrap()
            .iter()
            .any(|rule| rule["id"] == "DEC-42")
    );
}

/// Proves: LOSS-05
#[test]
fn a_deleted_person_is_gone_and_their_licence_is_free_again() {
    let hub = Hub::start();
    let id = person_id(&hub, "full-admin", ADA);
    let units = || {
        let body = hub
            .get("/_hub/v1/organizations/me/subscriptions/Sub100001")
            .expect(200)
            .json();
        body["licenses"][0]["consumedUnits"].as_i64().unwrap()
    };
    let before = units();
    hub.call("DELETE", &format!("/v1/people/{id}"), &Value::Null)
        .expect(204);
    hub.get(&format!("/v1/people/{id}")).expect(404);
    assert_eq!(units(), before - 1);
}

/// Proves: ROLE-02
#[test]
fn readers_and_ordinary_people_change_nobody() {
    let hub = Hub::start();
    let id = person_id(&hub, "full-admin", ADA);
    let path = format!("/v1/people/{id}");
    for token in [
        "read-only-admin",
        "user:ada@harbour.example",
        "support-admin",
    ] {
        hub.send_as(token, "DELETE", &path, &Value::Null)
            .expect(403);
        hub.send_as(token, "GET", &path, &Value::Null).expect(200);
    }
    hub.send_as("user:nobody@harbour.example", "GET", &path, &Value::Null)
        .expect(401);
}

#[test]
fn me_is_whoever_the_token_says() {
    let hub = Hub::start();
    let email = |token: &str| {
        let answer = hub
            .send_as(token, "GET", "/v1/people/me", &Value::Null)
            .expect(200);
        answer.json()["emails"][0].as_str().unwrap().to_owned()
    };
    assert_eq!(email("full-admin"), "faye@harbour.example");
    assert_eq!(email("user:ada@harbour.example"), ADA);
}

#[test]
fn calling_data_is_for_administrators_alone() {
    let hub = Hub::start();
    let id = person_id(&hub, "full-admin", ADA);
    for path in [
        format!("/v1/people/{id}"),
        format!("/v1/people?email={ADA}"),
    ] {
        let ask = |query: &str| {
            let join = if path.contains('?') { '&' } else { '?' };
            let path = format!("{path}{join}callingData={query}");
            hub.send_as("user:ada@harbour.example", "GET", &path, &Value::Null)
                .expect(200)
                .json()
        };
        assert_eq!(ask("true"), ask("false"));
    }
}

#[test]
fn a_licence_nobody_knows_is_refused_and_nothing_has_changed() {
    let hub = Hub::start();
    let before = ada(&hub);
    let mut body = before.clone();
    body["licenses"] = json!(["no-licence"]);
    let path = format!("/v1/people/{}", before["id"].as_str().unwrap());
    let answer = hub.call("PUT", &path, &body).expect(400).json();
    assert_eq!(answer["errors"][0]["errorCode"], 400_000);
    assert_eq!(ada(&hub), before);
}

#[test]
fn a_replacement_names_sites_and_an_organisation_that_are_there() {
    let hub = Hub::start();
    let path = format!("/v1/people/{}", person_id(&hub, "full-admin", ADA));
    let before = hub.get(&path).expect(200).json();
    let with = |field: &str, value: Value| {
        let mut body = before.clone();
        body[field] = value;
        hub.call("PUT", &path, &body)
    };
    let refused = with("siteUrls", json!(["nosuch.webex.com"])).expect(400);
    assert!(refused.text.contains("400216"), "{}", refused.text);
    with("orgId", json!("zz")).expect(404);
    assert_eq!(hub.get(&path).expect(200).json(), before);
    with("orgId", before["orgId"].clone()).expect(200);
}

#[test]
fn a_site_that_somebody_attends_goes_by_a_put_that_shows_all_types_alone() {
    let hub = Hub::with_scenario("demo");
    let messaging = hub.find("/v1/licenses", "name", "Messaging");
    let body = json!({"emails": ["new@quillhaven.example"], "displayName": "Nell New",
        "licenses": [messaging["id"]]});
    let mut attendee = body.clone();
    attendee["siteUrls"] = json!(["quillhaven.webex.com#attendee"]);
    let made = hub.call("POST", "/v1/people", &attendee).expect(200).json();
    assert_eq!(made["siteUrls"], attendee["siteUrls"]);
    let path = format!("/v1/people/{}", made["id"].as_str().unwrap());
    for query in ["", "?showAllTypes=false"] {
        let kept = hub
            .call("PUT", &format!("{path}{query}"), &body)
            .expect(200);
        let told = hub.get(&format!("/_sim/v1/explain/{}", kept.header("trackingid")));
        let told = told.expect(200).json()["warnings"].to_string();
        assert!(told.contains("showAllTypes=true"), "{told}");
        assert_eq!(kept.json()["siteUrls"], made["siteUrls"]);
    }
    let gone = hub.call("PUT", &format!("{path}?showAllTypes=true"), &body);
    assert_eq!(gone.expect(200).json()["siteUrls"], Value::Null);
    let refused = hub.call("PUT", &format!("{path}?showAllTypes=all"), &body);
    assert!(refused.expect(400).text.contains("showAllTypes"));
}

#[test]
fn exclude_status_leaves_out_presence_and_nobody() {
    let hub = Hub::start();
    let new = json!({"emails": ["new@harbour.example"], "displayName": "New"});
    hub.call("POST", "/v1/people", &new).expect(200);
    let list = |query: &str| {
        let answer = hub.get(&format!("/v1/people?{query}")).expect(200).json();
        answer["items"].as_array().expect("people").clone()
    };
    let (all, without) = (list("max=1000"), list("max=1000&excludeStatus=true"));
    assert_eq!(all.len(), without.len());
    for (whole, reduced) in all.iter().zip(&without) {
        let mut whole = whole.clone();
        let fields = whole.as_object_mut().expect("a document");
        assert!(fields.shift_remove("status").is_some());
        fields.shift_remove("lastActivity");
        assert_eq!(&whole, reduced);
    }
}

#[test]
fn a_new_person_has_a_name() {
    let hub = Hub::start();
    let before = hub.revision();
    for names in [
        json!({}),
        json!({"displayName": " "}),
        json!({"nickName": "New"}),
    ] {
        let mut body = names;
        body["emails"] = json!(["new@harbour.example"]);
        let told = hub.call("POST", "/v1/people", &body).expect(400);
        assert!(told.text.contains("displayName, firstName and lastName"));
    }
    assert_eq!(hub.revision(), before);
    let body = json!({"emails": ["new@harbour.example"], "lastName": "New"});
    hub.call("POST", "/v1/people", &body).expect(200);
}

#[test]
fn a_nickname_becomes_the_first_name_whatever_an_update_says() {
    let hub = Hub::start();
    let mut person = ada(&hub);
    person["nickName"] = json!("Countess");
    let path = format!(
        "/v1/people/{}?callingData=true",
        person["id"].as_str().unwrap()
    );
    let updated = hub.call("PUT", &path, &person).expect(200).json();
    assert_eq!(updated["nickName"], updated["firstName"]);
}

#[test]
fn nobody_is_their_own_manager_by_id_or_by_address() {
    let hub = Hub::start();
    let person = ada(&hub);
    let path = format!("/v1/people/{}", person["id"].as_str().unwrap());
    let before = hub.revision();
    for (field, own) in [
        ("managerId", &person["id"]),
        ("manager", &json!("ADA@harbour.example")),
    ] {
        let mut body = person.clone();
        body[field] = own.clone();
        let told = hub.call("PUT", &path, &body).expect(400);
        assert!(
            told.text
                .contains(&format!("{field} must name somebody else")),
            "{}",
            told.text
        );
    }
    assert_eq!(hub.revision(), before);
}
