//! Selective accept: the only calls that are taken
//! (`/telephony/config/people/{personId}/selectiveAccept`).

use super::kinds;
use crate::model::Holder;
use crate::settings::criteria::routes::{Needs, Places};
use crate::settings::criteria::{AcceptCriterion, AcceptEntry, CallsFrom, Listed, Shape, Topic};
use crate::settings::family::FamilyDef;
use crate::settings::services::CallingService;
use crate::world::Kind;
use crate::{criteria_places, patched, scheduled};

patched! {
    /// Whether calls are taken by criteria alone.
    #[derive(Default)]
    pub struct SelectiveAccept by SelectiveAcceptPatch {
        /// Whether it is on.
        enabled: bool,
    }
}

impl Topic for SelectiveAccept {
    const KIND: Kind = kinds::SELECTIVE_ACCEPT;
    const KEY: &'static str = "selectiveAccept";
    const PLACES: Places = criteria_places!("selectiveAccept");
    const NEEDS_OF_PEOPLE: Needs = Needs {
        setting: &["enabled"],
        new: &["callsFrom", "acceptEnabled"],
        old: &["callsFrom", "acceptEnabled"],
    };
    const NEEDS_OF_WORKSPACES: Needs = Needs {
        new: scheduled!["callsFrom", "acceptEnabled"],
        old: &[],
        ..Self::NEEDS_OF_PEOPLE
    };
    type OfPeople = AcceptCriterion;
    type OfWorkspaces = AcceptCriterion;
    type Entry = AcceptEntry;

    fn shape(holder: Holder) -> Shape {
        match holder {
            Holder::Person(_) => Shape::OF_PEOPLE,
            Holder::Workspace(_) => Shape::OF_WORKSPACES.about(CallsFrom::OR_FORWARDED),
        }
    }

    fn on(&mut self) -> Option<&mut bool> {
        Some(&mut self.enabled)
    }
}

/// The family's row.
pub const DEF: FamilyDef = Listed::<SelectiveAccept>::DEF
    .telling(&[(CallingService::SelectiveCallAcceptance, |step| {
        step.value::<Listed<SelectiveAccept>>().topic.enabled
    })]);
