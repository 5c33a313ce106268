//! What is not simulated answers 501 and names itself, at the hosts that clients hard-code, too;
//! what there is not is 404.

use serde_json::Value;

use crate::support::Hub;

#[test]
fn call_detail_records_and_tokens_of_service_apps_answer_501_and_name_themselves() {
    let hub = Hub::start();
    for (method, path, id) in [
        ("GET", "/v1/cdr_feed", "getDetailedCallHistory"),
        ("GET", "/v1/cdr_stream", "getLiveStreamDetailedCallHistory"),
        ("GET", "/v1/meeting/qualities", "getMeetingQualities"),
        (
            "POST",
            "/v1/applications/some/token",
            "createServiceAppAccessToken",
        ),
    ] {
        let answer = hub.call(method, path, &Value::Null).expect(501);
        assert!(answer.text.contains(id), "{}", answer.text);
    }
}

#[test]
fn what_there_is_not_is_not_found() {
    let hub = Hub::start();
    for path in ["/_hub/v1/organizations/me/nothing", "/_sim/v1/nothing"] {
        hub.get(path).expect(404);
    }
}
