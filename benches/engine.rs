//! How long the engine's large works take: a user CSV of 20 000 rows, from bytes to the end of
//! its task.

#![allow(clippy::expect_used, reason = "a bench may stop at the first surprise")]

use std::fmt::Write as _;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use hubsim::catalog::ENGINE;
use hubsim::licensing::{Add, Change, Properties, Route, save};
use hubsim::model::{Holder, License, Location, Organization, Person, PhoneNumber, Subscription};
use hubsim::tasks::engine;
use hubsim::tasks::job::Job;
use hubsim::tasks::user_csv::{Behavior, Import};
use hubsim::world::{Actor, Clock, Context, Entity, KindDef, Limits, Moment, Sandbox, Tx, World};
use serde_json::{Value, json};
use uuid::Uuid;

const PEOPLE: usize = 20_000;
const NOW: Moment = Moment(1_780_000_000_000);
const OLD: &str = "Webex Calling VAR Professional [Sub119911]";
const NEW: &str = "Webex Calling VAR Professional [Sub121331]";

fn context() -> Context {
    Context {
        now: NOW,
        actor: Actor::simulator(),
        operation: "bench",
        tracking_id: "bench".into(),
    }
}

fn put<T: Entity>(tx: &mut Tx, document: Value) -> Uuid {
    let id = tx.new_id::<T>();
    let object = (KindDef::of::<T>().decode)(document).expect("a document");
    tx.put_object(id, object).expect("unique values");
    id
}

/// An organisation whose people all hold Calling of the first of two subscriptions.
fn world() -> (Arc<World>, Uuid) {
    let empty = World::new(1, Clock::frozen(NOW));
    let sandbox = Sandbox::new(&ENGINE, Limits::default(), Arc::new(empty));
    let written = sandbox.write(&context(), |tx| Ok::<_, std::convert::Infallible>(fill(tx)));
    (sandbox.read(), written.expect("a world").value)
}

fn fill(tx: &mut Tx) -> Uuid {
    let name = json!({"name": "Large", "created": NOW, "country": "US"});
    let organization = put::<Organization>(tx, name);
    let licenses = ["Sub119911", "Sub121331"].map(|code| license(tx, organization, code));
    let location = put::<Location>(
        tx,
        json!({
            "organization": organization, "name": "HQ", "timeZone": "America/Chicago",
            "preferredLanguage": "en_us", "announcementLanguage": "en_us", "address": {},
            "calling": {},
        }),
    );
    for at in 0..PEOPLE {
        let number = number(at);
        put::<PhoneNumber>(
            tx,
            json!({
                "organization": organization, "location": location, "active": true,
                "number": number,
            }),
        );
        let id = put::<Person>(
            tx,
            json!({
                "organization": organization, "email": email(at), "displayName": "Some Body",
                "firstName": "Some", "lastName": "Body", "created": NOW, "lastModified": NOW,
            }),
        );
        let properties = Properties::parse(Some(location), Some(&number), None);
        let add = Add {
            license: licenses[0],
            properties: properties.ok(),
        };
        let holder = Holder::Person(id);
        let change = Change {
            holder,
            add: vec![add],
            remove: vec![],
            route: Route::Scenario,
        };
        save(tx, change).expect("Calling");
    }
    organization
}

fn license(tx: &mut Tx, organization: Uuid, code: &str) -> Uuid {
    let subscription = put::<Subscription>(
        tx,
        json!({
            "code": code, "organization": organization, "name": code, "status": "active",
            "trial": false, "createdAt": NOW, "endDate": NOW.plus_days(300),
        }),
    );
    put::<License>(
        tx,
        json!({
            "organization": organization, "subscription": subscription, "offer": "BCSTD",
            "totalUnits": -1, "consumedByUsers": 0, "consumedByWorkspaces": 0,
        }),
    )
}

fn email(at: usize) -> String {
    format!("p{at}@large.example")
}

fn number(at: usize) -> String {
    format!("+1312{at:07}")
}

fn import(sandbox: &Sandbox, organization: Uuid, file: &str) {
    let context = context();
    let world = sandbox.read();
    let behavior = Behavior::AddAndRemove;
    let prepared = Import::prepare(&world, organization, behavior, file.as_bytes());
    let (import, warnings) = prepared.expect("a good file");
    let job = Job::UserImport(import);
    let start = |tx: &mut Tx| engine::start(tx, &context, organization, job, warnings);
    sandbox.write(&context, start).expect("a task");
    engine::run_all(sandbox, &context);
}

fn imports(criterion: &mut Criterion) {
    let (world, organization) = world();
    let fresh = || Sandbox::new(&ENGINE, Limits::default(), Arc::clone(&world));
    let mut moves = format!("User ID/Email (Required),{OLD},{NEW}\n");
    let mut same =
        "User ID/Email (Required),First Name,Last Name,Phone Number,Location\n".to_owned();
    let mut new = "User ID/Email (Required),First Name,Last Name\n".to_owned();
    for at in 0..PEOPLE {
        let (email, number) = (email(at), number(at));
        writeln!(moves, "{email},FALSE,TRUE").expect("memory");
        writeln!(same, "{email},Some,Body,{number},HQ").expect("memory");
        writeln!(new, "new{email},Some,Body").expect("memory");
    }
    let mut group = criterion.benchmark_group("import of 20 000 rows");
    group.sample_size(10);
    for (name, file) in [
        ("moves", &moves),
        ("unchanged", &same),
        ("new people", &new),
    ] {
        group.bench_function(name, |bencher| {
            let run = |sandbox: Sandbox| {
                import(&sandbox, organization, file);
                sandbox
            };
            bencher.iter_batched(fresh, run, BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, imports);
criterion_main!(benches);
