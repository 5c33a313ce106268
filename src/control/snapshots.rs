//! Snapshots: named states of the sandbox to come back to, out and in as documents.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::clock::ClockBody;
use super::sandboxes::difference::{Counts, Difference, between};
use crate::http::app::real_time;
use crate::http::openapi::AnyDocument;
use crate::http::operation::Queries;
use crate::http::page::{self, WHOLE};
use crate::http::snapshots::Snapshot;
use crate::http::{Access, Call, MAX, Reply, Row, START};
use crate::model::WebexId;
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::to_json;
use crate::tasks::{Task, TaskStatus};
use crate::world::snapshot::{self, RestoreError};
use crate::world::{Context, Moment, World};

/// The most objects of each sort that a load lists.
const SHOWN: usize = 1000;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_sim/v1/snapshots", list)
        .named("listSnapshots", "List the snapshots of the sandbox")
        .queries(&[MAX, START])
        .answers::<page::Items<SnapshotBody>>()
        .access(Access::Control),
    Row::post("/_sim/v1/snapshots", create)
        .named("createSnapshot", "Take a snapshot, or bring one in")
        .access(Access::Control)
        .heavy()
        .queries(NAME)
        .takes::<NewSnapshot>()
        .answers::<SnapshotBody>()
        .status(201),
    Row::get("/_sim/v1/snapshots/{name}", get)
        .named("getSnapshot", "Get a snapshot as a document")
        .access(Access::Control)
        .answers::<AnyDocument>()
        .heavy(),
    Row::delete("/_sim/v1/snapshots/{name}", delete)
        .named("deleteSnapshot", "Delete a snapshot")
        .access(Access::Control),
    Row::post("/_sim/v1/snapshots/{name}/load", load)
        .named("loadSnapshot", "Go back to a snapshot")
        .access(Access::Control)
        .heavy()
        .queries(DRY_RUN)
        .answers::<Loaded>(),
];

const NAME: Queries = &[(
    "name",
    "What a document that is brought in shall be called; its own name when left out.",
)];

const DRY_RUN: Queries = &[(
    "dryRun",
    "`true`: only tell what a load would change, deletions included.",
)];

/// A snapshot to take. A snapshot document in its place is brought in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewSnapshot {
    /// Letters, digits, points, hyphens and underscores, at most 63.
    name: String,
}

/// A snapshot in a list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SnapshotBody {
    /// The name.
    name: String,
    /// What the sandbox clock showed when it was taken.
    #[schema(value_type = String, format = DateTime)]
    created_at: Moment,
    /// The revision that it shows.
    revision: u64,
    /// How many objects it has.
    objects: usize,
    /// About how many bytes it holds that the snapshot before it does not.
    bytes: usize,
}

impl SnapshotBody {
    fn of(snapshot: &Snapshot) -> Self {
        Self {
            name: snapshot.name.clone(),
            created_at: snapshot.at,
            revision: snapshot.world().revision,
            objects: snapshot.world().len(),
            bytes: snapshot.bytes(),
        }
    }
}

/// What a load changed, or would change.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Loaded {
    /// The snapshot.
    name: String,
    /// Whether nothing was done.
    dry_run: bool,
    /// The sandbox's revision, which a load lets rise.
    revision: u64,
    /// The clock after the load: it goes on from what it showed when the snapshot was taken.
    clock: ClockBody,
    /// How long the lists are, shown or not.
    totals: Totals,
    /// What differs, by objects; the first 1000 of each list.
    diff: Difference,
    /// Tasks of the snapshot that had not ended: they go on.
    tasks_resumed: Vec<TaskBody>,
    /// Tasks of the sandbox that have not ended and that the snapshot does not know: they are gone.
    tasks_dropped: Vec<TaskBody>,
}

/// How long the lists are.
#[derive(Debug, Serialize, ToSchema)]
struct Totals {
    /// New objects.
    created: usize,
    /// Objects that differ.
    updated: usize,
    /// Objects that are gone.
    deleted: usize,
}

impl From<Counts> for Totals {
    fn from(counts: Counts) -> Self {
        Self {
            created: counts.created,
            updated: counts.updated,
            deleted: counts.deleted,
        }
    }
}

/// A task that has not ended.
#[derive(Debug, Serialize, ToSchema)]
struct TaskBody {
    /// Its id.
    id: String,
    /// `userImport`, `templateApply`, …
    kind: &'static str,
    /// How far it is.
    #[schema(value_type = String)]
    status: TaskStatus,
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshots = call.tenant.snapshots.list();
    let items = snapshots.iter().map(|snapshot| SnapshotBody::of(snapshot));
    page::list(call, WHOLE, "items", items)
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let real = real_time();
    let is = |text: &str| snapshot::is_document(text) || snapshot::is_unmarked(text);
    let is_document = std::str::from_utf8(call.body).is_ok_and(is);
    let (name, world) = match is_document {
        true => brought_in(call, real)?,
        false => {
            if call.query("name").is_some() {
                let detail = "?name= names a document that is brought in; to take a snapshot, \
                              send {\"name\": …}.";
                return Err(Refusal::bad_request(detail));
            }
            let asked: NewSnapshot = call.json()?;
            (asked.name, World::clone(&call.read()))
        }
    };
    let sandbox = &call.tenant.sandbox;
    let snapshots = &call.tenant.snapshots;
    let kept = snapshots.add(
        &name,
        &world,
        &sandbox.baseline(),
        &call.app.snapshots,
        real,
    )?;
    Reply::json(201, &SnapshotBody::of(&kept))
}

fn wrong(error: RestoreError) -> Refusal {
    Refusal::new(ErrorKind::SnapshotInvalid, format!("{error}."))
}

/// The name and the world of a document.
fn brought_in(call: &Call<'_>, real: Moment) -> Result<(String, World), Refusal> {
    let document = snapshot::read(call.body).map_err(wrong)?;
    let asked = call.query("name").map(std::borrow::Cow::into_owned);
    let name = asked.or_else(|| document.name.clone()).ok_or_else(|| {
        let detail = "The document has no name of its own: say one, with ?name=.";
        Refusal::bad_request(detail)
    })?;
    let world = snapshot::restore(document, call.app.engine, real).map_err(wrong)?;
    Ok((name, world))
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let found = call.tenant.snapshots.get(call.value("name"))?;
    let (document, length) = found.document(call.app.engine);
    call.make_room(length)?;
    Ok(Reply::rendered(200, to_json(&document)?))
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let baseline = call.tenant.sandbox.baseline();
    let snapshots = &call.tenant.snapshots;
    snapshots.delete(call.value("name"), &baseline)?;
    Ok(Reply::empty(204))
}

fn load(call: &Call<'_>) -> Result<Reply, Refusal> {
    let found = call.tenant.snapshots.get(call.value("name"))?;
    // Who writes `dryRun=` does not want the load itself.
    if call
        .queries()
        .any(|(name, value)| name == "dryRun" && value.is_empty())
    {
        return Err(Refusal::bad_request("dryRun must be true or false."));
    }
    let dry_run = call.query_bool("dryRun")?.unwrap_or(false);
    let (sandbox, real) = (&call.tenant.sandbox, real_time());
    let world = found.resumed(real);
    let (before, after) = match dry_run {
        true => (call.read(), std::sync::Arc::new(world)),
        false => {
            let context = Context {
                now: world.clock.now(real),
                ..call.context()
            };
            sandbox.bring(
                &context,
                &world,
                format!("loaded the snapshot \"{}\"", found.name),
            )
        }
    };
    let (diff, counts) = between(&before, &after, SHOWN);
    let answer = Loaded {
        name: found.name.clone(),
        dry_run,
        revision: if dry_run { &before } else { &after }.revision,
        clock: ClockBody::of(&after.clock, real),
        totals: counts.into(),
        diff,
        tasks_resumed: unfinished(&after, |_| true),
        tasks_dropped: unfinished(&before, |id| after.get::<Task>(id).is_none()),
    };
    Reply::json(200, &answer)
}

fn unfinished(world: &World, is_meant: impl Fn(uuid::Uuid) -> bool) -> Vec<TaskBody> {
    let tasks = world.list::<Task>();
    let waiting = tasks.filter(|(id, task)| task.status.is_unfinished() && is_meant(*id));
    let waiting = waiting.map(|(id, task)| TaskBody {
        id: WebexId::Task.encode(id),
        kind: task.job.row().name,
        status: task.status,
    });
    waiting.collect()
}
