//! Floors of locations.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kinds;
use crate::world::{Entity, Kind};

/// A floor of a location.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Floor {
    /// Whose it is.
    pub organization: Uuid,
    /// The location.
    pub location: Uuid,
    /// Its number; floors below the ground have negative ones.
    pub floor_number: i32,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

impl Entity for Floor {
    const KIND: Kind = kinds::FLOOR;
    const NAME: &'static str = "floor";
    const TELLING: u8 = 3;

    fn label(&self) -> String {
        let name = self.display_name.clone();
        name.unwrap_or_else(|| format!("Floor {}", self.floor_number))
    }
}
