//! `/v1/subscribers/{subscriberId}/emails/consentMove`.

use serde_json::{Value, json};

use crate::hub::packages::TEODOR;
use crate::support::Hub;

const PARTNER: &str = "partner-full-admin";
const SUBSCRIBERS: &str = "/v1/wholesale/subscribers";
const IDA: &str = "ida@free.example";

fn mails(hub: &Hub) -> Vec<Value> {
    let path = format!("/_sim/v1/outbox?to={IDA}&kind=consentMove");
    let page = hub.get(&path).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// A subscriber who has an account elsewhere.
fn invited(hub: &Hub) -> String {
    let account = json!({"email": IDA, "type": "webexAccount", "organization": "Consumer"});
    let free = json!({"name": "free", "organizations": [], "outsideAccounts": [account]});
    hub.call("POST", "/_sim/v1/scenarios?mode=merge", &free)
        .expect(200);
    let customers = "/v1/wholesale/customers?externalId=CK-1001";
    let customer = hub.send_as(PARTNER, "GET", customers, &Value::Null).json();
    let body = json!({"customerId": customer["items"][0]["id"], "email": IDA,
        "package": "webex_meetings", "provisioningParameters": {}});
    let made = hub.send_as(PARTNER, "POST", SUBSCRIBERS, &body).expect(202);
    made.json()["id"].as_str().unwrap().to_owned()
}

/// Proves: PKG-18
#[test]
fn whoever_has_a_free_account_is_asked_by_e_mail_again_if_need_be_and_comes_over_by_its_link() {
    let hub = Hub::with_scenario("partner");
    let id = invited(&hub);
    assert_eq!(mails(&hub).len(), 1);
    let again = format!("/v1/subscribers/{id}/emails/consentMove");
    hub.send_as(PARTNER, "POST", &again, &Value::Null)
        .expect(204);
    let sent = mails(&hub);
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[1]["subscriberId"], id);
    assert_eq!(sent[1].get("personId"), None);
    let text = sent[1]["text"].as_str().unwrap();
    assert!(text.contains("Copperkettle Bakeries"), "{text}");
    let link = sent[1]["invitationLink"].as_str().unwrap();
    let body = json!({"link": link});
    hub.call("POST", "/_sim/v1/simulate/acceptInvitation", &body)
        .expect(200);
    let own = format!("{SUBSCRIBERS}/{id}");
    let moved = hub.send_as(PARTNER, "GET", &own, &Value::Null).expect(200);
    assert_eq!(moved.json()["status"], "provisioned");
    // The link is of no use any more, and nobody is asked who has come over.
    hub.call("POST", "/_sim/v1/simulate/acceptInvitation", &body)
        .expect(404);
    hub.send_as(PARTNER, "POST", &again, &Value::Null)
        .expect(409);
    assert_eq!(mails(&hub).len(), 2);
}

#[test]
fn only_subscribers_of_the_partner_who_wait_are_asked() {
    let hub = Hub::with_scenario("partner");
    let id = invited(&hub);
    let again = format!("/v1/subscribers/{id}/emails/consentMove");
    let stranger = "user:cordelia.marsh@tidewater.example";
    hub.send_as(stranger, "POST", &again, &Value::Null)
        .expect(404);
    let nobody = "/v1/subscribers/none/emails/consentMove";
    hub.send_as(PARTNER, "POST", nobody, &Value::Null)
        .expect(404);
    let path = format!("{SUBSCRIBERS}?email={TEODOR}");
    let teodor = hub.send_as(PARTNER, "GET", &path, &Value::Null).json();
    let id = teodor["items"][0]["id"].as_str().unwrap();
    let path = format!("/v1/subscribers/{id}/emails/consentMove");
    let answer = hub
        .send_as(PARTNER, "POST", &path, &Value::Null)
        .expect(409);
    assert!(
        answer.text.contains("pending_user_migration"),
        "{}",
        answer.text
    );
    assert_eq!(mails(&hub).len(), 1);
}
