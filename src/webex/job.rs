//! What every job of the public API tells of itself, whatever it does: whose it is, how far its one
//! execution and the steps of that are, and what went wrong. A job is a task; all of this is worked
//! out from the task when it is asked for.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::Call;
use crate::model::WebexId;
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::Task;
use crate::world::Moment;

/// Which job it is, and whose.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct JobOrigin {
    /// The id of the task.
    id: String,
    /// The tracking id of the request that started it.
    tracking_id: String,
    /// Who started it; empty where a token acts as nobody.
    source_user_id: String,
    /// The organisation of whoever started it.
    source_customer_id: String,
    /// The organisation in which it works.
    target_customer_id: String,
    /// Its number among the tasks.
    instance_id: u64,
}

/// How far an execution or one of its steps is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Progress {
    /// Its number.
    pub(super) id: u64,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(super) start_time: Option<Moment>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(super) end_time: Option<Moment>,
    /// When it changed last.
    #[schema(value_type = String)]
    pub(super) last_updated: Moment,
    /// As the latest status of a job.
    pub(super) status_message: &'static str,
    /// As the latest exit code of a job.
    pub(super) exit_code: &'static str,
}

/// The one execution of a job.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Execution {
    /// How far it is.
    #[serde(flatten)]
    progress: Progress,
    /// When the job was made. Some schemas do not have it; all examples and clients do.
    #[schema(value_type = String)]
    created_time: Moment,
    /// How long it has been going on: `PT2.752S`.
    time_elapsed: String,
    /// The steps that it has taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    step_execution_statuses: Vec<StepExecution>,
}

/// A step of a job.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct StepExecution {
    /// How far it is.
    #[serde(flatten)]
    pub(super) progress: Progress,
    /// Its name.
    pub(super) name: &'static str,
    /// How long it took.
    pub(super) time_elapsed: String,
}

/// What went wrong with an item.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ItemProblem {
    /// The status that it would have had.
    key: &'static str,
    /// In words.
    message: [ProblemMessage; 1],
}

/// What went wrong, in words.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProblemMessage {
    /// The sentence.
    pub(super) description: String,
    /// The code.
    pub(super) code: String,
    /// The location where it happened; of a move the one to which it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) location_id: Option<String>,
}

impl JobOrigin {
    pub(super) fn of(id: Uuid, task: &Task) -> Self {
        let actor = &task.author.actor;
        let customer = |id: Uuid| WebexId::Organization.encode(id);
        let user = actor.person.map(|id| WebexId::Person.encode(id));
        Self {
            id: WebexId::Task.encode(id),
            tracking_id: task.author.tracking_id.to_string(),
            source_user_id: user.unwrap_or_default(),
            source_customer_id: customer(actor.organization.unwrap_or(task.organization)),
            target_customer_id: customer(task.organization),
            instance_id: task.number,
        }
    }
}

impl Execution {
    /// The execution of a task.
    pub(super) fn of(
        call: &Call<'_>,
        task: &Task,
        step_execution_statuses: Vec<StepExecution>,
    ) -> Self {
        let until = worked_until(call, task);
        let begun = task.started_at;
        let begun = begun.or((task.job.row().queued == "STARTED").then_some(task.created_at));
        let (status_message, exit_code) = task.public_state();
        Self {
            progress: Progress {
                id: task.number,
                start_time: begun,
                end_time: task.finished_at,
                last_updated: task.finished_at.or(begun).unwrap_or(task.created_at),
                status_message,
                exit_code,
            },
            created_time: task.created_at,
            time_elapsed: elapsed(begun.unwrap_or(until), until),
            step_execution_statuses,
        }
    }
}

/// Refuses to list errors that are not kept any more.
///
/// # Errors
/// 410 once they are (TASK-04).
pub(super) fn check_kept(task: &Task) -> Result<(), Refusal> {
    if task.expired && task.failed > 0 {
        let detail = "The errors of the job were kept for 7 days.";
        return Err(Refusal::new(ErrorKind::ResultExpired, detail).by("TASK-04"));
    }
    Ok(())
}

impl ItemProblem {
    pub(super) fn new(key: &'static str, message: ProblemMessage) -> Self {
        let message = [message];
        Self { key, message }
    }
}

/// Until when a task has worked: its end, or the moment in which it was paused, or now.
pub(super) fn worked_until(call: &Call<'_>, task: &Task) -> Moment {
    task.finished_at.or(task.paused_at).unwrap_or(call.now)
}

/// A span of time as jobs write it: `PT2.752S`, `PT0S`.
pub(super) fn elapsed(from: Moment, to: Moment) -> String {
    let millis = to.0.saturating_sub(from.0).max(0);
    let (seconds, rest) = (millis / 1000, millis % 1000);
    let rest = format!("{rest:03}");
    match rest.trim_end_matches('0') {
        "" => format!("PT{seconds}S"),
        digits => format!("PT{seconds}.{digits}S"),
    }
}
