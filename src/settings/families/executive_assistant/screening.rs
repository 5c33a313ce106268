//! How an executive's own phones tell of calls that go to the assistants.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ExecutiveType::Executive;
use super::{change_needed, needed};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::family::{Asked, FamilyRoute, Paths, Run, Step, Verb, to_json};
use crate::settings::patch::Patch;
use crate::world::Tx;
use crate::{patched, replaced};

patched! {
    /// How an executive's own phones tell of calls that go to the assistants.
    #[derive(Default)]
    pub struct Screening by ScreeningPatch {
        /// Whether they do.
        enabled: bool,
        /// How they sound.
        alert_type: AlertType,
        /// Whether the phones of single number reach do, too.
        alert_anywhere_location_enabled: bool,
        /// Whether the phone of Webex Go does, too.
        alert_mobility_location_enabled: bool,
        /// Whether shared lines do, too.
        alert_shared_call_appearance_location_enabled: bool,
    }
}

/// How a phone sounds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AlertType {
    /// Not at all.
    #[default]
    Silent,
    /// A short ring.
    RingSplash,
}

replaced!(AlertType);

fn get(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    to_json(&needed(step, Executive)?.screening)
}

fn put(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change_needed(tx, holder, Executive, |value, _| {
        value.screening.apply(asked.json()?);
        Ok(())
    })
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/executive/screening"],
    workspace: &[],
};

pub(super) const GET: FamilyRoute =
    FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(get)).answering::<Screening>();

pub(super) const PUT: FamilyRoute =
    FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(put)).taking::<Screening>();
