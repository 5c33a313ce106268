//! Selective reject: calls that are not taken, before selective accept is asked
//! (`/telephony/config/people/{personId}/selectiveReject`).

use super::kinds;
use crate::model::Holder;
use crate::settings::criteria::routes::{Needs, Places};
use crate::settings::criteria::{CallsFrom, Listed, RejectCriterion, RejectEntry, Shape, Topic};
use crate::settings::family::FamilyDef;
use crate::settings::services::CallingService;
use crate::world::Kind;
use crate::{criteria_places, patched, scheduled};

patched! {
    /// Whether calls are rejected by criteria.
    #[derive(Default)]
    pub struct SelectiveReject by SelectiveRejectPatch {
        /// Whether it is on.
        enabled: bool,
    }
}

impl Topic for SelectiveReject {
    const KIND: Kind = kinds::SELECTIVE_REJECT;
    const KEY: &'static str = "selectiveReject";
    const PLACES: Places = criteria_places!("selectiveReject");
    const NEEDS_OF_PEOPLE: Needs = Needs {
        setting: &["enabled"],
        new: &["callsFrom", "rejectEnabled"],
        old: &["callsFrom", "rejectEnabled"],
    };
    const NEEDS_OF_WORKSPACES: Needs = Needs {
        new: scheduled!["callsFrom", "rejectEnabled"],
        old: &[],
        ..Self::NEEDS_OF_PEOPLE
    };
    type OfPeople = RejectCriterion;
    type OfWorkspaces = RejectCriterion;
    type Entry = RejectEntry;

    fn shape(holder: Holder) -> Shape {
        Shape::of(holder).about(CallsFrom::OR_FORWARDED)
    }

    fn on(&mut self) -> Option<&mut bool> {
        Some(&mut self.enabled)
    }
}

/// The family's row.
pub const DEF: FamilyDef = Listed::<SelectiveReject>::DEF
    .telling(&[(CallingService::SelectiveCallRejection, |step| {
        step.value::<Listed<SelectiveReject>>().topic.enabled
    })]);
