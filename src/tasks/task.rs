//! A task: bulk work as data in the world (TASK-01 to TASK-08). It survives a snapshot.

use std::sync::Arc;

use imbl::Vector;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::job::Job;
use crate::licensing::outcome::Outcome;
use crate::model::kinds;
use crate::model::owned::Owned;
use crate::world::{Actor, Entity, Kind, Moment};

/// The public state of a job that goes on.
const STARTED: (&str, &str) = ("STARTED", "UNKNOWN");
/// The public state of a job, and of a step, that is done.
pub const COMPLETED: (&str, &str) = ("COMPLETED", "COMPLETED");

/// How long results are kept (TASK-04): seven days.
const KEPT_MILLIS: i64 = 7 * 24 * 60 * 60 * 1000;

/// The state of a task (TASK-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum TaskStatus {
    /// It has not begun.
    Queued,
    /// It goes on.
    Running,
    /// Everything was done.
    Completed,
    /// It went to its end, and some items failed.
    CompletedWithErrors,
    /// It stopped because it could not go on.
    Failed,
    /// Somebody stopped it; what was done stays (TASK-08).
    Cancelled,
}

impl TaskStatus {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Queued,
        Self::Running,
        Self::Completed,
        Self::CompletedWithErrors,
        Self::Failed,
        Self::Cancelled,
    ];

    /// The name in replies and filters.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Completed => "completed",
            Self::CompletedWithErrors => "completedWithErrors",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// How far a task has come: 1 while it waits, 2 while it goes on, 3 at its end.
    #[must_use]
    pub fn stage(self) -> u8 {
        match self {
            Self::Queued => 1,
            Self::Running => 2,
            _ => 3,
        }
    }

    /// Whether work remains.
    #[must_use]
    pub fn is_unfinished(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

/// Who started a task, and by which request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Author {
    /// Who.
    pub actor: Actor,
    /// The request's tracking id, which every outcome names.
    pub tracking_id: Arc<str>,
}

/// An item that failed (CSV-32).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemError {
    /// The line in the file (DEC-25). A template has no file, so its column `row` stays empty: a
    /// position in its order would look like a line.
    pub row: Option<u32>,
    /// The person or workspace as the file names it.
    pub user: String,
    /// The error code.
    pub code: u32,
    /// The sentence.
    pub reason: String,
}

/// Why a task could not go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TaskError {
    /// A word for programs.
    pub code: String,
    /// The sentence.
    pub message: String,
}

impl TaskError {
    /// The next item would destroy more than the caller allows.
    pub const MAX_LOSS: &'static str = "maxLoss";
}

/// A bulk task.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    /// Whose it is.
    pub organization: Uuid,
    /// Its number among the tasks of the sandbox, rising.
    pub number: u64,
    /// The state.
    pub status: TaskStatus,
    /// How many items there are.
    pub total: u32,
    /// How many were done.
    pub succeeded: u32,
    /// How many could not be done.
    pub failed: u32,
    /// How many people got a welcome e-mail (ADD-08).
    #[serde(default)]
    pub welcomed: u32,
    /// When it was started by somebody.
    pub created_at: Moment,
    /// When it was paused, unless it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_at: Option<Moment>,
    /// When its first item was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Moment>,
    /// When it came to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Moment>,
    /// Who started it.
    pub author: Author,
    /// Why it could not go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<TaskError>,
    /// How many values it may destroy; any number when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_loss: Option<u64>,
    /// How many values it has destroyed.
    #[serde(default)]
    pub lost: u64,
    /// What deserves attention about the task as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// What is to be done.
    pub job: Arc<Job>,
    /// What was done, one for each item of a change of licences.
    #[serde(default, skip_serializing_if = "Vector::is_empty")]
    pub outcomes: Vector<Arc<Outcome>>,
    /// What failed.
    #[serde(default, skip_serializing_if = "Vector::is_empty")]
    pub errors: Vector<Arc<ItemError>>,
    /// The parts of the file that an export makes.
    #[serde(default, skip_serializing_if = "Vector::is_empty")]
    pub result: Vector<Arc<str>>,
    /// Whether the results are no longer kept.
    #[serde(default)]
    pub expired: bool,
}

/// Tasks only ever go on, so the counts tell two states of one apart.
impl PartialEq for Task {
    fn eq(&self, other: &Self) -> bool {
        (self.organization, self.number, self.status, self.total)
            == (other.organization, other.number, other.status, other.total)
            && (self.succeeded, self.failed, self.expired, self.result.len())
                == (
                    other.succeeded,
                    other.failed,
                    other.expired,
                    other.result.len(),
                )
            && (self.started_at, self.finished_at) == (other.started_at, other.finished_at)
            && self.paused_at == other.paused_at
    }
}

impl Task {
    /// Whether somebody paused it, so that it waits for that somebody.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.status.is_unfinished() && self.paused_at.is_some()
    }

    /// The status and the exit code that the public API has for it (contract: jobs). One that
    /// waits for whoever paused it has been stopped, but has not ended (DEC-100).
    #[must_use]
    pub fn public_state(&self) -> (&'static str, &'static str) {
        match self.status {
            TaskStatus::Queued | TaskStatus::Running if self.is_paused() => ("STARTED", "STOPPED"),
            TaskStatus::Queued => (self.job.row().queued, "UNKNOWN"),
            TaskStatus::Running => STARTED,
            TaskStatus::Completed => COMPLETED,
            TaskStatus::CompletedWithErrors => ("COMPLETED", "COMPLETED_WITH_ERRORS"),
            TaskStatus::Failed => ("FAILED", "FAILED"),
            TaskStatus::Cancelled => ("ABANDONED", "STOPPED"),
        }
    }

    /// What that was when it came to a stage.
    #[must_use]
    pub fn public_state_at(&self, stage: u8) -> (&'static str, &'static str) {
        match stage {
            1 => (self.job.row().queued, "UNKNOWN"),
            2 => STARTED,
            _ => self.public_state(),
        }
    }

    /// How many items were looked at.
    #[must_use]
    pub fn done(&self) -> u32 {
        self.succeeded + self.failed
    }

    /// The progress (TASK-02); a task without items is at 100 once it ended.
    #[must_use]
    pub fn percent(&self) -> u32 {
        match (self.total, self.status) {
            (_, TaskStatus::Completed | TaskStatus::CompletedWithErrors) => 100,
            (0, _) => 0,
            (total, _) => {
                u32::try_from(u64::from(self.done()) * 100 / u64::from(total)).unwrap_or_default()
            }
        }
    }

    /// When the results are kept until.
    #[must_use]
    pub fn expires_at(&self) -> Option<Moment> {
        self.finished_at
            .map(|finished| finished.plus_millis(KEPT_MILLIS))
    }
}

impl Owned for Task {
    fn owner(&self) -> Uuid {
        self.organization
    }
}

impl Entity for Task {
    const KIND: Kind = kinds::TASK;
    const NAME: &'static str = "task";
    const BOOKKEEPING: bool = true;

    fn label(&self) -> String {
        format!("{} {}", self.job.row().name, self.number)
    }
}
