//! A server of one's own on a free port, a small world to put in it, and a client.

use std::io::{BufRead, BufReader};
use std::sync::Arc;

use hubsim::Server;
use hubsim::catalog::ENGINE;
use hubsim::model::{License, Location, Organization, Person, Subscription};
use hubsim::options::Options;
use hubsim::scenario::{self, source::Source};
use hubsim::world::{Actor, Clock, Context, Entity, KindDef, Limits, Moment, Sandbox, Tx, World};
use serde_json::{Value, json};
use uuid::Uuid;

/// The moment at which the small world's clock stands.
pub const START: &str = "2026-03-02T09:00:00.000Z";
/// An ordinary person of the small world, with Calling.
pub const ADA: &str = "ada@harbour.example";

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    fn of(response: reqwest::blocking::Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().expect("a text"),
        }
    }

    /// The body as JSON; null when there is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("a plain header"))
    }

    /// The answer, which must have this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
}

/// A stream of server-sent events.
pub struct Events(BufReader<reqwest::blocking::Response>);

/// One server-sent event.
#[derive(Debug, PartialEq)]
pub struct Event {
    pub id: Option<String>,
    pub name: String,
    pub data: Value,
}

impl Iterator for Events {
    type Item = Event;

    /// The next event; none when the stream ended. Comments are passed over.
    fn next(&mut self) -> Option<Event> {
        let (mut id, mut name, mut data) = (None, String::new(), Value::Null);
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).expect("a line") == 0 {
                return None;
            }
            match line.trim_end().split_once(": ") {
                Some(("id", text)) => id = Some(text.to_owned()),
                Some(("event", text)) => name = text.to_owned(),
                Some(("data", text)) => data = serde_json::from_str(text).expect("JSON"),
                None if !name.is_empty() => return Some(Event { id, name, data }),
                _ => {}
            }
        }
    }
}

/// A server and a client of it.
pub struct Hub {
    pub server: Server,
    client: reqwest::blocking::Client,
}

impl Hub {
    /// A server that holds the small world.
    pub fn start() -> Self {
        Self::start_with(Options::for_tests())
    }

    /// The same with other options.
    pub fn start_with(options: Options) -> Self {
        Self::holding(options, small_world())
    }

    /// A server that holds a world.
    pub fn holding(options: Options, world: World) -> Self {
        let server = Server::holding(options, world).expect("a server");
        let client = client();
        Self { server, client }
    }

    /// A server that starts as its options say.
    pub fn starting(options: Options) -> Self {
        let server = Server::start_with(options).expect("a server");
        let client = client();
        Self { server, client }
    }

    /// A server that holds a scenario of the binary. Its clock stands.
    pub fn with_scenario(name: &str) -> Self {
        Self::with_options(name, Options::for_tests())
    }

    /// The same with other options.
    pub fn with_options(name: &str, mut options: Options) -> Self {
        options.scenario = name.to_owned();
        let start = START.parse().expect("a time");
        let source = Source::open(name).expect("a scenario");
        let world = scenario::start::make(&source, options.seed, Some(Clock::frozen(start)));
        let world = World::clone(&world.expect("a world"));
        Self::holding(options, world)
    }

    /// The item of a list whose field has a value.
    #[track_caller]
    pub fn find(&self, path: &str, field: &str, value: &str) -> Value {
        let items = self.get(path).expect(200).json();
        let lists = items.as_object().expect("an object").values();
        let mut list = lists.filter_map(Value::as_array).flatten();
        let found = list.find(|item| item[field] == value).cloned();
        let missing = format!("no {field} {value} at {path}");
        found.expect(&missing)
    }

    /// The id of a location.
    pub fn location(&self, name: &str) -> String {
        let location = self.find("/v1/locations", "name", name);
        location["id"].as_str().expect("an id").to_owned()
    }

    /// The world's revision, to see that nothing changed.
    pub fn revision(&self) -> u64 {
        self.server.app().default.sandbox.read().revision
    }

    /// Every page of a list.
    pub fn pages(&self, path: &str, envelope: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let answer = self.get(&path).expect(200);
            let page = answer.json()[envelope].as_array().cloned();
            items.extend(page.expect("a list"));
            let link = answer.header("link").to_owned();
            let url = link.strip_prefix('<').and_then(|rest| rest.split_once('>'));
            next = url.map(|(url, _)| url.replacen(&self.server.url(), "", 1));
        }
        items
    }

    /// Sends a form without a token.
    pub fn form(&self, path: &str, fields: &str) -> Answer {
        let url = format!("{}{path}", self.server.url());
        let request = self.client.post(url).body(fields.to_owned());
        let form = "application/x-www-form-urlencoded;charset=utf-8";
        let request = request.header("content-type", form);
        Answer::of(request.send().expect("an answer"))
    }

    /// Sends a request with these headers.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let url = format!("{}{path}", self.server.url());
        let method = method.parse().expect("a method");
        let mut request = self.client.request(method, url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !body.is_null() {
            request = request.json(body);
        }
        Answer::of(request.send().expect("an answer"))
    }

    /// The status of a HEAD.
    pub fn head(&self, path: &str) -> u16 {
        let url = format!("{}{path}", self.server.url());
        let response = self.client.head(url).send().expect("an answer");
        response.status().as_u16()
    }

    /// Opens a stream of server-sent events.
    pub fn listen(&self, path: &str, headers: &[(&str, &str)]) -> Events {
        let url = format!("{}{path}", self.server.url());
        let mut request = self.client.get(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().expect("an answer");
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Events(BufReader::new(response))
    }

    /// Sends a text with these headers.
    pub fn send_text(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        text: String,
    ) -> Answer {
        let url = format!("{}{path}", self.server.url());
        let method = method.parse().expect("a method");
        let mut request = self.client.request(method, url).body(text);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::of(request.send().expect("an answer"))
    }

    /// Sends a file as full administrator.
    pub fn upload(&self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
        let url = format!("{}{path}", self.server.url());
        let request = self.client.post(url).bearer_auth("full-admin");
        let request = request
            .header("content-type", content_type)
            .body(body.into());
        Answer::of(request.send().expect("an answer"))
    }

    /// Sends bytes of a media type as full administrator.
    pub fn send_raw(&self, method: &str, path: &str, content_type: &str, body: &[u8]) -> Answer {
        let url = format!("{}{path}", self.server.url());
        let request = self.client.request(method.parse().expect("a method"), url);
        let request = request.header("authorization", "Bearer full-admin");
        let request = request
            .header("content-type", content_type)
            .body(body.to_vec());
        let response = request.send().expect("an answer");
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().expect("a text"),
        }
    }

    /// The bytes of a file that a token may read.
    pub fn file(&self, token: &str, path: &str) -> Vec<u8> {
        let url = format!("{}{path}", self.server.url());
        let request = self.client.get(url).bearer_auth(token);
        let response = request.send().expect("an answer");
        assert_eq!(response.status().as_u16(), 200);
        response.bytes().expect("a body").to_vec()
    }

    /// Sends a request with a token.
    pub fn send_as(&self, token: &str, method: &str, path: &str, body: &Value) -> Answer {
        let token = format!("Bearer {token}");
        self.send(method, path, &[("authorization", &token)], body)
    }

    /// A GET as full administrator.
    pub fn get(&self, path: &str) -> Answer {
        self.send_as("full-admin", "GET", path, &Value::Null)
    }

    /// Another request as full administrator.
    pub fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.send_as("full-admin", method, path, body)
    }
}

/// A client that shows redirections instead of following them.
fn client() -> reqwest::blocking::Client {
    let builder = reqwest::blocking::Client::builder();
    let builder = builder.redirect(reqwest::redirect::Policy::none());
    builder.build().expect("a client")
}

/// The Webex id of a person, looked up with a token.
pub fn person_id(hub: &Hub, token: &str, email: &str) -> String {
    let path = format!("/v1/people?email={email}");
    let found = hub.send_as(token, "GET", &path, &Value::Null).expect(200);
    let id = found.json()["items"][0]["id"].as_str().map(str::to_owned);
    id.expect("somebody with that address")
}

/// An organisation with one Calling location, an administrator of each of two roles, and Ada, who
/// holds Webex Calling Professional. Its clock stands.
pub fn small_world() -> World {
    world_with(fill)
}

/// A world whose clock stands, with what `fill` puts in it.
pub fn world_with(fill: impl FnOnce(&mut Tx)) -> World {
    let start: Moment = START.parse().expect("a time");
    let empty = World::new(7, Clock::frozen(start));
    let sandbox = Sandbox::new(&ENGINE, Limits::default(), Arc::new(empty));
    let context = Context {
        now: start,
        actor: Actor::simulator(),
        operation: "test",
        tracking_id: "test".into(),
    };
    let written = sandbox.write(&context, |tx| {
        fill(tx);
        Ok::<_, std::convert::Infallible>(())
    });
    written.expect("a world");
    World::clone(&sandbox.read())
}

/// Stores a document of a kind.
pub fn put<T: Entity>(tx: &mut Tx, document: Value) -> Uuid {
    let id = tx.new_id::<T>();
    let object = (KindDef::of::<T>().decode)(document).expect("a document of this kind");
    tx.put_object(id, object).expect("unique values");
    id
}

/// Synchronize Users of Contact Center, to the end of the task.
pub fn synchronize(hub: &Hub) -> Value {
    let own = "/_hub/v1/organizations/me";
    let path = format!("{own}/contactCenter/synchronize");
    let task = hub.call("POST", &path, &Value::Null).expect(202).json();
    assert_eq!(task["kind"], "contactCenterSync");
    hub.call("POST", "/_sim/v1/tasks/run", &Value::Null)
        .expect(200);
    let id = task["id"].as_str().expect("an id");
    hub.get(&format!("{own}/tasks/{id}")).expect(200).json()
}

/// The path of an operation, in which each parameter is filled by its name.
pub fn filled<'a>(path: &'a str, value: impl Fn(&'a str) -> &'a str) -> String {
    let parts = path.split('/').map(|part| {
        let name = part.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        name.map_or(part, &value)
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The path of an operation in the caller's own organisation, in which nothing else is there.
pub fn path_to_nothing(path: &str) -> String {
    filled(path, |name| match name {
        "org" | "orgId" => "me",
        _ => "nothing",
    })
}

fn fill(tx: &mut Tx) {
    let organization = put::<Organization>(
        tx,
        json!({"name": "Harbour Light", "created": START, "country": "US"}),
    );
    let subscription = put::<Subscription>(
        tx,
        json!({
            "code": "Sub100001", "organization": organization, "name": "Calling",
            "status": "active", "trial": false, "createdAt": START,
            "endDate": "2027-03-02T09:00:00.000Z",
        }),
    );
    let license = put::<License>(
        tx,
        json!({
            "organization": organization, "subscription": subscription, "offer": "BCSTD",
            "totalUnits": 10, "consumedByUsers": 1, "consumedByWorkspaces": 0,
        }),
    );
    let location = put::<Location>(
        tx,
        json!({
            "organization": organization, "name": "Pier", "timeZone": "America/New_York",
            "preferredLanguage": "en_us", "announcementLanguage": "en_us",
            "address": {"address1": "1 Pier", "city": "Boston", "state": "MA", "country": "US"},
            "calling": {},
        }),
    );
    for (name, email, role) in [
        ("Faye Full", "faye@harbour.example", "id_full_admin"),
        ("Rhea Read", "rhea@harbour.example", "id_readonly_admin"),
    ] {
        put::<Person>(
            tx,
            json!({
                "organization": organization, "email": email, "displayName": name,
                "roles": [role], "created": START, "lastModified": START,
            }),
        );
    }
    put::<Person>(
        tx,
        json!({
            "organization": organization, "email": ADA, "displayName": "Ada Lovelace",
            "licenses": [license], "created": START, "lastModified": START,
            "calling": {"location": location, "extension": "201"},
        }),
    );
}
