//! What single families add to the general rules.

use serde_json::{Value, json};

use crate::model::Holder;
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::Verb;
use crate::settings::table::family;
use crate::settings::testing::{call, paths, small};
use crate::world::Tx;

/// Calls the route of a family whose path ends in a way.
pub(super) fn at(
    tx: &mut Tx,
    holder: Holder,
    key: &str,
    verb: Verb,
    ending: &str,
    items: &[&str],
    body: &Value,
) -> Result<Value, Refusal> {
    let def = family(key).expect("a family");
    let route = def.routes.iter().find(|route| {
        route.verb == verb
            && paths(route, holder)
                .iter()
                .any(|path| path.ends_with(ending))
    });
    call(tx, holder, route.expect("a route"), items, body)
}

#[test]
fn renaming_a_schedule_or_an_event_gives_it_a_new_id() {
    let mut small = small();
    let anna = small.anna;
    let mut schedules = |verb, ending: &str, items: &[&str], body: Value| {
        at(&mut small.tx, anna, "schedules", verb, ending, items, &body)
    };
    let id = "Y2lzY29zcGFyazovL3VzL1VTRVJfU0NIRURVTEUvUkdGc2JHRnpYMDltWm1salpWOUliM1Z5Y3c9PQ";
    let new = json!({ "name": "Dallas_Office_Hours", "type": "businessHours", "events": [
        { "name": "Day_Shift", "startDate": "2020-03-18", "endDate": "2020-03-18",
          "allDayEnabled": true }] });
    assert_eq!(
        schedules(Verb::Post, "/schedules", &[], new.clone()).unwrap(),
        json!({ "id": id })
    );
    let again = schedules(Verb::Post, "/schedules", &[], new);
    assert_eq!(again.unwrap_err().kind, ErrorKind::Conflict);

    let event = "Y2lzY29zcGFyazovL3VzL1VTRVJfU0NIRURVTEVfRVZFTlQvUkdGNVgxTm9hV1ow";
    let item = ["businessHours", id, event];
    let shown = schedules(Verb::Get, "{eventId}", &item, json!({})).unwrap();
    assert_eq!(shown["name"], "Day_Shift");
    let renamed = json!({ "name": "Day_Shift", "newName": "Night", "startDate": "2020-03-18",
        "endDate": "2020-03-18", "allDayEnabled": true });
    let answer = schedules(Verb::Put, "{eventId}", &item, renamed).unwrap();
    assert_ne!(answer["id"], event);
    assert!(schedules(Verb::Get, "{eventId}", &item, json!({})).is_err());

    let renamed = json!({ "name": "Dallas_Office_Hours", "newName": "Hours",
        "type": "businessHours" });
    let answer = schedules(Verb::Put, "{scheduleId}", &["businessHours", id], renamed).unwrap();
    let new_id = answer["id"].as_str().unwrap().to_owned();
    assert_ne!(new_id, id);
    let old = schedules(Verb::Get, "{scheduleId}", &["businessHours", id], json!({}));
    assert_eq!(old.unwrap_err().kind, ErrorKind::NotFound);
    let new = schedules(
        Verb::Get,
        "{scheduleId}",
        &["businessHours", &new_id],
        json!({}),
    );
    assert_eq!(new.unwrap()["events"][0]["name"], "Night");
    let wrong_type = schedules(Verb::Get, "{scheduleId}", &["holidays", &new_id], json!({}));
    assert_eq!(wrong_type.unwrap_err().kind, ErrorKind::NotFound);
}

#[test]
fn events_with_impossible_times_are_refused() {
    let mut small = small();
    let good = json!({ "name": "E", "startDate": "2026-03-18", "endDate": "2026-03-18",
        "startTime": "08:00", "endTime": "17:00" });
    let wrong = [
        ("startDate", json!("18.03.2026")),
        ("startDate", json!("2026-02-30")),
        ("endDate", json!("2026-03-17")),
        ("startTime", json!("25:00")),
        ("startTime", json!("8:00")),
        ("recurrence", json!({ "recurForEver": true })),
        (
            "recurrence",
            json!({ "recurDaily": { "recurInterval": 0 } }),
        ),
    ];
    for (field, value) in wrong {
        let mut event = good.clone();
        event[field] = value;
        let body = json!({ "name": "S", "type": "holidays", "events": [event] });
        let anna = small.anna;
        let answer = at(
            &mut small.tx,
            anna,
            "schedules",
            Verb::Post,
            "/schedules",
            &[],
            &body,
        );
        assert!(answer.is_err(), "{body}");
    }
}

#[test]
fn access_codes_are_made_listed_and_deleted() {
    let mut small = small();
    for holder in [small.anna, small.room] {
        let mut codes = |verb, body: Value| {
            at(
                &mut small.tx,
                holder,
                "accessCodes",
                verb,
                "/outgoingPermission/accessCodes",
                &[],
                &body,
            )
        };
        codes(
            Verb::Post,
            json!({ "code": "4856", "description": "Marketing" }),
        )
        .unwrap();
        codes(
            Verb::Post,
            json!({ "code": "3421", "description": "Finance" }),
        )
        .unwrap();
        let twice = codes(
            Verb::Post,
            json!({ "code": "3421", "description": "Again" }),
        );
        assert_eq!(twice.unwrap_err().kind, ErrorKind::Conflict);
        assert!(codes(Verb::Post, json!({ "code": "12a", "description": "" })).is_err());
        let listed = codes(Verb::Get, json!({})).unwrap();
        assert_eq!(listed["accessCodes"][1]["description"], "Finance");
        assert_eq!(listed["accessCodes"][1]["level"], "CUSTOM");
        codes(
            Verb::Put,
            json!({ "useCustomAccessCodes": true, "deleteCodes": ["4856"] }),
        )
        .unwrap();
        let listed = codes(Verb::Get, json!({})).unwrap();
        assert_eq!(listed["useCustomAccessCodes"], true);
        assert_eq!(listed["accessCodes"].as_array().unwrap().len(), 1);
        codes(Verb::Delete, json!({})).unwrap();
        assert_eq!(
            codes(Verb::Get, json!({})).unwrap()["accessCodes"],
            json!([])
        );
    }
}

#[test]
fn digit_patterns_have_ids() {
    let mut small = small();
    let anna = small.anna;
    let mut patterns = |verb, ending: &str, items: &[&str], body: Value| {
        at(
            &mut small.tx,
            anna,
            "digitPatterns",
            verb,
            ending,
            items,
            &body,
        )
    };
    let new = json!({ "name": "Branch", "pattern": "2XXXX", "action": "ALLOW",
        "transferEnabled": false });
    let answer = patterns(Verb::Post, "/digitPatterns", &[], new.clone()).unwrap();
    let id = answer["id"].as_str().unwrap().to_owned();
    let twice = patterns(Verb::Post, "/digitPatterns", &[], new);
    assert_eq!(twice.unwrap_err().kind, ErrorKind::Conflict);
    let one = "{digitPatternId}";
    patterns(
        Verb::Put,
        one,
        &[&id],
        json!({ "action": "TRANSFER_NUMBER_1" }),
    )
    .unwrap();
    let shown = patterns(Verb::Get, one, &[&id], json!({})).unwrap();
    assert_eq!(shown["action"], "TRANSFER_NUMBER_1");
    assert_eq!(shown["pattern"], "2XXXX");
    patterns(Verb::Delete, one, &[&id], json!({})).unwrap();
    let gone = patterns(Verb::Get, one, &[&id], json!({}));
    assert_eq!(gone.unwrap_err().kind, ErrorKind::NotFound);
}

#[test]
fn an_uploaded_greeting_shows_and_a_put_cannot_pretend_one() {
    let mut small = small();
    for holder in [small.anna, small.room] {
        let mut voicemail = |verb, ending: &str, body: Value| {
            at(&mut small.tx, holder, "voicemail", verb, ending, &[], &body)
        };
        let pretended = json!({ "notifications": {}, "transferToNumber": {},
            "sendBusyCalls": { "greetingUploaded": true } });
        voicemail(Verb::Put, "/voicemail", pretended).unwrap();
        let before = voicemail(Verb::Get, "/voicemail", json!({})).unwrap();
        assert_eq!(before["sendBusyCalls"]["greetingUploaded"], false);
        voicemail(Verb::Post, "/uploadBusyGreeting/invoke", Value::Null).unwrap();
        let after = voicemail(Verb::Get, "/voicemail", json!({})).unwrap();
        assert_eq!(after["sendBusyCalls"]["greetingUploaded"], true);
        assert_eq!(after["sendBusyCalls"]["audioFile"]["name"], "greeting.wav");
        let missing = voicemail(Verb::Post, "/uploadNoAnswerGreeting/invoke", json!({}));
        assert_eq!(missing.unwrap_err().kind, ErrorKind::BadRequest);
    }
}

#[test]
fn monitoring_shows_members_and_refuses_strangers() {
    let mut small = small();
    let anna = small.anna;
    let (ben, room, carl) = (
        small.ben.webex_id(),
        small.room.webex_id(),
        small.carl.webex_id(),
    );
    let mut monitoring = |verb, body: Value| {
        at(
            &mut small.tx,
            anna,
            "monitoring",
            verb,
            "/monitoring",
            &[],
            &body,
        )
    };
    let read_key = json!({ "callParkNotificationEnabled": true, "monitoredElements": [] });
    assert_eq!(
        monitoring(Verb::Put, read_key).unwrap_err().detail,
        "enableCallParkNotification is required."
    );
    let body = json!({ "enableCallParkNotification": true, "monitoredElements": [ben, room] });
    monitoring(Verb::Put, body).unwrap();
    let view = monitoring(Verb::Get, json!({})).unwrap();
    assert_eq!(view["callParkNotificationEnabled"], true);
    let members = view["monitoredElements"].as_array().unwrap();
    assert_eq!(members.len(), 2);
    assert_eq!(members[0]["member"]["firstName"], "Ben");
    assert_eq!(members[0]["member"]["numbers"][0]["esn"], "80011002");
    assert_eq!(members[1]["member"]["type"], "PLACE");
    assert_eq!(members[1]["member"]["location"], "Chicago");
    for stranger in [carl.as_str(), "nobody", ""] {
        let body = json!({ "enableCallParkNotification": true, "monitoredElements": [stranger] });
        let answer = monitoring(Verb::Put, body);
        assert_eq!(
            answer.unwrap_err().kind,
            ErrorKind::MemberNotAllowed,
            "{stranger}"
        );
    }
    let many = vec![ben; 51];
    let body = json!({ "enableCallParkNotification": true, "monitoredElements": many });
    assert_eq!(
        monitoring(Verb::Put, body).unwrap_err().kind,
        ErrorKind::InvalidSetting
    );
}

#[test]
fn a_custom_caller_id_needs_a_number_of_the_organization() {
    let mut small = small();
    let (anna, ben) = (small.anna, small.ben);
    let mut put = |holder, body: Value| {
        at(
            &mut small.tx,
            holder,
            "callerId",
            Verb::Put,
            "/callerId",
            &[],
            &body,
        )
    };
    let custom = |number: &str| json!({ "selected": "CUSTOM", "customNumber": number });
    assert_eq!(
        put(anna, json!({ "selected": "CUSTOM" })).unwrap_err().kind,
        ErrorKind::MandatoryField
    );
    assert_eq!(
        put(anna, custom("+4930123456")).unwrap_err().kind,
        ErrorKind::InvalidSetting
    );
    put(anna, custom("+13125550110")).unwrap();
    put(anna, custom("3125550110")).unwrap();
    // Without a number of its own a line has no direct line to show.
    assert!(put(ben, json!({ "selected": "DIRECT_LINE" })).is_err());
    put(ben, json!({ "selected": "LOCATION_NUMBER" })).unwrap();
}

#[test]
fn a_passcode_is_never_readable_and_a_reset_changes_it() {
    let mut small = small();
    let anna = small.anna;
    let def = family("voicemailPasscode").expect("a family");
    assert!(def.routes.iter().all(|route| route.verb != Verb::Get));
    let mut passcode = |verb, ending: &str, body: Value| {
        at(
            &mut small.tx,
            anna,
            "voicemailPasscode",
            verb,
            ending,
            &[],
            &body,
        )
    };
    let bad = passcode(Verb::Put, "/passcode", json!({ "passcode": "123456" }));
    assert_eq!(bad.unwrap_err().kind, ErrorKind::Passcode);
    passcode(Verb::Put, "/passcode", json!({ "passcode": "408915" })).unwrap();
    passcode(Verb::Post, "/resetPin/invoke", Value::Null).unwrap();
    let stored = small
        .tx
        .object((def.kind.kind, anna.id()))
        .unwrap()
        .to_json()
        .to_string();
    assert!(!stored.contains("408915"), "{stored}");
}
