//! The `availableMembers` lists: whom a list of members may name.

use serde_json::{Value, json};

use crate::support::Hub;

/// The demo, with the ids of Maren, who has a number, and of the Boardroom.
struct Office {
    hub: Hub,
    maren: String,
    boardroom: String,
}

/// A list, and its parameters for a location, a name and a number.
type List = (&'static str, &'static str, &'static str, &'static str);

const APP: &str = "people/{person}/applications/availableMembers";
const HOT_DESK: &str = "people/{person}/features/hotDesking/availableMembers";
const MONITORED: &str = "people/{person}/monitoring/availableMembers";
const DIALLED: &str = "people/{person}/monitoring/speedDials/availableMembers";

const LISTS: &[List] = &[
    (APP, "location", "name", "phoneNumber"),
    (
        "people/{person}/applications/{application}/availableMembers",
        "location",
        "name",
        "number",
    ),
    (HOT_DESK, "locationId", "memberName", "phoneNumber"),
    (MONITORED, "locationId", "memberName", "phoneNumber"),
    (DIALLED, "locationId", "memberName", "phoneNumber"),
    (
        "workspaces/{room}/monitoring/availableMembers",
        "locationId",
        "memberName",
        "phoneNumber",
    ),
    (
        "workspaces/{room}/monitoring/speedDials/availableMembers",
        "locationId",
        "memberName",
        "phoneNumber",
    ),
];

impl Office {
    fn open() -> Self {
        let hub = Hub::with_scenario("demo");
        let id = |path: &str, name: &str| {
            let found = hub.find(path, "displayName", name);
            found["id"].as_str().expect("an id").to_owned()
        };
        let maren = id("/v1/people?max=1000", "Maren Castellan");
        let boardroom = id("/v1/workspaces", "Aperture Boardroom");
        Self {
            hub,
            maren,
            boardroom,
        }
    }

    fn path(&self, list: &str, query: &str) -> String {
        let settings = format!("/v1/people/{}/features/applications", self.maren);
        let application = match list.contains("{application}") {
            true => self.hub.get(&settings).expect(200).json()["desktopClientId"].clone(),
            false => Value::Null,
        };
        let list = list
            .replace("{person}", &self.maren)
            .replace("{room}", &self.boardroom)
            .replace("{application}", application.as_str().unwrap_or_default());
        format!("/v1/telephony/config/{list}{query}")
    }

    fn members(&self, list: &str, query: &str) -> Vec<Value> {
        self.hub.pages(&self.path(list, query), "members")
    }
}

fn texts<'a>(members: &'a [Value], field: &str) -> Vec<&'a str> {
    members
        .iter()
        .map(|it| it[field].as_str().unwrap_or(""))
        .collect()
}

/// Proves: DEC-92
#[test]
fn every_list_filters_by_location_name_and_number_and_pages() {
    let office = Office::open();
    let boston = office.hub.location("Boston");
    for (list, location, name, number) in LISTS {
        let all = office.members(list, "");
        assert!(all.len() > 250, "{list}: {}", all.len());
        assert_eq!(office.members(list, "?max=100"), all, "{list}");
        let first = office
            .hub
            .get(&office.path(list, "?max=3&start=2"))
            .expect(200)
            .json();
        assert_eq!(first["members"], json!(all[2..5]), "{list}");
        let here = office.members(list, &format!("?{location}={boston}"));
        let elsewhere = all.iter().filter(|it| it["location"]["name"] == "Boston");
        assert_eq!(here, elsewhere.cloned().collect::<Vec<_>>(), "{list}");
        assert!(here.len() > 10, "{list}: {}", here.len());
        let named = office.members(list, &format!("?{name}=folake%20ald"));
        assert_eq!(texts(&named, "firstName"), ["Folake"], "{list}");
        let called = office.members(list, &format!("?{number}=16175550102"));
        assert_eq!(called, named, "{list}");
        for wrong in [
            format!("{location}=x"),
            "max=0".into(),
            "order=colour".into(),
        ] {
            let answer = office.hub.get(&office.path(list, &format!("?{wrong}")));
            assert_eq!(answer.status, 400, "{list}?{wrong}");
        }
    }
}

/// Proves: DEC-92
#[test]
fn lists_come_by_last_name_or_as_the_caller_says() {
    let office = Office::open();
    let boston = office.hub.location("Boston");
    for (list, location, ..) in LISTS {
        let order = |order: &str| {
            let query = format!("?{location}={boston}&order={order}");
            office.members(list, &query)
        };
        let people = |members: Vec<Value>, field: &str| -> Vec<String> {
            // Workspaces stand among people by their names.
            let people = members
                .iter()
                .filter(|it| it["lastName"].as_str().is_some_and(|it| it != "."));
            people
                .map(|it| it[field].as_str().unwrap_or("").to_lowercase())
                .collect()
        };
        for (text, field, is_turned) in [
            ("lastName-asc", "lastName", false),
            ("fname", "firstName", false),
            ("firstName-desc", "firstName", true),
            ("extension-desc,lastName", "extension", true),
        ] {
            let found = people(order(text), field);
            let mut sorted = found.clone();
            sorted.sort();
            if is_turned {
                sorted.reverse();
            }
            assert_eq!(found, sorted, "{list} by {text}");
        }
        let usual = people(
            office.members(list, &format!("?{location}={boston}")),
            "lastName",
        );
        assert_eq!(usual, people(order("lastName"), "lastName"), "{list}");
    }
}

/// Proves: DEC-92
#[test]
fn who_is_named_already_is_left_out_and_so_is_the_holder() {
    let office = Office::open();
    let whole = "/v1/people?max=1000";
    let odette = office.hub.find(whole, "displayName", "Odette Fairbourne")["id"].clone();
    let names = |list: &str, who: &str| {
        let found = office.members(list, &format!("?order=lastName&start=0&{who}"));
        texts(&found, "firstName").join(" ")
    };
    // The demo shares Odette's line with Maren's app.
    assert_eq!(names(APP, "name=odette"), "");
    assert_eq!(names(HOT_DESK, "memberName=odette"), "Odette");
    assert_eq!(names(MONITORED, "memberName=odette"), "Odette");
    for list in [APP, HOT_DESK, MONITORED, DIALLED] {
        let parameter = if list == APP { "name" } else { "memberName" };
        assert_eq!(
            names(list, &format!("{parameter}=maren%20castellan")),
            "",
            "{list}"
        );
    }
    let monitoring = format!("/v1/people/{}/features/monitoring", office.maren);
    let body = json!({ "enableCallParkNotification": false, "monitoredElements": [odette] });
    office.hub.call("PUT", &monitoring, &body).expect(204);
    assert_eq!(names(MONITORED, "memberName=odette"), "");
    assert_eq!(names(DIALLED, "memberName=odette"), "Odette");
}

#[test]
fn members_show_what_the_list_documents() {
    let office = Office::open();
    let find = |list: &str, query: &str| {
        let mut found = office.members(list, query);
        assert_eq!(found.len(), 1, "{list}{query}");
        found.remove(0)
    };
    let boston = json!({ "id": office.hub.location("Boston"), "name": "Boston" });
    let folake = find(APP, "?phoneNumber=6175550102");
    assert_eq!(folake["phoneNumber"], "6175550102");
    assert_eq!(folake["lineType"], "SHARED_CALL_APPEARANCE");
    assert_eq!(folake["location"], boston);
    let esn = format!(
        "{}1102",
        folake["routingPrefix"].as_str().expect("a prefix")
    );
    assert_eq!(folake["esn"], esn);
    assert!(folake["memberType"].is_null());
    assert_eq!(
        find(HOT_DESK, "?phoneNumber=6175550102")["memberType"],
        "PEOPLE"
    );
    let monitored = find(MONITORED, "?phoneNumber=6175550102");
    assert_eq!(monitored["phoneNumber"], "+16175550102");
    assert_eq!(monitored["displayName"], "Folake Aldersley");
    let room = find(MONITORED, "?memberName=Aperture%20Boardroom");
    assert_eq!(room["type"], "PLACE");
    assert!(room["firstName"].is_null() && room["lastName"].is_null());
    let room = find(APP, "?name=Aperture%20Boardroom");
    assert_eq!(
        (&room["firstName"], &room["lastName"]),
        (&json!("Aperture Boardroom"), &json!("."))
    );
    // Monitoring looks for a number and an extension under one name.
    let by_extension = office.members(MONITORED, "?phoneNumber=1102");
    assert!(by_extension.len() > 3);
    let location = format!(
        "?location={}&extension=1102",
        boston["id"].as_str().expect("an id")
    );
    assert_eq!(find(APP, &location)["firstName"], "Folake");
}

#[test]
fn the_count_of_a_list_is_its_length() {
    let office = Office::open();
    let count = |query: &str| {
        let path = office.path(&format!("{APP}/count"), query);
        office.hub.get(&path).expect(200).json()["totalCount"].clone()
    };
    assert_eq!(count(""), office.members(APP, "").len());
    assert_eq!(count("?memberName=folake%20ald"), 1);
    let boston = office.hub.location("Boston");
    let here = office
        .members(APP, &format!("?location={boston}&extension=11"))
        .len();
    assert_eq!(count(&format!("?locationId={boston}&extension=11")), here);
    assert_eq!(count("?phoneNumber=%2B999"), 0);
}

#[test]
fn a_list_of_nobody_and_of_somebody_without_calling_is_refused() {
    let hub = Hub::with_scenario("minimal");
    let vikram = hub.find("/v1/people", "displayName", "Vikram Fontaine");
    let vikram = vikram["id"].as_str().expect("an id");
    for (list, ..) in LISTS
        .iter()
        .filter(|(list, ..)| !list.contains("{application}"))
    {
        let path = |id: &str| {
            let list = list.replace("{person}", id).replace("{room}", id);
            format!("/v1/telephony/config/{list}")
        };
        hub.get(&path("nobody")).expect(404);
        if list.starts_with("people") {
            let refused = hub.get(&path(vikram)).expect(400).json();
            assert_eq!(refused["errors"][0]["errorCode"], 4008, "{list}");
        }
    }
}
