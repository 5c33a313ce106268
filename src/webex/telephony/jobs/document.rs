//! A job as the public API shows it: its status document, its steps and its errors.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Kind;
use super::details::Details;
use super::devices::CALL_RECORDING_JOB;
use crate::http::Call;
use crate::model::{WebexId, spaces};
use crate::tasks::task::{COMPLETED, ItemError};
use crate::tasks::telephony::About;
use crate::tasks::{Task, TaskStatus};
use crate::webex::job::{
    Execution, ItemProblem, JobOrigin, ProblemMessage, Progress, StepExecution, elapsed,
    worked_until,
};
use crate::world::World;

/// A job. What only some kinds tell is absent from the others.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobBody {
    /// The name of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    /// Which job it is, and whose.
    #[serde(flatten)]
    origin: JobOrigin,
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
    error: ItemProblem,
}

/// The id of a location, where there is one.
pub(super) fn shown(location: Option<Uuid>) -> Option<String> {
    location.map(|id| WebexId::Location.encode(id))
}

/// A job as its status shows it.
pub(super) fn job_body(call: &Call<'_>, kind: &Kind, id: Uuid, task: &Task) -> JobBody {
    let state = task.public_state();
    let about = task.job.about().cloned().unwrap_or_default();
    JobBody {
        name: Some(kind.row.public_name),
        origin: JobOrigin::of(id, task),
        job_execution_status: [Execution::of(call, task, steps(call, kind, task))],
        latest_execution_status: state.0,
        latest_execution_exit_code: kind.tells_exit().then_some(state.1),
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
        self.row != CALL_RECORDING_JOB
    }
}

/// The steps that a job has taken: the last one does the work, those before are done at once.
fn steps(call: &Call<'_>, kind: &Kind, task: &Task) -> Vec<StepExecution> {
    let Some(begun) = task.started_at else {
        return Vec::new();
    };
    let last = match task.status {
        TaskStatus::Failed => kind.fails_in,
        _ => kind.steps.len().saturating_sub(1),
    };
    let taken = kind.steps.iter().enumerate().take(last + 1);
    let steps = taken.map(|(position, name)| {
        let (state, end, until) = match position == last {
            true => (
                task.public_state(),
                task.finished_at,
                worked_until(call, task),
            ),
            false => (COMPLETED, Some(begun), begun),
        };
        StepExecution {
            progress: Progress {
                id: task
                    .number
                    .saturating_mul(100)
                    .saturating_add(position as u64),
                start_time: Some(begun),
                end_time: end,
                last_updated: end.unwrap_or(begun),
                status_message: state.0,
                exit_code: state.1,
            },
            name,
            time_elapsed: elapsed(begun, until),
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
            let message = ProblemMessage {
                description: reason.clone(),
                code: format!("{}{code}", kind.code_prefix),
                location_id: shown(location),
            };
            let key = match *code {
                super::locations::UNSAFE => "500",
                _ => "400",
            };
            JobErrorBody {
                item: person.map_or_else(|| user.clone(), |id| id.to_string()),
                item_number: position + 1,
                error_type: "ERROR",
                tracking_id: task.author.tracking_id.to_string(),
                error: ItemProblem::new(key, message),
            }
        })
}
