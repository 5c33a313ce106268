//! "Move a PSTN location to another subscription" (yrap0t), in the organisation that hubsim starts
//! with: from the banner for all locations, and from one location's connection.

use serde_json::{Value, json};

use super::quillhaven::{JOAQUIN, NEW, OLD, bill, calling_of, open};
use crate::hub::firm::Firm;

fn page(firm: &Firm) -> Value {
    firm.get("/pstn/subscriptions").expect(200).json()
}

fn item(firm: &Firm, code: &str) -> Value {
    let page = page(firm);
    let mut items = page["items"].as_array().unwrap().iter();
    let found = items.find(|it| it["subscriptionId"] == code);
    found.expect("the subscription").clone()
}

/// Proves: PSTN-01, PSTN-02, PSTN-04, PSTN-06
#[test]
fn from_the_e_mail_or_the_banner_all_locations_move_to_a_subscription_that_can_be_chosen() {
    let firm = open();
    bill(&firm, OLD, "suspend");
    let carried = item(&firm, OLD)["locations"].clone();
    let licences = calling_of(&firm, JOAQUIN);

    // An e-mail lists the subscription and its locations; Services > Calling > PSTN has a banner.
    let mails = firm
        .hub
        .get("/_sim/v1/outbox?kind=pstnSuspended")
        .expect(200);
    let mail = mails.json()["items"][0].clone();
    let names = carried
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].clone());
    assert_eq!(mail["locations"], json!(names.collect::<Vec<_>>()));
    let banner = page(&firm)["banner"].clone();
    let update = banner["subscriptions"][0]["update"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(mail["text"].as_str().unwrap().contains(OLD));

    // Update subscription: what has no active Calling licence is greyed out, with the reason.
    assert_eq!(item(&firm, OLD)["selectable"], false);
    assert!(
        item(&firm, OLD)["reason"]
            .as_str()
            .unwrap()
            .contains("suspended")
    );
    assert_eq!(item(&firm, NEW)["selectable"], true);

    // Another subscription id, Save: all the listed locations move.
    let path = update
        .strip_prefix(&firm.hub.server.url())
        .unwrap()
        .to_owned();
    let body = json!({"subscriptionId": NEW});
    let done = firm.hub.call("PUT", &path, &body).expect(200).json();
    assert_eq!(done["message"], "Your subscription is updated");
    assert_eq!(
        done["locations"].as_array().map(Vec::len),
        carried.as_array().map(Vec::len)
    );
    assert_eq!(page(&firm)["banner"], Value::Null);

    // Licences are another matter: people stay where they are.
    assert_eq!(calling_of(&firm, JOAQUIN), licences);
}

/// Proves: PSTN-03, PSTN-04
#[test]
fn from_its_connection_one_location_moves_and_not_to_a_subscription_with_a_pending_action() {
    let firm = open();
    let carried = item(&firm, OLD)["locations"].as_array().unwrap().clone();
    assert!(carried.len() > 1);
    let id = carried[0]["id"].as_str().unwrap();
    let path = format!("/locations/{id}/pstnSubscription");
    bill(&firm, NEW, "requireAction");
    assert_eq!(item(&firm, NEW)["selectable"], false);
    let body = json!({"subscriptionId": NEW});
    let refused = firm.call("PUT", &path, &body).expect(400).json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_002);
    bill(&firm, NEW, "renew");

    // Locations > the location > Calling > Manage connection > Edit next to Subscription ID.
    firm.call("PUT", &path, &body).expect(200);
    let left = item(&firm, OLD)["locations"].as_array().unwrap().clone();
    assert_eq!(left, carried[1..]);
    let moved = item(&firm, NEW)["locations"].as_array().unwrap().clone();
    assert!(moved.iter().any(|it| it["id"] == id));
}
