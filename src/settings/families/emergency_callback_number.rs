//! The emergency callback number: which number the emergency services see and call back
//! (`/telephony/config/people/{personId}/emergencyCallbackNumber`).
//!
//! A choice stands until it is changed, or until the member that it names has no number in the
//! location any more (DEC-140). What an emergency call would use is worked out when it is read, so
//! that a number that no call reaches leaves the number of the location (DEC-93).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invalid, kinds, missing};
use crate::model::Holder;
use crate::refusal::{ErrorKind, Refusal};
use crate::replaced;
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, Paths, Run, Setting, Step, Verb, to_json,
};
use crate::settings::members::{Member, MemberList};
use crate::world::{Kind, World};

mod effective;

pub use effective::{Information, Level, Quality};

/// Which number emergency services call back.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EmergencyCallbackNumber {
    /// What was chosen, where it is not what goes without saying.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected: Option<Selected>,
    /// Whose number, where that of a member was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_member_id: Option<Member>,
    /// Whether a number that tells the location may be used from devices.
    pub elin_enabled: bool,
    /// Whether it may be used from the Webex app; people only.
    pub elin_for_webex_app_enabled: bool,
}

/// What can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Selected {
    /// The holder's own number.
    DirectLine,
    /// The number of the location.
    LocationEcbn,
    /// The number of somebody else in the location.
    LocationMemberNumber,
}

replaced!(Selected);

/// What reading shows of the emergency callback number.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmergencyCallbackNumberView {
    /// What is chosen.
    pub selected: Selected,
    /// The holder's own number, and what would be used for it.
    pub direct_line_info: Information,
    /// The same of the location's.
    #[serde(rename = "locationECBNInfo")]
    pub location_ecbn_info: Information,
    /// The same of the member's, where one is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_member_info: Option<Information>,
    /// Whether a number that tells the location may be used from devices.
    pub elin_enabled: bool,
    /// Whether it may be used from the Webex app; people only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elin_for_webex_app_enabled: Option<bool>,
}

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct EmergencyCallbackNumberWrite {
    /// What is chosen.
    pub selected: Option<Selected>,
    /// The id of somebody in the location who has a number; needed for `LOCATION_MEMBER_NUMBER`.
    pub location_member_id: Option<String>,
    /// Whether a number that tells the location may be used from devices.
    pub elin_enabled: Option<bool>,
    /// Whether it may be used from the Webex app; people only.
    pub elin_for_webex_app_enabled: Option<bool>,
}

/// Who counts on a holder's number.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Dependencies {
    /// Whether it is the number of the location.
    pub is_location_ecbn_default: bool,
    /// Whether the holder uses it.
    pub is_self_ecbn_default: bool,
    /// How many others chose it.
    pub dependent_member_count: usize,
}

/// What goes without saying: the own number of who has one, else that of the location.
fn usual(step: &Step<'_>) -> Selected {
    match step.calling.number {
        Some(_) => Selected::DirectLine,
        None => Selected::LocationEcbn,
    }
}

impl Family for EmergencyCallbackNumber {
    const KIND: Kind = kinds::EMERGENCY_CALLBACK_NUMBER;
    const KEY: &'static str = "emergencyCallbackNumber";

    fn bounds(&self, holder: Holder) -> Result<(), Refusal> {
        let is_of_member = self.selected == Some(Selected::LocationMemberNumber);
        if is_of_member != self.location_member_id.is_some() {
            let detail =
                "locationMemberId goes with LOCATION_MEMBER_NUMBER, and with nothing else.";
            return Err(invalid(detail));
        }
        if self.location_member_id == Some(Member(holder)) {
            let detail = "locationMemberId must be somebody else; DIRECT_LINE is one's own number.";
            return Err(Refusal::new(ErrorKind::MemberNotAllowed, detail));
        }
        match (self.elin_for_webex_app_enabled, holder) {
            (true, Holder::Workspace(_)) => {
                Err(invalid("elinForWebexAppEnabled is for people alone."))
            }
            _ => Ok(()),
        }
    }

    fn dangling(&self, world: &World, holder: Holder) -> Option<String> {
        let member = self.location_member_id?;
        let own = Member(holder).calling(world)?;
        let is_reached = member
            .calling(world)
            .is_some_and(|it| it.location == own.location && it.number.is_some());
        (!is_reached).then(|| {
            let id = member.0.id();
            format!("locationMemberId names {id}, which has no phone number in the location")
        })
    }

    fn members(&self) -> impl Iterator<Item = Member> {
        self.location_member_id.into_iter()
    }
}

impl MemberList for EmergencyCallbackNumber {
    const FIELD: &'static str = "locationMemberId";

    fn forget(&mut self, member: Member) {
        if self.location_member_id == Some(member) {
            (self.selected, self.location_member_id) = (None, None);
        }
    }
}

impl Setting for EmergencyCallbackNumber {
    type View = EmergencyCallbackNumberView;
    type Write = EmergencyCallbackNumberWrite;

    fn view(&self, step: &Step<'_>) -> EmergencyCallbackNumberView {
        let member = self.location_member_id;
        EmergencyCallbackNumberView {
            selected: self.selected.unwrap_or_else(|| usual(step)),
            direct_line_info: effective::of_direct_line(step),
            location_ecbn_info: effective::of_location(step),
            location_member_info: member.and_then(|it| effective::of_member(step, it)),
            elin_enabled: self.elin_enabled,
            elin_for_webex_app_enabled: step.is_person().then_some(self.elin_for_webex_app_enabled),
        }
    }

    fn merge(
        &mut self,
        write: EmergencyCallbackNumberWrite,
        step: &Step<'_>,
    ) -> Result<(), Refusal> {
        let before = self.selected.unwrap_or_else(|| usual(step));
        let wanted = write.selected.unwrap_or(before);
        self.location_member_id = match (wanted, write.location_member_id) {
            (Selected::LocationMemberNumber, Some(id)) => Some(chosen(step, &id)?),
            (Selected::LocationMemberNumber, None) if write.selected.is_none() => {
                self.location_member_id
            }
            (Selected::LocationMemberNumber, None) => {
                let detail =
                    "locationMemberId is required while selected is LOCATION_MEMBER_NUMBER.";
                return Err(missing(detail));
            }
            (Selected::DirectLine, _) if step.calling.number.is_none() => {
                let detail = format!(
                    "selected cannot be DIRECT_LINE: {} has no phone number, which emergency \
                     services could call back.",
                    step.name(),
                );
                return Err(invalid(detail).by("DEC-93"));
            }
            _ => None,
        };
        self.selected = Some(wanted).filter(|wanted| *wanted != usual(step));
        self.elin_enabled = write.elin_enabled.unwrap_or(self.elin_enabled);
        if step.is_person() {
            let enabled = write.elin_for_webex_app_enabled;
            self.elin_for_webex_app_enabled = enabled.unwrap_or(self.elin_for_webex_app_enabled);
        }
        Ok(())
    }
}

/// Somebody in the holder's location who has a number.
fn chosen(step: &Step<'_>, id: &str) -> Result<Member, Refusal> {
    let member = Member::find(step, id)?;
    let refuse = |why: &str| {
        let name = member.names(step.world).map_or("", |(first, _)| first);
        let detail = format!("locationMemberId: {name} {why}.");
        Err(Refusal::new(ErrorKind::MemberNotAllowed, detail).by("DEC-93"))
    };
    match member.calling(step.world) {
        Some(calling) if calling.location != step.calling.location => {
            refuse("is in another location, where emergency services would be sent")
        }
        Some(calling) if calling.number.is_none() => {
            refuse("has no phone number, which emergency services could call back")
        }
        _ => Ok(member),
    }
}

fn dependencies(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let own = step.value::<EmergencyCallbackNumber>();
    let id = step.holder.id();
    let naming = step.world.naming::<EmergencyCallbackNumber>(id);
    let selected = own.selected.unwrap_or_else(|| usual(step));
    to_json(&Dependencies {
        is_location_ecbn_default: step.calling.number.is_some()
            && effective::main_number(step) == step.calling.number.as_ref(),
        is_self_ecbn_default: selected == Selected::DirectLine,
        dependent_member_count: naming.count(),
    })
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/emergencyCallbackNumber"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/emergencyCallbackNumber"],
};

const DEPENDENCY_PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/emergencyCallbackNumber/dependencies"],
    workspace: &["/telephony/config/workspaces/{workspaceId}/emergencyCallbackNumber/dependencies"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<EmergencyCallbackNumber>(&[
    FamilyRoute::get::<EmergencyCallbackNumber>(PATHS),
    FamilyRoute::put::<EmergencyCallbackNumber>(PATHS).taking::<EmergencyCallbackNumberWrite>(),
    FamilyRoute::new(Verb::Get, DEPENDENCY_PATHS, 200, Run::Read(dependencies))
        .answering::<Dependencies>(),
]);
