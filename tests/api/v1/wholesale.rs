//! `/v1/wholesale`: customers and subscribers of a partner.

mod billing;
mod consent;
mod customers;
mod subscribers;

use serde_json::{Value, json};

use crate::support::Hub;

pub const PARTNER: &str = "partner-full-admin";
pub const CUSTOMERS: &str = "/v1/wholesale/customers";
pub const SUBSCRIBERS: &str = "/v1/wholesale/subscribers";

/// A call of the partner's administrator.
pub fn ask(hub: &Hub, method: &str, path: &str, body: &Value) -> crate::support::Answer {
    hub.send_as(PARTNER, method, path, body)
}

/// A customer that can be provisioned.
pub fn new_customer() -> Value {
    let address = json!({
        "addressLine1": "771 Alder Drive", "city": "Milpitas", "stateOrProvince": "CA",
        "zipOrPostalCode": "95035", "country": "US",
    });
    json!({
        "provisioningId": "ZjViMzYxODct", "externalId": "JP-1", "address": address,
        "packages": ["webex_calling", "webex_meetings"],
        "customerInfo": {"name": "John's Pizza", "primaryEmail": "john@pizza.example"},
        "provisioningParameters": {
            "calling": {"location": {
                "name": "Head Office", "address": address, "timezone": "America/Los_Angeles",
                "language": "en_us"}},
            "packages": {"limits": {"webex_calling": 2}},
        },
    })
}

/// Lets the sandbox clock pass what provisioning takes.
pub fn wait(hub: &Hub) {
    hub.call("POST", "/_sim/v1/clock/advance", &json!({"by": "PT2S"}))
        .expect(200);
}

/// The path of the customer with an id of the partner's.
pub fn customer(hub: &Hub, external_id: &str) -> Value {
    let path = format!("{CUSTOMERS}?externalId={external_id}");
    let found = ask(hub, "GET", &path, &Value::Null).expect(200).json();
    found["items"][0].clone()
}

/// A subscriber by address.
pub fn subscriber(hub: &Hub, email: &str) -> Value {
    let path = format!("{SUBSCRIBERS}?email={email}");
    let found = ask(hub, "GET", &path, &Value::Null).expect(200).json();
    found["items"][0].clone()
}
