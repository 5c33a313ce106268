//! `/organization/{orgId}/user/…`: dynamic skills of users, and who has them.

use serde_json::{Value, json};

use super::{AMARA, LUCIAN, edit, path, service, synchronize, user};
use crate::support::Hub;

const SKILL: &str = "bc5658a9-5aa7-45ec-b960-43dcfc73c34d";
const LEVEL: &str = "c683cf8d-49e8-4e85-9e08-c8749affa9cc";

fn bulk(hub: &Hub, skill: &str, items: &Value) -> Value {
    let path = format!("/organization/me/user/bulk/update-dynamic-skill/{skill}");
    let answer = hub.call("PATCH", &path, &json!({"items": items}));
    answer.expect(207).json()["items"].clone()
}

fn item(position: u32, user: &Value, value: Value) -> Value {
    let mut item = value;
    item["userId"] = user["id"].clone();
    json!({"itemIdentifier": position, "item": item})
}

fn with_skill(hub: &Hub, skill: &str, query: &str) -> Value {
    let path = format!("/organization/me/user/by-dynamic-skill-id/{skill}{query}");
    hub.get(&path).expect(200).json()
}

fn reskill(hub: &Hub, user: &Value, body: &Value, status: u16) -> String {
    let path = format!("{}/reskill", path(user));
    hub.call("PATCH", &path, body).expect(status).text
}

fn matching(hub: &Hub, requirements: &Value) -> Vec<String> {
    let path = "/organization/me/user/fetch-by-skill-requirements";
    let found = hub.call("POST", path, &json!({"skillRequirements": requirements}));
    let found = found.expect(200).json();
    let users = found["data"].as_array().unwrap().iter();
    let emails = users.map(|user| user["email"].as_str().unwrap().to_owned());
    emails.collect()
}

/// Proves: DEC-98
#[test]
fn a_skill_is_given_changed_and_taken_in_bulk_each_item_for_itself() {
    let hub = service();
    let (lucian, amara) = (user(&hub, LUCIAN), user(&hub, AMARA));
    let nobody = json!({"id": "93912f11-6017-404b-bf14-5331890b1797"});
    let done = bulk(
        &hub,
        SKILL,
        &json!([
            item(1, &lucian, json!({"textValue": "Credit cards"})),
            item(
                2,
                &amara,
                json!({"textValue": "Mortgages", "booleanValue": true})
            ),
            item(3, &nobody, json!({"textValue": "Loans"})),
            item(4, &amara, json!({"booleanValue": true})),
            item(5, &amara, json!({"textValue": "x".repeat(101)})),
        ]),
    );
    let status = |position: usize| done[position]["status"].clone();
    assert_eq!(
        (status(0), done[0]["operationType"].clone()),
        (json!(201), json!("CREATE"))
    );
    assert_eq!(
        [status(1), status(2), status(3), status(4)],
        [400, 404, 400, 400]
    );
    let told = done[3]["apiError"].to_string();
    assert!(told.contains("is of the type TEXT"), "{told}");

    let page = with_skill(&hub, SKILL, "");
    assert_eq!(page["meta"]["totalRecords"], 1);
    let shown = &page["data"][0];
    assert_eq!(shown["email"], LUCIAN);
    assert_eq!(shown["dynamicSkill"]["textValue"], "Credit cards");
    assert_eq!(shown["dynamicSkill"]["version"], 0);
    let again = bulk(
        &hub,
        SKILL,
        &json!([item(1, &lucian, json!({"textValue": "Loans"}))]),
    );
    assert_eq!(again[0]["operationType"], "UPDATE");
    let page = with_skill(&hub, SKILL, "?search=loan");
    assert_eq!(page["data"][0]["dynamicSkill"]["version"], 1);
    assert_eq!(with_skill(&hub, SKILL, "?search=amara")["data"], json!([]));

    let mut gone = item(1, &lucian, json!({}));
    gone["requestAction"] = json!("DELETE");
    assert_eq!(bulk(&hub, SKILL, &json!([gone]))[0]["status"], 204);
    assert_eq!(bulk(&hub, SKILL, &json!([gone]))[0]["status"], 404);
    assert_eq!(with_skill(&hub, SKILL, "")["data"], json!([]));
}

#[test]
fn a_reskill_is_done_as_a_whole_or_not_at_all() {
    let hub = service();
    let lucian = user(&hub, LUCIAN);
    let profile = "f53c8b54-46ca-43f6-ba05-08426a46e23d";
    let body = json!({"skillProfileId": profile, "dynamicSkills": {"add": [
        {"skillId": SKILL, "enumSkillValues": ["FRENCH", "GERMAN"]},
        {"skillId": LEVEL, "proficiencyValue": 7}]}});
    reskill(&hub, &lucian, &body, 204);
    assert_eq!(user(&hub, LUCIAN)["skillProfileId"], profile);
    let shown = with_skill(&hub, SKILL, "")["data"][0]["dynamicSkill"].clone();
    assert_eq!(shown["enumSkillValues"], "FRENCH,GERMAN");
    assert_eq!(user(&hub, LUCIAN)["dynamicSkills"][0], shown);
    let version = user(&hub, LUCIAN)["version"].clone();

    let before = hub.revision();
    let refused: &[(Value, u16, &str)] = &[
        (
            json!({"version": 0}),
            412,
            "version is 0; the user is at version",
        ),
        (
            json!({"dynamicSkills": {"remove": [SKILL, "nothing"]}}),
            404,
            "The user has no dynamic skill",
        ),
        (
            json!({"dynamicSkills": {"add": [{"skillId": LEVEL, "proficiencyValue": 11}]}}),
            400,
            "proficiencyValue must be between 0 and 10, but it is 11.",
        ),
        (
            json!({"dynamicSkills": {"add": [{"proficiencyValue": 1}]}}),
            400,
            "dynamicSkills.add[0].skillId is required.",
        ),
        (
            json!({"dynamicSkills": {"add": [{"skillId": LEVEL}]}}),
            400,
            "Exactly one of textValue",
        ),
        (json!({"skillProfileId": "best"}), 400, "skillProfileId"),
    ];
    for (body, status, told) in refused {
        let text = reskill(&hub, &lucian, body, *status);
        assert!(text.contains(told), "{text}");
    }
    assert_eq!(hub.revision(), before);
    let body = json!({"version": version, "dynamicSkills": {"remove": [SKILL]}});
    reskill(&hub, &lucian, &body, 204);
    assert_eq!(with_skill(&hub, SKILL, "")["data"], json!([]));
}

fn requirement(skill: &str, condition: &str, value: &str) -> Value {
    json!({"skillId": skill, "condition": condition, "skillValue": value, "dynamicSkill": true})
}

#[test]
fn agents_are_found_by_all_that_is_required() {
    let hub = service();
    let (lucian, amara) = (user(&hub, LUCIAN), user(&hub, AMARA));
    let add = |skill: &str, value: Value| {
        let mut value = value;
        value["skillId"] = json!(skill);
        json!({"dynamicSkills": {"add": [value]}})
    };
    reskill(
        &hub,
        &lucian,
        &add(LEVEL, json!({"proficiencyValue": 8})),
        204,
    );
    reskill(
        &hub,
        &amara,
        &add(LEVEL, json!({"proficiencyValue": 3})),
        204,
    );
    reskill(
        &hub,
        &amara,
        &add(SKILL, json!({"enumSkillValues": ["FRENCH"]})),
        204,
    );
    let one = requirement;
    let cases: &[(Value, &[&str])] = &[
        (json!([one(LEVEL, "IS", "8")]), &[LUCIAN]),
        (json!([one(LEVEL, "IS_NOT", "8")]), &[AMARA]),
        (json!([one(LEVEL, "GTE", "3")]), &[AMARA, LUCIAN]),
        (
            json!([one(LEVEL, "LTE", "7"), one(SKILL, "IS", "french")]),
            &[AMARA],
        ),
        (
            json!([one(LEVEL, "GTE", "4"), one(SKILL, "IS", "french")]),
            &[],
        ),
        (json!([one("unheard-of", "IS_NOT", "x")]), &[]),
    ];
    for (requirements, expected) in cases {
        let mut found = matching(&hub, requirements);
        found.sort();
        assert_eq!(&found, expected, "{requirements}");
    }
}

#[test]
fn requirements_that_cannot_be_meant_are_refused() {
    let hub = service();
    let one = requirement;
    let path = "/organization/me/user/fetch-by-skill-requirements";
    let mut of_profile = one(LEVEL, "IS", "8");
    of_profile["dynamicSkill"] = json!(false);
    let many = vec![one(LEVEL, "IS", "8"); 51];
    let bad: &[(Value, &str)] = &[
        (json!([]), "must have 1 to 50 items, not 0."),
        (json!(many), "must have 1 to 50 items, not 51."),
        (
            json!([of_profile]),
            "skills of skill profiles are not simulated",
        ),
        (
            json!([one(LEVEL, "ABOUT", "8")]),
            "condition must be one of",
        ),
        (
            json!([one(LEVEL, "IS", "")]),
            "skillRequirements[0].skillValue must not be empty.",
        ),
    ];
    for (requirements, told) in bad {
        let body = json!({"skillRequirements": requirements});
        let text = hub.call("POST", path, &body).expect(400).text;
        assert!(text.contains(told), "{text}");
    }
}

#[test]
fn who_loses_contact_center_loses_the_skills() {
    let hub = service();
    let lucian = user(&hub, LUCIAN);
    let add = json!({"dynamicSkills": {"add": [{"skillId": SKILL, "booleanValue": true}]}});
    reskill(&hub, &lucian, &add, 204);
    let premium = json!([{"id": "Webex Contact Center Premium", "operation": "remove"}]);
    edit(&hub, LUCIAN, &premium);
    synchronize(&hub);
    assert_eq!(with_skill(&hub, SKILL, "")["data"], json!([]));
    let ledger = hub.get("/_sim/v1/ledger?kind=lost").expect(200).text;
    assert!(ledger.contains("dynamicSkills"), "{ledger}");
}
