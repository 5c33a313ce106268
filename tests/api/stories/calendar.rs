//! A firm and the days of its life.

use hubsim::world::{Moment, Tx};
use serde_json::{Value, json};

use crate::hub::firm::Firm;
use crate::support::{Answer, START};

/// The subscription that lives and ends.
pub const LIVING: &str = "Sub119911";

/// A firm whose days are counted from the start of its clock.
pub struct Calendar {
    pub firm: Firm,
}

impl Calendar {
    pub fn begin() -> Self {
        Self::with(|_| {})
    }

    /// A firm with something more in it.
    pub fn with(more: impl FnOnce(&mut Tx)) -> Self {
        Self {
            firm: Firm::with(more),
        }
    }

    /// The same time of the day, so many days after the start.
    pub fn date(days: i64) -> String {
        let start: Moment = START.parse().unwrap();
        start.plus_days(days).to_string()
    }

    /// Lets time pass until a day; answers what came due, as `day kind`.
    pub fn until(&self, days: i64) -> Vec<String> {
        let body = json!({"to": Self::date(days)});
        let advanced = self
            .firm
            .hub
            .call("POST", "/_sim/v1/clock/advance", &body)
            .expect(200)
            .json();
        let start: Moment = START.parse().unwrap();
        let fired = advanced["fired"].as_array().unwrap().iter();
        let told = fired.map(|one| {
            let at: Moment = one["at"].as_str().unwrap().parse().unwrap();
            let day = (at.0 - start.0) / 86_400_000;
            let kind = one["kind"].as_str().unwrap();
            format!("{day} {}", kind.trim_start_matches("subscription."))
        });
        told.collect()
    }

    /// What billing or the partner does to a subscription.
    pub fn happens(&self, code: &str, event: &str) -> Answer {
        let path = format!("/_sim/v1/subscriptions/{code}/{event}");
        self.firm.hub.call("POST", &path, &Value::Null)
    }

    /// Changes what was sold.
    pub fn sold(&self, code: &str, change: &Value) -> Answer {
        let path = format!("/_sim/v1/subscriptions/{code}");
        self.firm.hub.call("PATCH", &path, change)
    }

    /// The living subscription as Control Hub shows it.
    pub fn subscription(&self) -> Value {
        self.of(LIVING)
    }

    /// A subscription as Control Hub shows it.
    pub fn of(&self, code: &str) -> Value {
        let path = format!("/subscriptions/{code}");
        self.firm.get(&path).expect(200).json()
    }

    /// Its status, and why.
    pub fn status(&self) -> (String, String) {
        let shown = self.subscription();
        let text = |name: &str| shown[name].as_str().unwrap_or_default().to_owned();
        (text("status"), text("reason"))
    }

    /// What the audit log tells of a subscription, the oldest first.
    pub fn told(&self, code: &str) -> Vec<String> {
        let organizations = self.firm.hub.get("/v1/organizations").expect(200).json();
        let organization = organizations["items"][0]["id"].as_str().unwrap().to_owned();
        let path = format!(
            "/v1/adminAudit/events?orgId={organization}&from={}&to={}&eventCategories=SUBSCRIPTIONS",
            Self::date(-1),
            Self::date(360),
        );
        let events = self.firm.hub.pages(&path, "items");
        let data = events.iter().rev().map(|event| &event["data"]);
        let own = data.filter(|data| data["targetName"] == code);
        own.map(|data| data["eventDescription"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The days and the rules of the ledger's entries in which somebody lost a family.
    pub fn lost(&self, holder: &str, family: &str) -> Vec<(String, Value)> {
        let path = format!("/_sim/v1/ledger?holder={holder}&kind=lost&family={family}");
        let items = self.firm.hub.get(&path).expect(200).json();
        let items = items["items"].as_array().unwrap().iter();
        let told = items.map(|item| {
            let lost = item["lost"].as_array().unwrap().iter();
            let of_family = lost.filter(|one| one["family"] == family);
            let rules = of_family.map(|one| one["rule"].as_str().unwrap());
            let rules: std::collections::BTreeSet<&str> = rules.collect();
            (item["at"].as_str().unwrap().to_owned(), json!(rules))
        });
        told.collect()
    }

    /// Who uses a number: `None` when the organisation does not have it.
    pub fn owner(&self, number: &str) -> Option<Value> {
        let path = format!("/v1/telephony/config/numbers?phoneNumber={number}");
        let encoded = path.replace('+', "%2B");
        let found = self.firm.hub.get(&encoded).expect(200).json();
        let found = found["phoneNumbers"].as_array().unwrap().first().cloned();
        found.map(|number| number["owner"].clone())
    }
}
