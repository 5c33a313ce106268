//! Call forwarding: always, when busy, when unanswered, and when the devices are offline
//! (`/people/{personId}/features/callForwarding`).

use super::kinds;
use super::values::{self, MAX_RINGS};
use crate::model::Holder;
use crate::patched;
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain, Step};
use crate::settings::services::CallingService;
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

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        for (name, on, destination, _) in self.ways() {
            let (switch, field) = (format!("{name}.enabled"), format!("{name}.destination"));
            values::goal(on, &switch, &field, Some(destination))?;
            values::phone(&field, Some(destination))?;
        }
        let rings = self.call_forwarding.no_answer.number_of_rings;
        values::rings("callForwarding.noAnswer.numberOfRings", rings)
    }

    fn check(&self, step: &Step<'_>) -> Result<(), Refusal> {
        for (name, _, destination, to_voicemail) in self.ways() {
            if to_voicemail {
                let switch = format!("{name}.destinationVoicemailEnabled");
                let field = format!("{name}.destination");
                values::voicemail_there(step, &switch, &field, destination)?;
            }
        }
        Ok(())
    }
}

impl CallForwarding {
    /// Each way of forwarding: its name, whether it is on, where to, and whether to voicemail.
    fn ways(&self) -> [(&'static str, bool, &str, bool); 4] {
        let Conditions {
            always,
            busy,
            no_answer,
        } = &self.call_forwarding;
        let offline = &self.business_continuity;
        [
            (
                "callForwarding.always",
                always.enabled,
                &always.destination,
                always.destination_voicemail_enabled,
            ),
            (
                "callForwarding.busy",
                busy.enabled,
                &busy.destination,
                busy.destination_voicemail_enabled,
            ),
            (
                "callForwarding.noAnswer",
                no_answer.enabled,
                &no_answer.destination,
                no_answer.destination_voicemail_enabled,
            ),
            (
                "businessContinuity",
                offline.enabled,
                &offline.destination,
                offline.destination_voicemail_enabled,
            ),
        ]
    }
}

impl Plain for CallForwarding {
    fn settle(&mut self) {
        self.call_forwarding.no_answer.system_max_number_of_rings = MAX_RINGS;
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
])
.telling(&[
    (CallingService::CallForwardingAlways, |step| {
        step.value::<CallForwarding>()
            .call_forwarding
            .always
            .enabled
    }),
    (CallingService::CallForwardingBusy, |step| {
        step.value::<CallForwarding>().call_forwarding.busy.enabled
    }),
    (CallingService::CallForwardingNoAnswer, |step| {
        step.value::<CallForwarding>()
            .call_forwarding
            .no_answer
            .enabled
    }),
    (CallingService::CallForwardingNotReachable, |step| {
        step.value::<CallForwarding>().business_continuity.enabled
    }),
]);
