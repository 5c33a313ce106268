//! A firm with two Calling subscriptions, and an administrator who works with files.

use hubsim::licensing::{Add, Change, Properties, Route, save};
use hubsim::model::{
    Holder, License, Location, Organization, Person, PhoneNumber, Subscription, SubscriptionStatus,
    spaces,
};
use hubsim::options::Options;
use hubsim::refusal::Refusal;
use hubsim::world::{Actor, Context, Tx, World};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, Hub, START, put, world_with};

/// Webex Calling Professional in the older subscription, which people leave.
pub const OLD: &str = "Webex Calling VAR Professional [Sub119911]";
/// Webex Calling Professional in the newer subscription, to which they move.
pub const NEW: &str = "Webex Calling VAR Professional [Sub121331]";
/// The key column.
pub const KEY: &str = "User ID/Email (Required)";
/// People with Calling of the older subscription.
pub const CALLERS: [&str; 3] = ["ann@firm.example", "bob@firm.example", "cyd@firm.example"];
/// Somebody without Calling.
pub const DEE: &str = "dee@firm.example";

pub const HUB: &str = "/_hub/v1/organizations/me";

/// The server, and what the administrator does with it.
pub struct Firm {
    pub hub: Hub,
}

impl Firm {
    pub fn start() -> Self {
        Self::with(|_| {})
    }

    /// A firm with something more in it.
    pub fn with(more: impl FnOnce(&mut Tx)) -> Self {
        let world = world_with(|tx| {
            fill(tx);
            more(tx);
        });
        Self {
            hub: Hub::holding(Options::for_tests(), world),
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.hub.get(&format!("{HUB}{path}"))
    }

    pub fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.hub.call(method, &format!("{HUB}{path}"), body)
    }

    /// Changes the world behind the server's back.
    pub fn change(&self, work: impl FnOnce(&mut Tx) -> Result<(), Refusal>) {
        let context = Context {
            now: START.parse().unwrap(),
            actor: Actor::simulator(),
            operation: "test",
            tracking_id: "test".into(),
        };
        self.hub
            .server
            .app()
            .default
            .sandbox
            .write(&context, work)
            .unwrap();
    }

    /// The world as it is now.
    pub fn world(&self) -> std::sync::Arc<World> {
        self.hub.server.app().default.sandbox.read()
    }

    pub fn suspend(&self, code: &str) {
        self.status(code, SubscriptionStatus::Suspended);
    }

    /// Puts a subscription into a status without ceremony.
    pub fn status(&self, code: &str, status: SubscriptionStatus) {
        self.change(|tx| {
            let id = tx.find(spaces::SUBSCRIPTION, Uuid::nil(), code).unwrap();
            tx.update::<Subscription>(id, |one| one.status = status)?;
            Ok(())
        });
    }

    pub fn quirk(&self, name: &str, choice: &str) {
        self.change(|tx| {
            tx.choose(name, Some(choice));
            Ok(())
        });
    }

    /// A person as `/v1/people` shows it.
    pub fn person(&self, email: &str) -> Value {
        let found = self
            .hub
            .get(&format!("/v1/people?email={email}&callingData=true"));
        found.expect(200).json()["items"][0].clone()
    }

    /// What somebody set, as the public API shows it.
    pub fn forwarding(&self, email: &str) -> Answer {
        let id = self.person(email)["id"].as_str().unwrap().to_owned();
        self.hub
            .get(&format!("/v1/people/{id}/features/callForwarding"))
    }

    /// Writes the world down and makes it anew of what was written.
    pub fn pass_through_a_snapshot(&self) {
        let world = self.world();
        let (engine, real) = (&hubsim::catalog::ENGINE, world.clock.shown);
        let document = hubsim::world::snapshot::take(&world, engine, real);
        let document = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
        let restored = hubsim::world::snapshot::restore(document, engine, real).unwrap();
        let tenant = &self.hub.server.app().default;
        let context = tenant.own_context("test", real);
        tenant.sandbox.replace(&context, &restored);
    }

    /// Runs the tasks that wait.
    pub fn run(&self) {
        self.hub
            .call("POST", "/_sim/v1/tasks/run", &Value::Null)
            .expect(200);
    }

    /// An export of everything.
    pub fn export(&self) -> Table {
        let task = self
            .call("POST", "/users/csv/export", &json!({}))
            .expect(202)
            .json();
        self.run();
        let id = task["id"].as_str().unwrap();
        Table::read(&self.get(&format!("/tasks/{id}/result")).expect(200).text)
    }

    /// Sends a file and does not wait.
    pub fn submit(&self, behavior: &str, text: &str) -> Answer {
        let path = format!("{HUB}/users/csv/import?behavior={behavior}");
        self.hub.upload(&path, "text/csv", text)
    }

    /// Sends a file and waits for the end of its task.
    pub fn import(&self, behavior: &str, table: &Table) -> Done {
        let task = self.submit(behavior, &table.text()).expect(202).json();
        self.finish(&task)
    }

    /// Sends a file about one person, FALSE being honoured, and waits for the end of its task.
    pub fn import_row(&self, email: &str, cells: &[(&str, &str)]) -> Done {
        self.import("addAndRemove", &Table::row_of(email, cells))
    }

    /// Runs a task to its end.
    pub fn finish(&self, task: &Value) -> Done {
        self.run();
        let id = task["id"].as_str().unwrap();
        let outcomes = self
            .get(&format!("/tasks/{id}/outcomes"))
            .expect(200)
            .json();
        Done {
            task: self.get(&format!("/tasks/{id}")).expect(200).json(),
            outcomes: outcomes["items"].as_array().unwrap().clone(),
            errors: self.get(&format!("/tasks/{id}/errors")).expect(200).text,
        }
    }
}

/// A task that has ended, with what it left behind.
#[derive(Debug)]
pub struct Done {
    pub task: Value,
    pub outcomes: Vec<Value>,
    pub errors: String,
}

impl Done {
    /// The actions of all outcomes.
    pub fn actions(&self) -> Vec<&str> {
        self.outcomes
            .iter()
            .map(|outcome| outcome["action"].as_str().unwrap())
            .collect()
    }

    /// How many outcomes have an action.
    pub fn count(&self, action: &str) -> usize {
        let actions = self.actions().into_iter();
        actions.filter(|one| *one == action).count()
    }

    /// The code of the only outcome's error; 0 when it succeeded.
    pub fn code(&self) -> u64 {
        self.outcomes[0]["error"]["code"].as_u64().unwrap_or(0)
    }

    /// The warnings of the only outcome.
    pub fn warnings(&self) -> String {
        self.outcomes[0]["warnings"].to_string()
    }

    /// The sentence of the only outcome's error.
    pub fn message(&self) -> &str {
        self.outcomes[0]["error"]["message"]
            .as_str()
            .unwrap_or_default()
    }
}

/// A CSV file in the hands of an administrator.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn read(text: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut rows = reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
        Self {
            header: rows.next().unwrap(),
            rows: rows.collect(),
        }
    }

    /// A file with these columns and one row.
    pub fn of(cells: &[(&str, &str)]) -> Self {
        Self {
            header: cells.iter().map(|(name, _)| (*name).to_owned()).collect(),
            rows: vec![cells.iter().map(|(_, cell)| (*cell).to_owned()).collect()],
        }
    }

    /// A file with a row of one person, and these columns beside the key.
    pub fn row_of(email: &str, cells: &[(&str, &str)]) -> Self {
        Self::of(&[&[(KEY, email)], cells].concat())
    }

    pub fn text(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.header).unwrap();
        for row in &self.rows {
            writer.write_record(row).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    pub fn column(&self, name: &str) -> usize {
        let found = self.header.iter().position(|known| known == name);
        found.expect(name)
    }

    fn row(&self, key: &str) -> usize {
        let is_key = |name: &String| [KEY, "Username"].contains(&name.as_str());
        let column = self.header.iter().position(is_key).expect("a key");
        self.rows
            .iter()
            .position(|row| row[column] == key)
            .expect("a row of this person")
    }

    pub fn cell(&self, key: &str, column: &str) -> &str {
        &self.rows[self.row(key)][self.column(column)]
    }

    pub fn set(&mut self, key: &str, column: &str, value: &str) {
        let (row, column) = (self.row(key), self.column(column));
        value.clone_into(&mut self.rows[row][column]);
    }

    /// Moves somebody from the older to the newer subscription.
    pub fn move_over(&mut self, key: &str) {
        let old = self
            .header
            .iter()
            .find(|name| name.starts_with(OLD))
            .unwrap()
            .clone();
        self.set(key, &old, "FALSE");
        self.set(key, NEW, "TRUE");
    }
}

fn fill(tx: &mut Tx) {
    let organization = put::<Organization>(
        tx,
        json!({"name": "Firm", "created": START, "country": "US"}),
    );
    let licenses: Vec<Uuid> = [
        ("Sub119911", "2025-03-02T09:00:00.000Z"),
        ("Sub121331", "2025-09-02T09:00:00.000Z"),
    ]
    .iter()
    .map(|(code, created)| calling_license(tx, organization, code, created))
    .collect();
    let [mill, _quay] = ["Mill", "Quay"].map(|name| location(tx, organization, name));
    for number in 100..120 {
        put::<PhoneNumber>(
            tx,
            json!({
                "organization": organization, "location": mill, "active": true,
                "number": format!("+1312555{number:04}"),
            }),
        );
    }
    person(
        tx,
        organization,
        "admin@firm.example",
        "Ada Min",
        &["id_full_admin"],
    );
    for (at, email) in CALLERS.iter().enumerate() {
        let id = person(tx, organization, email, &format!("Caller N{at}"), &[]);
        let holder = Holder::Person(id);
        let number = format!("+1312555{:04}", 100 + at);
        let extension = format!("{}", 200 + at);
        let properties = Properties::parse(Some(mill), Some(&number), Some(&extension)).unwrap();
        let add = vec![Add {
            license: licenses[0],
            properties: Some(properties),
        }];
        let change = Change {
            holder,
            add,
            remove: vec![],
            route: Route::Scenario,
        };
        save(tx, change).unwrap();
        configure(tx, holder);
    }
    person(tx, organization, DEE, "Dee Desk", &[]);
}

/// Gives somebody a setting that is not the default.
fn configure(tx: &mut Tx, holder: Holder) {
    let family = hubsim::settings::table::family("callForwarding").unwrap();
    let body = br#"{"callForwarding":{"always":{"enabled":true,"destination":"+13125550999"}}}"#;
    (family.configure.unwrap())(tx, holder, body).unwrap();
}

fn calling_license(tx: &mut Tx, organization: Uuid, code: &str, created: &str) -> Uuid {
    let subscription = put::<Subscription>(
        tx,
        json!({
            "code": code, "organization": organization, "name": code, "status": "active",
            "trial": false, "createdAt": created, "endDate": "2027-03-02T09:00:00.000Z",
        }),
    );
    put::<License>(
        tx,
        json!({
            "organization": organization, "subscription": subscription, "offer": "BCSTD",
            "totalUnits": 10, "consumedByUsers": 0, "consumedByWorkspaces": 0,
        }),
    )
}

fn location(tx: &mut Tx, organization: Uuid, name: &str) -> Uuid {
    put::<Location>(
        tx,
        json!({
            "organization": organization, "name": name, "timeZone": "America/Chicago",
            "preferredLanguage": "en_us", "announcementLanguage": "en_us",
            "address": {"address1": "1 Road", "city": "Chicago", "state": "IL", "country": "US"},
            "calling": {},
        }),
    )
}

fn person(tx: &mut Tx, organization: Uuid, email: &str, name: &str, roles: &[&str]) -> Uuid {
    let (first, last) = name.split_once(' ').unwrap();
    put::<Person>(
        tx,
        json!({
            "organization": organization, "email": email, "displayName": name,
            "firstName": first, "lastName": last, "roles": roles, "title": "=1+1",
            "created": START, "lastModified": START,
        }),
    )
}
