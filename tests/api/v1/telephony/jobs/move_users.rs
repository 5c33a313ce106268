//! Move users between locations: what is refused at once, what is foretold, and what is done.

use serde_json::{Value, json};

use super::{JOBS, act, errors, run, state, status};
use crate::hub::firm::{Firm, KEY};
use crate::support::{Answer, Hub};

const KIND: &str = "person/moveLocation";
const JOAQUIN: &str = "joaquin.thornfield@quillhaven.example";
const WENDELL: &str = "wendell.okonma@quillhaven.example";

fn demo() -> Firm {
    Firm {
        hub: Hub::with_scenario("demo"),
    }
}

fn user(firm: &Firm, email: &str) -> Value {
    json!({"userId": firm.person(email)["id"]})
}

fn with(mut user: Value, field: &str, value: &str) -> Value {
    user[field] = json!(value);
    user
}

fn ask(firm: &Firm, location: &str, validate: bool, users: &[Value]) -> Answer {
    let location = firm.hub.location(location);
    let body = json!({"usersList": [
        {"locationId": location, "validate": validate, "users": users},
    ]});
    firm.hub.call("POST", &format!("{JOBS}/{KIND}"), &body)
}

/// The codes that a validation tells: errors, impacts.
fn foretold(firm: &Firm, location: &str, user: &Value) -> (Vec<u64>, Vec<u64>) {
    let answer = ask(firm, location, true, std::slice::from_ref(user))
        .expect(200)
        .json();
    let told = &answer["response"][0];
    assert_eq!(told["userId"], user["userId"]);
    let codes = |name: &str| {
        let list = told[name].as_array().cloned().unwrap_or_default();
        list.iter().map(|it| it["code"].as_u64().unwrap()).collect()
    };
    (codes("errors"), codes("impacts"))
}

/// The job that moves one user, run to its end, and the codes of its errors.
fn moved(firm: &Firm, location: &str, user: Value) -> (Value, Vec<String>) {
    let job = ask(firm, location, false, &[user]).expect(201).json()["response"].clone();
    run(&firm.hub);
    let found = errors(&firm.hub, KIND, &job);
    let code = |it: &Value| {
        it["error"]["message"][0]["code"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    (
        status(&firm.hub, KIND, &job),
        found.iter().map(code).collect(),
    )
}

/// Proves: DEC-102
#[test]
fn what_is_foretold_as_an_error_fails_in_the_job_with_the_same_code_and_changes_nothing() {
    let firm = demo();
    let taken = firm
        .hub
        .pages("/v1/telephony/config/numbers?max=2000", "phoneNumbers");
    let taken = taken.iter().find(|it| {
        it["location"]["name"] == "Boston"
            && it["owner"]["id"].is_string()
            && it["extension"].is_string()
    });
    let taken = taken.unwrap();
    let joaquin = user(&firm, JOAQUIN);
    let rows = [
        (
            with(
                joaquin.clone(),
                "extension",
                taken["extension"].as_str().unwrap(),
            ),
            "Boston",
            4202,
        ),
        (
            with(
                joaquin.clone(),
                "phoneNumber",
                taken["phoneNumber"].as_str().unwrap(),
            ),
            "Boston",
            27966,
        ),
        (
            with(joaquin.clone(), "phoneNumber", "+15125550195"),
            "Boston",
            27966,
        ),
        (
            with(joaquin.clone(), "phoneNumber", "+16175550100"),
            "Boston",
            27966,
        ),
        (joaquin.clone(), "Berlin", 10_010_014),
        (joaquin.clone(), "Lisbon Studio", 4152),
    ];
    let before = firm.person(JOAQUIN);
    for (wanted, location, code) in rows {
        assert_eq!(foretold(&firm, location, &wanted).0, [code], "{location}");
        let (job, codes) = moved(&firm, location, wanted);
        assert_eq!(codes, [code.to_string()], "{location}");
        assert_eq!(state(&job).1, "COMPLETED_WITH_ERRORS");
        assert_eq!(firm.person(JOAQUIN), before);
    }
}

#[test]
fn a_location_whose_calling_plan_is_suspended_keeps_its_numbers() {
    let firm = demo();
    firm.suspend("Sub119911");
    let wendell = with(user(&firm, WENDELL), "extension", "7102");
    assert_eq!(foretold(&firm, "Boston", &wendell).0, [10_050_009]);
    // Without a number to carry along nothing stands in the way.
    let alone = with(wendell, "phoneNumber", "");
    assert_eq!(foretold(&firm, "Boston", &alone).0, Vec::<u64>::new());
    firm.hub
        .call(
            "POST",
            "/_sim/v1/subscriptions/Sub119911/cancel",
            &json!({}),
        )
        .expect(200);
    assert_eq!(foretold(&firm, "Boston", &alone).0, [900_007]);
}

#[test]
fn an_extension_that_is_taken_there_is_lost_and_the_last_line_is_not() {
    let firm = demo();
    let joaquin = user(&firm, JOAQUIN);
    let (errors, impacts) = foretold(&firm, "Austin", &joaquin);
    assert_eq!(errors, Vec::<u64>::new());
    assert!(impacts.contains(&19713), "{impacts:?}");
    let bare = with(joaquin.clone(), "phoneNumber", "");
    let (errors, impacts) = foretold(&firm, "Austin", &bare);
    assert_eq!(errors, [1_026_016]);
    assert!(impacts.contains(&19722), "{impacts:?}");
    moved(&firm, "Austin", joaquin);
    let person = firm.person(JOAQUIN);
    assert_eq!(person["locationId"], firm.hub.location("Austin"));
    assert_eq!(person["extension"], Value::Null);
}

#[test]
fn a_new_number_takes_the_place_of_the_old_one_which_stays_behind() {
    let firm = demo();
    let wanted = with(user(&firm, JOAQUIN), "phoneNumber", "+15125550195");
    let (job, _) = moved(&firm, "Austin", with(wanted, "extension", "7001"));
    assert_eq!(job["counts"]["moved"], 1);
    let numbers = "/v1/telephony/config/numbers?max=2000";
    let old = firm.hub.find(numbers, "phoneNumber", "+14085550105");
    assert_eq!(
        (&old["location"]["name"], &old["owner"]),
        (&json!("San Jose HQ"), &Value::Null)
    );
    let new = firm.hub.find(numbers, "phoneNumber", "+15125550195");
    assert_eq!(
        (&new["extension"], &new["owner"]["lastName"]),
        (&json!("7001"), &json!("Thornfield"))
    );
}

#[test]
fn a_single_user_without_calling_moves_at_once() {
    let firm = demo();
    let body = json!({"emails": ["nia@quillhaven.example"], "displayName": "Nia Moss"});
    let person = firm
        .hub
        .call("POST", "/v1/people", &body)
        .expect(200)
        .json();
    let email = "nia@quillhaven.example";
    let wanted = json!({"userId": person["id"]});
    let answer = ask(&firm, "Boston", false, std::slice::from_ref(&wanted))
        .expect(200)
        .json();
    assert_eq!(answer, json!({"response": [{"userId": person["id"]}]}));
    // The file of users tells where she is, and so does a second move.
    let table = firm.export();
    let at = (table.column(KEY), table.column("Location"));
    let row = table.rows.iter().find(|row| row[at.0] == email);
    assert_eq!(row.map(|row| row[at.1].as_str()), Some("Boston"));
    let again = ask(&firm, "Boston", false, std::slice::from_ref(&wanted));
    assert_eq!(again.expect(400).json()["error"][0]["code"], 1_026_013);
    assert_eq!(
        firm.hub.get(&format!("{JOBS}/{KIND}")).expect(200).json(),
        json!({"items": []})
    );
    let named = with(wanted.clone(), "extension", "7001");
    let refused = ask(&firm, "Austin", false, &[named]).expect(400).json();
    assert_eq!(refused["error"][0]["code"], 1_026_023);
    let refused = ask(&firm, "Austin", true, std::slice::from_ref(&wanted))
        .expect(400)
        .json();
    assert_eq!(refused["error"][0]["code"], 1_026_022);
    // With others, it is a job like any other.
    let both = [wanted, user(&firm, WENDELL)];
    let job = ask(&firm, "San Jose HQ", false, &both).expect(201).json()["response"].clone();
    run(&firm.hub);
    assert_eq!(status(&firm.hub, KIND, &job)["counts"]["moved"], 2);
}

#[test]
fn one_job_at_a_time_and_those_who_wait_are_skipped_when_it_is_abandoned() {
    let firm = demo();
    let wendell = [user(&firm, WENDELL)];
    let job = ask(&firm, "Boston", false, &wendell).expect(201).json()["response"].clone();
    ask(&firm, "Boston", false, &[user(&firm, JOAQUIN)]).expect(409);
    act(&firm.hub, KIND, &job, "pause").expect(202);
    ask(&firm, "Boston", false, &[user(&firm, JOAQUIN)]).expect(409);
    act(&firm.hub, KIND, &job, "abandon").expect(204);
    let ended = status(&firm.hub, KIND, &job);
    let counts = json!({"totalMoves": 1, "moved": 0, "failed": 0, "pending": 0, "skipped": 1});
    assert_eq!(state(&ended), ("ABANDONED", "STOPPED", &counts));
    assert_eq!(
        firm.person(WENDELL)["locationId"],
        firm.hub.location("Austin")
    );
    ask(&firm, "Boston", false, &[user(&firm, JOAQUIN)]).expect(201);
}

#[test]
fn a_user_who_is_deleted_while_the_job_waits_is_not_found() {
    let firm = demo();
    let job = ask(&firm, "Boston", false, &[user(&firm, WENDELL)])
        .expect(201)
        .json();
    let id = firm.person(WENDELL)["id"].as_str().unwrap().to_owned();
    firm.hub
        .call("DELETE", &format!("/v1/people/{id}"), &Value::Null)
        .expect(204);
    run(&firm.hub);
    let found = errors(&firm.hub, KIND, &job["response"]);
    assert_eq!(found[0]["error"]["message"][0]["code"], "4003");
}

/// Requests that are wrong, the status of each, and the code of its refusal.
#[rustfmt::skip]
fn wrong(firm: &Firm) -> Vec<(Value, u16, u64)> {
    let (austin, boston) = (firm.hub.location("Austin"), firm.hub.location("Boston"));
    let (joaquin, wendell) = (user(firm, JOAQUIN), user(firm, WENDELL));
    let list = |location: Value, validate: Value, users: &[&Value]| {
        json!({"usersList": [{"locationId": location, "validate": validate, "users": users}]})
    };
    let to = |users: &[&Value]| list(json!(austin), json!(false), users);
    let his = |field: &str, value: &str| with(joaquin.clone(), field, value);
    vec![
        (json!({}), 400, 1_026_011),
        (json!({"usersList": []}), 400, 1_026_011),
        (json!({"usersList": "all"}), 400, 400),
        (list(json!(austin), Value::Null, &[&joaquin]), 400, 1_026_006),
        (list(json!(austin), json!("yes"), &[&joaquin]), 400, 400),
        (to(&[]), 400, 1_026_012),
        (to(&[&joaquin; 101]), 400, 1_026_018),
        (to(&[&joaquin, &joaquin]), 400, 1_026_019),
        (to(&[&json!({})]), 400, 400),
        (to(&[&json!({"userId": "nonsense"})]), 404, 2_150_012),
        (to(&[&wendell]), 400, 1_026_013),
        (list(Value::Null, json!(false), &[&joaquin]), 400, 1_026_021),
        (list(json!("nonsense"), json!(false), &[&joaquin]), 404, 0),
        (list(json!(boston), json!(true), &[&joaquin, &wendell]), 400, 1_026_020),
        (to(&[&his("phoneNumber", "call me")]), 400, 1_026_017),
        (to(&[&with(his("phoneNumber", ""), "extension", "")]), 400, 1_026_016),
        (to(&[&his("extension", "1")]), 400, 25_058),
    ]
}

#[test]
fn a_wrong_request_is_refused_with_its_code_and_changes_nothing() {
    let firm = demo();
    let rows = wrong(&firm);
    let before = firm.hub.revision();
    for (body, expected, code) in rows {
        let answer = firm.hub.call("POST", &format!("{JOBS}/{KIND}"), &body);
        let told = answer.expect(expected).json();
        let shown = match expected {
            400 => &told["error"][0]["code"],
            _ => &told["errors"][0]["errorCode"],
        };
        assert_eq!(shown.as_u64().unwrap_or_default(), code, "{body}: {told}");
    }
    assert_eq!(firm.hub.revision(), before);
}

#[test]
fn nobody_moves_to_a_location_that_was_deleted_meanwhile() {
    let hub = Hub::with_scenario("minimal");
    let reno = json!({"name": "Reno", "timeZone": "America/Los_Angeles",
        "preferredLanguage": "en_us", "announcementLanguage": "en_us",
        "address": {"address1": "1 Elm", "city": "Reno", "state": "NV", "postalCode": "89501",
            "country": "US"}});
    hub.call("POST", "/v1/locations", &reno).expect(201);
    let firm = Firm { hub };
    let users = ["cy", "di"].map(|name| {
        let body = json!({"emails": [format!("{name}@example.com")], "displayName": name});
        let user = firm.hub.call("POST", "/v1/people", &body);
        json!({"userId": user.expect(200).json()["id"]})
    });
    let job = ask(&firm, "Reno", false, &users);
    let job = job.expect(201).json()["response"].clone();
    let place = format!("/v1/locations/{}", firm.hub.location("Reno"));
    firm.hub.call("DELETE", &place, &Value::Null).expect(204);
    run(&firm.hub);
    let found = errors(&firm.hub, KIND, &job);
    assert_eq!(found.len(), 2, "{found:?}");
    for (user, error) in users.iter().zip(&found) {
        assert_eq!(error["error"]["message"][0]["code"], "4152");
        let path = format!("/v1/people/{}", user["userId"].as_str().unwrap());
        let person = firm.hub.get(&path).expect(200).json();
        assert_eq!(person["locationId"], Value::Null);
    }
}
