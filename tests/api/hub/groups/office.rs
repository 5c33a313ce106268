//! The firm whose groups have licence templates.

use serde_json::{Value, json};

use super::SETTINGS;
use crate::hub::firm::Firm;
use crate::support::Answer;

/// The firm with more than Calling to give, and two groups of nobody.
pub struct Office {
    pub firm: Firm,
    pub sales: String,
    pub support: String,
}

impl Office {
    pub fn open() -> Self {
        Self::of(Firm::start())
    }

    pub fn of(firm: Firm) -> Self {
        for (code, names) in [
            (
                "Sub119911",
                &[
                    "Messaging",
                    "Cisco Calling Plan",
                    "Contact Center Standard Agent",
                    "Contact Center Premium Agent",
                ][..],
            ),
            ("Sub121331", &["Webex Calling - Standard"]),
        ] {
            let licenses = names
                .iter()
                .map(|name| json!({"name": name, "totalUnits": 10}));
            let more = json!({"licenses": licenses.collect::<Vec<_>>()});
            let path = format!("/_sim/v1/subscriptions/{code}");
            firm.hub.call("PATCH", &path, &more).expect(200);
        }
        let group = |name: &str| {
            let body = json!({ "displayName": name });
            let group = firm
                .hub
                .call("POST", "/v1/groups", &body)
                .expect(201)
                .json();
            group["id"].as_str().unwrap().to_owned()
        };
        Self {
            sales: group("Sales"),
            support: group("Support"),
            firm,
        }
    }

    pub fn template(&self, group: &str, licenses: &[&str]) {
        let path = format!("/groups/{group}/licenseTemplate");
        let body = json!({ "licenses": licenses });
        self.firm.call("PUT", &path, &body).expect(200);
    }

    pub fn preserve(&self, preserves: bool) {
        let body = json!({"preserveLicenses": preserves});
        self.firm.call("PUT", SETTINGS, &body).expect(200);
    }

    pub fn member(&self, who: &str, operation: &str) -> Value {
        let id = self.firm.person(who)["id"].clone();
        json!({"id": id, "operation": operation})
    }

    pub fn change(&self, group: &str, members: &[Value]) -> Answer {
        let body = json!({ "members": members });
        self.firm
            .hub
            .call("PATCH", &format!("/v1/groups/{group}"), &body)
    }

    pub fn join(&self, group: &str, who: &str) {
        self.change(group, &[self.member(who, "add")]).expect(200);
    }

    pub fn leave(&self, group: &str, who: &str) {
        self.change(group, &[self.member(who, "delete")])
            .expect(200);
    }

    /// Gives somebody licences by hand.
    pub fn give(&self, who: &str, licenses: &[&str]) {
        let id = self.firm.person(who)["id"].as_str().unwrap().to_owned();
        let add = licenses
            .iter()
            .map(|id| json!({"id": id, "operation": "add"}));
        let body = json!({"licenses": add.collect::<Vec<_>>()});
        let path = format!("/users/{id}/licenses");
        self.firm.call("PATCH", &path, &body).expect(200);
    }

    /// The licences of somebody, as `name [subscription]`.
    pub fn held(&self, who: &str) -> Vec<String> {
        let page = self
            .firm
            .get(&format!("/users?query={who}"))
            .expect(200)
            .json();
        let licenses = page["items"][0]["licenses"].as_array().unwrap().iter();
        let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
        let mut held: Vec<String> = licenses
            .map(|one| format!("{} [{}]", text(one, "name"), text(one, "subscriptionId")))
            .collect();
        held.sort();
        held
    }

    pub fn reported(&self) -> Vec<Value> {
        let report = self.firm.get("/licenses/report").expect(200).json();
        report["items"].as_array().unwrap().clone()
    }

    /// The last loss of somebody, which a rule decided.
    #[track_caller]
    pub fn lost(&self, who: &str, rule: &str) -> Value {
        let path = format!("/_sim/v1/ledger?holder={who}&kind=lost");
        let lost = self.firm.hub.get(&path).expect(200).json()["items"][0].clone();
        let rules = lost["rules"].as_array().unwrap();
        assert!(rules.contains(&json!(rule)), "{lost}");
        lost
    }
}
