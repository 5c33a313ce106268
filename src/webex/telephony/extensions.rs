//! Whether extensions can be used in a location.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Call, Fidelity, OF_ORG, Reply, Row};
use crate::refusal::Refusal;
use crate::resources::calling_locations::{self, ExtensionState};
use crate::webex::location_id;

/// The rows.
pub const ROWS: &[Row] = &[Row::post(
    "/v1/telephony/config/locations/{locationId}/actions/validateExtensions/invoke",
    validate_extensions,
)
.fidelity(Fidelity::F4)
.queries(OF_ORG)
.takes::<ExtensionsRequest>()
.answers::<ExtensionsBody<'_>>()];

/// Extensions to look at.
#[derive(Debug, Deserialize, ToSchema)]
struct ExtensionsRequest {
    /// The extensions.
    extensions: Vec<String>,
}

/// What there is to say about extensions.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ExtensionsBody<'a> {
    /// `OK` or `ERRORS`.
    status: &'static str,
    /// One for each extension.
    extension_status: Vec<ExtensionBody<'a>>,
}

/// What there is to say about one extension.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ExtensionBody<'a> {
    /// The extension.
    extension: &'a str,
    /// `VALID`, `DUPLICATE`, `DUPLICATE_IN_LIST` or `INVALID`.
    state: &'static str,
    /// The code of what is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

fn told(state: ExtensionState) -> (&'static str, Option<(u32, &'static str)>) {
    use ExtensionState::{Duplicate, DuplicateInList, Emergency, NotDigits, Valid, WrongLength};
    match state {
        Valid => ("VALID", None),
        Duplicate => (
            "DUPLICATE",
            Some((9495, "It is already in use in the location")),
        ),
        DuplicateInList => ("DUPLICATE_IN_LIST", Some((9498, "The list names it twice"))),
        WrongLength => ("INVALID", Some((25_058, "It must have 2 to 6 digits"))),
        NotDigits => ("INVALID", Some((4910, "It can have the digits 0-9 only"))),
        Emergency => ("INVALID", Some((4911, "It cannot be an emergency number"))),
    }
}

fn validate_extensions(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, id) = (call.organization()?, location_id(call)?);
    let request = call.json::<ExtensionsRequest>()?;
    let world = call.tenant.sandbox.peek();
    calling_locations::calling_of(&world, organization, id)?;
    let states = calling_locations::validate_extensions(&world, id, &request.extensions);
    let is_ok = states.iter().all(|state| *state == ExtensionState::Valid);
    let items = request
        .extensions
        .iter()
        .zip(states)
        .map(|(extension, state)| {
            let (state, wrong) = told(state);
            let message = wrong.map(|(code, why)| format!("[Error {code}] {why}: {extension}."));
            ExtensionBody {
                extension,
                state,
                error_code: wrong.map(|(code, _)| code),
                message,
            }
        });
    let extension_status = items.collect();
    Reply::json(
        200,
        &ExtensionsBody {
            status: if is_ok { "OK" } else { "ERRORS" },
            extension_status,
        },
    )
}
