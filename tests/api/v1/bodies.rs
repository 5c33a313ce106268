//! What a body must be, in every address space: each refusal names the field, what was found and
//! what is expected, in the words of the API, and nothing changes.

use serde_json::{Value, json};

use crate::support::{ADA, Hub, person_id};

/// Method, path, body, and what the refusal says. `{ada}` and `{pier}` are ids.
const WRONG: &[(&str, &str, &str, &str)] = &[
    (
        "PUT",
        "/v1/people/{ada}/features/callForwarding",
        r#"{"callForwarding": [{"enabled": true}]}"#,
        "callForwarding must be an object, but it is a list.",
    ),
    (
        "PUT",
        "/v1/people/{ada}/features/callForwarding",
        r#"{"callForwarding": {"always": [true, "1002"]}}"#,
        "callForwarding.always must be an object, but it is a list.",
    ),
    (
        "PUT",
        "/v1/people/{ada}/features/callForwarding",
        r#"{"callForwarding": {"noAnswer": {"numberOfRings": "3"}}}"#,
        "callForwarding.noAnswer.numberOfRings must be a whole number of at least 0 within \
         the bounds of the field, but it is the string \"3\".",
    ),
    (
        "PUT",
        "/v1/people/{ada}/features/monitoring",
        r#"{"enableCallParkNotification": true, "monitoredElements": [["x"]]}"#,
        "monitoredElements[0] must be an id, or an object with an id, but it is a list.",
    ),
    (
        "POST",
        "/v1/people/{ada}/features/schedules",
        "[]",
        "The body must be an object, but it is a list.",
    ),
    (
        "POST",
        "/v1/people",
        r#"{"emails": ["x@harbour.example"], "phoneNumbers": [["work", "+13125550100"]]}"#,
        "phoneNumbers[0] must be an object, but it is a list.",
    ),
    (
        "PUT",
        "/v1/people/{ada}",
        r#"{"displayName": "Ada", "emails": "ada@harbour.example"}"#,
        "emails must be a list, but it is the string \"ada@harbour.example\".",
    ),
    (
        "PUT",
        "/v1/locations/{pier}",
        r#"{"address": ["1 Pier"]}"#,
        "address must be an object, but it is a list.",
    ),
    (
        "PUT",
        "/v1/locations/{pier}",
        r#"{"latitude": true}"#,
        "latitude must be a number or a string, but it is true.",
    ),
    (
        "PUT",
        "/v1/locations/{pier}",
        r#"{"address": {"country": "ZZ"}}"#,
        "address.country must be the two letters of a country (ISO 3166), not \"ZZ\".",
    ),
    (
        "POST",
        "/v1/workspaces",
        r#"{"displayName": "Mess", "calling": ["webexCalling"]}"#,
        "calling must be an object, but it is a list.",
    ),
    (
        "PATCH",
        "/v1/licenses/users",
        r#"{"personId": "x", "licenses": [["add", "y"]]}"#,
        "licenses[0] must be an object, but it is a list.",
    ),
    (
        "PUT",
        "/_hub/v1/organizations/me/licenseTemplate",
        r#"{"applyScope": [true]}"#,
        "applyScope must be an object, but it is a list.",
    ),
    (
        "PUT",
        "/_sim/v1/clock",
        r#"{"mode": "stopped"}"#,
        "mode must be one of auto, frozen, scaled, but it is the string \"stopped\".",
    ),
    (
        "PUT",
        "/_sim/v1/clock",
        r#"{"frozen": true}"#,
        "frozen is no field; known are mode, now, scale.",
    ),
    (
        "POST",
        "/_sim/v1/sandboxes",
        r#"{"id": "lists", "clock": ["frozen"]}"#,
        "clock must be \"now\", a time, or an object, but it is a list.",
    ),
    (
        "POST",
        "/_sim/v1/subscriptions",
        r#"{"name": "More", "licenses": [{"name": "Webex Calling Professional"}]}"#,
        "licenses[0].totalUnits is required.",
    ),
    (
        "POST",
        "/_sim/v1/subscriptions",
        r#"{"name": "More", "licenses": ["#,
        "The body is not valid JSON: EOF while parsing a list at line 1 column 30.",
    ),
];

#[test]
fn a_wrong_body_is_told_by_field_finding_and_expectation_and_changes_nothing() {
    let hub = Hub::start();
    let (ada, pier) = (person_id(&hub, "full-admin", ADA), hub.location("Pier"));
    let before = hub.revision();
    for (method, path, body, told) in WRONG {
        let path = path.replace("{ada}", &ada).replace("{pier}", &pier);
        let answer = hub.send_raw(method, &path, "application/json", body.as_bytes());
        let answer = answer.expect(400).json();
        let description = match path.starts_with("/_sim") {
            true => &answer["detail"],
            false => &answer["errors"][0]["description"],
        };
        assert_eq!(description, told, "{method} {path} {body}");
        assert!(answer["trackingId"].is_string(), "{answer}");
    }
    assert_eq!(hub.revision(), before);
}

#[test]
fn calling_has_codes_for_missing_fields_and_wrong_values_and_the_rest_has_none() {
    let hub = Hub::start();
    let ada = person_id(&hub, "full-admin", ADA);
    let put = |path: &str, body: Value| {
        let answer = hub.call("PUT", path, &body).expect(400).json();
        answer["errors"][0]["errorCode"].clone()
    };
    let caller_id = format!("/v1/people/{ada}/features/callerId");
    assert_eq!(put(&caller_id, json!({})), 25_008);
    assert_eq!(put(&caller_id, json!({"selected": "NOBODY"})), 25_024);
    assert_eq!(put(&caller_id, json!({"selected": 7})), Value::Null);
    let person = format!("/v1/people/{ada}");
    assert_eq!(put(&person, json!({"displayName": 7})), Value::Null);
}
