//! Settings that name other holders: lines that are shared, the receptionist's members and the
//! number that emergency services call back.

use serde_json::{Value, json};

use super::Desk;
use super::refused::{MEMBER, MISSING, Refused, WRONG, changed};

const LINES: &str = "/v1/telephony/config/people/{person}/applications/members";
const HOT_DESK: &str = "/v1/telephony/config/people/{person}/features/hotDesking/members";
const RECEPTION: &str = "/v1/people/{person}/features/reception";
const APPLICATIONS: &str = "/v1/people/{person}/features/applications";
const EMERGENCY: &str = "/v1/telephony/config/people/{person}/emergencyCallbackNumber";
const CALLER_ID: &str = "/v1/telephony/config/people/{person}/agent/callerId";
const FEATURES: &str = "/v1/telephony/config/people/{person}/modeManagement/features";

/// A line of Aurora's on port 2, of which each row of the table changes something.
const SHARED: &str = r#"{"id": "{room}", "port": 2, "primaryOwner": "false",
    "lineType": "SHARED_CALL_APPEARANCE", "lineWeight": 1}"#;

/// What of a shared line is refused: the change, the code, and what it says.
const WRONG_LINES: &[(&str, u32, &str)] = &[
    (r#"{"port": null}"#, MISSING, "members[0].port is required."),
    (
        r#"{"primaryOwner": null}"#,
        MISSING,
        "members[0].primaryOwner is required.",
    ),
    (
        r#"{"lineType": null}"#,
        MISSING,
        "members[0].lineType is required.",
    ),
    (
        r#"{"lineWeight": null}"#,
        MISSING,
        "members[0].lineWeight is required.",
    ),
    (
        r#"{"port": 0}"#,
        WRONG,
        "members: port must be between 1 and 10, but it is 0.",
    ),
    (
        r#"{"port": 11}"#,
        WRONG,
        "members: port must be between 1 and 10, but it is 11.",
    ),
    (
        r#"{"lineWeight": 0}"#,
        WRONG,
        "members: lineWeight must be between 1 and 10, but it is 0.",
    ),
    (
        r#"{"port": 9, "lineWeight": 3}"#,
        WRONG,
        "members: the line on port 9 takes the ports up to 11, but there are 10.",
    ),
    (
        r#"{"port": 4294967295, "lineWeight": 4294967295}"#,
        WRONG,
        "members: port must be between 1 and 10, but it is 4294967295.",
    ),
    (
        r#"{"primaryOwner": "true"}"#,
        WRONG,
        "members[0].primaryOwner must be false: the primary owner is the person whose lines these \
         are, and nobody else.",
    ),
    (
        r#"{"primaryOwner": "perhaps"}"#,
        WRONG,
        "members[0].primaryOwner must be true or false, but it is \"perhaps\".",
    ),
    (
        r#"{"lineType": "PRIMARY"}"#,
        WRONG,
        "members[0].lineType must be SHARED_CALL_APPEARANCE: PRIMARY is the line of the owner, and \
         every other line is shared.",
    ),
    (
        r#"{"hotlineEnabled": true}"#,
        MISSING,
        "members: hotlineDestination is required while members: hotlineEnabled is true.",
    ),
];

/// Bodies that are refused as they stand: path, body, code and what it says.
const REFUSED: &[Refused] = &[
    (
        RECEPTION,
        r#"{"receptionEnabled": false, "monitoredMembers": ["{room}"]}"#,
        WRONG,
        "monitoredMembers must be empty unless receptionEnabled is true.",
    ),
    (
        EMERGENCY,
        r#"{"selected": "LOCATION_MEMBER_NUMBER"}"#,
        MISSING,
        "locationMemberId is required while selected is LOCATION_MEMBER_NUMBER.",
    ),
    (
        EMERGENCY,
        r#"{"selected": "LOCATION_MEMBER_NUMBER", "locationMemberId": "{person}"}"#,
        MEMBER,
        "locationMemberId must be somebody else; DIRECT_LINE is one's own number.",
    ),
    (
        EMERGENCY,
        r#"{"selected": "LOCATION_MEMBER_NUMBER", "locationMemberId": "{renata}"}"#,
        MEMBER,
        "locationMemberId: Renata has no phone number, which emergency services could call back.",
    ),
    (
        CALLER_ID,
        r#"{"selectedCallerId": "sales"}"#,
        WRONG,
        "selectedCallerId: sales is no call queue or hunt group of this organization; hubsim holds \
         none.",
    ),
    (
        FEATURES,
        r#"{"featureIds": ["day"]}"#,
        WRONG,
        "featureIds[0]: day is no call queue, hunt group or auto attendant of this organization; \
         hubsim holds none.",
    ),
];

impl Desk {
    fn put(&self, path: &str, body: &str, status: u16) {
        self.send("PUT", path, body, status);
    }

    /// Id, port and type of the lines of an endpoint.
    fn lines(&self, path: &str) -> Vec<(String, u64, String)> {
        let members = self.read(path)["members"].clone();
        let members = members.as_array().expect("a list").iter();
        let line = |line: &Value| {
            let text = |field: &str| line[field].as_str().expect("a text").to_owned();
            (
                text("id"),
                line["port"].as_u64().expect("a port"),
                text("lineType"),
            )
        };
        members.map(line).collect()
    }
}

/// Proves: DEC-90
#[test]
fn a_line_that_cannot_stand_is_refused_by_its_field_and_changes_nothing() {
    let desk = Desk::open();
    let before = desk.hub.revision();
    for (change, code, told) in WRONG_LINES {
        let body = json!({ "members": [changed(SHARED, change)] }).to_string();
        desk.is_refused("PUT", LINES, &body, *code, told);
    }
    let twice = format!(r#"{{"members": [{SHARED}, {SHARED}]}}"#);
    let told = "members[1]: {room} is named twice.";
    desk.is_refused("PUT", LINES, &twice, WRONG, told);
    let other = changed(SHARED, r#"{"id": "{renata}"}"#).to_string();
    let body = format!(r#"{{"members": [{SHARED}, {other}]}}"#);
    desk.is_refused(
        "PUT",
        LINES,
        &body,
        WRONG,
        "members: port 2 is taken by two lines.",
    );
    let many = format!(r#"{{"members": [{}]}}"#, [SHARED; 11].join(","));
    let told = "members must not have more than 10 items, but it has 11.";
    desk.is_refused("PUT", LINES, &many, WRONG, told);
    assert_eq!(desk.hub.revision(), before);
    desk.refuses("PUT", REFUSED);
}

#[test]
fn nobody_without_calling_and_nobody_unknown_can_be_named() {
    let desk = Desk::open();
    let before = desk.hub.revision();
    for stranger in [
        "{vikram}",
        "nobody",
        "",
        "Y2lzY29zcGFyazovL3VzL1ZJUlRVQUxfTElORS8x",
    ] {
        let line = changed(SHARED, &json!({ "id": stranger }).to_string());
        let bodies = [
            (LINES, json!({ "members": [line] })),
            (HOT_DESK, json!({ "members": [line] })),
            (
                RECEPTION,
                json!({ "receptionEnabled": true, "monitoredMembers": [stranger] }),
            ),
            (
                EMERGENCY,
                json!({ "selected": "LOCATION_MEMBER_NUMBER", "locationMemberId": stranger }),
            ),
        ];
        for (path, body) in bodies {
            let told = format!(
                "{stranger} cannot be a member: it is no person or workspace of this organisation \
                 with Webex Calling."
            );
            desk.is_refused("PUT", path, &body.to_string(), MEMBER, &told);
        }
    }
    assert_eq!(desk.hub.revision(), before);
}

/// Proves: DEC-90
#[test]
fn a_put_replaces_the_lines_of_others_and_the_own_line_stays() {
    let desk = Desk::open();
    let (kofi, room) = (desk.path("{person}"), desk.path("{room}"));
    let own = |port| (kofi.clone(), port, "PRIMARY".to_owned());
    let shared = |id: &str, port| (id.to_owned(), port, "SHARED_CALL_APPEARANCE".to_owned());
    assert_eq!(desk.lines(LINES), [own(1)]);
    desk.put(LINES, &format!(r#"{{"members": [{SHARED}]}}"#), 204);
    assert_eq!(desk.lines(LINES), [own(1), shared(&room, 2)]);
    // Its own port is given to somebody else: the own line takes the first that is free.
    let first = changed(
        SHARED,
        r#"{"port": 1, "lineWeight": 2, "lineLabel": "Aurora"}"#,
    );
    desk.put(LINES, &json!({ "members": [first] }).to_string(), 204);
    assert_eq!(desk.lines(LINES), [shared(&room, 1), own(3)]);
    assert_eq!(desk.read(LINES)["members"][0]["lineLabel"], "Aurora");
    let own_line = r#"{"id": "{person}", "port": 5, "primaryOwner": "true", "lineType": "PRIMARY",
        "lineWeight": 1}"#;
    desk.put(
        LINES,
        &format!(r#"{{"members": [{own_line}, {SHARED}]}}"#),
        204,
    );
    assert_eq!(desk.lines(LINES), [shared(&room, 2), own(5)]);
    // What a line leaves out keeps its value.
    assert_eq!(desk.read(LINES)["members"][0]["lineLabel"], "Aurora");
    desk.put(LINES, "{}", 204);
    assert_eq!(desk.lines(LINES), [own(5)]);
    // The hot-desking profile is another endpoint, and needs no ports.
    assert_eq!(desk.lines(HOT_DESK), [own(1)]);
    let line = r#"{"members": [{"id": "{person}", "primaryOwner": true}, {"id": "{room}"}]}"#;
    desk.put(HOT_DESK, line, 204);
    assert_eq!(desk.lines(HOT_DESK), [own(1), shared(&room, 2)]);
    assert_eq!(desk.read(HOT_DESK)["members"][0]["primaryOwner"], true);
    assert_eq!(desk.lines(LINES), [own(5)]);
}

/// Proves: DEC-143
#[test]
fn a_line_whose_port_is_left_out_stays_where_it_was_or_gives_way() {
    let desk = Desk::open();
    let [kofi, room, renata] = ["{person}", "{room}", "{renata}"].map(|name| desk.path(name));
    // Each row: what is sent as (id, port, weight), and the lines by port, with their weights.
    type Sent<'a> = (&'a str, Option<u32>, Option<u32>);
    type Stands<'a> = (&'a str, u32, u32);
    let rows: [(&[Sent<'_>], &[Stands<'_>]); 5] = [
        (
            &[(&room, Some(4), Some(2))],
            &[(&kofi, 1, 1), (&room, 4, 2)],
        ),
        // What is left out stays, whatever the order; a new line takes the first port that is free.
        (
            &[(&room, None, None), (&renata, None, None)],
            &[(&kofi, 1, 1), (&renata, 2, 1), (&room, 4, 2)],
        ),
        // Who says a port has it, and who stood there gives way, with all of its ports.
        (
            &[(&renata, Some(5), None), (&room, None, None)],
            &[(&kofi, 1, 1), (&room, 2, 2), (&renata, 5, 1)],
        ),
        (&[(&room, Some(1), Some(9)), (&renata, Some(10), None)], &[]),
        (&[(&renata, None, None)], &[(&kofi, 1, 1), (&renata, 5, 1)]),
    ];
    for (sent, stands) in rows {
        let members: Vec<Value> = sent
            .iter()
            .map(|(id, port, weight)| json!({ "id": id, "port": port, "lineWeight": weight }))
            .collect();
        let body = json!({ "members": members });
        let answer = desk.hub.call("PUT", &desk.path(HOT_DESK), &body);
        if stands.is_empty() {
            // There is no port left for the own line.
            let told = answer.expect(400).text;
            assert!(told.contains("is taken by two lines"), "{told}");
            continue;
        }
        answer.expect(204);
        let read = desk.read(HOT_DESK);
        let lines = read["members"].as_array().expect("lines").iter();
        let number = |line: &Value, field: &str| line[field].as_u64().expect("a number");
        let found: Vec<_> = lines
            .map(|it| {
                (
                    it["id"].as_str().expect("an id"),
                    number(it, "port"),
                    number(it, "lineWeight"),
                )
            })
            .collect();
        let expected: Vec<_> = stands
            .iter()
            .map(|(id, port, weight)| (*id, u64::from(*port), u64::from(*weight)))
            .collect();
        assert_eq!(found, expected, "{body}");
    }
}

/// Proves: DEC-90
#[test]
fn the_older_path_names_the_app_on_the_desktop_while_it_may_be_used() {
    let desk = Desk::open();
    let read = desk.read(APPLICATIONS);
    let id = |client: &str| {
        read[format!("{client}ClientId")]
            .as_str()
            .expect("an id")
            .to_owned()
    };
    let path = |id: &str| LINES.replace("/members", &format!("/{id}/members"));
    let desktop = path(&id("desktop"));
    let line = r#"{"members": [{"id": "{room}", "port": 2, "primaryOwner": "false", "lineWeight": 1,
        "lineType": "SHARED_CALL_APPEARANCE", "hotlineEnabled": true, "hotlineDestination": "1101"}]}"#;
    desk.put(&desktop, line, 204);
    assert_eq!(desk.read(&desktop), desk.read(LINES));
    assert_eq!(desk.read(LINES)["members"][1]["hotlineDestination"], "1101");
    let told = "members[0].hotlineEnabled is required.";
    let without = format!(r#"{{"members": [{SHARED}]}}"#);
    desk.is_refused("PUT", &desktop, &without, MISSING, told);
    for other in [id("browser"), "nothing".to_owned()] {
        desk.hub.get(&desk.path(&path(&other))).expect(404);
        desk.put(&path(&other), line, 404);
    }
    desk.put(APPLICATIONS, r#"{"desktopClientEnabled": false}"#, 204);
    assert!(desk.read(APPLICATIONS)["desktopClientId"].is_null());
    desk.hub.get(&desk.path(&desktop)).expect(404);
}

/// Proves: DEC-91
#[test]
fn each_phone_and_each_list_that_names_a_line_takes_one_of_thirty_five() {
    let desk = Desk::open();
    let of_room = SHARED.replace("{room}", "{person}");
    let abigail = LINES.replace("{person}", "{abigail}");
    let left = || desk.read(APPLICATIONS)["availableLineCount"].clone();
    assert_eq!(left(), 35);
    desk.put(&abigail, &format!(r#"{{"members": [{of_room}]}}"#), 204);
    assert_eq!(left(), 34);
    let phone = json!({ "mac": "D82E3EEF4E5C", "model": "DMS Cisco 8865", "personId": desk.kofi });
    desk.hub.call("POST", "/v1/devices", &phone).expect(200);
    assert_eq!(left(), 33);
    let services = desk.read("/v1/telephony/config/people/{person}/services")["services"].clone();
    let services = services.as_array().expect("a list").clone();
    assert!(
        services.contains(&json!("Shared Call Appearance 35")),
        "{services:?}"
    );
}

/// Proves: LOSS-01
#[test]
fn who_loses_calling_falls_out_of_every_list_and_the_ledger_tells_it() {
    let desk = Desk::open();
    let abigail = desk.path("{abigail}");
    let line = SHARED.replace("{room}", "{abigail}");
    desk.put(LINES, &format!(r#"{{"members": [{line}]}}"#), 204);
    desk.put(HOT_DESK, &format!(r#"{{"members": [{line}]}}"#), 204);
    desk.put(
        RECEPTION,
        r#"{"receptionEnabled": true, "monitoredMembers": ["{abigail}"]}"#,
        204,
    );
    let chosen = r#"{"selected": "LOCATION_MEMBER_NUMBER", "locationMemberId": "{abigail}"}"#;
    desk.put(EMERGENCY, chosen, 204);
    let path = format!("/v1/people/{abigail}?callingData=true");
    let mut person = desk.hub.get(&path).expect(200).json();
    person["licenses"] = json!([]);
    desk.hub.call("PUT", &path, &person).expect(200);
    assert_eq!(desk.lines(LINES).len(), 1);
    assert_eq!(desk.lines(HOT_DESK).len(), 1);
    assert_eq!(desk.read(RECEPTION)["monitoredMembers"], json!([]));
    assert_eq!(desk.read(RECEPTION)["receptionEnabled"], true);
    assert_eq!(desk.read(EMERGENCY)["selected"], "DIRECT_LINE");
    assert!(desk.read(EMERGENCY)["locationMemberInfo"].is_null());
    let ledger = desk
        .hub
        .get(&format!("/_sim/v1/ledger?holder={}", desk.kofi))
        .expect(200)
        .json();
    let last = ledger["items"]
        .as_array()
        .expect("items")
        .last()
        .expect("an entry")
        .clone();
    let lost = last["lost"].as_array().expect("losses");
    for (family, field) in [
        ("sharedLines", "members"),
        ("hotDeskingMembers", "members"),
        ("reception", "monitoredMembers"),
        ("emergencyCallbackNumber", "locationMemberId"),
    ] {
        let field = format!("{field}.{abigail}");
        let told = lost
            .iter()
            .any(|one| one["family"] == family && one["field"] == *field);
        assert!(told, "{family} in {last:#}");
    }
}

#[test]
fn who_turns_the_receptionist_off_loses_the_members() {
    let desk = Desk::open();
    desk.put(
        RECEPTION,
        r#"{"receptionEnabled": true, "monitoredMembers": ["{room}"]}"#,
        204,
    );
    desk.put(RECEPTION, r#"{"receptionEnabled": true}"#, 204);
    assert_eq!(desk.read(RECEPTION)["monitoredMembers"][0]["type"], "PLACE");
    desk.put(RECEPTION, r#"{"receptionEnabled": false}"#, 204);
    desk.put(RECEPTION, r#"{"receptionEnabled": true}"#, 204);
    assert_eq!(desk.read(RECEPTION)["monitoredMembers"], json!([]));
}

/// Proves: DEC-94
#[test]
fn services_follow_the_settings_and_nothing_is_offered_that_is_not_held() {
    let desk = Desk::open();
    let path = "/v1/telephony/config/people/{person}";
    let services = || {
        let found = desk.read(&format!("{path}/services"))["services"].clone();
        serde_json::from_value::<Vec<String>>(found).expect("names")
    };
    assert_eq!(
        services(),
        ["Voice Messaging User", "Call Waiting", "Music On Hold User"]
    );
    desk.put(
        "/v1/people/{person}/features/doNotDisturb",
        r#"{"enabled": true}"#,
        204,
    );
    desk.put(
        "/v1/people/{person}/features/callWaiting",
        r#"{"enabled": false}"#,
        204,
    );
    assert_eq!(
        services(),
        [
            "Do Not Disturb",
            "Voice Messaging User",
            "Music On Hold User"
        ]
    );
    let none = desk.read(&format!("{path}/agent/availableCallerIds"));
    assert_eq!(none, json!({ "availableCallerIds": [] }));
    desk.put(CALLER_ID, r#"{"selectedCallerId": null}"#, 204);
    assert!(desk.read(CALLER_ID)["selectedCallerId"]["id"].is_null());
    let told = "selectedCallerId is required.";
    desk.is_refused("PUT", CALLER_ID, "{}", MISSING, told);
    desk.put(FEATURES, r#"{"featureIds": []}"#, 200);
    assert_eq!(desk.read(FEATURES), json!({ "features": [] }));
    let many = json!({ "featureIds": vec!["x"; 51] }).to_string();
    let told = "featureIds must not have more than 50 items, but it has 51.";
    desk.is_refused("PUT", FEATURES, &many, WRONG, told);
    let available = format!("{path}/modeManagement/availableFeatures");
    assert_eq!(
        desk.read(&format!("{available}?name=a&max=5")),
        json!({ "features": [] })
    );
    for wrong in ["max=many", "order=colour"] {
        desk.hub
            .get(&desk.path(&format!("{available}?{wrong}")))
            .expect(400);
    }
}
