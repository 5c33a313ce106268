//! What an update of a workspace may say of its calling, and when it has a SIP address.

use serde_json::{Value, json};

use super::{BASE, calling_room, create};
use crate::support::Hub;

/// What follows the name of a workspace in a request.
fn body(more: &Value) -> Value {
    let mut body = json!({"displayName": "Aurora"});
    for (field, value) in more.as_object().expect("an object") {
        body[field] = value.clone();
    }
    body
}

/// A refusal says this, and nothing changes.
fn refused(hub: &Hub, path: &str, more: &Value, said: &str) {
    let before = (hub.revision(), hub.get(path).text);
    let told = hub.call("PUT", path, &body(more)).expect(400).text;
    assert!(told.contains(said), "{more}: {told}");
    assert_eq!((hub.revision(), hub.get(path).text), before, "{more}");
}

/// Proves: DEC-170
#[test]
fn hybrid_calling_and_webex_edge_stay_and_nothing_becomes_one() {
    let hub = Hub::with_scenario("minimal");
    let hybrid = json!({"type": "hybridCalling", "hybridCalling": {"emailAddress": "a@b.example"}});
    let edge = json!({"type": "webexEdgeForDevices"});
    for calling in [&hybrid, &edge] {
        let (path, made) = create(&hub, &body(&json!({ "calling": calling })));
        for kind in [
            "freeCalling",
            "none",
            "thirdPartySipCalling",
            "webexCalling",
        ] {
            let other = json!({"calling": {"type": kind}, "sipAddress": "a@sip.example"});
            refused(&hub, &path, &other, "calling cannot be changed from");
        }
        // What reading shows may be sent back.
        let kept = hub.call("PUT", &path, &made).expect(200).json();
        assert_eq!(kept["calling"], *calling);
    }
    let (free, _) = create(&hub, &body(&json!({})));
    for calling in [&hybrid, &edge] {
        let change = json!({ "calling": calling });
        refused(&hub, &free, &change, "calling cannot be changed to");
    }
}

/// Proves: WS-10, DEC-170
#[test]
fn an_update_of_webex_calling_says_where_and_how_it_is_called() {
    let hub = Hub::with_scenario("minimal");
    let (path, made) = calling_room(&hub);
    let location = hub.location("Pebblebrook");
    let needed = "Webex Calling needs a locationId and a phoneNumber or an extension.";
    for webex in [
        json!({ "locationId": location }),
        json!({"extension": "1116"}),
        json!({"phoneNumber": "+15035550116"}),
    ] {
        let calling = json!({"calling": {"type": "webexCalling", "webexCalling": webex}});
        refused(&hub, &path, &calling, needed);
    }
    let kept = hub.call("PUT", &path, &made).expect(200).json();
    assert_eq!(kept["calling"], made["calling"]);
    let webex = json!({"locationId": location, "extension": "1116"});
    let calling = json!({"calling": {"type": "webexCalling", "webexCalling": webex}});
    hub.call("PUT", &path, &body(&calling)).expect(200);
    let numbers = "/v1/telephony/config/numbers";
    let row = hub.find(numbers, "phoneNumber", "+15035550115");
    assert_eq!(row["extension"], "1116");
}

#[test]
fn a_sip_address_comes_and_goes_with_calling_through_another_provider() {
    let hub = Hub::with_scenario("minimal");
    let address = json!({"sipAddress": "aurora@sip.example"});
    let third = json!({"sipAddress": "aurora@sip.example",
        "calling": {"type": "thirdPartySipCalling"}});
    let only = "sipAddress can only be provided when calling.type is thirdPartySipCalling";
    let before = hub.revision();
    for calling in [
        Value::Null,
        json!({"type": "freeCalling"}),
        json!({"type": "none"}),
    ] {
        let new = body(&json!({"sipAddress": "aurora@sip.example", "calling": calling}));
        let told = hub.call("POST", BASE, &new).expect(400).text;
        assert!(told.contains(only), "{told}");
    }
    assert_eq!(hub.revision(), before);
    let (room, _) = calling_room(&hub);
    refused(&hub, &room, &address, only);

    let (path, made) = create(&hub, &body(&third));
    assert_eq!(made["sipAddress"], "aurora@sip.example");
    let required = "sipAddress is required when calling.type is thirdPartySipCalling.";
    refused(&hub, &path, &json!({"sipAddress": ""}), required);
    let moved = body(&json!({"sipAddress": "other@sip.example"}));
    let moved = hub.call("PUT", &path, &moved).expect(200).json();
    assert_eq!(moved["sipAddress"], "other@sip.example");
    let free = json!({"calling": {"type": "freeCalling"}});
    let free = hub.call("PUT", &path, &body(&free)).expect(200).json();
    assert!(free["sipAddress"].is_null(), "{free}");
    let again = json!({"calling": {"type": "thirdPartySipCalling"}});
    refused(&hub, &path, &again, required);
}
