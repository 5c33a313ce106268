//! Sequential ring: other phones ring one after another; workspaces only
//! (`/telephony/config/workspaces/{workspaceId}/sequentialRing`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::simultaneous_ring::check_phones;
use super::{kinds, values};
use crate::json::{BesideText, TextOr};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::criteria::routes::{Needs, Places};
use crate::settings::criteria::{Listed, RingCriterion, RingEntry, Shape, Topic};
use crate::settings::family::FamilyDef;
use crate::world::Kind;
use crate::{criteria_places, patched, replaced};

patched! {
    /// Which phones ring one after another.
    pub struct SequentialRing by SequentialRingPatch {
        /// Whether it is on.
        enabled: bool,
        /// Whether the workspace's own line rings first.
        ring_base_location_first_enabled: bool,
        /// How often it rings, 2 to 20 times.
        base_location_number_of_rings: Rings,
        /// Whether the others ring while it is busy.
        continue_if_base_location_is_busy_enabled: bool,
        /// Whether calls go to voicemail in the end.
        calls_to_voicemail_enabled: bool,
        /// The phones, at most five.
        phone_numbers: Vec<SequentialNumber>,
    }
}

/// A phone that rings in its turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SequentialNumber {
    /// Its number.
    #[serde(default)]
    pub phone_number: String,
    /// Whether whoever answers presses 1 to take the call.
    #[serde(default)]
    pub answer_confirmation_required_enabled: bool,
    /// How often it rings, 2 to 20 times.
    #[serde(default = "three")]
    pub number_of_rings: u32,
}

fn three() -> u32 {
    3
}

/// A number of rings that reading writes as a text and writing says either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "TextOr<u32>", into = "String")]
#[schema(value_type = String)]
pub struct Rings(pub u32);

replaced!(Rings);

impl BesideText for u32 {
    const EXPECTED: &'static str = "a whole number";
}

impl From<Rings> for String {
    fn from(rings: Rings) -> Self {
        rings.0.to_string()
    }
}

impl TryFrom<TextOr<u32>> for Rings {
    type Error = String;

    fn try_from(sent: TextOr<u32>) -> Result<Self, String> {
        match sent {
            TextOr::Other(rings) => Ok(Self(rings)),
            TextOr::Text(text) => {
                let rings = text.parse().map(Self);
                rings.map_err(|_| "it must be a whole number from 2 to 20".to_owned())
            }
        }
    }
}

/// The most phones.
const MOST: usize = 5;

impl Default for SequentialRing {
    fn default() -> Self {
        Self {
            enabled: false,
            ring_base_location_first_enabled: true,
            base_location_number_of_rings: Rings(2),
            continue_if_base_location_is_busy_enabled: true,
            calls_to_voicemail_enabled: false,
            phone_numbers: Vec::new(),
        }
    }
}

impl Topic for SequentialRing {
    const KIND: Kind = kinds::SEQUENTIAL_RING;
    const KEY: &'static str = "sequentialRing";
    const PLACES: Places = criteria_places!("sequentialRing").of_workspaces();
    const NEEDS_OF_PEOPLE: Needs = Self::NEEDS_OF_WORKSPACES;
    const NEEDS_OF_WORKSPACES: Needs = Needs {
        setting: &[],
        new: &["callsFrom", "ringEnabled"],
        old: &[],
    };
    type OfPeople = RingCriterion;
    type OfWorkspaces = RingCriterion;
    type Entry = RingEntry;

    fn shape(_holder: Holder) -> Shape {
        Shape {
            chosen_are_whole: false,
            ..Shape::OF_WORKSPACES
        }
    }

    fn settle(&mut self) {
        // The live service shows five places, of which those without a number are free.
        self.phone_numbers
            .retain(|one| !one.phone_number.is_empty());
    }

    fn bounds(&self) -> Result<(), Refusal> {
        let numbers = self.phone_numbers.iter().map(|one| &*one.phone_number);
        check_phones(self.enabled, &numbers.collect::<Vec<_>>(), MOST)?;
        for (position, one) in self.phone_numbers.iter().enumerate() {
            let field = format!("phoneNumbers[{position}].numberOfRings");
            values::rings(&field, one.number_of_rings)?;
        }
        let rings = self.base_location_number_of_rings.0;
        values::rings("baseLocationNumberOfRings", rings)
    }
}

/// The family's row.
pub const DEF: FamilyDef = Listed::<SequentialRing>::DEF;
