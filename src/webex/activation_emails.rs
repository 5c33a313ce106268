//! `/identity/organizations/{orgId}/jobs/sendActivationEmails`: invitations that are sent again in
//! bulk, as a task.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::page::{self, Paging};
use crate::http::{Call, Fidelity, MAX, Reply, Row, START};
use crate::model::WebexId;
use crate::refusal::Refusal;
use crate::resources::outbox;
use crate::tasks::Task;
use crate::tasks::activation_emails::{NAME, Resend, SUPPRESSED};
use crate::tasks::engine;
use crate::tasks::job::Job;
use crate::tasks::task::ItemError;
use crate::world::Moment;

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
    .answers::<JobBody>()
    .status(202)
    .heavy(),
    Row::get(
        "/identity/organizations/{orgId}/jobs/sendActivationEmails/{jobId}/status",
        status,
    )
    .fidelity(Fidelity::F4)
    .answers::<JobBody>(),
    Row::get(
        "/identity/organizations/{orgId}/jobs/sendActivationEmails/{jobId}/errors",
        errors,
    )
    .fidelity(Fidelity::F4)
    .queries(&[MAX, START])
    .answers::<page::Items<ErrorBody>>(),
];

/// A job.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct JobBody {
    /// `resendinviteemail`
    name: &'static str,
    /// The id of the task.
    id: String,
    /// The tracking id of the request that started it.
    tracking_id: String,
    /// Who started it; empty where a token acts as nobody.
    source_user_id: String,
    /// The organisation of whoever started it.
    source_customer_id: String,
    /// The organisation whose people are written to.
    target_customer_id: String,
    /// Its number among the tasks.
    instance_id: u64,
    /// What it does, as one step.
    job_execution_status: [StepBody; 1],
    /// `STARTING`, `STARTED`, `COMPLETED` or `FAILED`
    latest_execution_status: &'static str,
    /// `UNKNOWN`, `COMPLETED`, `COMPLETED_WITH_ERRORS`, `STOPPED` or `FAILED`
    latest_execution_exit_code: &'static str,
    /// How many were written to.
    counts: CountsBody,
    /// Whether the organisation sends such e-mails.
    allow_admin_invite_emails: bool,
}

/// A step of a job.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct StepBody {
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
    /// When it went on last.
    #[schema(value_type = String)]
    last_updated: Moment,
    /// As of the job.
    status_message: &'static str,
    /// As of the job.
    exit_code: &'static str,
    /// When the job was made. Its schema does not have it; its example and clients do.
    #[schema(value_type = String)]
    created_time: Moment,
    /// How long it has been going on: `PT2.752S`.
    time_elapsed: String,
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
struct ErrorBody {
    /// Its place in the list, from 1.
    item_number: usize,
    /// The tracking id of the request that started the job.
    tracking_id: String,
    /// `ERROR`. The schema does not have it; clients insist on it.
    error_type: &'static str,
    /// What was wrong.
    error: KeyBody,
}

/// What was wrong.
#[derive(Debug, Serialize, ToSchema)]
struct KeyBody {
    /// An HTTP status.
    key: &'static str,
    /// In words.
    message: [MessageBody; 1],
}

/// What was wrong, in words.
#[derive(Debug, Serialize, ToSchema)]
struct MessageBody {
    /// The sentence.
    description: String,
    /// The code.
    code: String,
}

fn find(call: &Call<'_>) -> Result<(Uuid, Task), Refusal> {
    let organization = call.organization_named(call.value("orgId"))?;
    let text = call.value("jobId");
    let world = call.tenant.sandbox.peek();
    let id = WebexId::Task.decode(text);
    let is_meant = |task: &&Task| task.organization == organization && task.job.row().name == NAME;
    let task = id.and_then(|id| Some((id, world.get::<Task>(id).filter(is_meant)?.clone())));
    task.ok_or_else(|| Refusal::not_found("Job", text))
}

fn show(call: &Call<'_>, id: Uuid, task: &Task, http_status: u16) -> Result<Reply, Refusal> {
    let (status, exit_code) = task.status.job_words();
    let world = call.tenant.sandbox.peek();
    let actor = &task.author.actor;
    let last = task.finished_at.unwrap_or(call.now);
    let elapsed = task.started_at.map_or(0, |from| last.0 - from.0);
    let body = JobBody {
        name: "resendinviteemail",
        id: WebexId::Task.encode(id),
        tracking_id: task.author.tracking_id.to_string(),
        source_user_id: actor
            .person
            .map_or_else(String::new, |person| WebexId::Person.encode(person)),
        source_customer_id: WebexId::Organization
            .encode(actor.organization.unwrap_or(task.organization)),
        target_customer_id: WebexId::Organization.encode(task.organization),
        instance_id: task.number,
        job_execution_status: [StepBody {
            id: task.number,
            start_time: task.started_at,
            end_time: task.finished_at,
            last_updated: task
                .finished_at
                .or(task.started_at)
                .unwrap_or(task.created_at),
            status_message: status,
            exit_code,
            created_time: task.created_at,
            time_elapsed: format!("PT{}.{:03}S", elapsed / 1000, elapsed % 1000),
        }],
        latest_execution_status: status,
        latest_execution_exit_code: exit_code,
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
    let errors = task.errors.iter().enumerate();
    let items = errors.map(|(position, error)| told(&task, position, error));
    page::list(call, ERRORS, "items", items)
}

fn told(task: &Task, position: usize, error: &ItemError) -> ErrorBody {
    let (key, code) = match error.code {
        SUPPRESSED => ("304", format!("ATLAS-{SUPPRESSED}")),
        code => ("400", code.to_string()),
    };
    ErrorBody {
        item_number: position + 1,
        tracking_id: task.author.tracking_id.to_string(),
        error_type: "ERROR",
        error: KeyBody {
            key,
            message: [MessageBody {
                description: error.reason.clone(),
                code,
            }],
        },
    }
}
