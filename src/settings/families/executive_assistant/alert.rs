//! How an executive's assistants are called, and what becomes of calls that none of them takes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ExecutiveType::Executive;
use super::{change_needed, needed};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::families::{missing, tidy, values};
use crate::settings::family::{Asked, FamilyRoute, Paths, Run, Step, Verb, to_json};
use crate::settings::patch::Patch;
use crate::world::Tx;
use crate::{patched, replaced};

patched! {
    /// How an executive's assistants are called.
    pub struct Alert by AlertPatch {
        /// One after another, or all at once.
        alerting_mode: AlertingMode,
        /// How often it rings before the next one is called, 2 to 20 times.
        next_assistant_number_of_rings: u32,
        /// Whether a call goes on once the time is over, though assistants are left.
        rollover_enabled: bool,
        /// What becomes of a call that none of them takes.
        rollover_action: RolloverAction,
        /// Where it goes.
        #[serde(skip_serializing_if = "Option::is_none")]
        rollover_forward_to_phone_number: Option<String>,
        /// The time, in seconds.
        rollover_wait_time_in_secs: u32,
        /// Which name the assistants see.
        clid_name_mode: NameMode,
        /// A name of its own, in ASCII (deprecated).
        #[serde(rename = "customCLIDName", skip_serializing_if = "Option::is_none")]
        custom_clid_name: Option<String>,
        /// A name of its own.
        #[serde(rename = "customCLIDNameInUnicode", skip_serializing_if = "Option::is_none")]
        custom_clid_name_in_unicode: Option<String>,
        /// Which number the assistants see.
        clid_phone_number_mode: NumberMode,
        /// A number of its own.
        #[serde(rename = "customCLIDPhoneNumber", skip_serializing_if = "Option::is_none")]
        custom_clid_phone_number: Option<String>,
    }
}

/// How assistants are called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AlertingMode {
    /// One after another.
    #[default]
    Sequential,
    /// All at once.
    Simultaneous,
}

/// What becomes of a call that no assistant takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RolloverAction {
    /// It goes to the executive's voicemail.
    #[default]
    VoiceMessaging,
    /// It counts as unanswered.
    NoAnswerProcessing,
    /// It goes to a number.
    Forward,
}

/// Which name the assistants see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NameMode {
    /// The executive's, then the caller's.
    #[default]
    ExecutiveOriginator,
    /// The caller's, then the executive's.
    OriginatorExecutive,
    /// The executive's.
    Executive,
    /// The caller's.
    Originator,
    /// One of its own.
    Custom,
}

/// Which number the assistants see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NumberMode {
    /// The executive's.
    #[default]
    Executive,
    /// The caller's.
    Originator,
    /// One of its own.
    Custom,
}

replaced!(AlertingMode, RolloverAction, NameMode, NumberMode);

/// The longest time (hubsim's own bound: the documents name none).
const MAX_SECONDS: u32 = 3600;

impl Default for Alert {
    fn default() -> Self {
        Self {
            alerting_mode: AlertingMode::Sequential,
            next_assistant_number_of_rings: 2,
            rollover_enabled: false,
            rollover_action: RolloverAction::VoiceMessaging,
            rollover_forward_to_phone_number: None,
            rollover_wait_time_in_secs: 30,
            clid_name_mode: NameMode::ExecutiveOriginator,
            custom_clid_name: None,
            custom_clid_name_in_unicode: None,
            clid_phone_number_mode: NumberMode::Executive,
            custom_clid_phone_number: None,
        }
    }
}

impl Alert {
    pub(super) fn bounds(&self) -> Result<(), Refusal> {
        let seconds = self.rollover_wait_time_in_secs;
        values::rings(
            "nextAssistantNumberOfRings",
            self.next_assistant_number_of_rings,
        )?;
        values::number("rolloverWaitTimeInSecs", seconds, 1, MAX_SECONDS)?;
        let names = [&self.custom_clid_name, &self.custom_clid_name_in_unicode];
        for name in names.into_iter().flatten() {
            values::length("customCLIDName", name, values::MAX_NAME)?;
        }
        let has_name = names.iter().any(|name| name.is_some());
        let (goal, number) = (
            self.rollover_forward_to_phone_number.as_deref(),
            self.custom_clid_phone_number.as_deref(),
        );
        values::phone("rolloverForwardToPhoneNumber", goal)?;
        values::phone("customCLIDPhoneNumber", number)?;
        let needs = [
            (
                self.rollover_action == RolloverAction::Forward && goal.is_none(),
                "rolloverForwardToPhoneNumber is required while rolloverAction is FORWARD.",
            ),
            (
                self.clid_name_mode == NameMode::Custom && !has_name,
                "customCLIDNameInUnicode is required while clidNameMode is CUSTOM.",
            ),
            (
                self.clid_phone_number_mode == NumberMode::Custom && number.is_none(),
                "customCLIDPhoneNumber is required while clidPhoneNumberMode is CUSTOM.",
            ),
        ];
        match needs.iter().find(|(lacking, _)| *lacking) {
            Some((_, detail)) => Err(missing(*detail).by("SET-03")),
            None => Ok(()),
        }
    }

    pub(super) fn merge(&mut self, write: AlertPatch) {
        self.apply(write);
        tidy(&mut self.rollover_forward_to_phone_number);
        tidy(&mut self.custom_clid_name);
        tidy(&mut self.custom_clid_name_in_unicode);
        tidy(&mut self.custom_clid_phone_number);
    }
}

fn get(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    to_json(&needed(step, Executive)?.alert)
}

fn put(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change_needed(tx, holder, Executive, |value, _| {
        value.alert.merge(asked.json()?);
        Ok(())
    })
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/executive/alert"],
    workspace: &[],
};

pub(super) const GET: FamilyRoute =
    FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(get)).answering::<Alert>();

pub(super) const PUT: FamilyRoute =
    FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(put)).taking::<Alert>();
