//! Executives and their assistants over HTTP.

use serde_json::{Value, json};

use super::Desk;
use crate::support::person_id;

const OWN: &str = "/v1/people/{person}/features/executiveAssistant";
const EXECUTIVE: &str = "/v1/telephony/config/people/{person}/executive";

/// What belongs to executives, and what to assistants.
const PARTS: &[(&str, &str, &str)] = &[
    ("EXECUTIVE", "alert", r#"{"rolloverEnabled": true}"#),
    ("EXECUTIVE", "assignedAssistants", r#"{"assistantIds": []}"#),
    ("EXECUTIVE", "callFiltering", r#"{"enabled": true}"#),
    ("EXECUTIVE", "screening", r#"{"enabled": true}"#),
    (
        "EXECUTIVE_ASSISTANT",
        "assistant",
        r#"{"forwardFilteredCallsEnabled": true, "forwardToPhoneNumber": "1115"}"#,
    ),
];

/// The desk with an assistant, whose id is the second.
struct Pair {
    desk: Desk,
    assistant: String,
}

impl Pair {
    fn open() -> Self {
        let desk = Desk::open();
        let assistant = person_id(
            &desk.hub,
            "full-admin",
            "renata.ingleby@pebblebrook.example",
        );
        Self { desk, assistant }
    }

    fn made() -> Self {
        let pair = Self::open();
        pair.desk.become_one("{person}", "EXECUTIVE");
        pair.desk.become_one(&pair.assistant, "EXECUTIVE_ASSISTANT");
        pair.assign(&json!([pair.assistant])).expect(204);
        pair
    }

    fn assign(&self, ids: &Value) -> crate::support::Answer {
        let path = self.desk.path(&format!("{EXECUTIVE}/assignedAssistants"));
        self.desk
            .hub
            .call("PUT", &path, &json!({ "assistantIds": ids }))
    }

    /// The executive's assistants.
    fn assistants(&self) -> Value {
        self.desk.read(&format!("{EXECUTIVE}/assignedAssistants"))["assistants"].clone()
    }

    fn of_assistant(&self) -> String {
        format!(
            "/v1/telephony/config/people/{}/executive/assistant",
            self.assistant
        )
    }

    /// The assistant's executives.
    fn executives(&self) -> Value {
        self.desk.read(&self.of_assistant())["executives"].clone()
    }
}

#[test]
fn what_belongs_to_executives_or_assistants_is_for_them_alone() {
    let desk = Desk::open();
    for kind in ["UNASSIGNED", "EXECUTIVE", "EXECUTIVE_ASSISTANT"] {
        desk.become_one("{person}", kind);
        assert_eq!(desk.read(OWN), json!({ "type": kind }));
        for (needed, part, body) in PARTS {
            let path = desk.path(&format!("{EXECUTIVE}/{part}"));
            let body: Value = serde_json::from_str(body).expect("a body");
            let before = desk.hub.revision();
            let (read, put) = (desk.hub.get(&path), desk.hub.call("PUT", &path, &body));
            if kind == *needed {
                read.expect(200);
                put.expect(204);
                continue;
            }
            for answer in [read, put] {
                let told = answer.expect(400).json();
                assert_eq!(told["errors"][0]["errorCode"], 4410, "{part} of {kind}");
                let needed = format!("The person must be of the type {needed}, but is {kind}.");
                assert_eq!(told["errors"][0]["description"], needed);
            }
            assert_eq!(desk.hub.revision(), before, "{part} of {kind}");
        }
        let filters = desk.path(&format!("{EXECUTIVE}/callFiltering/criteria"));
        let filter = json!({ "filterName": "All", "callsFrom": "ANY_PHONE_NUMBER",
            "filterEnabled": true });
        let available = desk
            .hub
            .get(&desk.path(&format!("{EXECUTIVE}/availableAssistants")));
        let filter = desk.hub.call("POST", &filters, &filter);
        let expected = if kind == "EXECUTIVE" { 200 } else { 400 };
        assert_eq!(
            (available.status, filter.status),
            (expected, expected),
            "{kind}"
        );
    }
}

/// Proves: DEC-89
#[test]
fn a_pair_is_seen_from_both_sides_and_goes_on_both() {
    let pair = Pair::made();
    let (of_executive, of_assistant) = (pair.assistants(), pair.executives());
    assert_eq!(of_executive[0]["id"], json!(pair.assistant));
    assert_eq!(of_executive[0]["optInEnabled"], true);
    assert_eq!(of_executive[0]["location"]["name"], "Pebblebrook");
    assert_eq!(of_assistant[0]["id"], json!(pair.desk.kofi));
    assert_eq!(of_assistant[0]["directNumber"], "+15035550102");

    // The assistant opts out, and the executive sees it; whoever assigns again changes nothing.
    let out = json!({ "executives": [{ "personId": pair.desk.kofi, "optInEnabled": false }] });
    pair.desk
        .hub
        .call("PUT", &pair.of_assistant(), &out)
        .expect(204);
    pair.assign(&json!([pair.assistant])).expect(204);
    assert_eq!(pair.assistants()[0]["optInEnabled"], false);
    assert_eq!(pair.executives()[0]["optInEnabled"], false);

    for kind in ["UNASSIGNED", "EXECUTIVE"] {
        pair.desk.become_one(&pair.assistant, kind);
        assert_eq!(pair.assistants(), json!([]), "{kind}");
        pair.desk.become_one(&pair.assistant, "EXECUTIVE_ASSISTANT");
        pair.assign(&json!([pair.assistant])).expect(204);
    }
    assert_eq!(pair.assistants()[0]["optInEnabled"], true);

    let alert = pair.desk.path(&format!("{EXECUTIVE}/alert"));
    let before = pair.desk.hub.get(&alert).expect(200).json();
    let changed = json!({ "alertingMode": "SIMULTANEOUS", "rolloverWaitTimeInSecs": 60 });
    pair.desk.hub.call("PUT", &alert, &changed).expect(204);
    pair.desk.become_one("{person}", "UNASSIGNED");
    assert_eq!(pair.executives(), json!([]));
    pair.desk.become_one("{person}", "EXECUTIVE");
    assert_eq!(pair.desk.hub.get(&alert).expect(200).json(), before);
    assert_eq!(pair.assistants(), json!([]));
}

/// Proves: LOSS-01
#[test]
fn whoever_loses_calling_is_gone_from_the_list_of_the_other() {
    let pair = Pair::made();
    let hub = &pair.desk.hub;
    let person = hub.get(&format!("/v1/people/{}?callingData=true", pair.assistant));
    let mut person = person.expect(200).json();
    let calling = hub.find("/v1/licenses", "name", "Webex Calling - Standard");
    let licenses = person["licenses"].as_array_mut().expect("a list");
    licenses.retain(|license| *license != calling["id"]);
    let path = format!("/v1/people/{}?callingData=true", pair.assistant);
    hub.call("PUT", &path, &person).expect(200);
    assert_eq!(pair.assistants(), json!([]));
    let ledger = hub.get("/_sim/v1/ledger?max=1000").expect(200).json();
    let lost = ledger["items"].as_array().expect("commits").iter();
    let mut lost = lost.flat_map(|commit| commit["lost"].as_array().into_iter().flatten());
    let of_kofi = lost.find(|one| one["field"] == format!("assistants.{}", pair.assistant));
    let of_kofi = of_kofi.expect("what the executive lost");
    assert_eq!(of_kofi["family"], "executiveAssistant", "{of_kofi}");

    // The commit is undone as a whole, and both see each other again.
    hub.call("POST", "/_sim/v1/undo", &json!({})).expect(200);
    assert_eq!(pair.assistants()[0]["id"], json!(pair.assistant));
    assert_eq!(pair.executives()[0]["id"], json!(pair.desk.kofi));
}

#[test]
fn only_assistants_of_the_organization_are_available_and_assigned() {
    let pair = Pair::open();
    let room = pair.desk.path("{room}");
    pair.desk.become_one("{person}", "EXECUTIVE");
    let path = pair.desk.path(&format!("{EXECUTIVE}/availableAssistants"));
    let available = |query: &str| {
        let answer = pair.desk.hub.get(&format!("{path}{query}")).expect(200);
        answer.json()["assistants"].as_array().map(Vec::len)
    };
    assert_eq!(available(""), Some(0));
    for stranger in [&pair.assistant, &room, &pair.desk.kofi, "nobody"] {
        let told = pair.assign(&json!([stranger])).expect(400).json();
        assert_eq!(told["errors"][0]["errorCode"], 4470, "{stranger}");
    }
    pair.desk.become_one(&pair.assistant, "EXECUTIVE_ASSISTANT");
    let found = pair.desk.hub.get(&path).expect(200).json();
    let own = &found["assistants"][0];
    assert_eq!(own["id"], json!(pair.assistant));
    let (first, extension) = (own["firstName"].as_str(), own["extension"].as_str());
    let (first, extension) = (first.expect("a name"), extension.expect("an extension"));
    assert_eq!(available(&format!("?name={first}")), Some(1));
    assert_eq!(available("?name=nobody"), Some(0));
    assert_eq!(available(&format!("?phoneNumber={extension}")), Some(1));
    assert_eq!(available("?phoneNumber=99999"), Some(0));
    assert_eq!(available("?start=1"), Some(0));
    pair.assign(&json!([pair.assistant, pair.assistant]))
        .expect(400);
    pair.assign(&json!([pair.assistant])).expect(204);
    assert_eq!(available(""), Some(0));
    pair.assign(&Value::Null).expect(204);
    assert_eq!((pair.assistants(), available("")), (json!([]), Some(1)));
}

#[test]
fn nobody_opts_in_for_an_executive_who_has_not_assigned_them() {
    let pair = Pair::open();
    pair.desk.become_one(&pair.assistant, "EXECUTIVE_ASSISTANT");
    let before = pair.desk.hub.revision();
    let kofi = pair.desk.kofi.clone();
    let body = json!({ "forwardFilteredCallsEnabled": true, "forwardToPhoneNumber": "1115",
        "executives": [{ "personId": kofi, "optInEnabled": true }] });
    let told = pair
        .desk
        .hub
        .call("PUT", &pair.of_assistant(), &body)
        .expect(400)
        .json();
    assert_eq!(told["errors"][0]["errorCode"], 4470);
    assert_eq!(pair.desk.hub.revision(), before);
}

/// What is refused of an executive or an assistant: the part, the body, and what is said.
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "alert",
        r#"{"nextAssistantNumberOfRings": 21}"#,
        "nextAssistantNumberOfRings must be between 2 and 20, but it is 21.",
    ),
    (
        "alert",
        r#"{"rolloverWaitTimeInSecs": 0}"#,
        "rolloverWaitTimeInSecs must be between 1 and 3600, but it is 0.",
    ),
    (
        "alert",
        r#"{"rolloverAction": "FORWARD"}"#,
        "rolloverForwardToPhoneNumber is required while rolloverAction is FORWARD.",
    ),
    (
        "alert",
        r#"{"clidNameMode": "CUSTOM", "customCLIDName": ""}"#,
        "customCLIDNameInUnicode is required while clidNameMode is CUSTOM.",
    ),
    (
        "alert",
        r#"{"clidPhoneNumberMode": "CUSTOM"}"#,
        "customCLIDPhoneNumber is required while clidPhoneNumberMode is CUSTOM.",
    ),
    (
        "screening",
        r#"{"alertType": "LOUD"}"#,
        "alertType must be one of SILENT, RING_SPLASH, but it is the string \"LOUD\".",
    ),
    (
        "callFiltering",
        r#"{"criteriaActivation": [{"id": "nobody", "activationEnabled": true}]}"#,
        "criteriaActivation[0].id must be a criterion of this person, but \"nobody\" is none.",
    ),
    (
        "callFiltering",
        r#"{"criteriaActivation": [{"id": "nobody"}]}"#,
        "criteriaActivation[0].activationEnabled is required.",
    ),
    (
        "assistant",
        r#"{"forwardFilteredCallsEnabled": true}"#,
        "forwardToPhoneNumber is required while forwardFilteredCallsEnabled is true.",
    ),
];

/// Proves: SET-03
#[test]
fn values_of_executives_outside_their_bounds_are_refused_and_change_nothing() {
    let desk = Desk::open();
    for (part, body, told) in REFUSED {
        let kind = if *part == "assistant" {
            "EXECUTIVE_ASSISTANT"
        } else {
            "EXECUTIVE"
        };
        desk.become_one("{person}", kind);
        let path = desk.path(&format!("{EXECUTIVE}/{part}"));
        let before = (desk.read(&path), desk.hub.revision());
        let body: Value = serde_json::from_str(body).expect("a body");
        let answer = desk.hub.call("PUT", &path, &body).expect(400).json();
        assert_eq!(answer["errors"][0]["description"], *told);
        assert_eq!((desk.read(&path), desk.hub.revision()), before, "{body}");
    }
    let body = json!({ "type": "CHIEF" });
    desk.hub.call("PUT", &desk.path(OWN), &body).expect(400);
}

#[test]
fn filters_are_passed_over_and_looked_at_again() {
    let desk = Desk::open();
    desk.become_one("{person}", "EXECUTIVE");
    let path = desk.path(&format!("{EXECUTIVE}/callFiltering"));
    let own = json!([{ "type": "PRIMARY", "phoneNumber": "+15035550102" }]);
    let filter = json!({ "filterName": "Press", "callsFrom": "ANY_EXTERNAL",
        "filterEnabled": true, "callsToNumbers": own });
    let made = desk
        .hub
        .call("POST", &format!("{path}/criteria"), &filter)
        .expect(200)
        .json();
    let one = format!("{path}/criteria/{}", made["id"].as_str().expect("an id"));
    assert_eq!(desk.hub.get(&one).expect(200).json()["callsToNumbers"], own);
    let strange = json!([{ "type": "PRIMARY", "phoneNumber": "+15035550101" }]);
    desk.hub
        .call("PUT", &one, &json!({ "callsToNumbers": strange }))
        .expect(400);
    for active in [false, true] {
        let body = json!({ "filterType": "CUSTOM_CALL_FILTERS",
            "criteriaActivation": [{ "id": made["id"], "activationEnabled": active }] });
        desk.hub.call("PUT", &path, &body).expect(204);
        let now = desk.hub.get(&path).expect(200).json();
        assert_eq!(now["criteria"][0]["activationEnabled"], active);
        assert_eq!(now["filterType"], "CUSTOM_CALL_FILTERS");
    }
}

/// Proves: DEC-142
#[test]
fn what_is_named_twice_is_refused_and_nobody_waits_for_a_long_list() {
    let pair = Pair::made();
    let hub = &pair.desk.hub;
    let path = pair.desk.path(&format!("{EXECUTIVE}/callFiltering"));
    let filter = json!({ "filterName": "Press", "callsFrom": "ANY_EXTERNAL",
        "filterEnabled": true });
    let made = hub.call("POST", &format!("{path}/criteria"), &filter);
    let made = made.expect(200).json()["id"].clone();
    let criterion = json!({ "id": made, "activationEnabled": false });
    let executive = json!({ "personId": pair.desk.path("{person}"), "optInEnabled": false });
    let rows = [
        (path, "criteriaActivation", criterion),
        (pair.of_assistant(), "executives", executive),
    ];
    for (path, list, item) in rows {
        let before = (hub.get(&path).expect(200).text, hub.revision());
        let body = json!({ list: vec![&item; 10_000] });
        let refused = hub.call("PUT", &path, &body).expect(400);
        let says = [format!("{list}[1]"), "is named twice".to_owned()];
        assert!(
            says.iter().all(|says| refused.text.contains(says)),
            "{}",
            refused.text
        );
        assert_eq!((hub.get(&path).expect(200).text, hub.revision()), before);
        hub.call("PUT", &path, &json!({ list: [item] })).expect(204);
    }
}

/// Proves: DEC-124
#[test]
fn a_filter_for_a_number_that_left_is_written_back_as_it_was_read() {
    let desk = Desk::open();
    desk.become_one("{person}", "EXECUTIVE");
    let hub = &desk.hub;
    let numbers = hub.pages("/v1/telephony/config/numbers?max=1000", "phoneNumbers");
    let is_free = |it: &&Value| it["owner"].is_null() && it["mainNumber"] != true;
    let free = numbers.iter().find(is_free).expect("a free number");
    let free = free["phoneNumber"].as_str().expect("a number");
    let path = desk.path("/v1/telephony/config/people/{person}/numbers");
    let alternate = |action: &str| {
        let body = json!({ "phoneNumbers": [
            { "primary": false, "action": action, "directNumber": free }] });
        hub.call("PUT", &path, &body).expect(204);
    };
    alternate("ADD");
    let own = json!([{ "type": "ALTERNATE", "phoneNumber": free }]);
    let filter = json!({ "filterName": "Press", "callsFrom": "ANY_EXTERNAL",
        "filterEnabled": true, "callsToNumbers": own });
    let path = desk.path(&format!("{EXECUTIVE}/callFiltering/criteria"));
    let made = hub.call("POST", &path, &filter).expect(200).json();
    alternate("DELETE");
    let path = format!("{path}/{}", made["id"].as_str().expect("an id"));
    let read = hub.get(&path).expect(200).json();
    assert_eq!(read["callsToNumbers"], own);
    hub.call("PUT", &path, &read).expect(204);
    assert_eq!(hub.get(&path).expect(200).json(), read);
    // Once it was taken out, it does not come in again.
    hub.call("PUT", &path, &json!({ "callsToNumbers": [] }))
        .expect(204);
    hub.call("PUT", &path, &json!({ "callsToNumbers": own }))
        .expect(400);
}
