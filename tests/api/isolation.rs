//! Nothing that is done in one sandbox can be seen, felt or paid for in another.

mod bounds;
mod idle;
mod locks;
mod walk;

use hubsim::http::App;
use hubsim::http::edge::{self, Incoming};
use hubsim::options::Options;
use hubsim::world::{Moment, snapshot};
use serde_json::{Value, json};

use crate::support::{Hub, START};

/// A server whose administrator alone may act on other sandboxes, with two of them, `a` and `b`:
/// the same organisation with other ids.
fn two_sandboxes() -> Hub {
    let mut options = Options::for_tests();
    options.admin_token = Some("secret".to_owned());
    let hub = Hub::start_with(options);
    for (id, seed) in [("a", 11), ("b", 22)] {
        let body = json!({
            "id": id, "scenario": "demo", "seed": seed,
            "clock": {"mode": "frozen", "now": START},
        });
        let admin = [("x-sim-admin-token", "secret")];
        hub.send("POST", "/_sim/v1/sandboxes", &admin, &body)
            .expect(201);
    }
    hub
}

/// The administrator of a sandbox, who calls the edge without a wire.
#[derive(Clone, Copy)]
struct Caller<'a> {
    app: &'a App,
    token: &'a str,
}

/// The administrators of both.
fn callers(app: &App) -> [Caller<'_>; 2] {
    ["full-admin.a", "full-admin.b"].map(|token| Caller { app, token })
}

impl Caller<'_> {
    fn send(&self, method: &str, path: &str, body: &Value) -> (u16, String) {
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        self.send_with(method, path, body, Incoming::default())
    }

    fn send_with(&self, method: &str, path: &str, body: String, more: Incoming) -> (u16, String) {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let incoming = Incoming {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            body: body.into(),
            authorization: Some(format!("Bearer {}", self.token)),
            host: Some("localhost".to_owned()),
            content_type: more
                .content_type
                .clone()
                .or(Some("application/json".to_owned())),
            ..more
        };
        let outgoing = match edge::prepare(self.app, incoming) {
            Ok(prepared) => edge::run(self.app, &prepared),
            Err(outgoing) => *outgoing,
        };
        let text = String::from_utf8_lossy(&outgoing.reply.body).into_owned();
        (outgoing.reply.status, text)
    }

    fn get(&self, path: &str) -> Value {
        let (status, text) = self.send("GET", path, &Value::Null);
        assert_eq!(status, 200, "{path}: {text}");
        serde_json::from_str(&text).expect("a document")
    }
}

/// Everything a sandbox holds, as bytes: its world, and what stands beside it.
fn everything(app: &App, id: &str) -> String {
    let tenant = app.tenant(id).expect("a sandbox");
    let world = tenant.sandbox.read();
    let document = snapshot::take(&world, &hubsim::catalog::ENGINE, Moment(0));
    let document = serde_json::to_string(&document).expect("a document");
    let entries = tenant.sandbox.ledger(|ledger| ledger.entries().count());
    let requests = tenant.journal.list(|_| true).0.len();
    let timeline = tenant.sandbox.timeline();
    let snapshots = tenant.snapshots.list().len();
    let faults = tenant.faults.list().len();
    format!(
        "{document} {entries} {requests} {} {} {snapshots} {faults}",
        timeline.steps.len(),
        timeline.undoable
    )
}
