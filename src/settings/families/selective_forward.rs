//! Selective forward: calls that go elsewhere, before call forwarding is asked
//! (`/telephony/config/people/{personId}/selectiveForward`).

use super::{kinds, values};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::criteria::routes::{Needs, Places};
use crate::settings::criteria::{
    CallsFrom, ForwardCriterion, Listed, RingEntry, Shape, Topic, WorkspaceForwardCriterion,
};
use crate::settings::family::{FamilyDef, Step};
use crate::settings::services::CallingService;
use crate::world::Kind;
use crate::{criteria_places, patched};

patched! {
    /// Where calls go by criteria.
    #[derive(Default)]
    pub struct SelectiveForward by SelectiveForwardPatch {
        /// Whether it is on.
        enabled: bool,
        /// Where calls go whose criterion says no number.
        default_phone_number_to_forward: String,
        /// Whether the phone rings once for them.
        ring_reminder_enabled: bool,
        /// Whether they go to the voicemail there.
        // The example of the official document writes the other name.
        #[serde(alias = "sendToVoicemailEnabled")]
        destination_voicemail_enabled: bool,
    }
}

const NUMBER: &str = "defaultPhoneNumberToForward";

impl Topic for SelectiveForward {
    const KIND: Kind = kinds::SELECTIVE_FORWARD;
    const KEY: &'static str = "selectiveForward";
    const PLACES: Places = criteria_places!("selectiveForward");
    const NEEDS_OF_PEOPLE: Needs = Needs {
        setting: &[],
        new: &[
            "forwardToPhoneNumber",
            "sendToVoicemailEnabled",
            "callsFrom",
        ],
        old: &[
            "forwardToPhoneNumber",
            "sendToVoicemailEnabled",
            "callsFrom",
        ],
    };
    const NEEDS_OF_WORKSPACES: Needs = Needs {
        setting: &[],
        new: &["callsFrom"],
        old: &[],
    };
    type OfPeople = ForwardCriterion;
    type OfWorkspaces = WorkspaceForwardCriterion;
    type Entry = RingEntry;

    fn shape(holder: Holder) -> Shape {
        let shape = match holder {
            Holder::Person(_) => Shape::OF_PEOPLE,
            Holder::Workspace(_) => Shape {
                numbers: "numbers",
                chosen_are_whole: false,
                ..Shape::OF_WORKSPACES
            },
        };
        shape.about(&[
            CallsFrom::AnyPhoneNumber,
            CallsFrom::SelectPhoneNumbers,
            CallsFrom::AnyInternal,
            CallsFrom::AnyExternal,
        ])
    }

    fn on(&mut self) -> Option<&mut bool> {
        Some(&mut self.enabled)
    }

    fn bounds(&self) -> Result<(), Refusal> {
        let number = Some(self.default_phone_number_to_forward.as_str());
        values::goal(self.enabled, "enabled", NUMBER, number)?;
        values::phone(NUMBER, number)
    }

    fn check(&self, step: &Step<'_>) -> Result<(), Refusal> {
        if !self.destination_voicemail_enabled {
            return Ok(());
        }
        let number = &self.default_phone_number_to_forward;
        values::voicemail_there(step, "destinationVoicemailEnabled", NUMBER, number)
    }
}

/// The family's row.
pub const DEF: FamilyDef = Listed::<SelectiveForward>::DEF
    .telling(&[(CallingService::CallForwardingSelective, |step| {
        step.value::<Listed<SelectiveForward>>().topic.enabled
    })]);
