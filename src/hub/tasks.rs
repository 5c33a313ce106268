//! The list of tasks of an organisation, and what they leave behind (TASK-01, TASK-02, TASK-07).

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::organization;
use crate::http::page::{self, ORDINARY};
use crate::http::{Call, MAX, Reply, Row, START};
use crate::licensing::outcome::Outcome;
use crate::model::WebexId;
use crate::model::number::shorten;
use crate::model::owned;
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::FileBody;
use crate::tasks::csv::{Cell, Writer};
use crate::tasks::job::{JOBS, Job, Lane, Product};
use crate::tasks::task::{ItemError, TaskError};
use crate::tasks::{Task, TaskStatus, engine};
use crate::world::{Moment, Tx, World};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_hub/v1/organizations/{org}/tasks", list)
        .named("listTasks", "List tasks")
        .queries(&[
            ("status", "Only tasks in this state."),
            ("kind", "Only tasks of this kind."),
            MAX,
            START,
        ])
        .answers::<page::Items<TaskBody>>(),
    Row::get("/_hub/v1/organizations/{org}/tasks/{taskId}", get)
        .named("getTask", "Get a task")
        .answers::<TaskBody>(),
    Row::post("/_hub/v1/organizations/{org}/tasks/{taskId}/cancel", cancel)
        .named("cancelTask", "Cancel a task")
        .answers::<TaskBody>(),
    Row::get("/_hub/v1/organizations/{org}/tasks/{taskId}/result", result)
        .named(
            "getTaskResult",
            "Download what an export made, or the activation codes of an import",
        )
        .answers_as::<String>("text/csv")
        .conflicts()
        .heavy(),
    Row::get("/_hub/v1/organizations/{org}/tasks/{taskId}/errors", errors)
        .named("getTaskErrors", "Download what failed, as CSV")
        .answers_as::<String>("text/csv")
        .conflicts()
        .heavy(),
    Row::get(
        "/_hub/v1/organizations/{org}/tasks/{taskId}/outcomes",
        outcomes,
    )
    .named(
        "listTaskOutcomes",
        "List what a change of licences did to each holder",
    )
    .queries(&[MAX, START])
    .answers::<page::Items<Outcome>>()
    .conflicts()
    .heavy(),
];

/// The media type of files.
pub const CSV: &str = "text/csv;charset=utf-8";

/// A task.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TaskBody {
    /// The id.
    id: String,
    /// `userImport`, `userExport`, …
    kind: &'static str,
    /// The state.
    status: TaskStatus,
    /// The progress.
    percent: u32,
    /// How many items there are.
    total: u32,
    /// How many were done.
    succeeded: u32,
    /// How many could not be done.
    failed: u32,
    /// When it was started by somebody.
    #[schema(value_type = String)]
    created_at: Moment,
    /// When it was paused, unless it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    paused_at: Option<Moment>,
    /// When its first item was begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    started_at: Option<Moment>,
    /// When it came to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    finished_at: Option<Moment>,
    /// Who started it.
    created_by: String,
    /// Why it could not go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<TaskError>,
    /// What deserves attention.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    /// How many people got a welcome e-mail.
    #[serde(skip_serializing_if = "is_zero")]
    welcome_emails: u32,
    /// When its results are dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    expires_at: Option<Moment>,
    /// Where its parts are.
    links: Links,
}

/// Where the parts of a task are.
#[derive(Debug, Serialize, ToSchema)]
struct Links {
    #[serde(rename = "self")]
    own: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcomes: Option<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn body(call: &Call<'_>, id: Uuid, task: &Task) -> TaskBody {
    let actor = &task.author.actor;
    let created_by = if actor.email.is_empty() {
        &actor.name
    } else {
        &actor.email
    };
    let webex_id = WebexId::Task.encode(id);
    let organization = WebexId::Organization.encode(task.organization);
    let own = format!(
        "{}/_hub/v1/organizations/{organization}/tasks/{webex_id}",
        call.origin
    );
    let is_kept = !task.status.is_unfinished() && !is_expired(call, task);
    let link = |name: &str, exists: bool| (exists && is_kept).then(|| format!("{own}/{name}"));
    let row = task.job.row();
    let has_outcomes = row.lane != Lane::Export;
    TaskBody {
        kind: row.name,
        status: task.status,
        percent: task.percent(),
        total: task.total,
        succeeded: task.succeeded,
        failed: task.failed,
        created_at: task.created_at,
        paused_at: task.paused_at.filter(|_| task.is_paused()),
        started_at: task.started_at,
        finished_at: task.finished_at,
        created_by: created_by.to_string(),
        error: task.error.clone(),
        warnings: task.warnings.clone(),
        welcome_emails: task.welcomed,
        expires_at: task.expires_at(),
        links: Links {
            result: link("result", has_result(task)),
            errors: link("errors", has_outcomes),
            outcomes: link("outcomes", has_outcomes),
            own,
        },
        id: webex_id,
    }
}

fn has_result(task: &Task) -> bool {
    match task.job.row().result {
        Product::Nothing => false,
        Product::File => task.status == TaskStatus::Completed,
        Product::List(_) => !task.result.is_empty() && !task.status.is_unfinished(),
    }
}

fn is_expired(call: &Call<'_>, task: &Task) -> bool {
    task.expired || task.expires_at().is_some_and(|expires| expires <= call.now)
}

/// Starts a task in the name of a call, which may limit what the task destroys.
///
/// # Errors
/// 409 (900005) while another change of licences runs in the organisation.
pub fn start(
    tx: &mut Tx,
    call: &Call<'_>,
    organization: Uuid,
    job: Job,
    warnings: Vec<String>,
) -> Result<Uuid, Refusal> {
    let id = engine::start(tx, &call.context(), organization, job, warnings)?;
    if call.controls.max_loss.is_some() {
        engine::limit_loss(tx, id, call.controls.max_loss)?;
    }
    Ok(id)
}

/// A row that starts a task: 202, on a thread where it may take its time.
pub(super) const fn starting(row: Row) -> Row {
    row.answers::<TaskBody>().status(202).heavy()
}

/// A row that takes a file and starts a task.
pub(super) const fn importing(row: Row) -> Row {
    starting(row.takes_as::<FileBody>("multipart/form-data"))
}

/// Answers 202 with a task that was just started.
///
/// # Errors
/// 404 when it is not there.
pub fn accepted(call: &Call<'_>, id: Uuid) -> Result<Reply, Refusal> {
    let world = call.read();
    let task = world
        .get::<Task>(id)
        .ok_or_else(|| Refusal::not_found("Task", &id.to_string()))?;
    let body = body(call, id, task);
    let location = body.links.own.clone();
    Ok(Reply::json(202, &body)?.header("Location", location))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let (status, kind) = (call.query("status"), call.query("kind"));
    known("kind", kind.as_deref(), JOBS.iter().map(|row| row.name))?;
    let states = TaskStatus::ALL.iter().map(|state| state.name());
    known("status", status.as_deref(), states)?;
    let tasks = engine::list(&world, organization)
        .into_iter()
        .filter(|(_, task)| {
            status
                .as_deref()
                .is_none_or(|status| task.status.name().eq_ignore_ascii_case(status))
                && kind
                    .as_deref()
                    .is_none_or(|kind| task.job.row().name.eq_ignore_ascii_case(kind))
        });
    page::list(
        call,
        ORDINARY,
        "items",
        tasks.map(|(id, task)| body(call, id, task)),
    )
}

/// Refuses a filter by a name that does not exist.
///
/// # Errors
/// 400 that lists the names.
pub(super) fn known<'a>(
    what: &str,
    asked: Option<&str>,
    mut names: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), Refusal> {
    let all: Vec<&str> = names.clone().collect();
    match asked.filter(|asked| !names.any(|name| name.eq_ignore_ascii_case(asked))) {
        None => Ok(()),
        Some(asked) => {
            let shown = shorten(asked);
            let detail = format!("{what} \"{shown}\" is none of {}.", all.join(", "));
            Err(Refusal::bad_request(detail))
        }
    }
}

fn find<'a>(call: &Call<'_>, world: &'a World) -> Result<(Uuid, &'a Task), Refusal> {
    let organization = organization(call)?;
    let text = call.value("taskId");
    let id = WebexId::Task.decode(text);
    let found = id.and_then(|id| Some((id, owned::get::<Task>(world, organization, id)?)));
    found.ok_or_else(|| Refusal::not_found("Task", text))
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.read();
    let (id, task) = find(call, &world)?;
    Reply::json(200, &body(call, id, task))
}

fn cancel(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, _) = find(call, &call.read())?;
    call.write(|tx| engine::cancel(tx, id))?;
    get(call)
}

/// A task that has ended and whose results are still kept (TASK-04).
fn ended<'a>(call: &Call<'_>, world: &'a World) -> Result<&'a Task, Refusal> {
    let (_, task) = find(call, world)?;
    if task.status.is_unfinished() {
        let detail = format!("The task is {}.", task.status.name());
        return Err(Refusal::new(ErrorKind::TaskUnfinished, detail));
    }
    if is_expired(call, task) {
        let is_early = task.expires_at().is_some_and(|expires| expires > call.now);
        let detail = match is_early {
            true => format!(
                "Results of tasks take at most about {} bytes of a sandbox, and {} of all \
                 sandboxes together (--max-results); those of this one were dropped for later ones.",
                engine::KEPT_BYTES,
                call.app.options.max_results
            ),
            false => "The results of the task were kept for 7 days.".to_owned(),
        };
        return Err(Refusal::new(ErrorKind::ResultExpired, detail).by("TASK-04"));
    }
    Ok(task)
}

fn result(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.read();
    let task = ended(call, &world)?;
    if !has_result(task) {
        let shown = call.value("taskId");
        return Err(Refusal::not_found("The result of task", shown));
    }
    let size = task.result.iter().map(|part| part.len()).sum();
    call.make_room(size)?;
    let mut file = Vec::with_capacity(size);
    if let Product::List(header) = task.job.row().result {
        let mut writer = Writer::default();
        writer.texts(header.iter().copied());
        file.extend_from_slice(writer.finish().as_bytes());
    }
    for part in &task.result {
        file.extend_from_slice(part.as_bytes());
    }
    Ok(download(file, task.job.row().name))
}

/// A CSV file to download.
#[must_use]
pub fn download(file: impl Into<bytes::Bytes>, name: &str) -> Reply {
    let disposition = format!("attachment; filename=\"{name}.csv\"");
    Reply::document(CSV, file).header("Content-Disposition", disposition)
}

fn errors(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.read();
    let task = ended(call, &world)?;
    let mut writer = Writer::default();
    writer.texts(["row", "user", "code", "reason"]);
    for error in &task.errors {
        let ItemError {
            row,
            user,
            code,
            reason,
        } = error.as_ref();
        let row = row.map(|row| row.to_string()).unwrap_or_default();
        let texts = [row, user.clone(), code.to_string(), reason.clone()];
        writer.row(texts.map(|text| Cell::Text(text.into())));
    }
    Ok(download(writer.finish(), "errors"))
}

fn outcomes(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.read();
    let task = ended(call, &world)?;
    page::list(call, ALL, "items", task.outcomes.iter().map(Arc::as_ref))
}

/// Outcomes are one document unless a page is asked for.
const ALL: page::Paging = page::Paging {
    default: 20_000,
    most: 20_000,
    ..ORDINARY
};
