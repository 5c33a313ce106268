//! `/v1/telephony/config/jobs`: what all jobs of Calling share. A job is a task; what the public
//! API shows of it is worked out from the task when it is asked for (api-surface.md 4.9).
//!
//! Where the schema and the example of a job differ in its counts, the example counts: clients
//! read that one, and the schema was taken over from the job that moves users.

pub mod details;
pub mod devices;
pub mod document;
pub mod locations;
pub mod move_users;
pub mod numbers;
mod rows;

use uuid::Uuid;

use self::details::Details;
use self::document::{JobBody, JobErrorBody, job_body, job_errors};
use crate::http::page::{self, Items, Paging, TELEPHONY};
use crate::http::{Call, Fidelity, MAX, OF_ORG, ORG, Reply, Row, START};
use crate::hub::tasks::start;
use crate::model::WebexId;
use crate::model::owned;
use crate::refusal::Refusal;
use crate::tasks::job::{Job, JobRow};
use crate::tasks::telephony::{About, Telephony};
use crate::tasks::{Task, engine};
use crate::webex::job::check_kept;
use crate::world::{Tx, World};

/// A kind of job, as the public API knows it.
#[derive(Debug)]
pub struct Kind {
    /// Where its jobs are.
    base: &'static str,
    /// The row of its tasks, with the name of its jobs.
    row: JobRow,
    /// Whether items of the list have that name, too.
    is_named_in_list: bool,
    /// Its steps, in their order.
    steps: &'static [&'static str],
    /// The step in which a job fails as a whole.
    fails_in: usize,
    /// What stands before codes of errors.
    code_prefix: &'static str,
    /// How long its lists are.
    paging: Paging,
    /// What only this kind tells.
    details: fn(&Task, &About) -> Details,
}

/// Every kind. The order matters to none: no base begins another.
static KINDS: &[&Kind] = &[
    &numbers::KIND,
    &move_users::KIND,
    &locations::DISABLING,
    &locations::ROUTING_PREFIX,
    &devices::CALL_RECORDING,
    &devices::SETTINGS,
    &devices::DYNAMIC,
    &devices::REBUILDING,
    &devices::LINE_KEYS,
];

/// The rows.
pub const ROWS: &[Row] = rows::ROWS;

const PAGED: &[(&str, &str)] = &[MAX, START, ORG];

const fn listing(path: &'static str) -> Row {
    let row = Row::get(path, list).fidelity(Fidelity::F4);
    row.queries(PAGED).answers::<Items<JobBody>>()
}

const fn showing(path: &'static str) -> Row {
    let row = Row::get(path, status).fidelity(Fidelity::F4);
    row.queries(OF_ORG).answers::<JobBody>()
}

const fn failing(path: &'static str) -> Row {
    let row = Row::get(path, errors).fidelity(Fidelity::F4);
    row.queries(PAGED).answers::<Items<JobErrorBody>>()
}

const fn acting(row: Row, status: u16) -> Row {
    row.fidelity(Fidelity::F4).queries(OF_ORG).status(status)
}

/// The kind whose rows these are.
fn kind(call: &Call<'_>) -> Result<&'static Kind, Refusal> {
    let path = call.operation.path;
    let found = KINDS.iter().find(|kind| path.starts_with(kind.base));
    found
        .copied()
        .ok_or_else(|| Refusal::not_found("Kind of job", path))
}

/// The job that the path names.
fn job<'w>(call: &Call<'_>, world: &'w World, kind: &Kind) -> Result<(Uuid, &'w Task), Refusal> {
    let text = call.value("jobId");
    let organization = call.organization()?;
    let id = WebexId::Task.decode(text);
    let found = id.and_then(|id| Some((id, owned::get::<Task>(world, organization, id)?)));
    let own = found.filter(|(_, task)| *task.job.row() == kind.row);
    own.ok_or_else(|| Refusal::not_found("Job", text))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (kind, organization) = (kind(call)?, call.listed_organization()?);
    let world = call.read();
    let tasks = engine::list(&world, organization).into_iter();
    let own = tasks.filter(|(_, task)| *task.job.row() == kind.row);
    let bodies = own.map(|(id, task)| job_body(call, kind, id, task).listed(kind));
    page::list(call, kind.paging, "items", bodies)
}

fn status(call: &Call<'_>) -> Result<Reply, Refusal> {
    let kind = kind(call)?;
    let world = call.read();
    let (id, task) = job(call, &world, kind)?;
    Reply::json(200, &job_body(call, kind, id, task))
}

fn errors(call: &Call<'_>) -> Result<Reply, Refusal> {
    let kind = kind(call)?;
    let world = call.read();
    let (_, task) = job(call, &world, kind)?;
    check_kept(task)?;
    page::list(call, TELEPHONY, "items", job_errors(&world, kind, task))
}

fn pause(call: &Call<'_>) -> Result<Reply, Refusal> {
    act(call, engine::pause)
}

fn resume(call: &Call<'_>) -> Result<Reply, Refusal> {
    act(call, engine::resume)
}

/// Ends a job; what it has done stays.
fn abandon(call: &Call<'_>) -> Result<Reply, Refusal> {
    act(call, |tx, id| {
        tx.by_rule("DEC-100");
        engine::cancel(tx, id)
    })
}

fn act(
    call: &Call<'_>,
    work: impl FnOnce(&mut Tx, Uuid) -> Result<(), Refusal>,
) -> Result<Reply, Refusal> {
    let kind = kind(call)?;
    let (id, _) = job(call, &call.read(), kind)?;
    call.write(|tx| work(tx, id))?;
    Ok(Reply::empty(call.operation.status))
}

/// Starts a job in the name of a call, and answers it.
fn started(
    call: &Call<'_>,
    prepare: impl FnOnce(&mut Tx, Uuid) -> Result<Telephony, Refusal>,
) -> Result<JobBody, Refusal> {
    let (kind, organization) = (kind(call)?, call.organization()?);
    let id = call.write(|tx| {
        let job = Job::Telephony(prepare(tx, organization)?);
        start(tx, call, organization, job, Vec::new())
    })?;
    let world = call.read();
    let task = world.get::<Task>(id);
    let task = task.ok_or_else(|| Refusal::not_found("Job", &WebexId::Task.encode(id)))?;
    Ok(job_body(call, kind, id, task))
}

/// The location that a body names, with Calling or not.
fn location_named(text: &str) -> Result<Uuid, Refusal> {
    let id = WebexId::Location.decode(text);
    id.ok_or_else(|| Refusal::not_found("Location", text))
}
