//! Whatever is done to criteria and to the schedules that they name, what must hold of both holds.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::items::at;
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::family::Verb;
use crate::settings::table::family;
use crate::settings::testing::{Small, small};
use crate::world::check::check;

/// A family with criteria: its name, the switch of a criterion, what its list calls it, and
/// whether it is on by criteria alone.
type Row = (&'static str, &'static str, &'static str, bool);

const ROWS: &[Row] = &[
    ("selectiveAccept", "acceptEnabled", "acceptEnabled", true),
    ("selectiveReject", "rejectEnabled", "rejectEnabled", true),
    ("selectiveForward", "forwardEnabled", "ringEnabled", true),
    ("simultaneousRing", "ringEnabled", "ringEnabled", false),
    ("sequentialRing", "ringEnabled", "ringEnabled", false),
    (
        "priorityAlert",
        "notificationEnabled",
        "notificationEnabled",
        true,
    ),
    (
        "executiveAssistant",
        "filterEnabled",
        "filterEnabled",
        false,
    ),
];

/// One thing that somebody does.
#[derive(Debug, Clone)]
enum Deed {
    Create(Value),
    Change(usize, Value),
    Delete(usize),
    Switch(bool),
    RenameSchedule(&'static str, &'static str),
    DeleteSchedule(&'static str),
}

/// The schedules of the person, by the names that they may have.
const NAMES: [&str; 3] = ["Mornings", "Evenings", "Nights"];

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&NAMES[..])
}

/// What is said of a criterion; `on` stands for its switch.
fn body() -> impl Strategy<Value = Value> {
    let from = prop::option::of(prop::sample::select(vec![
        "ANY_PHONE_NUMBER",
        "SELECT_PHONE_NUMBERS",
        "FORWARDED",
        "ANY_INTERNAL",
    ]));
    let numbers = prop::option::of(prop::collection::vec(0_u8..4, 0..3));
    let level = prop::sample::select(vec!["PEOPLE", "GROUP", "GLOBAL"]);
    let schedule = prop::option::of((name(), level));
    let parts = (
        from,
        numbers,
        schedule,
        any::<Option<bool>>(),
        any::<bool>(),
        name(),
    );
    parts.prop_map(|(from, numbers, schedule, on, hidden, name)| {
        let mut body = json!({ "filterName": name, "anonymousCallersEnabled": hidden,
            "unavailableCallersEnabled": false });
        if let Some(from) = from {
            body["callsFrom"] = json!(from);
        }
        if let Some(numbers) = numbers {
            let numbers = numbers.iter().map(|n| format!("200{n}"));
            body["phoneNumbers"] = numbers.collect();
        }
        if let Some((name, level)) = schedule {
            body["scheduleName"] = json!(name);
            body["scheduleType"] = json!("businessHours");
            body["scheduleLevel"] = json!(level);
        }
        if let Some(on) = on {
            body["on"] = json!(on);
        }
        body
    })
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => body().prop_map(Deed::Create),
        4 => (0_usize..5, body()).prop_map(|(which, body)| Deed::Change(which, body)),
        2 => (0_usize..5).prop_map(Deed::Delete),
        2 => any::<bool>().prop_map(Deed::Switch),
        2 => (name(), name()).prop_map(|(old, new)| Deed::RenameSchedule(old, new)),
        1 => name().prop_map(Deed::DeleteSchedule),
    ]
}

/// A holder of a small world with a setting that has criteria.
struct Desk {
    small: Small,
    holder: Holder,
    row: Row,
}

impl Desk {
    fn open(row: Row, of_person: bool) -> Option<Self> {
        let small = small();
        let holder = if of_person { small.anna } else { small.room };
        let mut desk = Self { small, holder, row };
        let anna = desk.small.anna;
        let tx = &mut desk.small.tx;
        for name in &NAMES[..2] {
            let body = json!({ "name": name, "type": "businessHours" });
            at(tx, anna, "schedules", Verb::Post, "/schedules", &[], &body).expect("a schedule");
        }
        if row.0 == "executiveAssistant" {
            let body = json!({ "type": "EXECUTIVE" });
            at(
                tx,
                anna,
                row.0,
                Verb::Put,
                "/executiveAssistant",
                &[],
                &body,
            )
            .expect("a type");
        }
        let routes = family(row.0)?.routes.iter();
        let mut paths = routes.flat_map(|route| crate::settings::testing::paths(route, holder));
        paths
            .any(|path| path.ends_with("/criteria"))
            .then_some(desk)
    }

    /// Where the setting stands.
    fn setting(&self) -> String {
        match self.row.0 {
            "executiveAssistant" => "/callFiltering".to_owned(),
            key => format!("/{key}"),
        }
    }

    fn call(&mut self, verb: Verb, end: &str, id: &[&str], body: &Value) -> Result<Value, Refusal> {
        let mut body = body.clone();
        if let Some(fields) = body.as_object_mut()
            && let Some(on) = fields.shift_remove("on")
        {
            fields.insert(self.row.1.to_owned(), on);
        }
        let ending = format!("{}{end}", self.setting());
        at(
            &mut self.small.tx,
            self.holder,
            self.row.0,
            verb,
            &ending,
            id,
            &body,
        )
    }

    /// The criteria as the setting lists them.
    fn listed(&mut self) -> Vec<Value> {
        let shown = self
            .call(Verb::Get, "", &[], &json!({}))
            .expect("the setting");
        shown["criteria"].as_array().cloned().unwrap_or_default()
    }

    fn id(&mut self, which: usize) -> String {
        let listed = self.listed();
        let one = listed.get(which).and_then(|one| one["id"].as_str());
        one.unwrap_or("nobody").to_owned()
    }

    fn schedule(&mut self, verb: Verb, name: &str, body: &Value) -> Result<Value, Refusal> {
        let id = crate::model::ids::encode_text("USER_SCHEDULE", name);
        let items = ["businessHours", id.as_str()];
        let anna = self.small.anna;
        at(
            &mut self.small.tx,
            anna,
            "schedules",
            verb,
            "{scheduleId}",
            &items,
            body,
        )
    }

    fn schedules(&mut self) -> Vec<String> {
        let anna = self.small.anna;
        let all = at(
            &mut self.small.tx,
            anna,
            "schedules",
            Verb::Get,
            "/schedules",
            &[],
            &json!({}),
        );
        let all = all.expect("the schedules");
        let all = all["schedules"].as_array().expect("a list").iter();
        all.map(|one| one["name"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// The whole of a criterion.
    fn whole(&mut self, id: &str) -> Value {
        self.call(Verb::Get, "/criteria/{id}", &[id], &json!({}))
            .expect("the criterion")
    }

    /// The names of the person's own schedules that criteria name.
    fn named(&mut self) -> Vec<String> {
        let listed = self.listed();
        let mut named = Vec::new();
        for one in listed {
            let whole = self.whole(one["id"].as_str().expect("an id"));
            if whole["scheduleLevel"] == "PEOPLE" {
                named.push(whole["scheduleName"].as_str().expect("a name").to_owned());
            }
        }
        named
    }

    fn perform(&mut self, deed: &Deed) -> Result<Value, Refusal> {
        match deed {
            Deed::Create(body) => self.call(Verb::Post, "/criteria", &[], body),
            Deed::Change(which, body) => {
                let id = self.id(*which);
                self.call(Verb::Put, "/criteria/{id}", &[&id], body)
            }
            Deed::Delete(which) => {
                let id = self.id(*which);
                self.call(Verb::Delete, "/criteria/{id}", &[&id], &json!({}))
            }
            Deed::Switch(on) => {
                let body = json!({ "enabled": on, "criteriasEnabled": on,
                    "defaultPhoneNumberToForward": "1002", "phoneNumbers": [
                        { "phoneNumber": "1002", "answerConfirmationRequiredEnabled": true }] });
                self.call(Verb::Put, "", &[], &body)
            }
            Deed::RenameSchedule(old, new) => {
                let body = json!({ "name": old, "newName": new, "type": "businessHours" });
                self.schedule(Verb::Put, old, &body)
            }
            Deed::DeleteSchedule(name) => self.schedule(Verb::Delete, name, &json!({})),
        }
    }

    fn kinds(&self) -> [crate::world::Kind; 2] {
        let kind = |key| family(key).expect("a family").kind.kind;
        [kind(self.row.0), kind("schedules")]
    }

    /// What must hold after every deed.
    fn holds(&mut self) {
        let violations = check(&self.small.tx, &[crate::settings::CHECK]);
        assert_eq!(violations, Vec::<String>::new());
        let (listed, schedules) = (self.listed(), self.schedules());
        for one in &listed {
            let whole = self.whole(one["id"].as_str().expect("an id"));
            assert_eq!(whole["id"], one["id"]);
            assert_eq!(whole[self.row.1], one[self.row.2]);
        }
        for name in self.named() {
            assert!(schedules.contains(&name), "{name} of {schedules:?}");
        }
        let shown = self
            .call(Verb::Get, "", &[], &json!({}))
            .expect("the setting");
        let is_enabled = |one: &Value| one[self.row.2] == true;
        if self.row.3 && shown["enabled"] == true {
            assert!(listed.iter().any(is_enabled), "{shown}");
        }
    }
}

proptest! {
    /// Proves: DEC-85, DEC-86, DEC-87
    #[test]
    fn criteria_stay_sound_whatever_is_done_to_them(
        row in prop::sample::select(ROWS),
        of_person in any::<bool>(),
        deeds in prop::collection::vec(deed(), 1..25),
    ) {
        let Some(mut desk) = Desk::open(row, of_person) else { return Ok(()) };
        let anna = desk.small.anna;
        for deed in &deeds {
            let keys = desk.kinds().map(|kind| (kind, [desk.holder, anna]));
            let stored = |desk: &Desk| keys.map(|(kind, holders)| {
                holders.map(|holder| desk.small.tx.object((kind, holder.id())).cloned())
            });
            let (before, listed, named) = (stored(&desk), desk.listed(), desk.named());
            let answer = desk.perform(deed);
            if answer.is_err() {
                prop_assert_eq!(stored(&desk), before, "{:?}", deed);
            }
            let count = desk.listed().len();
            match (deed, &answer) {
                (Deed::Create(_), Ok(made)) => {
                    prop_assert_eq!(count, listed.len() + 1);
                    prop_assert_eq!(&desk.listed()[count - 1]["id"], &made["id"]);
                }
                (Deed::Delete(_), Ok(_)) => prop_assert_eq!(count, listed.len() - 1),
                (Deed::DeleteSchedule(name), Ok(_)) => {
                    prop_assert!(!named.iter().any(|one| one == name));
                }
                _ => prop_assert_eq!(count, listed.len()),
            }
            desk.holds();
        }
    }
}
