//! Whether guests may sign in to the phones of a holder: the holder is their host. It is read with
//! the devices (`/telephony/config/people/{personId}/devices`) and is the same for all of them.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{kinds, missing, values};
use crate::model::Holder;
use crate::patched;
use crate::refusal::Refusal;
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, Paths, Plain, Run, Setting, Step, Verb, change,
};
use crate::world::{Kind, Tx};

/// The most hours of a guest (inferred: no document names a bound).
const HOURS_MAX: u32 = 999;

patched! {
    /// Whether guests may sign in.
    #[derive(Default)]
    pub struct DeviceHoteling by DeviceHotelingPatch {
        /// Whether they may.
        enabled: bool,
        /// Whether their time is limited.
        limit_guest_use: bool,
        /// To how many hours.
        #[serde(skip_serializing_if = "Option::is_none")]
        guest_hours_limit: Option<u32>,
    }
}

impl Family for DeviceHoteling {
    const KIND: Kind = kinds::DEVICE_HOTELING;
    const KEY: &'static str = "deviceHoteling";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        match self.guest_hours_limit {
            Some(hours) => values::number("guestHoursLimit", hours, 1, HOURS_MAX),
            None if self.limit_guest_use => Err(missing(
                "guestHoursLimit is required while limitGuestUse is true.",
            )),
            None => Ok(()),
        }
    }
}

impl Plain for DeviceHoteling {}

/// What a PUT for a person takes.
#[derive(Debug, Deserialize, ToSchema)]
struct PersonWrite {
    /// Whether guests may sign in.
    #[schema(value_type = DeviceHoteling)]
    hoteling: DeviceHotelingPatch,
}

fn put(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    Step::new(tx, holder)?;
    let PersonWrite { hoteling } = asked.json()?;
    if !matches!(hoteling.enabled, crate::settings::patch::Maybe::Set(_)) {
        return Err(missing("hoteling.enabled is required."));
    }
    change::<DeviceHoteling, ()>(tx, holder, |value, step| value.merge(hoteling, step))?;
    Ok(None)
}

const PERSON: Paths = Paths {
    person: &["/telephony/config/people/{personId}/devices/settings/hoteling"],
    workspace: &[],
};

const WORKSPACE: Paths = Paths {
    person: &[],
    workspace: &["/telephony/config/workspaces/{workspaceId}/devices"],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<DeviceHoteling>(&[
    FamilyRoute::new(Verb::Put, PERSON, 204, Run::Write(put))
        .taking::<PersonWrite>()
        .requiring(&["hoteling"]),
    FamilyRoute::put::<DeviceHoteling>(WORKSPACE).requiring(&["enabled"]),
]);
