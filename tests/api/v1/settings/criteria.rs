//! Criteria over HTTP, one table for all settings that have them.

use serde_json::{Value, json};

use super::Desk;

/// A setting with criteria as it stands upstream.
struct Row {
    /// Its path.
    path: &'static str,
    /// The switch of a criterion, and what the list of the setting calls it.
    switch: &'static str,
    listed: &'static str,
    /// What the list of callers' numbers is called.
    numbers: &'static str,
    /// Whose calls it may be about beside anybody's and those of chosen numbers.
    from: &'static [&'static str],
    /// What a new criterion needs beside.
    beside: &'static str,
    /// What the PUT of a criterion needs.
    needed: &'static [&'static str],
    /// What turns the setting on, and whether that needs a criterion.
    on: Option<&'static str>,
    /// The status of a new one.
    created: u16,
    /// Whether criteria have names.
    has_name: bool,
}

const ACCEPT: Row = Row {
    path: "/v1/telephony/config/people/{person}/selectiveAccept",
    switch: "acceptEnabled",
    listed: "acceptEnabled",
    numbers: "phoneNumbers",
    from: &[],
    beside: "{}",
    needed: &["callsFrom", "acceptEnabled"],
    on: Some(r#"{"enabled": true}"#),
    created: 201,
    has_name: false,
};

const RING: Row = Row {
    path: "/v1/telephony/config/people/{person}/simultaneousRing",
    switch: "ringEnabled",
    listed: "ringEnabled",
    needed: &[],
    on: None,
    ..ACCEPT
};

/// What most criteria of workspaces need.
const SCHEDULED: &str = r#"{"scheduleName": "Opening hours", "scheduleType": "businessHours",
    "scheduleLevel": "GROUP"}"#;
const FORWARDED: &[&str] = &["FORWARDED"];
const SIDES: &[&str] = &["ANY_INTERNAL", "ANY_EXTERNAL"];

const TABLE: &[Row] = &[
    ACCEPT,
    Row {
        path: "/v1/telephony/config/workspaces/{room}/selectiveAccept",
        beside: SCHEDULED,
        from: FORWARDED,
        needed: &[],
        ..ACCEPT
    },
    Row {
        path: "/v1/telephony/config/people/{person}/selectiveReject",
        switch: "rejectEnabled",
        listed: "rejectEnabled",
        from: FORWARDED,
        needed: &["callsFrom", "rejectEnabled"],
        ..ACCEPT
    },
    Row {
        path: "/v1/telephony/config/workspaces/{room}/selectiveReject",
        beside: SCHEDULED,
        switch: "rejectEnabled",
        listed: "rejectEnabled",
        from: FORWARDED,
        needed: &[],
        ..ACCEPT
    },
    Row {
        path: "/v1/telephony/config/people/{person}/selectiveForward",
        switch: "forwardEnabled",
        listed: "ringEnabled",
        from: SIDES,
        beside: r#"{"forwardToPhoneNumber": "1115", "sendToVoicemailEnabled": true}"#,
        needed: &[
            "forwardToPhoneNumber",
            "sendToVoicemailEnabled",
            "callsFrom",
        ],
        on: Some(r#"{"enabled": true, "defaultPhoneNumberToForward": "+15035550199"}"#),
        ..ACCEPT
    },
    Row {
        path: "/v1/telephony/config/workspaces/{room}/selectiveForward",
        switch: "forwardEnabled",
        listed: "ringEnabled",
        numbers: "numbers",
        from: SIDES,
        needed: &[],
        on: Some(r#"{"enabled": true, "defaultPhoneNumberToForward": "+15035550199"}"#),
        ..ACCEPT
    },
    RING,
    Row {
        path: "/v1/telephony/config/workspaces/{room}/simultaneousRing",
        beside: SCHEDULED,
        ..RING
    },
    Row {
        path: "/v1/telephony/config/workspaces/{room}/sequentialRing",
        ..RING
    },
    Row {
        path: "/v1/telephony/config/workspaces/{room}/priorityAlert",
        beside: SCHEDULED,
        switch: "notificationEnabled",
        listed: "notificationEnabled",
        needed: &[],
        ..ACCEPT
    },
    Row {
        path: "/v1/telephony/config/people/{person}/executive/callFiltering",
        switch: "filterEnabled",
        listed: "filterEnabled",
        from: SIDES,
        needed: &[],
        on: None,
        created: 200,
        has_name: true,
        ..ACCEPT
    },
];

impl Row {
    fn of_people(&self) -> bool {
        self.path.contains("{person}")
    }

    /// Whether a new one needs a schedule, and one that chooses callers all that it says of them.
    fn is_whole(&self) -> bool {
        self.beside == SCHEDULED
    }

    /// A new criterion for everybody's calls.
    fn body(&self) -> Value {
        let mut body: Value = serde_json::from_str(self.beside).expect("a body");
        body["callsFrom"] = json!("ANY_PHONE_NUMBER");
        body[self.switch] = json!(true);
        if self.has_name {
            body["filterName"] = json!("Everybody");
        }
        body
    }

    fn with(&self, changes: Value) -> Value {
        let mut body = self.body();
        for (field, value) in changes.as_object().expect("an object") {
            body[field] = value.clone();
        }
        body
    }
}

impl Desk {
    /// The desk, where the person is an executive.
    fn of_an_executive() -> Self {
        let desk = Self::open();
        desk.become_one("{person}", "EXECUTIVE");
        desk
    }

    pub(super) fn become_one(&self, person: &str, kind: &str) {
        let path = format!("/v1/people/{person}/features/executiveAssistant");
        let body = json!({ "type": kind });
        self.hub.call("PUT", &self.path(&path), &body).expect(204);
    }

    fn create(&self, row: &Row, body: &Value) -> String {
        let path = self.path(&format!("{}/criteria", row.path));
        let answer = self
            .hub
            .call("POST", &path, body)
            .expect(row.created)
            .json();
        answer["id"].as_str().expect("an id").to_owned()
    }

    fn one(&self, row: &Row, id: &str) -> String {
        self.path(&format!("{}/criteria/{id}", row.path))
    }

    fn setting(&self, row: &Row) -> Value {
        self.hub.get(&self.path(row.path)).expect(200).json()
    }
}

/// Proves: DEC-85
#[test]
fn a_criterion_is_created_read_changed_and_deleted() {
    let desk = Desk::of_an_executive();
    for row in TABLE {
        let id = desk.create(row, &row.body());
        let path = desk.one(row, &id);
        let mut wanted = row.with(json!({ "id": id, "anonymousCallersEnabled": false,
            "unavailableCallersEnabled": false }));
        if row.numbers == "numbers" {
            wanted["sendToVoicemailEnabled"] = json!(false);
        }
        assert_eq!(
            desk.hub.get(&path).expect(200).json(),
            wanted,
            "{}",
            row.path
        );

        let listed = &desk.setting(row)["criteria"][0];
        assert_eq!(listed["id"], json!(id), "{}", row.path);
        assert_eq!(listed[row.listed], true, "{}", row.path);
        let everybody = if row.has_name {
            "ANY_PHONE_NUMBER"
        } else {
            "ALL_NUMBERS"
        };
        assert_eq!(listed["source"], everybody, "{}", row.path);

        let changes = json!({ row.switch: false, "callsFrom": "SELECT_PHONE_NUMBERS",
            "anonymousCallersEnabled": true, "unavailableCallersEnabled": false,
            row.numbers: ["+15035550177", "1101"] });
        desk.hub
            .call("PUT", &path, &row.with(changes.clone()))
            .expect(204);
        let now = desk.hub.get(&path).expect(200).json();
        for (field, value) in changes.as_object().expect("an object") {
            assert_eq!(&now[field], value, "{} {field}", row.path);
        }
        let other = desk.create(row, &row.with(json!({ "filterName": "Others" })));
        assert_ne!(other, id);
        desk.hub.call("DELETE", &path, &Value::Null).expect(204);
        desk.hub.get(&path).expect(404);
        desk.hub.call("DELETE", &path, &Value::Null).expect(404);
        let left = &desk.setting(row)["criteria"];
        assert_eq!(left.as_array().map(Vec::len), Some(1), "{}", row.path);
        assert_eq!(left[0]["id"], json!(other), "{}", row.path);
    }
}

#[test]
fn a_criterion_knows_the_calls_of_its_setting_and_no_others() {
    let desk = Desk::of_an_executive();
    for row in TABLE {
        for from in ["ANY_INTERNAL", "ANY_EXTERNAL", "FORWARDED", "ANYBODY"] {
            let body = row.with(json!({ "callsFrom": from, "filterName": from }));
            let path = desk.path(&format!("{}/criteria", row.path));
            let before = desk.setting(row);
            let answer = desk.hub.call("POST", &path, &body);
            if row.from.contains(&from) {
                let id = answer.expect(row.created).json()["id"].clone();
                let now = desk.setting(row);
                let all = now["criteria"].as_array().expect("a list");
                let listed = all
                    .iter()
                    .find(|one| one["id"] == id)
                    .expect("the criterion");
                assert_eq!(listed["source"], from, "{}", row.path);
                continue;
            }
            let told = answer.expect(400).json();
            let told = told["errors"][0]["description"].as_str().expect("a text");
            assert!(told.starts_with("callsFrom must be one of"), "{told}");
            assert_eq!(desk.setting(row), before, "{} {from}", row.path);
        }
    }
}

#[test]
fn a_put_of_a_criterion_needs_what_the_document_requires_and_keeps_the_rest() {
    let desk = Desk::of_an_executive();
    for row in TABLE {
        let body = row.with(json!({ "callsFrom": "SELECT_PHONE_NUMBERS",
            "anonymousCallersEnabled": true, "unavailableCallersEnabled": true,
            row.numbers: ["+15035550177"] }));
        let path = desk.one(row, &desk.create(row, &body));
        let before = desk.hub.get(&path).expect(200).json();
        let mut least = json!({});
        for field in row.needed {
            least[*field] = body[*field].clone();
        }
        for field in row.needed {
            let mut lacking = least.clone();
            lacking
                .as_object_mut()
                .expect("an object")
                .shift_remove(*field);
            let told = desk.hub.call("PUT", &path, &lacking).expect(400).json();
            let told = &told["errors"][0]["description"];
            assert_eq!(told, &format!("{field} is required."), "{}", row.path);
        }
        desk.hub.call("PUT", &path, &least).expect(204);
        assert_eq!(
            desk.hub.get(&path).expect(200).json(),
            before,
            "{}",
            row.path
        );
    }
}

/// Proves: DEC-86
#[test]
fn a_setting_that_only_criteria_can_use_is_on_while_one_is_enabled() {
    let desk = Desk::open();
    for row in TABLE {
        let Some(on) = row.on else { continue };
        let on: Value = serde_json::from_str(on).expect("a body");
        let path = desk.path(row.path);
        let told = desk.hub.call("PUT", &path, &on).expect(400).text;
        assert!(told.contains("while a criterion is enabled"), "{told}");
        assert_eq!(desk.setting(row)["enabled"], false, "{}", row.path);

        let asleep = desk.create(row, &row.with(json!({ row.switch: false })));
        desk.hub.call("PUT", &path, &on).expect(400);
        let awake = desk.create(row, &row.body());
        desk.hub.call("PUT", &path, &on).expect(204);
        desk.hub
            .call("DELETE", &desk.one(row, &asleep), &Value::Null)
            .expect(204);
        assert_eq!(desk.setting(row)["enabled"], true, "{}", row.path);
        let off = row.with(json!({ row.switch: false }));
        desk.hub
            .call("PUT", &desk.one(row, &awake), &off)
            .expect(204);
        assert_eq!(desk.setting(row)["enabled"], false, "{}", row.path);

        desk.hub
            .call("PUT", &desk.one(row, &awake), &row.body())
            .expect(204);
        desk.hub.call("PUT", &path, &on).expect(204);
        desk.hub
            .call("DELETE", &desk.one(row, &awake), &Value::Null)
            .expect(204);
        assert_eq!(desk.setting(row)["enabled"], false, "{}", row.path);
    }
}

/// What those say who may mean callers without a number alone.
const UNLESS: &str = ", unless anonymous or unavailable callers are meant.";

/// What no criterion says: changes of one, and what the refusal says.
const HOSTILE: &[(&str, &str)] = &[
    (
        r#"{"callsFrom": "SELECT_PHONE_NUMBERS", "anonymousCallersEnabled": false,
            "unavailableCallersEnabled": false}"#,
        "{numbers} is required while callsFrom is SELECT_PHONE_NUMBERS, unless anonymous or \
         unavailable callers are meant.",
    ),
    (
        r#"{"{numbers}": ["call me"]}"#,
        "{numbers}[0] must be a number of at most 23 characters, written with digits, +, *, #, \
         blanks, dashes, dots and parentheses, but it is \"call me\".",
    ),
    (
        r#"{"{numbers}": ["+15035550177", "+15035550177"]}"#,
        "{numbers}[1]: +15035550177 is named twice.",
    ),
    (r#"{"{numbers}": [""]}"#, "{numbers}[0] must not be empty."),
    (
        r#"{"{numbers}": "1101"}"#,
        "{numbers} must be a list, but it is the string \"1101\".",
    ),
    (
        r#"{"{switch}": "yes"}"#,
        "{switch} must be true or false, but it is the string \"yes\".",
    ),
    (
        r#"{"scheduleName": "Hours", "scheduleLevel": "GROUP"}"#,
        "scheduleType is required beside scheduleName.",
    ),
    (
        r#"{"scheduleName": "Hours", "scheduleType": "holidays"}"#,
        "scheduleLevel is required beside scheduleName.",
    ),
    (
        r#"{"scheduleType": "holidays", "scheduleLevel": "GROUP"}"#,
        "scheduleName is required beside scheduleType and scheduleLevel.",
    ),
    (
        r#"{"scheduleName": "Hours", "scheduleType": "always", "scheduleLevel": "GROUP"}"#,
        "scheduleType must be one of businessHours, holidays, but it is the string \"always\".",
    ),
];

#[test]
fn what_no_criterion_can_say_is_refused_and_changes_nothing() {
    let desk = Desk::of_an_executive();
    for row in TABLE {
        let path = desk.one(row, &desk.create(row, &row.body()));
        let before = (desk.setting(row), desk.hub.revision());
        for (changes, told) in HOSTILE {
            if row.is_whole() && told.contains(" beside ") {
                // Its schedule is there already.
                continue;
            }
            let fill = |text: &str| {
                let text = match row.is_whole() {
                    true => text.replace(UNLESS, "."),
                    false => text.to_owned(),
                };
                let text = text.replace("{numbers}", row.numbers);
                text.replace("{switch}", row.switch)
            };
            let changes: Value = serde_json::from_str(&fill(changes)).expect("changes");
            let answer = desk
                .hub
                .call("PUT", &path, &row.with(changes.clone()))
                .expect(400);
            let error = &answer.json()["errors"][0]["description"];
            assert_eq!(error, &fill(told), "{} {changes}", row.path);
            let new = desk.path(&format!("{}/criteria", row.path));
            desk.hub.call("POST", &new, &row.with(changes)).expect(400);
        }
        let many: Vec<String> = (0..101).map(|n| format!("+1503555{n:04}")).collect();
        let body = row.with(json!({ row.numbers: many }));
        desk.hub.call("PUT", &path, &body).expect(400);
        for id in ["nobody", "Y2lzY29zcGFyazovL3VzL0NSSVRFUklBL25vYm9keQ"] {
            desk.hub
                .call("PUT", &desk.one(row, id), &row.body())
                .expect(404);
        }
        assert_eq!(
            (desk.setting(row), desk.hub.revision()),
            before,
            "{}",
            row.path
        );
    }
}

/// Proves: DEC-85, DEC-87
#[test]
fn criteria_name_schedules_that_are_there_and_follow_them() {
    let desk = Desk::of_an_executive();
    let schedules = desk.path("/v1/people/{person}/features/schedules");
    let named = |name: &str, level: &str| json!({ "scheduleName": name, "scheduleType": "businessHours", "scheduleLevel": level });
    for row in TABLE {
        let new = desk.path(&format!("{}/criteria", row.path));
        let own = row.with(named("Mornings", "PEOPLE"));
        // Nobody has such a schedule yet, and a workspace never has one.
        desk.hub.call("POST", &new, &own).expect(400);
        // Schedules of locations are not simulated, so their names are believed.
        let id = desk.create(row, &row.with(named("Location hours", "GROUP")));
        let shown = desk.hub.get(&desk.one(row, &id)).expect(200).json();
        assert_eq!(shown["scheduleName"], "Location hours", "{}", row.path);
        let none = row.with(json!({ "scheduleName": "" }));
        desk.hub.call("PUT", &desk.one(row, &id), &none).expect(204);
        let shown = desk.hub.get(&desk.one(row, &id)).expect(200).json();
        assert_eq!(shown["scheduleName"], Value::Null, "{}", row.path);
        if !row.of_people() {
            continue;
        }
        let body = json!({ "name": "Mornings", "type": "businessHours" });
        let made = desk.hub.call("POST", &schedules, &body).expect(201).json();
        let schedule = format!(
            "{schedules}/businessHours/{}",
            made["id"].as_str().expect("an id")
        );
        desk.hub.call("PUT", &desk.one(row, &id), &own).expect(204);
        let told = desk
            .hub
            .call("DELETE", &schedule, &Value::Null)
            .expect(409)
            .text;
        assert!(told.contains("is in use"), "{told}");

        let body = json!({ "name": "Mornings", "newName": "Forenoons", "type": "businessHours" });
        let moved = desk.hub.call("PUT", &schedule, &body).expect(200).json();
        let shown = desk.hub.get(&desk.one(row, &id)).expect(200).json();
        assert_eq!(shown["scheduleName"], "Forenoons", "{}", row.path);
        assert_eq!(shown["scheduleLevel"], "PEOPLE", "{}", row.path);
        desk.hub
            .call("DELETE", &desk.one(row, &id), &Value::Null)
            .expect(204);
        let schedule = format!(
            "{schedules}/businessHours/{}",
            moved["id"].as_str().expect("an id")
        );
        desk.hub.call("DELETE", &schedule, &Value::Null).expect(204);
    }
}

/// Proves: DEC-88
#[test]
fn the_name_of_a_call_filter_makes_its_id_and_other_ids_stay() {
    let desk = Desk::of_an_executive();
    for row in TABLE {
        let id = desk.create(row, &row.with(json!({ "filterName": "test_filter" })));
        let renamed = row.with(json!({ "filterName": "Press" }));
        desk.hub
            .call("PUT", &desk.one(row, &id), &renamed)
            .expect(204);
        let now = desk.setting(row)["criteria"][0].clone();
        if !row.has_name {
            assert_eq!(now["id"], json!(id), "{}", row.path);
            continue;
        }
        // The id of the example in Cisco's document.
        assert_eq!(
            id,
            "Y2lzY29zcGFyazovL3VzL0NSSVRFUklBL2RHVnpkRjltYVd4MFpYST0"
        );
        assert_ne!(now["id"], json!(id));
        assert_eq!(now["filterName"], "Press");
        desk.hub.get(&desk.one(row, &id)).expect(404);
        let new = desk.path(&format!("{}/criteria", row.path));
        let told = desk.hub.call("POST", &new, &renamed).expect(409).text;
        assert!(
            told.contains("A criterion named Press exists already."),
            "{told}"
        );
    }
}

#[test]
fn workspaces_say_all_of_the_callers_that_they_choose_and_people_need_not() {
    let desk = Desk::of_an_executive();
    for row in TABLE {
        let new = desk.path(&format!("{}/criteria", row.path));
        let whole = row.with(json!({ "callsFrom": "SELECT_PHONE_NUMBERS",
            "anonymousCallersEnabled": true, "unavailableCallersEnabled": true,
            row.numbers: ["+15035550177"] }));
        for field in [
            "anonymousCallersEnabled",
            "unavailableCallersEnabled",
            row.numbers,
        ] {
            let mut lacking = whole.clone();
            lacking.as_object_mut().expect("an object").remove(field);
            let mut empty = lacking.clone();
            if field == row.numbers {
                empty[field] = json!([]);
            }
            let bodies = if row.has_name {
                vec![lacking]
            } else {
                vec![lacking, empty]
            };
            for body in bodies {
                let before = desk.hub.revision();
                let answer = desk.hub.call("POST", &new, &body);
                if !row.is_whole() {
                    answer.expect(row.created);
                    continue;
                }
                let told = answer.expect(400).json();
                let needed =
                    format!("{field} is required while callsFrom is SELECT_PHONE_NUMBERS.");
                assert_eq!(told["errors"][0]["description"], needed, "{}", row.path);
                assert_eq!(desk.hub.revision(), before);
            }
            if row.has_name {
                // Two of them cannot have one name.
                break;
            }
        }
    }
}

#[test]
fn most_criteria_of_workspaces_need_a_schedule_and_those_of_people_do_not() {
    let desk = Desk::of_an_executive();
    for row in TABLE.iter().filter(|row| row.is_whole()) {
        let new = desk.path(&format!("{}/criteria", row.path));
        for field in [
            "scheduleName",
            "scheduleType",
            "scheduleLevel",
            "callsFrom",
            row.switch,
        ] {
            let mut body = row.body();
            body.as_object_mut().expect("an object").remove(field);
            let before = desk.hub.revision();
            let told = desk.hub.call("POST", &new, &body).expect(400).json();
            let told = &told["errors"][0]["description"];
            assert_eq!(told, &format!("{field} is required."), "{}", row.path);
            assert_eq!(desk.hub.revision(), before);
        }
    }
}
