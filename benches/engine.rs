//! What the engine costs: fork, snapshot, difference, the load of `large`, imports of 20 000 rows
//! that move people, leave them as they are, or add new ones, plans of such imports, and a year in
//! which subscriptions end.
//! `cargo bench --bench engine`; figures stand in ARCHITECTURE.md.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a bench may stop at the first surprise"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use hubsim::catalog::{ENGINE, table};
use hubsim::http::app::App;
use hubsim::http::edge::{self, Incoming, Outgoing};
use hubsim::licensing::headers::csv_header;
use hubsim::licensing::lifecycle::{self, SubscriptionChange};
use hubsim::licensing::sale::SoldLicense;
use hubsim::model::{License, Organization, Person, Subscription, SubscriptionStatus};
use hubsim::options::Options;
use hubsim::refusal::Refusal;
use hubsim::scenario::start_world;
use hubsim::tasks::engine;
use hubsim::tasks::job::Job;
use hubsim::tasks::task::Task;
use hubsim::tasks::user_csv::{Behavior, Import};
use hubsim::tasks::workspace_csv;
use hubsim::world::{Actor, Context, Limits, Moment, Sandbox, World, diff, snapshot};
use uuid::Uuid;

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn scenario(name: &str) -> World {
    let options = Options {
        scenario: name.to_owned(),
        ..Options::for_tests()
    };
    start_world(&options).unwrap()
}

fn context(world: &World) -> Context {
    Context {
        now: world.clock.shown,
        actor: Actor::simulator(),
        operation: "bench",
        tracking_id: "bench".into(),
    }
}

fn sandbox(world: &Arc<World>) -> Sandbox {
    Sandbox::new(&ENGINE, Limits::default(), Arc::clone(world))
}

/// The most rows a file may have (CSV-02).
const ROWS: usize = 20_000;
const KEY: &str = "User ID/Email (Required)";

/// The Calling licences of the first subscription, each with its twin in the second.
fn pairs(world: &World) -> [(Uuid, Uuid); 2] {
    let find = |offer: &str, subscription: &str| -> Uuid {
        let named = |id: &Uuid| csv_header(world, *id).contains(subscription);
        let mut sold = world
            .list::<License>()
            .filter(|(_, license)| license.offer == offer);
        sold.find(|(id, _)| named(id)).unwrap().0
    };
    ["BCSTD", "BCBAS"].map(|offer| (find(offer, "Sub119911"), find(offer, "Sub121331")))
}

/// Everybody with Calling moves from the first subscription to the second, or back: where nobody
/// holds what is taken away, the file changes nothing.
fn moves(world: &World, forth: bool) -> String {
    let pairs = pairs(world);
    let columns: Vec<String> = pairs
        .iter()
        .flat_map(|(old, new)| [csv_header(world, *old), csv_header(world, *new)])
        .collect();
    let mut file = format!("{KEY},{}\n", columns.join(","));
    let cells = if forth {
        ["FALSE", "TRUE"]
    } else {
        ["TRUE", "FALSE"]
    };
    for (_, person) in world.list::<Person>().take(ROWS) {
        let mut row = [""; 4];
        for (index, (old, _)) in pairs.iter().enumerate() {
            if person.licenses.contains(old) {
                row[2 * index..][..2].copy_from_slice(&cells);
            }
        }
        writeln!(file, "{},{}", person.email, row.join(",")).unwrap();
    }
    file
}

/// New people without licences.
fn newcomers() -> String {
    let mut file = format!("First Name,Last Name,Display Name,{KEY}\n");
    for number in 0..ROWS {
        writeln!(
            file,
            "New,Comer {number},New Comer {number},new{number}@greatfen.example"
        )
        .unwrap();
    }
    file
}

fn import(sandbox: &Sandbox, organization: Uuid, file: &str) {
    let world = sandbox.read();
    let behavior = Behavior::named("addAndRemove").unwrap();
    let prepared = Import::prepare(&world, organization, behavior, file.as_bytes());
    let (import, warnings) = prepared.unwrap();
    run(sandbox, organization, Job::UserImport(import), warnings);
}

/// The same for a file of workspaces.
fn import_rooms(sandbox: &Sandbox, organization: Uuid, file: &str) {
    let world = sandbox.read();
    let import = workspace_csv::Import::prepare(&world, organization, file.as_bytes()).unwrap();
    run(
        sandbox,
        organization,
        Job::WorkspaceImport(import),
        Vec::new(),
    );
}

/// Runs a job to its end; every row must succeed.
fn run(sandbox: &Sandbox, organization: Uuid, job: Job, warnings: Vec<String>) {
    let context = context(&sandbox.read());
    let started = sandbox.write(&context, |tx| {
        engine::start(tx, &context, organization, job, warnings)
    });
    let task = started.unwrap().value;
    engine::run_all(sandbox, &context);
    let ended = sandbox.read();
    let ended = ended.get::<Task>(task).unwrap();
    assert_eq!((ended.succeeded, ended.failed), (ended.total, 0));
}

/// Everybody loses Calling: the file with the longest loss report.
fn removals(world: &World) -> String {
    let pairs = pairs(world);
    let columns = pairs.map(|(old, _)| csv_header(world, old));
    let mut file = format!("{KEY},{}\n", columns.join(","));
    for (_, person) in world.list::<Person>().take(ROWS) {
        let held = pairs.map(|(old, _)| person.licenses.contains(&old));
        let cells = held.map(|held| if held { "FALSE" } else { "" });
        writeln!(file, "{},{}", person.email, cells.join(",")).unwrap();
    }
    file
}

/// A file of so many workspaces, each with its cells of the older and the newer subscription.
fn rooms(world: &World, organization: Uuid, [old, new]: [&str; 2]) -> String {
    let header = workspace_csv::template(world, organization);
    let column = |code: &str| {
        let mut names = header.trim_start_matches('\u{feff}').trim_end().split(',');
        let wanted = format!("Webex Calling Workspace [{code}]");
        names.find(|name| *name == wanted).unwrap().to_owned()
    };
    let mut file = format!(
        "Username,Type,Extension,Location,Workspace Subscription Update Only,{},{}\n",
        column("Sub119911"),
        column("Sub121331"),
    );
    for number in 0..ROWS {
        let extension = 200_000 + number;
        writeln!(
            file,
            "Room {number},WORKSPACE,{extension},Seattle,,{old},{new}"
        )
        .unwrap();
    }
    file
}

/// `large` with units for so many workspaces in both subscriptions, and with the workspaces.
fn world_of_rooms() -> (Arc<World>, Uuid) {
    let sandbox = sandbox(&Arc::new(scenario("large")));
    let world = sandbox.read();
    let organization = world.list::<Organization>().next().unwrap().0;
    let subscriptions: Vec<Uuid> = world.list::<Subscription>().map(|(id, _)| id).collect();
    let written = sandbox.write(&context(&world), |tx| {
        for id in subscriptions {
            let sold = SoldLicense {
                name: "Webex Calling - Workspaces".to_owned(),
                total_units: 2 * i64::try_from(ROWS).unwrap(),
                site_url: None,
            };
            let change = SubscriptionChange {
                licenses: vec![sold],
                ..SubscriptionChange::default()
            };
            lifecycle::change(tx, id, change)?;
        }
        Ok::<_, Refusal>(())
    });
    written.unwrap();
    let file = rooms(&sandbox.read(), organization, ["TRUE", ""]);
    import_rooms(&sandbox, organization, &file);
    (sandbox.read(), organization)
}

/// Imports of workspaces, and the plan of one.
fn workspaces(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("large");
    group.sample_size(10);
    let (world, organization) = world_of_rooms();
    let moves = rooms(&world, organization, ["FALSE", "TRUE"]);
    let nothing = rooms(&world, organization, ["TRUE", ""]);
    for (what, file) in [("moves", &moves), ("rows that change nothing", &nothing)] {
        group.bench_function(format!("import of 20000 workspaces: {what}"), |b| {
            b.iter_batched(
                || sandbox(&world),
                |sandbox| {
                    import_rooms(&sandbox, organization, file);
                    sandbox
                },
                BatchSize::PerIteration,
            );
        });
    }
    let app = App::new(Options::for_tests(), &ENGINE, table(), World::clone(&world));
    group.bench_function("plan of 20000 workspaces that move", |b| {
        b.iter(|| black_box(plan(&app, "workspaces", &moves)));
    });
    group.finish();
}

/// Plans an import of users or of workspaces, as its request with `X-Sim-Dry-Run: true` does.
fn plan(app: &App, what: &str, file: &str) -> Outgoing {
    let incoming = Incoming {
        method: "POST".to_owned(),
        path: format!("/_hub/v1/organizations/me/{what}/csv/import"),
        query: "behavior=addAndRemove".to_owned(),
        authorization: Some("Bearer full-admin".to_owned()),
        content_type: Some("text/csv".to_owned()),
        dry_run: Some("true".to_owned()),
        body: file.to_owned().into(),
        ..Incoming::default()
    };
    let prepared = edge::prepare(app, incoming).unwrap();
    let outgoing = edge::run(app, &prepared);
    let text = std::str::from_utf8(&outgoing.reply.body).unwrap();
    assert!(
        text.contains("\"outcomes\":20000"),
        "every row has an outcome"
    );
    outgoing
}

fn plans(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("large");
    group.sample_size(10);
    let world = scenario("large");
    let files = [
        ("moves", moves(&world, true)),
        ("removals", removals(&world)),
    ];
    let app = App::new(Options::for_tests(), &ENGINE, table(), world);
    for (what, file) in files {
        group.bench_function(format!("plan of 20000 {what} with its losses"), |b| {
            b.iter(|| black_box(plan(&app, "users", &file)));
        });
    }
    group.finish();
}

fn small(criterion: &mut Criterion) {
    let demo = Arc::new(scenario("demo"));
    criterion.bench_function("fork", |b| b.iter(|| black_box(sandbox(&demo))));
    criterion.bench_function("snapshot of demo", |b| {
        b.iter(|| black_box(snapshot::take(&demo, &ENGINE, Moment(0))));
    });
}

fn large(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("large");
    group.sample_size(10);
    group.bench_function("load", |b| b.iter(|| black_box(scenario("large"))));
    let world = Arc::new(scenario("large"));
    let changed = sandbox(&world);
    let ids: Vec<Uuid> = world
        .list::<Person>()
        .map(|(id, _)| id)
        .step_by(200)
        .collect();
    let written = changed.write(&context(&world), |tx| {
        for id in ids.iter().take(100) {
            tx.update::<Person>(*id, |person| person.title = Some("Pilot".to_owned()))?;
        }
        Ok::<_, Refusal>(())
    });
    written.unwrap();
    let after = changed.read();
    group.bench_function("difference of 100 changes", |b| {
        b.iter(|| black_box(diff::changes(&world, &after)));
    });
    let organization = world.list::<Organization>().next().unwrap().0;
    let files = [
        ("moves", moves(&world, true)),
        ("rows that change nothing", moves(&world, false)),
        ("new people", newcomers()),
    ];
    for (what, file) in files {
        group.bench_function(format!("import of 20000 {what}"), |b| {
            b.iter_batched(
                || sandbox(&world),
                |sandbox| {
                    import(&sandbox, organization, &file);
                    sandbox
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

/// One advance of a year: every subscription ends on a day of its own, its numbers are released,
/// and it is purged.
fn year(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("large");
    group.sample_size(10);
    let world = Arc::new(scenario("large"));
    let context = context(&world);
    let prepared = sandbox(&world);
    let sold: Vec<Uuid> = world.list::<Subscription>().map(|(id, _)| id).collect();
    let written = prepared.write(&context, |tx| {
        for (days, id) in (1..).zip(&sold) {
            let end_date = Some(context.now.plus_days(days * 60));
            let change = SubscriptionChange {
                end_date,
                ..SubscriptionChange::default()
            };
            lifecycle::change(tx, *id, change)?;
        }
        Ok::<_, Refusal>(())
    });
    written.unwrap();
    let world = prepared.read();
    let ended = |sandbox: &Sandbox| {
        let world = sandbox.read();
        let mut all = world.list::<Subscription>();
        all.all(|(_, one)| one.status == SubscriptionStatus::Deleted)
    };
    group.bench_function("a year in which every subscription ends", |b| {
        b.iter_batched(
            || sandbox(&world),
            |sandbox| {
                let until = context.now.plus_days(365);
                assert_eq!(sandbox.run_due(until, &context).len(), 3 * sold.len());
                assert!(ended(&sandbox));
                sandbox
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, small, large, plans, workspaces, year);
criterion_main!(benches);
