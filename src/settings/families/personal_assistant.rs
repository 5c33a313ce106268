//! The personal assistant, who takes calls while somebody is away
//! (`/telephony/config/people/{personId}/features/personalAssistant`); people only.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invalid, kinds, tidy, values};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::family::{Family, FamilyDef, FamilyRoute, Paths, Plain};
use crate::settings::services::CallingService;
use crate::world::{Kind, Moment};
use crate::{patched, replaced};

patched! {
    /// What becomes of calls while somebody is away.
    pub struct PersonalAssistant by PersonalAssistantPatch {
        /// Whether it is on.
        enabled: bool,
        /// Why they are away.
        presence: Presence,
        /// Until when.
        #[serde(skip_serializing_if = "Option::is_none")]
        until_date_time: Option<String>,
        /// Whether callers may be put through to somebody else.
        transfer_enabled: bool,
        /// To which number.
        #[serde(skip_serializing_if = "Option::is_none")]
        transfer_number: Option<String>,
        /// How the phone tells of a call.
        alerting: Alerting,
        /// How often it rings first, 2 to 20 times.
        alert_me_first_number_of_rings: u32,
    }
}

/// Why somebody is away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Presence {
    /// They are there.
    #[default]
    None,
    /// On a business trip.
    BusinessTrip,
    /// For the rest of the day.
    GoneForTheDay,
    /// At lunch.
    Lunch,
    /// In a meeting.
    Meeting,
    /// Out of the office.
    OutOfOffice,
    /// For a moment.
    TemporarilyOut,
    /// In a training.
    Training,
    /// Not to be reached.
    Unavailable,
    /// On holiday.
    Vacation,
}

/// How the phone tells of a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Alerting {
    /// It rings before the assistant answers.
    AlertMeFirst,
    /// It rings once, to remind.
    PlayRingReminder,
    /// Not at all.
    #[default]
    None,
}

replaced!(Presence, Alerting);

impl Default for PersonalAssistant {
    fn default() -> Self {
        Self {
            enabled: false,
            presence: Presence::None,
            until_date_time: None,
            transfer_enabled: false,
            transfer_number: None,
            alerting: Alerting::None,
            alert_me_first_number_of_rings: 2,
        }
    }
}

impl Family for PersonalAssistant {
    const KIND: Kind = kinds::PERSONAL_ASSISTANT;
    const KEY: &'static str = "personalAssistant";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        let number = self.transfer_number.as_deref();
        let rings = self.alert_me_first_number_of_rings;
        values::rings("alertMeFirstNumberOfRings", rings)?;
        let on = self.transfer_enabled;
        values::goal(on, "transferEnabled", "transferNumber", number)?;
        values::phone("transferNumber", number)?;
        let until = self.until_date_time.as_deref().map(str::parse::<Moment>);
        until
            .transpose()
            .map(drop)
            .map_err(|why| invalid(format!("untilDateTime: {why}.")))
    }
}

impl Plain for PersonalAssistant {
    fn settle(&mut self) {
        tidy(&mut self.transfer_number);
        tidy(&mut self.until_date_time);
        // A time is shown as Webex shows times, whatever its form was.
        if let Some(Ok(until)) = self.until_date_time.as_deref().map(str::parse::<Moment>) {
            self.until_date_time = Some(until.to_string());
        }
    }
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/features/personalAssistant"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<PersonalAssistant>(&[
    FamilyRoute::get::<PersonalAssistant>(PATHS),
    FamilyRoute::put::<PersonalAssistant>(PATHS),
])
.telling(&[(CallingService::PersonalAssistant, |step| {
    step.value::<PersonalAssistant>().enabled
})]);
