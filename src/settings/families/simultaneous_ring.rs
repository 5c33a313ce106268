//! Simultaneous ring: other phones ring along
//! (`/telephony/config/people/{personId}/simultaneousRing`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invalid, kinds, missing, values};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::criteria::routes::{Needs, Places};
use crate::settings::criteria::{Listed, RingCriterion, RingEntry, Shape, Topic};
use crate::settings::family::FamilyDef;
use crate::settings::services::CallingService;
use crate::world::Kind;
use crate::{criteria_places, patched, scheduled};

patched! {
    /// Which phones ring along.
    #[derive(Default)]
    pub struct SimultaneousRing by SimultaneousRingPatch {
        /// Whether it is on.
        enabled: bool,
        /// Whether they stay silent during a call.
        do_not_ring_if_on_call_enabled: bool,
        /// The phones, at most ten.
        phone_numbers: Vec<RingNumber>,
        /// Whether the criteria count.
        criterias_enabled: bool,
    }
}

/// A phone that rings along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RingNumber {
    /// Its number.
    pub phone_number: String,
    /// Whether whoever answers presses 1 to take the call.
    pub answer_confirmation_required_enabled: bool,
}

/// The most phones (api-surface.md section 3).
const MOST: usize = 10;

impl Topic for SimultaneousRing {
    const KIND: Kind = kinds::SIMULTANEOUS_RING;
    const KEY: &'static str = "simultaneousRing";
    const PLACES: Places = criteria_places!("simultaneousRing");
    const NEEDS_OF_PEOPLE: Needs = Needs {
        setting: &[],
        new: &["callsFrom", "ringEnabled"],
        old: &[],
    };
    const NEEDS_OF_WORKSPACES: Needs = Needs {
        setting: &["criteriasEnabled"],
        new: scheduled!["callsFrom", "ringEnabled"],
        ..Self::NEEDS_OF_PEOPLE
    };
    type OfPeople = RingCriterion;
    type OfWorkspaces = RingCriterion;
    type Entry = RingEntry;

    fn shape(holder: Holder) -> Shape {
        Shape::of(holder)
    }

    fn bounds(&self) -> Result<(), Refusal> {
        let numbers = self.phone_numbers.iter().map(|one| &*one.phone_number);
        check_phones(self.enabled, &numbers.collect::<Vec<_>>(), MOST)
    }
}

/// Refuses phones that cannot ring: too many of them, none though it is on, one twice, or one
/// that nobody can dial.
pub(super) fn check_phones(on: bool, numbers: &[&str], most: usize) -> Result<(), Refusal> {
    let count = numbers.len();
    if count > most {
        return Err(invalid(format!(
            "phoneNumbers must not have more than {most} items, but it has {count}."
        )));
    }
    if on && count == 0 {
        let detail = "phoneNumbers is required while enabled is true.";
        return Err(missing(detail).by("SET-03"));
    }
    for (position, number) in numbers.iter().enumerate() {
        let field = format!("phoneNumbers[{position}].phoneNumber");
        values::number_needed(&field, number)?;
        if numbers[..position].contains(number) {
            return Err(invalid(format!("{field}: {number} is named twice.")));
        }
    }
    Ok(())
}

/// The family's row.
pub const DEF: FamilyDef = Listed::<SimultaneousRing>::DEF
    .telling(&[(CallingService::SimultaneousRingPersonal, |step| {
        step.value::<Listed<SimultaneousRing>>().topic.enabled
    })]);
