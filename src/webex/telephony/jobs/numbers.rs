//! Manage numbers: numbers that nobody uses go from one location to another, or get another use.

use std::collections::BTreeSet;

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::details::{Counts, Details, NumberCounts};
use super::document::{JobBody, shown};
use super::{Kind, TELEPHONY, location_named, started};
use crate::http::{Call, Fidelity, OF_ORG, Reply, Row};
use crate::model::number::NumberUsage;
use crate::model::number::shorten;
use crate::model::{E164, Location};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::calling_locations::calling_of;
use crate::resources::numbers::find_in;
use crate::tasks::Task;
use crate::tasks::telephony::manage_numbers::{ManageNumbers, Operation};
use crate::tasks::telephony::{About, MANAGE_NUMBERS, NUMBERS_MAX, Telephony, Work};
use crate::world::World;

const MOVE: &str = "MOVE";
const USE: &str = "NUMBER_USAGE_CHANGE";

pub(super) const KIND: Kind = Kind {
    base: "/v1/telephony/config/jobs/numbers/manageNumbers",
    row: MANAGE_NUMBERS,
    is_named_in_list: false,
    steps: &["manageNumbersDeciderStep", "managenumbersMoveNumbers"],
    fails_in: 1,
    code_prefix: "BATCH-",
    paging: TELEPHONY,
    details,
};

pub(super) const INITIATE: Row = Row::post(KIND.base, initiate)
    .fidelity(Fidelity::F4)
    .queries(OF_ORG)
    .takes::<NumberJobRequest>()
    .answers::<JobBody>()
    .status(201);

/// Numbers, and what becomes of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumberJobRequest {
    /// `MOVE` or `NUMBER_USAGE_CHANGE`.
    operation: String,
    /// Where they go, for `MOVE`.
    target_location_id: Option<String>,
    /// `NONE` or `SERVICE`, for `NUMBER_USAGE_CHANGE`.
    number_usage_type: Option<NumberUsage>,
    /// The numbers, by location.
    number_list: Vec<NumberItem>,
}

/// Numbers of a location.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumberItem {
    /// In whose inventory they stand.
    location_id: String,
    /// The numbers in E.164.
    numbers: Vec<String>,
}

fn details(task: &Task, about: &About) -> Details {
    let is_move = about.operation.as_deref() == Some(MOVE);
    Details {
        job_type: Some(KIND.row.public_name),
        operation_type: about.operation.clone(),
        source_location_id: shown(about.source),
        target_location_id: shown(about.location),
        counts: Some(Counts::Numbers(NumberCounts {
            total_numbers: task.total,
            numbers_moved: if is_move { task.succeeded } else { 0 },
            numbers_failed: task.failed,
            numbers_usage_changed: if is_move { 0 } else { task.succeeded },
            ..NumberCounts::default()
        })),
        ..Details::default()
    }
}

fn initiate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<NumberJobRequest>()?;
    let body = started(call, |tx, organization| job(tx, organization, &request))?;
    Reply::json(201, &body)
}

fn job(
    world: &World,
    organization: Uuid,
    request: &NumberJobRequest,
) -> Result<Telephony, Refusal> {
    let operation = operation(world, organization, request)?;
    let target = match operation {
        Operation::Move(to) => Some(to),
        Operation::Use(_) => None,
    };
    let count: usize = request
        .number_list
        .iter()
        .map(|item| item.numbers.len())
        .sum();
    if !(1..=NUMBERS_MAX).contains(&count) {
        let detail = format!("numberList must hold 1 to {NUMBERS_MAX} numbers.");
        return Err(Refusal::bad_request(detail));
    }
    let mut numbers = Vec::with_capacity(count);
    let mut seen = BTreeSet::new();
    for item in &request.number_list {
        let location = location_named(&item.location_id)?;
        let (place, _) = calling_of(world, organization, location)?;
        if target == Some(location) {
            let detail = format!(
                "The numbers are in the target location {} already.",
                place.name
            );
            return Err(Refusal::bad_request(detail));
        }
        for text in &item.numbers {
            let number = held(world, place, location, text)?;
            if !seen.insert(number.clone()) {
                return Err(invalid(format!("{number} is named twice.")));
            }
            numbers.push((location, number));
        }
    }
    let about = About {
        operation: Some(request.operation.clone()),
        source: numbers.first().map(|(location, _)| *location),
        location: target,
        ..About::default()
    };
    let work = Work::ManageNumbers(ManageNumbers { operation, numbers });
    Ok(Telephony { about, work })
}

fn operation(
    world: &World,
    organization: Uuid,
    request: &NumberJobRequest,
) -> Result<Operation, Refusal> {
    match request.operation.as_str() {
        MOVE => {
            let missing = || mandatory("targetLocationId", MOVE);
            let text = request.target_location_id.as_deref().ok_or_else(missing)?;
            let target = location_named(text)?;
            calling_of(world, organization, target)?;
            Ok(Operation::Move(target))
        }
        USE => {
            let usage = request.number_usage_type;
            let usage = usage.ok_or_else(|| mandatory("numberUsageType", USE))?;
            Ok(Operation::Use(usage))
        }
        other => {
            let detail = format!(
                "operation must be {MOVE} or {USE}, not \"{}\"; numbers are deleted by DELETE of \
                 the location's numbers.",
                shorten(other)
            );
            Err(Refusal::bad_request(detail))
        }
    }
}

fn mandatory(field: &str, operation: &str) -> Refusal {
    let detail = format!("{field} is mandatory for {operation}.");
    Refusal::new(ErrorKind::MandatoryField, detail)
}

fn invalid(detail: String) -> Refusal {
    Refusal::new(ErrorKind::JobNumberInvalid, detail)
}

/// A number of the location's inventory.
fn held(world: &World, place: &Location, location: Uuid, text: &str) -> Result<E164, Refusal> {
    let number: E164 = text.parse().map_err(|why| invalid(format!("{why}.")))?;
    let known = find_in(world, location, &number);
    known.map(|_| number).ok_or_else(|| {
        let name = &place.name;
        invalid(format!(
            "{} is not in the inventory of {name}.",
            shorten(text)
        ))
    })
}
