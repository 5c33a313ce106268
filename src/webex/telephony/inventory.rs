//! Numbers of a location's inventory: added, activated, removed and looked at before
//! (api-surface.md 4.7).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Call, Fidelity, OF_ORG, Reply, Row};
use crate::model::number::NumberUsage;
use crate::refusal::Refusal;
use crate::resources::numbers::{self, Kind, NumberState, parse_all};
use crate::webex::location_id;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::post("/v1/telephony/config/locations/{locationId}/numbers", add)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .takes::<AddRequest>()
        .status(201),
    Row::put(
        "/v1/telephony/config/locations/{locationId}/numbers",
        activate,
    )
    .fidelity(Fidelity::F4)
    .queries(OF_ORG)
    .takes::<ActivateRequest>()
    .status(204),
    Row::delete(
        "/v1/telephony/config/locations/{locationId}/numbers",
        remove,
    )
    .fidelity(Fidelity::F4)
    .queries(OF_ORG)
    .takes::<NumbersRequest>(),
    Row::post(
        "/v1/telephony/config/actions/validateNumbers/invoke",
        validate,
    )
    .fidelity(Fidelity::F4)
    .queries(OF_ORG)
    .takes::<NumbersRequest>()
    .answers::<ValidatedBody<'_>>(),
];

/// What kind of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
enum NumberType {
    /// Free of charge for callers.
    TollFree,
    /// An ordinary number.
    Did,
    /// A mobile number.
    Mobile,
}

/// Whether calls reach a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
enum State {
    /// They do.
    Active,
    /// They do not.
    Inactive,
}

/// Numbers to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AddRequest {
    /// The numbers in E.164.
    phone_numbers: Vec<String>,
    /// What kind they are.
    number_type: Option<NumberType>,
    /// What they are used for.
    number_usage_type: Option<NumberUsage>,
    /// Whether calls reach them; `ACTIVE` unless said.
    state: Option<State>,
}

/// Numbers by themselves.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumbersRequest {
    /// The numbers in E.164.
    phone_numbers: Vec<String>,
}

/// What to do with numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
enum Action {
    /// Let calls reach them.
    Activate,
    /// Let no calls reach them.
    Deactivate,
}

/// Numbers to activate.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ActivateRequest {
    /// The numbers in E.164.
    phone_numbers: Vec<String>,
    /// `ACTIVATE` unless said.
    action: Option<Action>,
}

fn add(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, location) = (call.organization()?, location_id(call)?);
    let request = call.json::<AddRequest>()?;
    if request.number_type == Some(NumberType::Mobile) {
        let detail = "Mobile numbers need a mobile carrier, which the location does not have.";
        return Err(Refusal::bad_request(detail));
    }
    if request.number_usage_type == Some(NumberUsage::Service) {
        let detail = "Service numbers cannot be added to this location.";
        return Err(Refusal::bad_request(detail));
    }
    let numbers = parse_all(&request.phone_numbers)?;
    let kind = Kind {
        active: request.state != Some(State::Inactive),
        toll_free: request.number_type == Some(NumberType::TollFree),
    };
    call.write(|tx| numbers::add(tx, organization, location, &numbers, kind))?;
    Ok(Reply::empty(201))
}

fn activate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, location) = (call.organization()?, location_id(call)?);
    let request = call.json::<ActivateRequest>()?;
    let numbers = parse_all(&request.phone_numbers)?;
    let active = request.action != Some(Action::Deactivate);
    call.write(|tx| numbers::activate(tx, organization, location, &numbers, active))?;
    Ok(Reply::empty(204))
}

fn remove(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, location) = (call.organization()?, location_id(call)?);
    let numbers = parse_all(&call.json::<NumbersRequest>()?.phone_numbers)?;
    call.write(|tx| numbers::remove(tx, organization, location, &numbers))?;
    Ok(Reply::empty(204))
}

/// What there is to say about numbers.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ValidatedBody<'a> {
    /// `OK` or `ERRORS`.
    status: &'static str,
    /// One for each number.
    phone_numbers: Vec<ValidatedNumber<'a>>,
}

/// What there is to say about one number.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ValidatedNumber<'a> {
    /// The number as it was sent.
    phone_number: &'a str,
    /// `Available`, `Duplicate`, `Duplicate In List`, `Invalid` or `Unavailable`.
    state: &'static str,
    /// Whether callers pay nothing.
    toll_free_number: bool,
    /// What is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    detail: Vec<String>,
}

fn told(state: NumberState) -> (&'static str, Option<&'static str>) {
    match state {
        NumberState::Available => ("Available", None),
        NumberState::Duplicate => ("Duplicate", Some("[Error 8363] DN exists already")),
        NumberState::DuplicateInList => ("Duplicate In List", Some("The list names it twice")),
        NumberState::Invalid => ("Invalid", Some("It is not a number in E.164")),
        NumberState::Unavailable => ("Unavailable", Some("[Error 8361] DN is unavailable")),
    }
}

fn validate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.organization()?;
    let texts = call.json::<NumbersRequest>()?.phone_numbers;
    let world = call.tenant.sandbox.peek();
    let states = numbers::validate(&world, organization, &texts)?;
    let is_ok = states.iter().all(|state| *state == NumberState::Available);
    let items = texts.iter().zip(states).map(|(text, state)| {
        let (state, wrong) = told(state);
        ValidatedNumber {
            phone_number: text,
            state,
            toll_free_number: false,
            detail: wrong.iter().map(|why| format!("{why} : {text}")).collect(),
        }
    });
    let phone_numbers = items.collect();
    Reply::json(
        200,
        &ValidatedBody {
            status: if is_ok { "OK" } else { "ERRORS" },
            phone_numbers,
        },
    )
}
