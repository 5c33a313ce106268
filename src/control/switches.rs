//! What commits did to the switches of a sandbox, with what holds where nothing was chosen.

use serde::Serialize;
use utoipa::ToSchema;

use super::quirks::{DEFAULT_EDITION, EDITION};
use crate::licensing::quirks::quirk;
use crate::tasks::engine::PACE;
use crate::world::{Entry, Switch};

/// A switch that was turned.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SwitchBody {
    /// `edition`, the name of a quirk, or `rowsPerSecond`, the pace of tasks.
    name: String,
    /// What held before.
    before: String,
    /// What holds since.
    after: String,
}

impl SwitchBody {
    /// `csv_from_suspended changed from kept to lost.`
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self {
            name,
            before,
            after,
        } = self;
        format!("{name} changed from {before} to {after}.")
    }
}

/// Every switch that commits turned, in their order. Who chooses what held already turns nothing.
#[must_use]
pub fn turned<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<SwitchBody> {
    let switches = entries.flat_map(|entry| entry.switches.iter());
    let told = switches.map(told);
    told.filter(|switch| switch.before != switch.after)
        .collect()
}

fn told(switch: &Switch) -> SwitchBody {
    let (name, unset) = match switch.name.as_str() {
        EDITION => (EDITION, DEFAULT_EDITION),
        PACE => ("rowsPerSecond", "0 (at once)"),
        name => (name, quirk(name).map_or("nothing", |quirk| quirk.default)),
    };
    let value = |chosen: &Option<String>| chosen.as_deref().unwrap_or(unset).to_owned();
    SwitchBody {
        name: name.to_owned(),
        before: value(&switch.before),
        after: value(&switch.after),
    }
}
