//! What reading shows of caller ID: the choices, and what follows from holder and location.

use serde::Serialize;
use utoipa::ToSchema;

use super::{CallerId, CallerIdType, Derived, DirectLineName, NamePolicy};
use crate::model::{Location, PhoneNumber};
use crate::settings::family::Step;

/// What reading shows of caller ID.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallerIdView {
    /// What may be selected; read-only.
    pub types: Vec<CallerIdType>,
    /// Which number callees see.
    pub selected: CallerIdType,
    /// The holder's number; read-only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_number: Option<String>,
    /// The holder's extension; read-only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension_number: Option<String>,
    /// The location's number; read-only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_number: Option<String>,
    /// Whether calls to the location's number are free; read-only.
    pub toll_free_location_number: bool,
    /// The number, for `CUSTOM`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_number: Option<String>,
    /// First name, people only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name, people only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Name, workspaces only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Detail, workspaces only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_detail: Option<String>,
    /// Whether the identity is hidden when a call is forwarded.
    pub block_in_forward_calls_enabled: bool,
    /// Which name outside callees see.
    pub external_caller_id_name_policy: NamePolicy,
    /// The name, for `OTHER`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_external_caller_id_name: Option<String>,
    /// The location's name for callees; read-only.
    pub location_external_caller_id_name: String,
    /// Whether the direct line may be chosen for a call, people only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_external_caller_id_direct_line_enabled: Option<bool>,
    /// Whether the location's number may be chosen for a call, people only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_external_caller_id_location_number_enabled: Option<bool>,
    /// Another number that may be chosen for a call, people only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_external_caller_id_custom_number: Option<String>,
    /// Which name callees of the direct line see.
    pub direct_line_caller_id_name: DirectLineName,
    /// First name in dial by name, people only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dial_by_first_name: Option<String>,
    /// Last name in dial by name, people only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dial_by_last_name: Option<String>,
    /// Name in dial by name, workspaces only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dial_by_name: Option<String>,
}

impl CallerIdView {
    pub(super) fn new(stored: &CallerId, step: &Step<'_>) -> Self {
        let derived = Derived::new(step);
        let person = step.is_person();
        let or = |chosen: &Option<String>, usual: &str| {
            chosen.clone().unwrap_or_else(|| usual.to_owned())
        };
        let first_name = or(&stored.first_name, derived.first_name);
        let last_name = or(&stored.last_name, derived.last_name);
        let display_name = or(&stored.display_name, derived.display_name);
        let direct = &stored.direct_line_caller_id_name;
        Self {
            types: types(step),
            selected: stored.selected.unwrap_or(derived.selected),
            direct_number: step.calling.number.as_ref().map(ToString::to_string),
            extension_number: step.calling.extension.as_ref().map(ToString::to_string),
            location_number: location_number(derived.location),
            toll_free_location_number: is_toll_free(step, derived.location),
            custom_number: stored.custom_number.clone(),
            dial_by_first_name: person.then(|| or(&stored.dial_by_first_name, derived.first_name)),
            dial_by_last_name: person.then(|| or(&stored.dial_by_last_name, derived.last_name)),
            dial_by_name: (!person).then(|| or(&stored.dial_by_name, derived.display_name)),
            first_name: person.then_some(first_name),
            last_name: person.then_some(last_name),
            display_name: (!person).then_some(display_name),
            display_detail: (!person).then(|| or(&stored.display_detail, ".")),
            block_in_forward_calls_enabled: stored.block_in_forward_calls_enabled,
            external_caller_id_name_policy: stored.external_caller_id_name_policy,
            custom_external_caller_id_name: stored.custom_external_caller_id_name.clone(),
            location_external_caller_id_name: location_name(derived.location),
            additional_external_caller_id_direct_line_enabled: person
                .then_some(stored.additional_external_caller_id_direct_line_enabled),
            additional_external_caller_id_location_number_enabled: person
                .then_some(stored.additional_external_caller_id_location_number_enabled),
            additional_external_caller_id_custom_number: stored
                .additional_external_caller_id_custom_number
                .clone(),
            direct_line_caller_id_name: DirectLineName {
                selection: Some(direct.selection.unwrap_or(derived.selection)),
                custom_name: direct.custom_name.clone(),
            },
        }
    }
}

fn types(step: &Step<'_>) -> Vec<CallerIdType> {
    let direct = step
        .calling
        .number
        .as_ref()
        .map(|_| CallerIdType::DirectLine);
    direct
        .into_iter()
        .chain([CallerIdType::LocationNumber, CallerIdType::Custom])
        .collect()
}

fn location_number(location: Option<&Location>) -> Option<String> {
    Some(
        location?
            .calling
            .as_ref()?
            .main_number
            .as_ref()?
            .to_string(),
    )
}

fn location_name(location: Option<&Location>) -> String {
    let Some(location) = location else {
        return String::new();
    };
    let name = location
        .calling
        .as_ref()
        .and_then(|c| c.external_caller_id_name.clone());
    name.unwrap_or_else(|| location.name.clone())
}

fn is_toll_free(step: &Step<'_>, location: Option<&Location>) -> bool {
    let toll_free = || {
        let number = location_number(location)?;
        let (_, number) = PhoneNumber::find(step.world, &number)?;
        Some(number.toll_free)
    };
    toll_free().unwrap_or(false)
}
