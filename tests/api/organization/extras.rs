//! `/organization/{orgId}/user/{id}` and its lists: what comes along when a call asks for it, and
//! what a view leaves out.

use hubsim::model::WebexId;
use serde_json::{Value, json};

use super::{AMARA, LUCIAN, SITE, path, service, user, users};
use crate::support::Hub;

const TEODOR: &str = "teodor.brightwell@lanternfish.example";

fn with(hub: &Hub, email: &str, query: &str) -> Value {
    let path = format!("{}?{query}", path(&user(hub, email)));
    hub.get(&path).expect(200).json()
}

fn reskill(hub: &Hub, email: &str, body: &Value) {
    let path = format!("{}/reskill", path(&user(hub, email)));
    hub.call("PATCH", &path, body).expect(204);
}

fn found(hub: &Hub, query: &str) -> Vec<String> {
    let found = users(hub, query).into_iter();
    let emails = found.map(|user| user["email"].as_str().expect("an address").to_owned());
    emails.collect()
}

/// Proves: DEC-115
#[test]
fn a_user_is_counted_in_queues_and_by_features_of_ai_only_where_a_call_asks() {
    let hub = service();
    assert_eq!(
        with(&hub, AMARA, "includeCount=false")["queuesCount"],
        Value::Null
    );
    let counts = json!({"teamBased": 0, "skillBased": 0, "agentBased": 0});
    assert_eq!(
        with(&hub, AMARA, "includeCount=true")["queuesCount"],
        counts
    );
    let meta = |query: &str| {
        let path = format!("/organization/me/v2/user?{query}");
        hub.get(&path).expect(200).json()["meta"]["actualAutoCSATCount"].clone()
    };
    assert_eq!(meta("includeAIMappingCount=true"), json!(0));
    assert_eq!(meta("page=0"), Value::Null);
}

/// Proves: DEC-115
#[test]
fn nobody_is_in_a_queue_or_a_buddy_team() {
    let hub = service();
    assert_eq!(users(&hub, "?userInQueue=assigned").len(), 0);
    assert_eq!(users(&hub, "?buddyTeamAgentsOnly=true").len(), 0);
    let others = format!("?userInQueue=unassigned&queueId={SITE}");
    assert_eq!(users(&hub, &others).len(), 6);
    let refused = hub
        .get("/organization/me/v2/user?queueId=sales")
        .expect(400);
    assert!(refused.text.contains("queueId"), "{}", refused.text);
}

#[test]
fn who_changed_a_skill_profile_and_dynamic_skills_comes_along_where_a_call_asks() {
    let hub = service();
    let me = hub.get("/v1/people/me").expect(200).json();
    let id = WebexId::Person.decode(me["id"].as_str().expect("an id"));
    let id = id.expect("a person's id").to_string();
    let asked = "includeReskillAuditInfo=true";
    assert_eq!(
        with(&hub, LUCIAN, asked)["skillProfileUpdatedTime"],
        Value::Null
    );

    reskill(&hub, LUCIAN, &json!({"skillProfileId": SITE}));
    let shown = with(&hub, LUCIAN, asked);
    assert_eq!(shown["skillProfileUpdatedBy"], id);
    assert!(shown["skillProfileUpdatedTime"].is_i64());
    assert_eq!(shown["dynamicSkillsUpdatedBy"], Value::Null);

    let add = json!({"add": [{"skillId": "French", "proficiencyValue": 7}]});
    reskill(&hub, LUCIAN, &json!({"dynamicSkills": add}));
    let shown = with(&hub, LUCIAN, asked);
    assert_eq!(shown["dynamicSkillsUpdatedBy"], me["displayName"]);
    assert!(shown["dynamicSkillsUpdatedTime"].is_i64());
    let profile_alone = with(&hub, LUCIAN, "includeSkillProfileAudit=true");
    assert_eq!(profile_alone["skillProfileUpdatedBy"], id);
    assert_eq!(profile_alone["dynamicSkillsUpdatedTime"], Value::Null);
    assert_eq!(user(&hub, LUCIAN)["skillProfileUpdatedBy"], Value::Null);
}

/// Proves: DEC-117
#[test]
fn dynamic_skills_have_names_and_a_limit_where_a_call_asks() {
    let hub = service();
    let all: Vec<Value> = (0..100)
        .map(|number| json!({"skillId": format!("skill {number}"), "booleanValue": true}))
        .collect();
    reskill(&hub, LUCIAN, &json!({"dynamicSkills": {"add": all}}));
    let shown = with(&hub, LUCIAN, "includeSkillDetails=true");
    assert_eq!(shown["dynamicSkills"][7]["skillName"], "skill 7");
    assert_eq!(
        user(&hub, LUCIAN)["dynamicSkills"][7]["skillName"],
        Value::Null
    );
    for user in users(&hub, "?includeDynamicSkillsLimitReached=true") {
        let is_full = user["email"] == LUCIAN;
        assert_eq!(
            user["dynamicSkillsLimitReached"], is_full,
            "{}",
            user["email"]
        );
    }
}

#[test]
fn a_profile_comes_along_as_each_version_of_the_api_has_it() {
    let hub = service();
    let amara = user(&hub, AMARA);
    let shown = |version: &str| {
        let ci = amara["ciUserId"].as_str().expect("an id");
        let query = "includeUserProfile=true";
        let path = format!("/organization/me/{version}user/by-ci-user-id/{ci}?{query}");
        hub.get(&path).expect(200).json()
    };
    let (first, second) = (shown(""), shown("v2/"));
    assert_eq!(first["userProfileData"]["accessAllTeams"], "ALL");
    assert_eq!(first["userProfileGranularAccessData"], Value::Null);
    assert_eq!(second["userProfileData"], Value::Null);
    let granular = &second["userProfileGranularAccessData"];
    let profile = format!(
        "/organization/me/v3/user-profile/{}?includeNames=true",
        amara["userProfileId"].as_str().expect("an id")
    );
    assert_eq!(*granular, hub.get(&profile).expect(200).json());
}

/// Proves: DEC-116
#[test]
fn a_view_shows_the_teams_and_the_users_that_the_callers_profile_opens() {
    let hub = service();
    let team = |name: &str| {
        let body = json!({
            "name": name, "teamType": "AGENT", "teamStatus": "IN_SERVICE", "active": true,
            "siteId": SITE, "rankQueuesForTeam": false,
        });
        let made = hub.call("POST", "/organization/me/team", &body).expect(201);
        made.json()["id"].clone()
    };
    let (open, shut) = (team("Open"), team("Shut"));
    for (email, team) in [(LUCIAN, &open), (AMARA, &shut)] {
        let body = json!({ "teamIds": [team] });
        hub.call("PATCH", &path(&user(&hub, email)), &body)
            .expect(200);
    }
    let teodor = user(&hub, TEODOR);
    let kind = with(&hub, TEODOR, "includeUserProfileType=true");
    let profile = json!({
        "name": "One team", "profileType": kind["userProfileType"], "active": true,
        "permissionAccessLevel": "ALL", "resourceAccessLevel": "SPECIFIC",
        "resourceCollections": [{"name": "One", "resources": [
            {"name": "team", "accessLevel": "SPECIFIC", "ids": [open]}]}],
    });
    let made = hub.call("POST", "/organization/me/v3/user-profile", &profile);
    let made = made.expect(201).json();
    let body = json!({"userProfileId": made["id"]});
    hub.call("PATCH", &path(&teodor), &body).expect(200);

    let own = format!("user:{TEODOR}");
    let teams = |token: &str, query: &str| -> Vec<Value> {
        let path = format!("/organization/me/v2/team?{query}");
        let answer = hub.send_as(token, "GET", &path, &Value::Null).expect(200);
        let found = answer.json()["data"].as_array().expect("teams").clone();
        found.iter().map(|team| team["name"].clone()).collect()
    };
    for view in ["supervisorView", "provisioningView"] {
        assert_eq!(teams(&own, &format!("{view}=true")), ["Open"]);
        assert_eq!(teams(&own, &format!("{view}=false")).len(), 2);
        // Imogen administers the organization and is no user of Contact Center.
        assert_eq!(teams("full-admin", &format!("{view}=true")).len(), 2);
    }
    let managed = "/organization/me/v2/user?supervisorManagedAgentsOnly=true";
    let answer = hub.send_as(&own, "GET", managed, &Value::Null).expect(200);
    let data = answer.json()["data"].clone();
    assert_eq!(data.as_array().map(Vec::len), Some(1), "{data}");
    assert_eq!(data[0]["email"], LUCIAN);

    // Whoever may not use the desktop is managed by nobody.
    let body = json!({"contactCenterEnabled": false});
    hub.call("PATCH", &path(&user(&hub, LUCIAN)), &body)
        .expect(200);
    let answer = hub.send_as(&own, "GET", managed, &Value::Null).expect(200);
    assert_eq!(answer.json()["data"], json!([]));
    let all = found(&hub, "?supervisorManagedAgentsOnly=true");
    assert!(
        !all.contains(&LUCIAN.to_owned()) && all.len() == 5,
        "{all:?}"
    );
}
