//! Call forwarding: always, when busy, when unanswered, and when the devices are offline
//! (`/people/{personId}/features/callForwarding`).

use super::{MAX_RINGS, kinds};
use crate::patched;
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Setting, Step};
use crate::settings::patch::Patch;
use crate::world::Kind;

patched! {
    /// Where calls go instead of ringing.
    #[derive(Default)]
    pub struct CallForwarding by CallForwardingPatch {
        /// Always, when busy, when unanswered.
        call_forwarding: Conditions,
        /// When no device can be reached.
        business_continuity: Forward,
    }
}

patched! {
    /// The three conditions.
    #[derive(Default)]
    pub struct Conditions by ConditionsPatch {
        /// Every call.
        always: Always,
        /// Calls while the line is busy.
        busy: Forward,
        /// Calls that nobody answers.
        no_answer: NoAnswer,
    }
}

patched! {
    /// Every call is forwarded.
    #[derive(Default)]
    pub struct Always by AlwaysPatch {
        /// Whether it is on.
        enabled: bool,
        /// The number.
        destination: String,
        /// Whether the phone rings once as a reminder.
        ring_reminder_enabled: bool,
        /// Whether calls go to the destination's voicemail.
        destination_voicemail_enabled: bool,
    }
}

patched! {
    /// Calls are forwarded under a condition.
    #[derive(Default)]
    pub struct Forward by ForwardPatch {
        /// Whether it is on.
        enabled: bool,
        /// The number.
        destination: String,
        /// Whether calls go to the destination's voicemail.
        destination_voicemail_enabled: bool,
    }
}

patched! {
    /// Unanswered calls are forwarded.
    pub struct NoAnswer by NoAnswerPatch {
        /// Whether it is on.
        enabled: bool,
        /// The number.
        destination: String,
        /// Rings before a call counts as unanswered, 2 to 20.
        number_of_rings: u32,
        /// The most rings that can be set; read-only.
        system_max_number_of_rings: u32,
        /// Whether calls go to the destination's voicemail.
        destination_voicemail_enabled: bool,
    }
}

impl Default for NoAnswer {
    fn default() -> Self {
        Self {
            enabled: false,
            destination: String::new(),
            number_of_rings: 3,
            system_max_number_of_rings: MAX_RINGS,
            destination_voicemail_enabled: false,
        }
    }
}

impl Family for CallForwarding {
    const KIND: Kind = kinds::CALL_FORWARDING;
    const KEY: &'static str = "callForwarding";

    fn check(&self, _step: &Step<'_>) -> Result<(), Refusal> {
        let conditions = &self.call_forwarding;
        let on = [
            (
                "always",
                conditions.always.enabled,
                &conditions.always.destination,
            ),
            (
                "busy",
                conditions.busy.enabled,
                &conditions.busy.destination,
            ),
            (
                "noAnswer",
                conditions.no_answer.enabled,
                &conditions.no_answer.destination,
            ),
            (
                "businessContinuity",
                self.business_continuity.enabled,
                &self.business_continuity.destination,
            ),
        ];
        for (name, enabled, destination) in on {
            if enabled && destination.is_empty() {
                let detail = format!("{name}.destination is required when {name} is enabled.");
                return Err(Refusal::new(ErrorKind::MandatoryField, detail));
            }
        }
        super::check_rings(
            "noAnswer.numberOfRings",
            conditions.no_answer.number_of_rings,
        )
    }
}

impl Setting for CallForwarding {
    type View = Self;
    type Write = CallForwardingPatch;

    fn view(&self, _step: &Step<'_>) -> Self {
        self.clone()
    }

    fn merge(&mut self, write: CallForwardingPatch, _step: &Step<'_>) -> Result<(), Refusal> {
        self.apply(write);
        self.call_forwarding.no_answer.system_max_number_of_rings = MAX_RINGS;
        Ok(())
    }
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/callForwarding"],
    workspace: &["/workspaces/{workspaceId}/features/callForwarding"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<CallForwarding>(&[
    FamilyRoute::get::<CallForwarding>(PATHS),
    FamilyRoute::put::<CallForwarding>(PATHS.of_people()),
    FamilyRoute::put::<CallForwarding>(PATHS.of_workspaces())
        .requiring(&["callForwarding", "businessContinuity"]),
]);
