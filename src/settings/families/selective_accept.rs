//! Selective accept: the only calls that are taken
//! (`/telephony/config/people/{personId}/selectiveAccept`).

use super::kinds;
use crate::model::Holder;
use crate::settings::criteria::routes::{Needs, all, row};
use crate::settings::criteria::{AcceptCriterion, AcceptEntry, CallsFrom, Shape, Topic};
use crate::settings::family::FamilyDef;
use crate::world::Kind;
use crate::{criteria_places, patched};

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
    type Entry = AcceptEntry;

    fn shape(holder: Holder) -> Shape {
        match holder {
            Holder::Person(_) => Shape::OF_PEOPLE,
            Holder::Workspace(_) => Shape::OF_WORKSPACES.about(&[
                CallsFrom::AnyPhoneNumber,
                CallsFrom::SelectPhoneNumbers,
                CallsFrom::Forwarded,
            ]),
        }
    }

    fn on(&mut self) -> Option<&mut bool> {
        Some(&mut self.enabled)
    }
}

const OF_PEOPLE: Needs = Needs {
    setting: &["enabled"],
    new: &["callsFrom", "acceptEnabled"],
    old: &["callsFrom", "acceptEnabled"],
};

const OF_WORKSPACES: Needs = Needs {
    setting: &["enabled"],
    new: &["callsFrom", "acceptEnabled"],
    old: &[],
};

/// The family's row.
pub const DEF: FamilyDef = row::<SelectiveAccept, AcceptCriterion, AcceptCriterion>(&all::<
    SelectiveAccept,
    AcceptCriterion,
    AcceptCriterion,
>(
    criteria_places!("selectiveAccept"),
    OF_PEOPLE,
    OF_WORKSPACES,
));
