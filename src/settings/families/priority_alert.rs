//! Priority alert: calls that ring in a way of their own; workspaces only
//! (`/telephony/config/workspaces/{workspaceId}/priorityAlert`).

use super::kinds;
use crate::model::Holder;
use crate::settings::criteria::routes::{Needs, Places};
use crate::settings::criteria::{AlertCriterion, AlertEntry, Listed, Shape, Topic};
use crate::settings::family::FamilyDef;
use crate::world::Kind;
use crate::{criteria_places, patched, scheduled};

patched! {
    /// Whether calls ring differently by criteria.
    #[derive(Default)]
    pub struct PriorityAlert by PriorityAlertPatch {
        /// Whether it is on.
        enabled: bool,
    }
}

impl Topic for PriorityAlert {
    const KIND: Kind = kinds::PRIORITY_ALERT;
    const KEY: &'static str = "priorityAlert";
    const PLACES: Places = criteria_places!("priorityAlert").of_workspaces();
    const NEEDS_OF_PEOPLE: Needs = Needs {
        setting: &["enabled"],
        new: &["callsFrom", "notificationEnabled"],
        old: &[],
    };
    const NEEDS_OF_WORKSPACES: Needs = Needs {
        new: scheduled!["callsFrom", "notificationEnabled"],
        ..Self::NEEDS_OF_PEOPLE
    };
    type OfPeople = AlertCriterion;
    type OfWorkspaces = AlertCriterion;
    type Entry = AlertEntry;

    fn shape(_holder: Holder) -> Shape {
        Shape::OF_WORKSPACES
    }

    fn on(&mut self) -> Option<&mut bool> {
        Some(&mut self.enabled)
    }
}

/// The family's row.
pub const DEF: FamilyDef = Listed::<PriorityAlert>::DEF;
