//! What a scenario declares beside people and settings, read where the API shows it: roles of the
//! organisation's own, the default of feature access, Contact Center.

use serde_json::{Value, json};

use super::send;
use crate::support::Hub;

const MERGE: &str = "/_sim/v1/scenarios?mode=merge";
const ROLES: &str = "/_hub/v1/organizations/me/roles";
const FEATURES: &str = "/v1/telephony/config/people/settings/permissions";
const LUCIAN: &str = "lucian.ashgrove@lanternfish.example";
const CALLUM: &str = "callum.redfern@lanternfish.example";

/// What a document says of Lanternfish Services, with this below the organisation.
fn overlay(below: &str) -> String {
    let head = "organizations:\n  - name: Lanternfish Services\n    domain: lanternfish.example\n";
    format!("name: overlay\n{head}{below}")
}

const DECLARED: &str = "    featureAccess: {voicemail: NO_ACCESS, speedDial: NO_ACCESS}
    customRoles:
      - {name: License Clerk, description: Gives licenses., permissions: [viewLicenses]}
    contactCenter:
      userProfiles:
        - {name: Care Leads, profileType: PREMIUM_AGENT, permissions: {team: VIEW},
           resourceCollections: [{name: Own, resources: {team: ALL}}]}
      teams:
        - {name: Repairs, description: Whatever broke., site: Pier 9, skillProfile: Mechanics,
           members: [lucian.ashgrove, beatrix.olander]}
        - {name: Overflow, teamType: CAPACITY, capacity: 7, dialedNumber: \"+12065550139\"}
    people:
      - firstName: Lucian
        lastName: Ashgrove
        contactCenter:
          userProfile: Care Leads
          site: Pier 9
          desktopProfile: 2ce5f1d1-6a4a-4f4a-9f8e-1d0f7e0c3c11
          multimediaProfile: Chats
          defaultDialedNumber: \"2190\"
          externalIdentifier: HR-4
          skills: {Spanish: 8, Certified: true, Region: West, Tools: [drill, saw]}
      - {firstName: Callum, lastName: Redfern, roles: [License Clerk]}
";

fn merge(hub: &Hub, below: &str) -> Value {
    let (status, merged) = send(hub, MERGE, &overlay(below));
    assert_eq!(status, 200, "{merged}");
    merged
}

fn one(hub: &Hub, path: &str, email: &str) -> Value {
    let list = hub.get(path).expect(200).json();
    let all = list["data"].as_array().expect("a list").iter();
    let found = all
        .clone()
        .find(|it| it["email"] == email || it["name"] == email);
    let missing = format!("{email}: {list}");
    found.cloned().expect(&missing)
}

fn lucian(hub: &Hub) -> Value {
    one(hub, "/organization/me/v2/user", LUCIAN)
}

fn team(hub: &Hub, name: &str) -> Value {
    one(hub, "/organization/me/v2/team", name)
}

#[test]
fn what_a_scenario_declares_is_read_where_the_api_shows_it() {
    let hub = Hub::with_scenario("contact-center");
    let merged = merge(&hub, DECLARED);
    for (kind, count) in [
        ("contactCenterTeam", 2),
        ("customRole", 1),
        ("userProfile", 1),
    ] {
        assert_eq!(merged["created"][kind], count, "{merged}");
    }
    let features = hub.get(FEATURES).expect(200).json();
    let access = ["voicemail", "speedDial", "bargeIn"].map(|feature| features[feature].clone());
    assert_eq!(access, ["NO_ACCESS", "NO_ACCESS", "FULL_ACCESS"]);

    let role = hub.find(ROLES, "name", "License Clerk");
    let callum = hub
        .get(&format!("/v1/people?email={CALLUM}"))
        .expect(200)
        .json();
    assert_eq!(callum["items"][0]["roles"], json!([role["id"]]));

    let (lucian, repairs) = (lucian(&hub), team(&hub, "Repairs"));
    assert_eq!(lucian["teamIds"], json!([repairs["id"]]));
    assert_eq!(
        lucian["siteId"], repairs["siteId"],
        "a word stands for one id"
    );
    assert_eq!(
        lucian["agentProfileId"],
        "2ce5f1d1-6a4a-4f4a-9f8e-1d0f7e0c3c11"
    );
    assert_eq!(lucian["externalIdentifier"], "HR-4");
    assert_eq!(lucian["deafultDialledNumber"], "2190");
    assert_eq!(
        repairs["userIds"].as_array().map(Vec::len),
        Some(2),
        "{repairs}"
    );
    assert_eq!(team(&hub, "Overflow")["capacity"], 7);
    let profiles = "/organization/me/v3/user-profile";
    let profile = one(&hub, profiles, "Care Leads");
    assert_eq!(lucian["userProfileId"], profile["id"]);
    let skills = [
        ("Spanish", "proficiencyValue", json!(8)),
        ("Certified", "booleanValue", json!(true)),
        ("Region", "textValue", json!("West")),
        ("Tools", "enumSkillValues", json!("drill,saw")),
    ];
    for (skill, field, value) in skills {
        let path = format!("/organization/me/user/by-dynamic-skill-id/{skill}");
        assert_eq!(one(&hub, &path, LUCIAN)["dynamicSkill"][field], value);
    }
}

#[test]
fn declared_again_nothing_changes_and_what_is_not_named_stays() {
    let hub = Hub::with_scenario("contact-center");
    merge(&hub, DECLARED);
    let again = merge(&hub, DECLARED);
    assert_eq!(
        (&again["created"], &again["updated"]),
        (&json!({}), &json!({}))
    );

    let before = (lucian(&hub), team(&hub, "Repairs"));
    merge(
        &hub,
        "    featureAccess: {voicemail: FULL_ACCESS}
    customRoles: [{name: license clerk, permissions: [viewLicenses, assignLicenses]}]
    contactCenter:
      userProfiles: [{name: Care Leads, profileType: PREMIUM_AGENT, description: Leads.}]
      teams: [{name: Repairs, site: Pier 9, teamStatus: NOT_AVAILABLE, members: [dmitri.fallow]}]
    people:
      - {firstName: Lucian, lastName: Ashgrove, contactCenter: {enabled: false, skills: {Spanish: 9}}}
",
    );
    let features = hub.get(FEATURES).expect(200).json();
    assert_eq!(features["voicemail"], "FULL_ACCESS");
    assert_eq!(features["speedDial"], "NO_ACCESS");
    let (lucian, repairs) = (lucian(&hub), team(&hub, "Repairs"));
    assert_eq!(repairs["id"], before.1["id"]);
    assert_eq!(repairs["teamStatus"], "NOT_AVAILABLE");
    assert_eq!(repairs["description"], "Whatever broke.");
    assert_eq!(repairs["skillProfileId"], before.1["skillProfileId"]);
    assert_eq!(
        repairs["userIds"].as_array().map(Vec::len),
        Some(3),
        "{repairs}"
    );
    assert_eq!(lucian["contactCenterEnabled"], false);
    for kept in [
        "userProfileId",
        "siteId",
        "agentProfileId",
        "externalIdentifier",
    ] {
        assert_eq!(lucian[kept], before.0[kept], "{kept}");
    }
    let roles = hub.get(ROLES).expect(200).json().to_string();
    assert!(
        roles.contains("Gives licenses.") && roles.contains("assignLicenses"),
        "{roles}"
    );
}

#[test]
fn a_declaration_that_is_wrong_in_one_part_leaves_nothing_of_the_rest() {
    let hub = Hub::with_scenario("contact-center");
    let before = hub.revision();
    let wrong = [
        ("skills: {Spanish: 8", "skills: {Spanish: 18"),
        ("userProfile: Care Leads", "userProfile: Care Leeds"),
        ("members: [lucian.ashgrove", "members: [callum.redfern"),
        ("permissions: [viewLicenses]", "permissions: []"),
        ("voicemail: NO_ACCESS", "voicemail: SOME"),
        ("profileType: PREMIUM_AGENT", "profileType: SUPERVISOR"),
    ];
    for (from, to) in wrong {
        assert!(DECLARED.contains(from), "{from}");
        let text = overlay(&DECLARED.replacen(from, to, 1));
        let (status, refused) = send(&hub, MERGE, &text);
        assert_eq!(status, 400, "{to}: {refused}");
        let detail = refused["detail"].as_str().expect("a detail");
        assert!(detail.starts_with("text:"), "{detail}");
        assert_eq!(hub.revision(), before, "{to}");
    }
}

/// Proves: DEC-120
#[test]
fn a_word_stands_for_the_same_id_at_each_load() {
    let [first, second] = [(); 2].map(|()| Hub::with_scenario("contact-center"));
    let site = |hub: &Hub| {
        merge(hub, DECLARED);
        (
            lucian(hub)["siteId"].clone(),
            team(hub, "Repairs")["skillProfileId"].clone(),
        )
    };
    let (one, other) = (site(&first), site(&second));
    assert_eq!(one, other);
    assert_ne!(one.0, one.1);
    let demo = Hub::with_scenario("demo");
    let of_demo = |name: &str| team(&demo, name)["siteId"].clone();
    assert_eq!(
        of_demo("First Line"),
        of_demo("Calibration Desk"),
        "Main where nothing is said"
    );
}

#[test]
fn a_team_stands_once_however_its_site_is_spelled_and_words_are_not_empty() {
    let hub = Hub::with_scenario("contact-center");
    let before = hub.revision();
    for (teams, says) in [
        (
            "{name: T9}, {name: T9, site: main}",
            "the team `T9` stands twice",
        ),
        (
            "{name: T9, site: \" MAIN \"}, {name: \"t9 \"}",
            "stands twice",
        ),
        (
            "{name: T9, site: Pier}, {name: T9, site: \"pier \"}",
            "stands twice",
        ),
        ("{name: T9, site: \"\"}", "The site must not be empty"),
        (
            "{name: T9, skillProfile: \" \"}",
            "The skillProfile must not be empty",
        ),
    ] {
        let below = format!("    contactCenter:\n      teams: [{teams}]\n");
        let (status, refused) = send(&hub, MERGE, &overlay(&below));
        assert_eq!(status, 400, "{teams}: {refused}");
        assert!(refused.to_string().contains(says), "{teams}: {refused}");
    }
    let person = "    people:
      - {firstName: Lucian, lastName: Ashgrove, contactCenter: {site: \"\"}}\n";
    let (status, refused) = send(&hub, MERGE, &overlay(person));
    assert_eq!(status, 400, "{refused}");
    assert!(
        refused.to_string().contains("contactCenter.site"),
        "{refused}"
    );
    assert_eq!(hub.revision(), before);
}
