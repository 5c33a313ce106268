//! Caller ID: what callees see (`/people/{personId}/features/callerId`).
//!
//! Only what was chosen is stored. What follows from the holder and the location is worked out
//! when read, and a PUT that repeats it stores nothing.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invalid, kinds, missing, tidy, values};
use crate::model::{Holder, Location};
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::patch::Patch;
use crate::world::Kind;
use crate::{patched, replaced};

mod view;

pub use view::CallerIdView;

patched! {
    /// What callees see.
    #[derive(Default)]
    pub struct CallerId by CallerIdPatch {
        /// Which number, when it is not the usual one.
        #[serde(skip_serializing_if = "Option::is_none")]
        selected: Option<CallerIdType>,
        /// The number, for `CUSTOM`.
        #[serde(skip_serializing_if = "Option::is_none")]
        custom_number: Option<String>,
        /// First name, people only; deprecated.
        #[serde(skip_serializing_if = "Option::is_none")]
        first_name: Option<String>,
        /// Last name, people only; deprecated.
        #[serde(skip_serializing_if = "Option::is_none")]
        last_name: Option<String>,
        /// Name, workspaces only; deprecated.
        #[serde(skip_serializing_if = "Option::is_none")]
        display_name: Option<String>,
        /// Detail, workspaces only; deprecated.
        #[serde(skip_serializing_if = "Option::is_none")]
        display_detail: Option<String>,
        /// Whether the identity is hidden when a call is forwarded.
        block_in_forward_calls_enabled: bool,
        /// Which name outside callees see.
        external_caller_id_name_policy: NamePolicy,
        /// The name, for `OTHER`.
        #[serde(skip_serializing_if = "Option::is_none")]
        custom_external_caller_id_name: Option<String>,
        /// Whether the direct line may be chosen for a call.
        additional_external_caller_id_direct_line_enabled: bool,
        /// Whether the location's number may be chosen for a call.
        additional_external_caller_id_location_number_enabled: bool,
        /// Another number that may be chosen for a call.
        #[serde(skip_serializing_if = "Option::is_none")]
        additional_external_caller_id_custom_number: Option<String>,
        /// Which name callees of the direct line see.
        direct_line_caller_id_name: DirectLineName,
        /// First name in dial by name, people only.
        #[serde(skip_serializing_if = "Option::is_none")]
        dial_by_first_name: Option<String>,
        /// Last name in dial by name, people only.
        #[serde(skip_serializing_if = "Option::is_none")]
        dial_by_last_name: Option<String>,
        /// Name in dial by name, workspaces only.
        #[serde(skip_serializing_if = "Option::is_none")]
        dial_by_name: Option<String>,
    }
}

patched! {
    /// Which name callees of the direct line see.
    #[derive(Default)]
    pub struct DirectLineName by DirectLineNamePatch {
        /// Which one, when it is not the usual one.
        #[serde(skip_serializing_if = "Option::is_none")]
        selection: Option<NameSelection>,
        /// The name, for `CUSTOM_NAME`.
        #[serde(skip_serializing_if = "Option::is_none")]
        custom_name: Option<String>,
    }
}

/// Which number callees see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CallerIdType {
    /// The holder's own.
    DirectLine,
    /// The location's.
    LocationNumber,
    /// Another one of the organisation.
    Custom,
}

/// Which name outside callees see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NamePolicy {
    /// The holder's.
    #[default]
    DirectLine,
    /// The location's.
    Location,
    /// Another one.
    Other,
}

/// Which name callees of the direct line see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NameSelection {
    /// Another one.
    CustomName,
    /// First name, last name.
    FirstnameLastname,
    /// Last name, first name.
    LastnameFirstname,
    /// The display name.
    DisplayName,
}

replaced!(CallerIdType, NamePolicy, NameSelection);

impl Family for CallerId {
    const KIND: Kind = kinds::CALLER_ID;
    const KEY: &'static str = "callerId";

    fn bounds(&self, holder: Holder) -> Result<(), Refusal> {
        let direct = &self.direct_line_caller_id_name;
        let names = [NameSelection::CustomName, NameSelection::DisplayName];
        let is_workspace = matches!(holder, Holder::Workspace(_));
        if is_workspace && direct.selection.is_some_and(|name| !names.contains(&name)) {
            return Err(invalid(
                "directLineCallerIdName.selection must be one of CUSTOM_NAME, DISPLAY_NAME for a \
                 workspace.",
            ));
        }
        if direct.selection == Some(NameSelection::CustomName) && direct.custom_name.is_none() {
            return Err(missing(
                "directLineCallerIdName.customName is required for CUSTOM_NAME.",
            ));
        }
        if self.external_caller_id_name_policy == NamePolicy::Other
            && self.custom_external_caller_id_name.is_none()
        {
            return Err(missing("customExternalCallerIdName is required for OTHER."));
        }
        if self.selected == Some(CallerIdType::Custom) && self.custom_number.is_none() {
            return Err(missing("customNumber is required when CUSTOM is selected."));
        }
        for (field, name) in [
            ("firstName", &self.first_name),
            ("lastName", &self.last_name),
            ("dialByFirstName", &self.dial_by_first_name),
            ("dialByLastName", &self.dial_by_last_name),
            ("dialByName", &self.dial_by_name),
        ] {
            values::name(field, name.as_deref())?;
        }
        for (field, name) in [
            ("firstName", &self.first_name),
            ("lastName", &self.last_name),
            ("displayName", &self.display_name),
            ("displayDetail", &self.display_detail),
            ("dialByFirstName", &self.dial_by_first_name),
            ("dialByLastName", &self.dial_by_last_name),
            ("dialByName", &self.dial_by_name),
            (
                "customExternalCallerIdName",
                &self.custom_external_caller_id_name,
            ),
            ("directLineCallerIdName.customName", &direct.custom_name),
        ] {
            values::length(field, name.as_deref().unwrap_or_default(), values::MAX_NAME)?;
        }
        Ok(())
    }

    fn check(&self, step: &Step<'_>) -> Result<(), Refusal> {
        for (field, number) in [
            ("customNumber", &self.custom_number),
            (
                "additionalExternalCallerIdCustomNumber",
                &self.additional_external_caller_id_custom_number,
            ),
        ] {
            values::own_number(step, field, number.as_deref())?;
        }
        Ok(())
    }
}

/// What follows from the holder and its location.
#[derive(Debug)]
struct Derived<'a> {
    first_name: &'a str,
    last_name: &'a str,
    display_name: &'a str,
    selected: CallerIdType,
    selection: NameSelection,
    location: Option<&'a Location>,
}

impl<'a> Derived<'a> {
    fn new(step: &Step<'a>) -> Self {
        let (first_name, last_name) = step
            .person()
            .map_or((step.name(), "."), |person| person.names());
        Self {
            first_name,
            last_name: if last_name.is_empty() { "." } else { last_name },
            display_name: step.name(),
            selected: match step.calling.number {
                Some(_) => CallerIdType::DirectLine,
                None => CallerIdType::LocationNumber,
            },
            selection: match step.is_person() {
                true => NameSelection::FirstnameLastname,
                false => NameSelection::DisplayName,
            },
            location: step.location(),
        }
    }
}

impl CallerId {
    /// Forgets what would be the same without being said.
    fn forget_derived(&mut self, step: &Step<'_>) {
        let derived = Derived::new(step);
        let forget = |text: &mut Option<String>, usual: &str| {
            tidy(text);
            if text.as_deref() == Some(usual) {
                *text = None;
            }
        };
        forget(&mut self.first_name, derived.first_name);
        forget(&mut self.last_name, derived.last_name);
        forget(&mut self.display_name, derived.display_name);
        forget(&mut self.display_detail, ".");
        forget(&mut self.dial_by_first_name, derived.first_name);
        forget(&mut self.dial_by_last_name, derived.last_name);
        forget(&mut self.dial_by_name, derived.display_name);
        tidy(&mut self.custom_number);
        tidy(&mut self.custom_external_caller_id_name);
        tidy(&mut self.additional_external_caller_id_custom_number);
        tidy(&mut self.direct_line_caller_id_name.custom_name);
        self.selected = self
            .selected
            .filter(|selected| *selected != derived.selected);
        let selection = &mut self.direct_line_caller_id_name.selection;
        *selection = selection.filter(|selection| *selection != derived.selection);
    }

    /// Forgets what the other kind of holder has.
    fn forget_foreign(&mut self, step: &Step<'_>) {
        if step.is_person() {
            self.display_name = None;
            self.display_detail = None;
            self.dial_by_name = None;
        } else {
            self.first_name = None;
            self.last_name = None;
            self.dial_by_first_name = None;
            self.dial_by_last_name = None;
            self.additional_external_caller_id_direct_line_enabled = false;
            self.additional_external_caller_id_location_number_enabled = false;
            self.additional_external_caller_id_custom_number = None;
        }
    }
}

impl Setting for CallerId {
    type View = CallerIdView;
    type Write = CallerIdPatch;

    fn view(&self, step: &Step<'_>) -> CallerIdView {
        CallerIdView::new(self, step)
    }

    fn merge(&mut self, write: CallerIdPatch, step: &Step<'_>) -> Result<(), Refusal> {
        self.apply(write);
        self.forget_derived(step);
        self.forget_foreign(step);
        if self.selected == Some(CallerIdType::DirectLine) {
            return Err(invalid(
                "DIRECT_LINE needs a phone number, which the line has not.",
            ));
        }
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/callerId"],
    workspace: &["/workspaces/{workspaceId}/features/callerId"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<CallerId>(&[
    FamilyRoute::get::<CallerId>(PATHS),
    FamilyRoute::put::<CallerId>(PATHS)
        .taking::<CallerId>()
        .requiring(&["selected"]),
]);
