//! What is announced and not built yet answers 501 and names itself, in every address space and at
//! the hosts that clients hard-code.

use hubsim::catalog;
use hubsim::http::{Fidelity, Operation, Space};
use serde_json::Value;

use crate::support::Hub;

fn path(row: &Operation) -> String {
    let filled = row.path.split('/').map(|part| match part {
        "{org}" => "me",
        part if part.starts_with('{') => "nothing",
        part => part,
    });
    filled.collect::<Vec<_>>().join("/")
}

#[test]
fn what_our_contracts_announce_answers_501_and_names_itself() {
    let hub = Hub::start();
    let before = hub.revision();
    let rows = catalog::table().operations.iter();
    let own = rows
        .filter(|row| row.fidelity == Fidelity::F0 && matches!(row.space, Space::Hub | Space::Sim));
    for row in own {
        let answer = hub.call(row.method.name(), &path(row), &Value::Null);
        let answer = answer.expect(501);
        assert!(answer.text.contains(row.id), "{}", answer.text);
        assert_eq!(answer.header("x-hubsim-fidelity"), "F0", "{}", row.path);
    }
    assert_eq!(hub.revision(), before);
}

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
fn what_nobody_announced_is_not_there() {
    let hub = Hub::start();
    for path in ["/_hub/v1/organizations/me/nothing", "/_sim/v1/nothing"] {
        hub.get(path).expect(404);
    }
}
