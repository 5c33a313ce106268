//! A job as the public API shows it: its status document, its steps and its errors.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Kind;
use super::details::Details;
use crate::http::Call;
use crate::model::{WebexId, spaces};
use crate::tasks::task::ItemError;
use crate::tasks::telephony::About;
use crate::tasks::{Task, TaskStatus};
use crate::world::{Moment, World};

/// A job. What only some kinds tell is absent from the others.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobBody {
    /// The name of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    /// The id.
    id: String,
    /// The tracking id of the request that started it.
    tracking_id: String,
    /// Who started it; empty for a token of nobody's.
    source_user_id: String,
    /// The organisation of whoever started it.
    source_customer_id: String,
    /// The organisation in which it works.
    target_customer_id: String,
    /// Its number among the tasks.
    instance_id: u64,
    /// Its one execution.
    job_execution_status: [Execution; 1],
    /// `STARTING`, `STARTED`, `COMPLETED`, `FAILED` or `ABANDONED`.
    latest_execution_status: &'static str,
    /// `UNKNOWN` while it goes on, then `COMPLETED`, `COMPLETED_WITH_ERRORS`, `FAILED` or
    /// `STOPPED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    latest_execution_exit_code: Option<&'static str>,
    /// What its kind tells.
    #[serde(flatten)]
    details: Details,
}

/// The one execution of a job.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Execution {
    /// Its number.
    id: u64,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    start_time: Option<Moment>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    end_time: Option<Moment>,
    /// When it changed last.
    #[schema(value_type = String)]
    last_updated: Moment,
    /// As the latest status.
    status_message: &'static str,
    /// As the latest exit code.
    exit_code: &'static str,
    /// When the job was made.
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
struct StepExecution {
    /// Its number.
    id: u64,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    start_time: Option<Moment>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    end_time: Option<Moment>,
    /// When it changed last.
    #[schema(value_type = String)]
    last_updated: Moment,
    /// As of a job.
    status_message: &'static str,
    /// As of a job.
    exit_code: &'static str,
    /// Its name.
    name: &'static str,
    /// How long it took.
    time_elapsed: String,
}

/// What went wrong with an item.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobErrorBody {
    /// The number, or the uuid of the user.
    item: String,
    /// Its number in the list.
    item_number: usize,
    /// `ERROR`; SDKs insist on it.
    error_type: &'static str,
    /// The tracking id of the request that started the job.
    tracking_id: String,
    /// What went wrong.
    error: ErrorBody,
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
struct ErrorBody {
    /// The status that it would have had.
    key: &'static str,
    /// In words.
    message: [MessageBody; 1],
}

/// An error in words.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MessageBody {
    /// The sentence.
    description: String,
    /// The code.
    code: String,
    /// The location where it happened; of a move the one to which it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    location_id: Option<String>,
}

/// The id of a location, where there is one.
pub(super) fn shown(location: Option<Uuid>) -> Option<String> {
    location.map(|id| WebexId::Location.encode(id))
}

/// Status and exit code. One that waits for whoever paused it has been stopped, but has not ended
/// (DEC-100).
fn state(kind: &Kind, task: &Task) -> (&'static str, &'static str) {
    match task.status {
        TaskStatus::Queued | TaskStatus::Running if task.is_paused() => ("STARTED", "STOPPED"),
        TaskStatus::Queued => (kind.queued, "UNKNOWN"),
        TaskStatus::Running => ("STARTED", "UNKNOWN"),
        TaskStatus::Completed => ("COMPLETED", "COMPLETED"),
        TaskStatus::CompletedWithErrors => ("COMPLETED", "COMPLETED_WITH_ERRORS"),
        TaskStatus::Failed => ("FAILED", "FAILED"),
        TaskStatus::Cancelled => ("ABANDONED", "STOPPED"),
    }
}

/// `PT2.752S`
fn elapsed(from: Moment, to: Moment) -> String {
    let millis = to.0.saturating_sub(from.0).max(0);
    let (seconds, rest) = (millis / 1000, millis % 1000);
    let rest = format!("{rest:03}");
    match rest.trim_end_matches('0') {
        "" => format!("PT{seconds}S"),
        digits => format!("PT{seconds}.{digits}S"),
    }
}

/// A job as its status shows it.
pub(super) fn job_body(call: &Call<'_>, kind: &Kind, id: Uuid, task: &Task) -> JobBody {
    let (status, exit) = state(kind, task);
    let actor = &task.author.actor;
    let customer = |id: Uuid| WebexId::Organization.encode(id);
    let about = task.job.about().cloned().unwrap_or_default();
    let user = actor.person.map(|id| WebexId::Person.encode(id));
    JobBody {
        name: Some(kind.name),
        id: WebexId::Task.encode(id),
        tracking_id: task.author.tracking_id.to_string(),
        source_user_id: user.unwrap_or_default(),
        source_customer_id: customer(actor.organization.unwrap_or(task.organization)),
        target_customer_id: customer(task.organization),
        instance_id: task.number,
        job_execution_status: [execution(call, kind, task)],
        latest_execution_status: status,
        latest_execution_exit_code: kind.tells_exit().then_some(exit),
        details: (kind.details)(task, &about),
    }
}

impl JobBody {
    /// The job as an item of a list.
    pub(super) fn listed(self, kind: &Kind) -> Self {
        Self {
            name: self.name.filter(|_| kind.is_named_in_list),
            ..self
        }
    }
}

impl Kind {
    /// Whether its document has the exit code of the job beside that of the execution.
    fn tells_exit(&self) -> bool {
        self.name != "managecallrecordingprovider"
    }
}

fn execution(call: &Call<'_>, kind: &Kind, task: &Task) -> Execution {
    let (status, exit) = state(kind, task);
    let begun = task
        .started_at
        .or((kind.queued == "STARTED").then_some(task.created_at));
    let until = task.finished_at.or(task.paused_at).unwrap_or(call.now);
    Execution {
        id: task.number,
        start_time: begun,
        end_time: task.finished_at,
        last_updated: task.finished_at.or(begun).unwrap_or(task.created_at),
        status_message: status,
        exit_code: exit,
        created_time: task.created_at,
        time_elapsed: begun.map_or_else(|| "PT0S".to_owned(), |begun| elapsed(begun, until)),
        step_execution_statuses: steps(kind, task, until),
    }
}

/// The steps that a job has taken: the last one does the work, those before are done at once.
fn steps(kind: &Kind, task: &Task, until: Moment) -> Vec<StepExecution> {
    let Some(begun) = task.started_at else {
        return Vec::new();
    };
    let state = state(kind, task);
    let last = match task.status {
        TaskStatus::Failed => kind.fails_in,
        _ => kind.steps.len().saturating_sub(1),
    };
    let taken = kind.steps.iter().enumerate().take(last + 1);
    let steps = taken.map(|(position, name)| {
        let is_last = position == last;
        let (status, exit) = if is_last {
            state
        } else {
            ("COMPLETED", "COMPLETED")
        };
        let end = if is_last {
            task.finished_at
        } else {
            Some(begun)
        };
        StepExecution {
            id: task.number * 100 + position as u64,
            start_time: Some(begun),
            end_time: end,
            last_updated: end.unwrap_or(begun),
            status_message: status,
            exit_code: exit,
            name,
            time_elapsed: elapsed(begun, if is_last { until } else { begun }),
        }
    });
    steps.collect()
}

/// What went wrong with the items of a job.
pub(super) fn job_errors<'t>(
    world: &'t World,
    kind: &'t Kind,
    task: &'t Task,
) -> impl Iterator<Item = JobErrorBody> + 't {
    let location = task.job.about().and_then(|about: &About| about.location);
    task.errors
        .iter()
        .enumerate()
        .map(move |(position, error)| {
            let ItemError {
                user, code, reason, ..
            } = error.as_ref();
            let person = world.find(spaces::EMAIL, Uuid::nil(), user);
            let message = MessageBody {
                description: reason.clone(),
                code: format!("{}{code}", kind.code_prefix),
                location_id: shown(location),
            };
            JobErrorBody {
                item: person.map_or_else(|| user.clone(), |id| id.to_string()),
                item_number: position + 1,
                error_type: "ERROR",
                tracking_id: task.author.tracking_id.to_string(),
                error: ErrorBody {
                    key: if *code == super::locations::UNSAFE {
                        "500"
                    } else {
                        "400"
                    },
                    message: [message],
                },
            }
        })
}
