//! `/v1/workspaces/{workspaceId}/personalize` and what became of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Call, Fidelity, Reply, Row};
use crate::model::Holder;
use crate::model::workspace::PersonalizationState;
use crate::refusal::Refusal;
use crate::resources::workspaces::{self, personalize};
use crate::webex::settings::workspace;
use crate::webex::wholesale::author;

const TASK: &str = "/v1/workspaces/{workspaceId}/personalizationTask";

/// The rows.
pub const ROWS: &[Row] = &[
    Row::post("/v1/workspaces/{workspaceId}/personalize", start)
        .fidelity(Fidelity::F4)
        .takes::<Wanted>()
        .status(202),
    Row::get(TASK, get)
        .fidelity(Fidelity::F4)
        .answers::<TaskBody>()
        .also(&[202]),
];

/// Whose the device shall be.
#[derive(Debug, Deserialize, ToSchema)]
struct Wanted {
    /// The person's address.
    #[schema(example = "julie@example.com")]
    email: String,
}

/// What became of a personalization.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TaskBody<'a> {
    /// Whether the device is the person's now.
    success: bool,
    /// Why it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Device is offline")]
    error_description: Option<&'a str>,
}

fn start(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.own_organization()?;
    let id = workspace(call, call.value("workspaceId"))?;
    let Wanted { email } = call.json()?;
    let author = author(call);
    call.write(|tx| personalize::start(tx, organization, id, &email, author))?;
    let id = Holder::Workspace(id).webex_id();
    let task = format!("{}{}", call.origin, TASK.replace("{workspaceId}", &id));
    Ok(Reply::empty(202).header("Location", task))
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.own_organization()?;
    let id = workspace(call, call.value("workspaceId"))?;
    let world = call.tenant.sandbox.peek();
    let workspace = workspaces::get(&world, organization, id)?;
    let task = workspace.personalization.as_ref();
    let task = task.ok_or_else(|| {
        Refusal::not_found("Personalization task of workspace", &workspace.display_name)
    })?;
    let error_description = match &task.state {
        PersonalizationState::UnderWay => {
            let left = task.due.0.saturating_sub(call.tenant.time().0).max(0);
            let seconds = left.unsigned_abs().div_ceil(1000).max(1);
            return Ok(Reply::empty(202).header("Retry-After", seconds.to_string()));
        }
        PersonalizationState::Done => None,
        PersonalizationState::Failed(why) => Some(why.as_str()),
    };
    let body = TaskBody {
        success: error_description.is_none(),
        error_description,
    };
    Reply::json(200, &body)
}
