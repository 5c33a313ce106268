//! "Move Calling service from one subscription to another", workspaces with Edit licence (A2 and
//! A3, fourth procedure), in the organisation that hubsim starts with.

use serde_json::{Value, json};

use super::quillhaven::{NEW, OLD, bill, open};
use crate::hub::firm::Firm;
use crate::support::Answer;

/// A workspace on the old subscription.
const RECEPTION: &str = "Pune Reception";

fn room(firm: &Firm) -> Value {
    firm.hub
        .find("/v1/workspaces?max=1000", "displayName", RECEPTION)
}

fn path(firm: &Firm) -> String {
    let id = room(firm)["id"].as_str().unwrap().to_owned();
    format!("/workspaces/{id}/licenses")
}

/// The licences of the dialog that are checked, with their subscriptions.
fn checked(firm: &Firm) -> Vec<(String, String)> {
    let dialog = firm.get(&path(firm)).expect(200).json();
    let items = dialog["items"].as_array().unwrap().iter();
    let text = |it: &Value, name: &str| it[name].as_str().unwrap().to_owned();
    items
        .filter(|it| it["assigned"] == true)
        .map(|it| (text(it, "licenseId"), text(it, "subscriptionId")))
        .collect()
}

/// The same service in another subscription.
fn in_subscription(firm: &Firm, code: &str) -> String {
    let dialog = firm.get(&path(firm)).expect(200).json();
    let items = dialog["items"].as_array().unwrap().iter();
    let own = items
        .clone()
        .find(|it| it["assigned"] == true)
        .expect("a licence");
    let mut same = items.filter(|it| it["name"] == own["name"]);
    let found = same.find(|it| it["subscriptionId"] == code);
    let id = &found.expect("the service in that subscription")["licenseId"];
    id.as_str().unwrap().to_owned()
}

fn save(firm: &Firm, remove: &str, add: &str) -> Answer {
    let licenses = json!([
        {"id": remove, "operation": "remove"}, {"id": add, "operation": "add"},
    ]);
    firm.call("PATCH", &path(firm), &json!({ "licenses": licenses }))
}

/// What a workspace has beside its licence.
fn everything(firm: &Firm) -> Value {
    let id = room(firm)["id"].as_str().unwrap().to_owned();
    let whole = firm
        .hub
        .get(&format!("/v1/workspaces/{id}?includeDevices=true"));
    let mut whole = whole.expect(200).json();
    whole["calling"]["webexCalling"]["licenses"] = Value::Null;
    let waiting = format!("/v1/workspaces/{id}/features/callWaiting");
    let waiting = firm.hub.get(&waiting);
    json!([whole, waiting.status, waiting.text])
}

/// Proves: WS-01
#[test]
fn one_workspace_moves_without_an_effect_on_its_services() {
    let firm = open();
    let before = everything(&firm);

    // Workspaces, the workspace, Overview > Calling > gear > Cisco Webex Calling > Next.
    let own = checked(&firm);
    assert_eq!((own.len(), own[0].1.as_str()), (1, OLD));

    // Uncheck the current subscription, check the new one, Save.
    let new = in_subscription(&firm, NEW);
    let outcome = save(&firm, &own[0].0, &new).expect(200).json();
    assert_eq!(
        (&outcome["action"], &outcome["lost"]),
        (&json!("swapped"), &json!([]))
    );
    assert_eq!(checked(&firm), [(new, NEW.to_owned())]);
    assert_eq!(everything(&firm), before);

    // The old contract may go now: nothing is lost by it in this room.
    bill(&firm, OLD, "cancel");
    assert_eq!(everything(&firm), before);
}

/// Proves: MOVE-07, WS-01
#[test]
fn a_subscription_that_is_not_active_cannot_be_checked() {
    let firm = open();
    let (own, new) = (checked(&firm), in_subscription(&firm, NEW));
    bill(&firm, NEW, "suspend");
    let revision = firm.hub.revision();
    let refused = save(&firm, &own[0].0, &new).expect(400).json();
    assert_eq!(refused["errors"][0]["errorCode"], 900_002);
    assert_eq!(firm.hub.revision(), revision);
    assert_eq!(checked(&firm), own);
}
