//! `/_hub/v1/organizations/{org}/groups`: licence templates of groups, and what people keep who
//! change groups.

mod office;

use hubsim::model::{Person, SubscriptionStatus};
use serde_json::{Value, json};

use super::firm::{CALLERS, DEE, Firm, HUB, NEW, OLD};
use crate::support::{START, put};
use office::Office;

const ANN: &str = CALLERS[0];
const BOB: &str = CALLERS[1];
const SETTINGS: &str = "/groups/licenseSettings";
const TEAMS: &str = "Webex Teams [Sub119911]";
const PLAN: &str = "Calling Plan [Sub119911]";
const STANDARD: &str = "Webex Calling VAR Basic [Sub121331]";
const AGENT: &str = "Webex Contact Center Standard [Sub119911]";
const PREMIUM: &str = "Webex Contact Center Premium [Sub119911]";

const CALLING: &str = "Webex Calling - Professional [Sub119911]";
const CALLING_NEW: &str = "Webex Calling - Professional [Sub121331]";
const MESSAGING: &str = "Messaging [Sub119911]";
const CALLING_PLAN: &str = "Cisco Calling Plan [Sub119911]";

/// Proves: ROLE-03
#[test]
fn who_may_give_licences_still_sees_no_template_of_a_group() {
    let office = Office::open();
    office.template(&office.sales, &[TEAMS]);
    let path = format!("{HUB}/groups/{}/licenseTemplate", office.sales);
    let settings = format!("{HUB}{SETTINGS}");
    let hub = &office.firm.hub;
    for path in [&path, &settings] {
        for token in ["user-admin", "device-admin"] {
            hub.send_as(token, "GET", path, &Value::Null).expect(403);
        }
        hub.send_as("read-only-admin", "GET", path, &Value::Null)
            .expect(200);
    }
}

/// Proves: TMPL-01, TMPL-02, TMPL-07, TMPL-08
#[test]
fn the_template_of_a_group_is_saved_read_and_deleted() {
    let office = Office::open();
    let firm = &office.firm;
    let path = format!("/groups/{}/licenseTemplate", office.sales);
    firm.get(&path).expect(404);
    firm.call("DELETE", &path, &Value::Null).expect(404);
    let saved = firm
        .call("PUT", &path, &json!({"licenses": [TEAMS]}))
        .expect(200)
        .json();
    assert_eq!(saved["licenses"].as_array().unwrap().len(), 1);
    assert_eq!(
        saved["applyScope"],
        json!({"futureUsers": true, "existingUsers": false})
    );
    assert_eq!(saved["preserveLicenses"], true);
    firm.get("/licenseTemplate").expect(404);
    firm.pass_through_a_snapshot();
    assert_eq!(firm.get(&path).expect(200).json(), saved);
    let revision = firm.hub.revision();
    let existing = json!({"futureUsers": true, "existingUsers": true});
    for (body, code) in [
        (
            json!({"licenses": [TEAMS], "applyScope": {"futureUsers": false}}),
            Value::Null,
        ),
        (json!({"licenses": ["Coffee [Sub119911]"]}), json!(400_000)),
        (json!({"licenses": [NEW, STANDARD]}), json!(900_004)),
        (
            json!({"licenses": [TEAMS], "applyScope": existing, "preserveLicenses": false}),
            json!(900_003),
        ),
    ] {
        let refused = firm.call("PUT", &path, &body).expect(400).json();
        assert_eq!(refused["errors"][0]["errorCode"], code, "{refused}");
    }
    for wrong in ["nobody", &uuid::Uuid::nil().to_string()] {
        let wrong = format!("/groups/{wrong}/licenseTemplate");
        firm.get(&wrong).expect(404);
        firm.call("PUT", &wrong, &json!({"licenses": []}))
            .expect(404);
    }
    let whole = format!("/_hub/v1/organizations/me{path}");
    let body = json!({"licenses": []});
    firm.hub
        .send_as("read-only-admin", "GET", &whole, &Value::Null)
        .expect(200);
    firm.hub
        .send_as("read-only-admin", "PUT", &whole, &body)
        .expect(403);
    assert_eq!(firm.hub.revision(), revision);
    firm.call("DELETE", &path, &Value::Null).expect(204);
    firm.get(&path).expect(404);
}

/// Proves: TMPL-12
#[test]
fn whoever_comes_to_a_group_gets_its_licences_in_the_same_commit() {
    let office = Office::open();
    let firm = &office.firm;
    office.template(&office.sales, &[TEAMS]);
    let revision = firm.hub.revision();
    let joined = office.change(
        &office.sales,
        &[office.member(ANN, "add"), office.member(DEE, "add")],
    );
    let joined = joined.expect(200);
    assert_eq!(firm.hub.revision(), revision + 1);
    assert_eq!(office.held(ANN), [MESSAGING, CALLING]);
    assert_eq!(office.held(DEE), [MESSAGING]);
    let path = format!(
        "/_sim/v1/ledger?holder={DEE}&trackingId={}",
        joined.header("trackingid")
    );
    let ledger = firm.hub.get(&path).expect(200).json();
    let rules = ledger["items"][0]["rules"].as_array().unwrap();
    assert!(rules.contains(&json!("TMPL-12")), "{ledger}");
    // A group that is made with people in it has no template yet; those who are in it wait for
    // one that is applied to existing users.
    let body = json!({"displayName": "New", "members": [office.member(BOB, "add")]});
    let made = firm
        .hub
        .call("POST", "/v1/groups", &body)
        .expect(201)
        .json();
    office.template(made["id"].as_str().unwrap(), &[TEAMS]);
    assert_eq!(office.held(BOB), [CALLING]);
}

/// Proves: TMPL-03, TMPL-05, TMPL-10, TMPL-11
#[test]
fn a_template_for_existing_users_reaches_the_members_alone_and_adds_up_with_others() {
    let office = Office::open();
    let firm = &office.firm;
    office.join(&office.sales, ANN);
    office.join(&office.sales, BOB);
    office.join(&office.support, ANN);
    office.template(&office.support, &[PLAN]);
    let path = format!("/groups/{}/licenseTemplate", office.sales);
    let save = |preserves: bool, licenses: &[&str]| {
        let body = json!({
            "licenses": licenses, "preserveLicenses": preserves, "acknowledgeDataLoss": true,
            "applyScope": {"futureUsers": true, "existingUsers": true},
        });
        let task = firm.call("PUT", &path, &body).expect(202).json();
        assert_eq!(task["kind"], "templateApply");
        firm.finish(&task)
    };
    let done = save(true, &[TEAMS, OLD]);
    assert_eq!(
        (&done.task["total"], &done.task["failed"]),
        (&json!(2), &json!(0))
    );
    assert_eq!(office.held(ANN), [CALLING_PLAN, MESSAGING, CALLING]);
    assert_eq!(office.held(BOB), [MESSAGING, CALLING]);
    assert_eq!(office.held(CALLERS[2]), [CALLING]);
    // What one template takes away and another one gives stays.
    let done = save(false, &[OLD]);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    assert_eq!(office.held(ANN), [CALLING_PLAN, CALLING]);
    assert_eq!(office.held(BOB), [CALLING]);
    // The same with the organisation's.
    let everybody = json!({
        "licenses": [OLD], "preserveLicenses": false, "acknowledgeDataLoss": true,
        "applyScope": {"futureUsers": true, "existingUsers": true},
    });
    let task = firm
        .call("PUT", "/licenseTemplate", &everybody)
        .expect(202)
        .json();
    firm.finish(&task);
    assert_eq!(office.held(ANN), [CALLING_PLAN, CALLING]);
}

/// Proves: TMPL-12, TMPL-05, MOVE-14
#[test]
fn where_licences_are_preserved_a_change_of_groups_only_adds() {
    let office = Office::open();
    assert_eq!(
        office.firm.get(SETTINGS).expect(200).json(),
        json!({"preserveLicenses": true})
    );
    office.template(&office.sales, &[TEAMS]);
    office.template(&office.support, &[NEW, PLAN]);
    office.join(&office.sales, ANN);
    office.join(&office.support, ANN);
    office.leave(&office.sales, ANN);
    assert_eq!(office.held(ANN), [CALLING_PLAN, MESSAGING, CALLING]);
}

/// Proves: TMPL-12, MOVE-11
#[test]
fn where_they_are_not_the_old_ones_go_even_those_given_by_hand() {
    let office = Office::open();
    office.preserve(false);
    office.template(&office.support, &[NEW]);
    office.give(ANN, &[TEAMS]);
    let number = office.firm.person(ANN)["phoneNumbers"].clone();
    office.join(&office.support, ANN);
    assert_eq!(office.held(ANN), [CALLING_NEW]);
    let forwarding = office.firm.forwarding(ANN).expect(200).json();
    assert_eq!(forwarding["callForwarding"]["always"]["enabled"], true);
    assert_eq!(office.firm.person(ANN)["phoneNumbers"], number);
}

/// Proves: DEC-61, TMPL-12, TMPL-20
#[test]
fn whoever_leaves_loses_what_no_other_group_gives_and_keeps_what_came_by_hand() {
    let office = Office::open();
    let firm = &office.firm;
    office.template(&office.sales, &[TEAMS, PLAN, OLD]);
    office.template(&office.support, &[PLAN]);
    office.give(ANN, &[AGENT]);
    office.join(&office.sales, ANN);
    office.join(&office.support, ANN);
    office.preserve(false);
    let plan = [
        ("authorization", "Bearer full-admin"),
        ("x-sim-dry-run", "true"),
    ];
    let path = format!("/v1/groups/{}", office.sales);
    let body = json!({"members": [office.member(ANN, "delete")]});
    let foretold = firm
        .hub
        .send("PATCH", &path, &plan, &body)
        .expect(200)
        .json();
    assert!(
        foretold["loss"].to_string().contains("callForwarding"),
        "{foretold}"
    );
    assert_eq!(office.held(ANN).len(), 4);
    office.leave(&office.sales, ANN);
    let agent = "Contact Center Standard Agent [Sub119911]";
    assert_eq!(office.held(ANN), [CALLING_PLAN, agent]);
    let lost = office.lost(ANN, "TMPL-12");
    assert!(lost["lost"].to_string().contains("numbers"), "{lost}");
}

/// Proves: TMPL-08, DEC-61
#[test]
fn a_group_that_is_deleted_takes_its_template_along_and_nothing_from_anybody() {
    let office = Office::open();
    let firm = &office.firm;
    office.preserve(false);
    office.template(&office.sales, &[TEAMS]);
    office.join(&office.sales, DEE);
    let path = format!("/v1/groups/{}", office.sales);
    firm.hub.call("DELETE", &path, &Value::Null).expect(204);
    firm.get(&format!("/groups/{}/licenseTemplate", office.sales))
        .expect(404);
    assert_eq!(office.held(DEE), [MESSAGING]);
    let organization = firm.hub.get("/v1/organizations").expect(200).json();
    let organization = organization["items"][0]["id"].as_str().unwrap().to_owned();
    let events = format!(
        "/v1/adminAudit/events?orgId={organization}&from={START}&to=2026-03-03T00:00:00.000Z\
         &eventCategories=GROUPS"
    );
    let events = firm.hub.pages(&events, "items");
    let told: Vec<&Value> = events
        .iter()
        .map(|one| &one["data"]["eventDescription"])
        .collect();
    let documented = json!("Group(s) Were Removed To A Group Level Auto-License Template");
    assert!(told.contains(&&documented), "{told:?}");
}

/// Proves: TMPL-19, TMPL-20
#[test]
fn somebody_in_groups_with_both_licences_for_agents_gets_premium() {
    for (first, second) in [(AGENT, PREMIUM), (PREMIUM, AGENT)] {
        let office = Office::open();
        office.template(&office.sales, &[first]);
        office.template(&office.support, &[second]);
        office.join(&office.sales, DEE);
        office.join(&office.support, DEE);
        assert_eq!(
            office.held(DEE),
            ["Contact Center Premium Agent [Sub119911]"]
        );
    }
}

/// Proves: DEC-60
#[test]
fn of_two_calling_licences_of_two_groups_the_greater_is_given() {
    let office = Office::open();
    let firm = &office.firm;
    let done = firm.import_row(DEE, &[("Phone Number", "+13125550115")]);
    assert_eq!(done.task["status"], "completed", "{}", done.errors);
    office.join(&office.sales, DEE);
    office.join(&office.support, DEE);
    office.template(&office.sales, &[STANDARD]);
    let path = format!("/groups/{}/licenseTemplate", office.support);
    let body = json!({"licenses": [NEW], "applyScope": {"existingUsers": true}});
    let task = firm.call("PUT", &path, &body).expect(202).json();
    firm.finish(&task);
    assert_eq!(office.held(DEE), [CALLING_NEW]);
}

/// Proves: TMPL-11
#[test]
fn where_one_mode_is_in_force_at_a_time_a_template_deletes_those_of_the_other() {
    let office = Office::open();
    let firm = &office.firm;
    firm.quirk("license_template_modes", "exclusive");
    let of = |group: &str| format!("/groups/{group}/licenseTemplate");
    firm.call("PUT", "/licenseTemplate", &json!({"licenses": [TEAMS]}))
        .expect(200);
    office.template(&office.sales, &[PLAN]);
    firm.get("/licenseTemplate").expect(404);
    office.template(&office.support, &[TEAMS]);
    firm.get(&of(&office.sales)).expect(200);
    let saved = firm.call("PUT", "/licenseTemplate", &json!({"licenses": [TEAMS]}));
    let saved = saved.expect(200);
    for group in [&office.sales, &office.support] {
        firm.get(&of(group)).expect(404);
    }
    let told = format!("/_sim/v1/explain/{}", saved.header("trackingid"));
    let told = firm.hub.get(&told).expect(200).text;
    assert!(
        told.contains("2 license templates of groups were deleted"),
        "{told}"
    );
}

/// Proves: TMPL-17, TMPL-18, TMPL-14
#[test]
fn who_could_not_be_served_is_in_the_group_and_in_the_report_with_the_reason() {
    let office = Office::open();
    let firm = &office.firm;
    let one = json!({"licenses": [{"name": "Messaging", "totalUnits": 1}]});
    firm.hub
        .call("PATCH", "/_sim/v1/subscriptions/Sub119911", &one)
        .expect(200);
    office.template(&office.sales, &[TEAMS, NEW]);
    let members = [ANN, BOB, DEE].map(|who| office.member(who, "add"));
    let joined = office.change(&office.sales, &members).expect(200);
    assert_eq!(joined.json()["memberSize"], 3);
    assert_eq!(office.held(ANN), [MESSAGING, CALLING]);
    assert_eq!(office.held(BOB), [CALLING]);
    let told = format!("/_sim/v1/explain/{}", joined.header("trackingid"));
    let told = firm.hub.get(&told).expect(200).text;
    assert!(
        told.contains("2 of the people who came to group Sales"),
        "{told}"
    );
    let reported = office.reported();
    let codes = |who: &str| {
        let own = reported.iter().filter(|one| one["email"] == who);
        let mut codes: Vec<u64> = own
            .map(|one| one["error"]["code"].as_u64().unwrap())
            .collect();
        codes.sort_unstable();
        codes
    };
    assert_eq!(codes(ANN), [0; 0]);
    assert_eq!(codes(BOB), [900_001]);
    assert_eq!(codes(DEE), [900_001, 900_029]);
    assert_eq!(codes(CALLERS[2]), [0; 0]);
    let template = json!([{"type": "group", "id": office.sales, "name": "Sales"}]);
    assert!(
        reported.iter().all(|one| one["templates"] == template),
        "{reported:?}"
    );
    let more = json!({"licenses": [{"name": "Messaging", "totalUnits": 5}]});
    firm.hub
        .call("PATCH", "/_sim/v1/subscriptions/Sub119911", &more)
        .expect(200);
    office.leave(&office.sales, BOB);
    office.join(&office.sales, BOB);
    assert_eq!(office.held(BOB), [MESSAGING, CALLING]);
}

/// Proves: MOVE-07, MOVE-12, SUB-09
#[test]
fn a_licence_of_a_suspended_subscription_is_not_given_and_a_move_out_of_one_is_the_trap() {
    let office = Office::open();
    let firm = &office.firm;
    office.template(&office.sales, &[TEAMS]);
    firm.status("Sub119911", SubscriptionStatus::Suspended);
    let path = format!("/groups/{}/licenseTemplate", office.support);
    let refused = firm
        .call("PUT", &path, &json!({"licenses": [PLAN]}))
        .expect(400)
        .json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_002);
    office.join(&office.sales, DEE);
    assert_eq!(office.held(DEE), [""; 0]);
    assert_eq!(office.reported()[0]["error"]["code"], 900_002);
    office.preserve(false);
    office.template(&office.support, &[NEW]);
    office.join(&office.support, ANN);
    assert_eq!(office.held(ANN), [""; 0]);
    office.lost(ANN, "MOVE-12");
    // A cancelled subscription keeps its people until it is restored.
    firm.status("Sub119911", SubscriptionStatus::Cancelled);
    office.join(&office.support, BOB);
    assert_eq!(office.held(BOB), [CALLING]);
    assert!(office.reported().iter().any(|one| one["email"] == BOB));
}

#[test]
fn hundreds_come_in_one_request_or_nobody_does() {
    let firm = Firm::with(|tx| {
        let own = tx.list::<Person>().next().unwrap().1.organization;
        for number in 0..300 {
            let email = format!("many{number}@firm.example");
            put::<Person>(
                tx,
                json!({
                    "organization": own, "email": email, "displayName": "Many",
                    "created": START, "lastModified": START,
                }),
            );
        }
    });
    let office = Office::of(firm);
    let firm = &office.firm;
    let more = json!({"licenses": [{"name": "Messaging", "totalUnits": 250}]});
    firm.hub
        .call("PATCH", "/_sim/v1/subscriptions/Sub119911", &more)
        .expect(200);
    office.template(&office.sales, &[TEAMS]);
    let world = firm.world();
    let people = world.list::<Person>();
    let many = people.filter(|(_, person)| person.display_name == "Many");
    let many = many.map(|(id, _)| json!({"id": hubsim::model::WebexId::Person.encode(id)}));
    let mut members: Vec<Value> = many.collect();
    let used = || {
        let shown = firm.get("/subscriptions/Sub119911").expect(200).json();
        let licenses = shown["licenses"].as_array().unwrap().clone();
        let teams = licenses.into_iter().find(|one| one["name"] == "Messaging");
        teams.unwrap()["consumedByUsers"].as_u64().unwrap()
    };
    let nobody = hubsim::model::WebexId::Person.encode(uuid::Uuid::nil());
    members.push(json!({ "id": nobody }));
    let revision = firm.hub.revision();
    office.change(&office.sales, &members).expect(400);
    assert_eq!((firm.hub.revision(), used()), (revision, 0));
    members.pop();
    let joined = office.change(&office.sales, &members).expect(200).json();
    assert_eq!((&joined["memberSize"], used()), (&json!(300), 250));
    assert_eq!(
        office.reported().len(),
        50,
        "those for whom no unit was left"
    );
    let purge = json!({"purgeAllValues": {"attributes": ["members"]}});
    office.preserve(false);
    let path = format!("/v1/groups/{}", office.sales);
    firm.hub.call("PATCH", &path, &purge).expect(200);
    assert_eq!(used(), 0);
}

/// Proves: TMPL-11
#[test]
fn a_scenario_says_who_is_in_a_group_and_what_those_get_who_come_later() {
    let firm = Firm::start();
    let scenario = |quirk: &str, own: &str| {
        format!(
            "name: firm
quirks: {{license_template_modes: {quirk}}}
organizations:
  - name: Firm
    domain: firm.example
    groups:
      - displayName: Sales
        members: [{BOB}]
        licenseTemplate: {{licenses: [\"Webex Calling - Professional [Sub121331]\"]}}
    {own}
"
        )
    };
    let load = |text: String| {
        let path = "/_sim/v1/scenarios?mode=merge";
        firm.hub
            .send_raw("POST", path, "application/yaml", text.as_bytes())
    };
    let own = "licenseTemplate: {licenses: [\"Webex Calling - Professional [Sub119911]\"]}";
    let refused = load(scenario("exclusive", own)).expect(400).text;
    assert!(refused.contains("license_template_modes"), "{refused}");
    assert!(load(scenario("union", "")).status < 300);
    let sales = firm.hub.find("/v1/groups", "displayName", "Sales");
    let sales = sales["id"].as_str().unwrap().to_owned();
    let path = format!("/groups/{sales}/licenseTemplate");
    let template = firm.get(&path).expect(200).json();
    assert_eq!(template["licenses"].as_array().unwrap().len(), 1);
    let bob = firm.person(BOB);
    assert_eq!(bob["licenses"].as_array().unwrap().len(), 1);
    let body = json!({"preserveLicensesBetweenGroups": false});
    firm.call("PATCH", "/settings", &body).expect(200);
    assert_eq!(
        firm.get(SETTINGS).expect(200).json(),
        json!({"preserveLicenses": false})
    );
    let join = json!({"members": [{"id": firm.person(ANN)["id"]}]});
    firm.hub
        .call("PATCH", &format!("/v1/groups/{sales}"), &join)
        .expect(200);
    assert_ne!(firm.person(ANN)["licenses"], bob["licenses"]);
}
