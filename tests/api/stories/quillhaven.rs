//! The organisation that hubsim starts with, in the middle of a change of subscription, and what
//! its administrator looks at: everything that a move must leave alone.

use hubsim::catalog;
use hubsim::http::operation::Method;
use hubsim::http::{Fidelity, Space};
use serde_json::{Value, json};

use crate::hub::firm::Firm;
use crate::support::{Answer, Hub};

/// The subscription that ends, and its renewal.
pub const OLD: &str = "Sub119911";
pub const NEW: &str = "Sub121331";
/// Somebody on the old one, with everything that a person can configure.
pub const JOAQUIN: &str = "joaquin.thornfield@quillhaven.example";
/// Somebody else on the old one.
pub const FERGUS: &str = "fergus.demirtas@quillhaven.example";

/// The organisation.
pub fn open() -> Firm {
    Firm {
        hub: Hub::with_scenario("demo"),
    }
}

/// The column, and the name, of Professional in a subscription.
pub fn professional(code: &str) -> String {
    format!("Webex Calling VAR Professional [{code}]")
}

/// What billing or the partner does to a subscription.
pub fn bill(firm: &Firm, code: &str, event: &str) {
    let path = format!("/_sim/v1/subscriptions/{code}/{event}");
    firm.hub.call("POST", &path, &Value::Null).expect(200);
}

/// Lets days pass.
pub fn days(firm: &Firm, days: u32) {
    let by = json!({"by": format!("P{days}D")});
    let path = "/_sim/v1/clock/advance";
    firm.hub.call("POST", path, &by).expect(200);
}

/// How many people hold Professional of a subscription.
pub fn held(firm: &Firm, code: &str) -> i64 {
    let shown = firm
        .get(&format!("/subscriptions/{code}"))
        .expect(200)
        .json();
    let mut licenses = shown["licenses"].as_array().unwrap().iter();
    let found = licenses.find(|it| it["name"] == "Webex Calling - Professional");
    found.unwrap()["consumedByUsers"].as_i64().unwrap()
}

/// The subscriptions of the Calling licences of a person, as the dialog Edit licences shows them.
pub fn calling_of(firm: &Firm, email: &str) -> Vec<String> {
    let dialog = firm.get(&format!("/users/{email}/licenses")).expect(200);
    let dialog = dialog.json();
    let items = dialog["items"].as_array().unwrap().iter();
    let own = items.filter(|it| it["assigned"] == true && is_calling(it));
    own.map(|it| it["subscriptionId"].as_str().unwrap().to_owned())
        .collect()
}

fn is_calling(item: &Value) -> bool {
    item["name"]
        .as_str()
        .unwrap()
        .starts_with("Webex Calling - ")
}

/// Everything that a person has through Calling and beside it, but for the licences: the fields of
/// the person and every call setting that the API reads.
pub fn everything(firm: &Firm, email: &str) -> Vec<(String, Value)> {
    let mut person = firm.person(email);
    let id = person["id"].as_str().unwrap().to_owned();
    for changing in ["licenses", "lastModified"] {
        person[changing] = Value::Null;
    }
    let mut all = vec![("person".to_owned(), person)];
    let rows = catalog::table().operations.iter();
    let settings = rows.filter(|row| {
        let is_settings = row.path.starts_with("/v1/people/{personId}/features/")
            || row
                .path
                .starts_with("/v1/telephony/config/people/{personId}/");
        row.space == Space::Webex
            && row.method == Method::Get
            && row.params.len() == 1
            && row.fidelity != Fidelity::F0
            && is_settings
    });
    for row in settings {
        let path = row.path.replace("{personId}", &id);
        let shown = firm.hub.get(&path);
        let value = match shown.status {
            200 => shown.json(),
            refused => json!(refused),
        };
        all.push((row.path.to_owned(), value));
    }
    assert!(all.len() > 20, "{}", all.len());
    all
}

/// The families that somebody lost, by the ledger.
pub fn lost(firm: &Firm, email: &str) -> Vec<String> {
    let path = format!("/_sim/v1/ledger?holder={email}&kind=lost");
    let items = firm.hub.get(&path).expect(200).json();
    let items = items["items"].as_array().unwrap().iter();
    let mut families: Vec<String> = items
        .flat_map(|item| item["lost"].as_array().unwrap())
        .map(|lost| lost["family"].as_str().unwrap().to_owned())
        .collect();
    families.sort();
    families.dedup();
    families
}

/// What the articles name first of all that goes with a Calling licence.
pub const NAMED: [&str; 4] = [
    "voicemail",
    "voicemailPasscode",
    "numbers",
    "callForwarding",
];

/// Somebody lost everything that the articles name.
pub fn assert_lost_what_is_named(firm: &Firm, email: &str) {
    let gone = lost(firm, email);
    for family in NAMED {
        assert!(gone.iter().any(|it| it == family), "{family}: {gone:?}");
    }
}

/// Saves the dialog of a person with these boxes cleared and checked.
pub fn save(firm: &Firm, email: &str, cleared: &[&str], checked: &[&str]) -> Answer {
    let item =
        |code: &&str, operation: &str| json!({"id": professional(code), "operation": operation});
    let cleared = cleared.iter().map(|code| item(code, "remove"));
    let checked = checked.iter().map(|code| item(code, "add"));
    let licenses: Vec<Value> = cleared.chain(checked).collect();
    let path = format!("/users/{email}/licenses");
    firm.call("PATCH", &path, &json!({ "licenses": licenses }))
}
