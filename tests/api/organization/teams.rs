//! `/organization/{orgId}/team`: teams, and who is in them.

use serde_json::{Value, json};

use super::{AMARA, LUCIAN, SITE, TEAM, path, service, states, user};
use crate::support::Hub;

const TEAMS: &str = "/organization/me/team";
const OTHER_SITE: &str = "93912f11-6017-404b-bf14-5331890b1797";

fn team(name: &str) -> Value {
    json!({
        "name": name, "teamType": "AGENT", "teamStatus": "IN_SERVICE", "active": true,
        "siteId": SITE, "rankQueuesForTeam": false,
    })
}

fn make(hub: &Hub, name: &str) -> Value {
    hub.call("POST", TEAMS, &team(name)).expect(201).json()
}

fn at(team: &Value) -> String {
    format!("{TEAMS}/{}", team["id"].as_str().unwrap())
}

fn reason(text: &str) -> String {
    let body: Value = serde_json::from_str(text).unwrap();
    let description = &body["error"]["message"][0]["description"];
    description.as_str().unwrap_or_default().to_owned()
}

/// Proves: DEC-84
#[test]
fn users_and_teams_tell_the_same_of_who_is_in() {
    let hub = service();
    let (lucian, amara) = (user(&hub, LUCIAN), user(&hub, AMARA));
    let mut billing = team("Billing");
    billing["userIds"] = json!([lucian["id"]]);
    let made = hub.call("POST", TEAMS, &billing).expect(201).json();
    assert_eq!(made["userIds"], json!([lucian["id"]]));
    assert_eq!(user(&hub, LUCIAN)["teamIds"], json!([made["id"]]));

    // The user's side: Amara comes, Lucian leaves.
    let patch = |user: &Value, teams: Value| {
        let body = json!({ "teamIds": teams });
        hub.call("PATCH", &path(user), &body).expect(200);
    };
    patch(&amara, json!([made["id"]]));
    patch(&lucian, json!([]));
    let shown = hub.get(&at(&made)).expect(200).json();
    assert_eq!(shown["userIds"], json!([amara["id"]]));
    let named = hub.get(&format!("{}/incoming-references", at(&made)));
    let named = named.expect(200).json();
    assert_eq!(
        (&named["data"][0]["id"], &named["meta"]["currentEntity"]),
        (&amara["id"], &json!("team"))
    );

    // While somebody is in, it is neither deleted nor turned off.
    let before = hub.revision();
    let refused = hub.call("DELETE", &at(&made), &Value::Null).expect(412);
    assert!(reason(&refused.text).contains(AMARA), "{}", refused.text);
    let mut off = shown.clone();
    off["active"] = json!(false);
    hub.call("PUT", &at(&made), &off).expect(412);
    assert_eq!(hub.revision(), before);
    off["userIds"] = json!([]);
    let changed = hub.call("PUT", &at(&made), &off).expect(200).json();
    assert_eq!(
        (&changed["active"], &changed["version"]),
        (&json!(false), &json!(1))
    );
    assert_eq!(user(&hub, AMARA)["teamIds"], json!([]));
    hub.call("DELETE", &at(&made), &Value::Null).expect(204);
    hub.get(&at(&made)).expect(404);
}

#[test]
fn teams_are_listed_filtered_and_paged() {
    let hub = service();
    for name in ["Billing", "Care", "Repairs"] {
        make(&hub, name);
    }
    let count = |query: &str| {
        let page = hub.get(&format!("/organization/me/v2/team?{query}"));
        page.expect(200).json()["data"].as_array().unwrap().len()
    };
    assert_eq!(count(""), 3);
    assert_eq!(count("filter=name==Care"), 1);
    assert_eq!(count("search=pair"), 1);
    assert_eq!(count("pageSize=2&page=1"), 1);
    let plain = hub.get(&format!("{TEAMS}?attributes=name")).expect(200);
    let plain = plain.json();
    assert_eq!(plain[0], json!({"name": "Billing"}));
}

#[test]
fn what_cannot_be_a_team_is_refused_by_its_field() {
    let hub = service();
    let kept = make(&hub, "Billing");
    let before = hub.revision();
    let with = |field: &str, value: Value| {
        let mut body = team("Night");
        body[field] = value;
        body
    };
    for (body, status, part) in [
        (with("name", json!("BILLING")), 409, "BILLING"),
        (with("name", json!("")), 400, "name"),
        (with("siteId", Value::Null), 400, "siteId is required"),
        (with("siteId", json!("x")), 400, "siteId"),
        (with("teamType", json!("CREW")), 400, "teamType"),
        (
            with("rankQueuesForTeam", Value::Null),
            400,
            "rankQueuesForTeam",
        ),
        (with("capacity", json!(3)), 400, "CAPACITY"),
        (with("userIds", json!([TEAM])), 400, "there is no user"),
        (with("id", json!(TEAM)), 400, "id must not be sent"),
    ] {
        let refused = hub.call("POST", TEAMS, &body).expect(status);
        assert!(
            reason(&refused.text).contains(part),
            "{part}: {}",
            refused.text
        );
    }
    for (field, value) in [
        ("teamType", json!("CAPACITY")),
        ("siteId", json!(OTHER_SITE)),
    ] {
        let mut put = kept.clone();
        put[field] = value;
        let refused = hub.call("PUT", &at(&kept), &put).expect(400);
        assert!(reason(&refused.text).contains("cannot be changed"));
    }
    let lucian = user(&hub, LUCIAN);
    let patch = json!({"teamIds": [TEAM]});
    let refused = hub.call("PATCH", &path(&lucian), &patch).expect(400);
    assert!(reason(&refused.text).contains("there is no team"));
    assert_eq!(hub.revision(), before);
    // Another site may have a team of the same name.
    let elsewhere = with("siteId", json!(OTHER_SITE));
    let mut elsewhere = elsewhere;
    elsewhere["name"] = json!("Billing");
    hub.call("POST", TEAMS, &elsewhere).expect(201);
}

#[test]
fn a_team_of_capacity_has_a_number_and_nobody() {
    let hub = service();
    let mut voicemail = team("Mailboxes");
    voicemail["teamType"] = json!("CAPACITY");
    voicemail["capacity"] = json!(10);
    voicemail["dialedNumber"] = json!("+12065550199");
    let made = hub.call("POST", TEAMS, &voicemail).expect(201).json();
    assert_eq!(made["capacity"], 10);
    let lucian = user(&hub, LUCIAN);
    let patch = json!({"teamIds": [made["id"]]});
    let refused = hub.call("PATCH", &path(&lucian), &patch).expect(400);
    assert!(
        reason(&refused.text).contains("no agents"),
        "{}",
        refused.text
    );
    let mut put = made.clone();
    put["userIds"] = json!([lucian["id"]]);
    hub.call("PUT", &at(&made), &put).expect(400);
    put["userIds"] = json!([]);
    put["skillProfileId"] = json!(TEAM);
    let refused = hub.call("PUT", &at(&made), &put).expect(400);
    assert!(reason(&refused.text).contains("AGENT"), "{}", refused.text);
}

#[test]
fn many_teams_are_saved_and_deleted_each_for_itself() {
    let hub = service();
    let (billing, care) = (make(&hub, "Billing"), make(&hub, "Care"));
    let mut new = team("Night");
    new["organizationId"] = billing["organizationId"].clone();
    let mut changed = billing.clone();
    changed["description"] = json!("Who pays");
    let items = json!({"items": [
        {"itemIdentifier": 1, "item": new, "requestAction": "SAVE"},
        {"itemIdentifier": 2, "item": changed},
        {"itemIdentifier": 3, "item": care, "requestAction": "DELETE"},
        {"itemIdentifier": 4, "item": team("Day")},
    ]});
    let answer = hub.call("POST", &format!("{TEAMS}/bulk"), &items);
    let answer = answer.expect(207).json();
    assert_eq!(states(&answer), [201, 200, 204, 400]);
    let names = hub
        .get(&format!("{TEAMS}?attributes=name"))
        .expect(200)
        .json();
    assert_eq!(names, json!([{"name": "Billing"}, {"name": "Night"}]));
}

/// Proves: DEC-96
#[test]
fn a_purge_deletes_teams_that_were_turned_off_long_ago() {
    let hub = service();
    let (old, young, kept) = (make(&hub, "Old"), make(&hub, "Young"), make(&hub, "Kept"));
    let turn_off = |team: &Value| {
        let mut body = team.clone();
        body["active"] = json!(false);
        hub.call("PUT", &at(team), &body).expect(200);
    };
    let pass = |time: &str| {
        let body = json!({"by": time});
        hub.call("POST", "/_sim/v1/clock/advance", &body)
            .expect(200);
    };
    let purge = format!("{TEAMS}/purge-inactive-entities");
    let purged = |query: &str| {
        let done = hub.call("POST", &format!("{purge}{query}"), &Value::Null);
        done.expect(200).json()
    };
    turn_off(&old);
    pass("P20D");
    turn_off(&young);
    pass("P10D");
    let before = hub.revision();
    let beyond = purged("?nextStartId=ffffffff-ffff-ffff-ffff-ffffffffffff");
    assert_eq!(beyond["details"]["purgedCount"], 0);
    hub.call("POST", &format!("{purge}?nextStartId=first"), &Value::Null)
        .expect(400);
    assert_eq!(hub.revision(), before);
    assert_eq!(purged("")["details"], json!({"purgedCount": 1}));
    hub.get(&at(&old)).expect(404);
    hub.get(&at(&young)).expect(200);
    hub.get(&at(&kept)).expect(200);
}
