//! Users > (user) > Package.

mod integrity;
mod manual;

use serde_json::{Value, json};

use super::customers::launched;
use crate::support::{Answer, Hub, person_id};

const BAKERY: &str = "Copperkettle Bakeries";
/// Where Control Hub is.
pub const HUB: &str = "/_hub/v1/organizations/me";
/// The column of the key.
pub const KEY: &str = "User ID/Email (Required)";
pub const PETRA: &str = "petra.brioche@copperkettle.example";
pub const TEODOR: &str = "teodor.rye@copperkettle.example";
pub const MARGUERITE: &str = "marguerite.scone@copperkettle.example";

/// The bakery, seen by the partner's administrator who launched Control Hub into it.
pub struct Bakery {
    pub hub: Hub,
    token: String,
}

impl Bakery {
    pub fn start() -> Self {
        let hub = Hub::with_scenario("partner");
        let token = launched(&hub, BAKERY);
        Self { hub, token }
    }

    pub fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.hub.send_as(&self.token, method, path, body)
    }

    pub fn get(&self, path: &str) -> Value {
        self.call("GET", path, &Value::Null).expect(200).json()
    }

    pub fn package(&self, method: &str, email: &str, body: &Value) -> Answer {
        let path = format!("{HUB}/users/{email}/package");
        self.call(method, &path, body)
    }

    pub fn person(&self, email: &str) -> Value {
        self.get(&format!("/v1/people?email={email}&callingData=true"))["items"][0].clone()
    }

    pub fn settings(&self, email: &str, family: &str) -> Answer {
        let id = person_id(&self.hub, &self.token, email);
        self.call(
            "GET",
            &format!("/v1/people/{id}/features/{family}"),
            &Value::Null,
        )
    }

    /// Imports a file and lets its task run.
    pub fn import(&self, behavior: &str, file: &str) -> Imported {
        let path = format!("{HUB}/users/csv/import?behavior={behavior}");
        let task = self.upload(&path, file, &[]).expect(202).json();
        self.finished(&task)
    }

    /// Sends a file.
    pub fn upload(&self, path: &str, file: &str, headers: &[(&str, &str)]) -> Answer {
        let token = format!("Bearer {}", self.token);
        let own = [
            ("authorization", token.as_str()),
            ("content-type", "text/csv"),
        ];
        let headers = [&own, headers].concat();
        self.hub.send_text("POST", path, &headers, file.to_owned())
    }

    pub fn finished(&self, task: &Value) -> Imported {
        self.hub
            .call("POST", "/_sim/v1/tasks/run", &Value::Null)
            .expect(200);
        let own = format!("{HUB}/tasks/{}", task["id"].as_str().unwrap());
        let part = |part: &str| self.call("GET", &format!("{own}/{part}"), &Value::Null);
        Imported {
            task: self.get(&own),
            errors: part("errors").text,
            outcomes: part("outcomes").json()["items"].clone(),
        }
    }

    /// The export of all users.
    pub fn export(&self) -> String {
        let task = self.call("POST", &format!("{HUB}/users/csv/export"), &json!({}));
        self.hub
            .call("POST", "/_sim/v1/tasks/run", &Value::Null)
            .expect(200);
        let id = task.expect(202).json()["id"].as_str().unwrap().to_owned();
        let path = format!("{HUB}/tasks/{id}/result");
        self.call("GET", &path, &Value::Null).expect(200).text
    }

    /// The row of a user in an export with some cells written anew, under its header.
    pub fn edited(&self, email: &str, cells: &[(&str, &str)]) -> String {
        let export = self.export();
        let mut reader = csv::Reader::from_reader(export.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let rows = reader.records().map(|row| row.expect("a row"));
        let row = rows
            .into_iter()
            .find(|row| row.iter().any(|cell| cell == email));
        let row: Vec<String> = row.expect("the user").iter().map(str::to_owned).collect();
        let named = header.iter().zip(row).map(|(name, cell)| {
            let cells = cells.iter().find(|(known, _)| *known == name);
            (name, cells.map_or(cell, |(_, cell)| (*cell).to_owned()))
        });
        let (names, row): (Vec<&str>, Vec<String>) = named.unzip();
        format!("{}\n{}\n", names.join(","), row.join(","))
    }

    /// The names of the licences that a user holds.
    pub fn licenses(&self, email: &str) -> Vec<String> {
        let all = self.get("/v1/licenses")["items"].clone();
        let held = self.person(email)["licenses"].clone();
        let all = all.as_array().unwrap().iter();
        let held = all.filter(|it| held.as_array().unwrap().contains(&it["id"]));
        held.map(|it| it["name"].as_str().unwrap().to_owned())
            .collect()
    }

    pub fn location(&self) -> Value {
        self.get("/v1/locations")["items"][0]["id"].clone()
    }
}

/// What became of an import.
pub struct Imported {
    pub task: Value,
    pub errors: String,
    pub outcomes: Value,
}

impl Imported {
    /// The only outcome, of an import that succeeded.
    #[track_caller]
    pub fn done(&self) -> &Value {
        assert_eq!(self.task["status"], "completed", "{}", self.errors);
        &self.outcomes[0]
    }

    /// The only row failed, by this code and with these words.
    #[track_caller]
    pub fn fails(&self, code: u32, words: &str) {
        assert_eq!(
            self.task["status"], "completedWithErrors",
            "{:?}",
            self.outcomes
        );
        assert!(
            self.errors.contains(&format!(",{code},")),
            "{}",
            self.errors
        );
        assert!(self.errors.contains(words), "{}", self.errors);
    }

    /// The only outcome names a rule.
    #[track_caller]
    pub fn by(&self, rule: &str) {
        let rules = self.outcomes[0]["rules"].as_array().unwrap();
        assert!(rules.contains(&json!(rule)), "{rules:?}");
    }
}

/// A header of these columns with one row under it.
pub fn file(cells: &[(&str, &str)]) -> String {
    let (names, row): (Vec<&str>, Vec<&str>) = cells.iter().copied().unzip();
    format!("{}\n{}\n", names.join(","), row.join(","))
}

pub fn code(answer: &Answer) -> Value {
    answer.json()["errors"][0]["errorCode"].clone()
}

/// Proves: PKG-13
#[test]
fn a_package_with_calling_needs_number_information_of_whoever_has_none() {
    let bakery = Bakery::start();
    let revision = bakery.hub.revision();
    for package in [
        "webex_calling",
        "webex_suite",
        "webex_calling_standard",
        "cx_essentials",
    ] {
        let answer = bakery
            .package("PUT", MARGUERITE, &json!({"package": package}))
            .expect(400);
        assert_eq!(code(&answer), 900015, "{}", answer.text);
        assert!(answer.text.contains("locationId"), "{}", answer.text);
    }
    assert_eq!(bakery.hub.revision(), revision);
    let full = json!({"package": "webex_suite",
        "properties": {"locationId": bakery.location(), "phoneNumber": "+15035550150", "extension": "2050"}});
    let outcome = bakery.package("PUT", MARGUERITE, &full).expect(200).json();
    assert_eq!(outcome["action"], "assigned");
    assert_eq!(bakery.person(MARGUERITE)["extension"], "2050");
}

#[test]
fn webex_voice_comes_without_a_number() {
    let bakery = Bakery::start();
    let outcome = bakery.package("PUT", MARGUERITE, &json!({"package": "webex_voice"}));
    assert_eq!(outcome.expect(200).json()["action"], "assigned");
    assert_eq!(bakery.person(MARGUERITE)["locationId"], bakery.location());
}

/// Proves: PKG-13
#[test]
fn who_comes_from_webex_voice_without_a_number_gets_one_with_webex_calling() {
    let bakery = Bakery::start();
    bakery
        .package("PUT", MARGUERITE, &json!({"package": "webex_voice"}))
        .expect(200);
    let revision = bakery.hub.revision();
    for package in ["webex_calling", "webex_calling_standard", "webex_suite"] {
        let answer = bakery.package("PUT", MARGUERITE, &json!({"package": package}));
        let answer = answer.expect(400);
        assert_eq!(code(&answer), 900015, "{}", answer.text);
        assert!(answer.text.contains("has no number yet"), "{}", answer.text);
    }
    assert_eq!(bakery.hub.revision(), revision);
    let full = json!({"package": "webex_calling", "properties": {"extension": "2051"}});
    let outcome = bakery.package("PUT", MARGUERITE, &full).expect(200).json();
    assert_eq!(outcome["action"], "swapped", "{outcome}");
    assert_eq!(outcome["changed"][0]["after"], "2051", "{outcome}");
    assert_eq!(bakery.person(MARGUERITE)["extension"], "2051");
    // Whoever has a number needs to say nothing.
    bakery
        .package("PUT", MARGUERITE, &json!({"package": "webex_suite"}))
        .expect(200);
}

/// The Users page shows the package, what is added to it, and what is wrong with it.
#[test]
fn the_users_page_shows_packages() {
    let bakery = Bakery::start();
    let shown = |email: &str| {
        let page = bakery.get(&format!("{HUB}/users?query={email}"));
        page["items"][0].clone()
    };
    let saskia = shown("saskia.bun@copperkettle.example");
    assert_eq!(saskia["package"], "webex_calling");
    assert_eq!(saskia["addOns"], json!(["attendant_console"]));
    let petra = shown(PETRA);
    assert_eq!((petra.get("package"), petra.get("addOns")), (None, None));
    let rule = json!({"effect": {"backend": "wholesaleLicenseUpdate"}, "times": 1});
    bakery
        .hub
        .call("POST", "/_sim/v1/faults", &rule)
        .expect(201);
    bakery
        .package("PUT", MARGUERITE, &json!({"package": "webex_voice"}))
        .expect(500);
    let broken = shown(MARGUERITE);
    assert_eq!(broken["package"], "webex_meetings");
    assert_eq!(broken["packageError"]["code"], 900_081);
}

/// Proves: PKG-15
#[test]
fn a_full_administrators_package_is_not_downgraded() {
    let bakery = Bakery::start();
    let owner = "wilhelmina.crust@copperkettle.example";
    let revision = bakery.hub.revision();
    for package in ["webex_calling", "webex_meetings"] {
        let answer = bakery
            .package("PUT", owner, &json!({"package": package}))
            .expect(400);
        assert_eq!(code(&answer), 900084, "{}", answer.text);
    }
    assert_eq!(bakery.hub.revision(), revision);
    bakery
        .package("PUT", owner, &json!({"package": "webex_suite"}))
        .expect(200);
}

#[test]
fn an_organisation_without_packages_says_so() {
    let hub = Hub::with_scenario("partner");
    let token = launched(&hub, "Tidewater Clinics");
    let path = "/_hub/v1/organizations/me/users/anselm.shoal@tidewater.example/package";
    let answer = hub
        .send_as(&token, "PUT", path, &json!({"package": "webex_suite"}))
        .expect(400);
    assert_eq!(code(&answer), 900085, "{}", answer.text);
    hub.send_as(&token, "DELETE", path, &Value::Null)
        .expect(404);
}

#[test]
fn what_is_no_package_is_refused_and_named() {
    let bakery = Bakery::start();
    let answer = bakery
        .package("PUT", TEODOR, &json!({"package": "webex_everything"}))
        .expect(400);
    assert!(answer.text.contains("webex_everything"), "{}", answer.text);
    bakery.package("PUT", TEODOR, &json!({})).expect(400);
    bakery
        .package(
            "PUT",
            "nobody@copperkettle.example",
            &json!({"package": "webex_suite"}),
        )
        .expect(404);
    let two = json!({"package": "webex_calling", "addOns": ["webex_suite"]});
    assert_eq!(
        code(&bakery.package("PUT", TEODOR, &two).expect(400)),
        900014
    );
}

#[test]
fn a_plan_tells_what_a_lesser_package_would_destroy() {
    let bakery = Bakery::start();
    let revision = bakery.hub.revision();
    let path = format!("/_hub/v1/organizations/me/users/{TEODOR}/package");
    let token = format!("Bearer {}", bakery.token);
    let headers = [("authorization", token.as_str()), ("x-sim-dry-run", "true")];
    let plan = bakery.hub.send(
        "PUT",
        &path,
        &headers,
        &json!({"package": "webex_meetings"}),
    );
    let plan = plan.expect(200).json();
    assert_eq!(plan["response"]["status"], 200);
    assert!(!plan["loss"].as_array().unwrap().is_empty());
    assert_eq!(bakery.hub.revision(), revision);
}
