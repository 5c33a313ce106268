//! `/identity/organizations/{orgId}/jobs/sendActivationEmails`: invitations that are sent again in
//! bulk, as a task.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::job::{Execution, ItemProblem, JobOrigin, ProblemMessage, check_kept};
use crate::http::page::{self, Paging};
use crate::http::{Call, Fidelity, MAX, Reply, Row, START};
use crate::model::WebexId;
use crate::model::owned;
use crate::refusal::Refusal;
use crate::resources::outbox;
use crate::tasks::Task;
use crate::tasks::activation_emails::{ROW, Resend, SUPPRESSED};
use crate::tasks::engine;
use crate::tasks::job::Job;
use crate::tasks::task::ItemError;

/// Errors on a page (contract: Get Bulk Activation Email Resend Job Errors).
const ERRORS: Paging = Paging {
    start: "start",
    max: "max",
    default: 50,
    most: 1000,
};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::post(
        "/identity/organizations/{orgId}/jobs/sendActivationEmails",
        start,
    )
    .fidelity(Fidelity::F4)
    .answers::<ActivationJobBody>()
    .status(202)
    .heavy(),
    Row::get(
        "/identity/organizations/{orgId}/jobs/sendActivationEmails/{jobId}/status",
        status,
    )
    .fidelity(Fidelity::F4)
    .answers::<ActivationJobBody>(),
    Row::get(
        "/identity/organizations/{orgId}/jobs/sendActivationEmails/{jobId}/errors",
        errors,
    )
    .fidelity(Fidelity::F4)
    .queries(&[MAX, START])
    .answers::<page::Items<ActivationErrorBody>>(),
];

/// A job that sends invitations again.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ActivationJobBody {
    /// `resendinviteemail`
    name: &'static str,
    /// Which job it is, and whose.
    #[serde(flatten)]
    origin: JobOrigin,
    /// Its one execution.
    job_execution_status: [Execution; 1],
    /// `STARTING`, `STARTED`, `COMPLETED` or `FAILED`
    latest_execution_status: &'static str,
    /// `UNKNOWN`, `COMPLETED`, `COMPLETED_WITH_ERRORS`, `STOPPED` or `FAILED`
    latest_execution_exit_code: &'static str,
    /// How many were written to.
    counts: CountsBody,
    /// Whether the organisation sends such e-mails.
    allow_admin_invite_emails: bool,
}

/// How many were written to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CountsBody {
    /// How many got an invitation.
    user_resend_invite_sent: u32,
    /// How many could not be written to.
    user_resend_invite_failed: u32,
    /// How many had no need of one any more.
    user_resend_invite_skipped: u32,
    /// How many were looked at.
    total_users: u32,
}

/// Somebody who was not written to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ActivationErrorBody {
    /// Its place in the list, from 1.
    item_number: usize,
    /// The tracking id of the request that started the job.
    tracking_id: String,
    /// `ERROR`. The schema does not have it; clients insist on it.
    error_type: &'static str,
    /// What was wrong.
    error: ItemProblem,
}

fn find(call: &Call<'_>) -> Result<(Uuid, Task), Refusal> {
    let organization = call.organization_named(call.value("orgId"))?;
    let text = call.value("jobId");
    let world = call.tenant.sandbox.peek();
    let id = WebexId::Task.decode(text);
    let own = id.and_then(|id| Some((id, owned::get::<Task>(&world, organization, id)?.clone())));
    let task = own.filter(|(_, task)| *task.job.row() == ROW);
    task.ok_or_else(|| Refusal::not_found("Job", text))
}

fn show(call: &Call<'_>, id: Uuid, task: &Task, http_status: u16) -> Result<Reply, Refusal> {
    let state = task.public_state();
    let world = call.tenant.sandbox.peek();
    let body = ActivationJobBody {
        name: task.job.row().public_name,
        origin: JobOrigin::of(id, task),
        job_execution_status: [Execution::of(call, task, Vec::new())],
        latest_execution_status: state.0,
        latest_execution_exit_code: state.1,
        counts: CountsBody {
            user_resend_invite_sent: task.welcomed,
            user_resend_invite_failed: task.failed,
            user_resend_invite_skipped: task.succeeded.saturating_sub(task.welcomed),
            total_users: task.done(),
        },
        allow_admin_invite_emails: outbox::is_automated(&world, task.organization),
    };
    Reply::json(http_status, &body)
}

fn start(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.organization_named(call.value("orgId"))?;
    let job = Job::ActivationEmails(Resend::prepare(&call.read(), organization));
    let context = call.context();
    let id = call.write(|tx| engine::start(tx, &context, organization, job, Vec::new()))?;
    let world = call.tenant.sandbox.peek();
    let task = world.get::<Task>(id).cloned();
    let task = task.ok_or_else(|| Refusal::not_found("Job", &WebexId::Task.encode(id)))?;
    show(call, id, &task, 202)
}

fn status(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, task) = find(call)?;
    show(call, id, &task, 200)
}

fn errors(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (_, task) = find(call)?;
    check_kept(&task)?;
    let errors = task.errors.iter().enumerate();
    let items = errors.map(|(position, error)| told(&task, position, error));
    page::list(call, ERRORS, "items", items)
}

fn told(task: &Task, position: usize, error: &ItemError) -> ActivationErrorBody {
    let (key, code) = match error.code {
        SUPPRESSED => ("304", format!("ATLAS-{SUPPRESSED}")),
        code => ("400", code.to_string()),
    };
    let message = ProblemMessage {
        description: error.reason.clone(),
        code,
        location_id: None,
    };
    ActivationErrorBody {
        item_number: position + 1,
        tracking_id: task.author.tracking_id.to_string(),
        error_type: "ERROR",
        error: ItemProblem::new(key, message),
    }
}
