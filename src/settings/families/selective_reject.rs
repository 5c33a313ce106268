//! Selective reject: calls that are not taken, before selective accept is asked
//! (`/telephony/config/people/{personId}/selectiveReject`).

use super::kinds;
use crate::model::Holder;
use crate::settings::criteria::routes::{Needs, all, row};
use crate::settings::criteria::{CallsFrom, RejectCriterion, RejectEntry, Shape, Topic};
use crate::settings::family::FamilyDef;
use crate::world::Kind;
use crate::{criteria_places, patched};

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
    type Entry = RejectEntry;

    fn shape(holder: Holder) -> Shape {
        let shape = match holder {
            Holder::Person(_) => Shape::OF_PEOPLE,
            Holder::Workspace(_) => Shape::OF_WORKSPACES,
        };
        shape.about(&[
            CallsFrom::AnyPhoneNumber,
            CallsFrom::SelectPhoneNumbers,
            CallsFrom::Forwarded,
        ])
    }

    fn on(&mut self) -> Option<&mut bool> {
        Some(&mut self.enabled)
    }
}

const OF_PEOPLE: Needs = Needs {
    setting: &["enabled"],
    new: &["callsFrom", "rejectEnabled"],
    old: &["callsFrom", "rejectEnabled"],
};

const OF_WORKSPACES: Needs = Needs {
    setting: &["enabled"],
    new: &["callsFrom", "rejectEnabled"],
    old: &[],
};

/// The family's row.
pub const DEF: FamilyDef = row::<SelectiveReject, RejectCriterion, RejectCriterion>(&all::<
    SelectiveReject,
    RejectCriterion,
    RejectCriterion,
>(
    criteria_places!("selectiveReject"),
    OF_PEOPLE,
    OF_WORKSPACES,
));
