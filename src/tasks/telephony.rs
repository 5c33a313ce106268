//! Jobs of Webex Calling: what the public API starts and watches below `/telephony/config/jobs`,
//! each a task like any other.

pub mod devices;
pub mod disable_location;
pub mod manage_numbers;
pub mod move_users;
pub mod routing_prefix;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::job::{JobRow, Lane, Step};
use crate::world::Tx;
use devices::DeviceJob;
use disable_location::DisableLocation;
use manage_numbers::ManageNumbers;
use move_users::MoveUsers;
use routing_prefix::RoutingPrefix;

/// Numbers go to another location, or get another use.
pub const MANAGE_NUMBERS: JobRow =
    JobRow::new("manageNumbers", "initiateNumberJobs", Lane::Numbers)
        .shown("managenumbers", "STARTED");
/// Users go to another location.
pub const MOVE_USERS: JobRow =
    JobRow::new("moveUsers", "validateOrInitiateMoveUsersJob", Lane::Users)
        .shown("moveusers", "STARTED");
/// A location loses Calling. Which of them may run beside each other is asked for each location.
pub const DISABLE_CALLING_LOCATION: JobRow = JobRow::new(
    "disableCallingLocation",
    "disableALocationForWebexCalling",
    Lane::Free,
)
.shown("deletecallinglocation", "STARTING");
/// A location has another routing prefix.
pub const UPDATE_ROUTING_PREFIX: JobRow = JobRow::new(
    "updateRoutingPrefix",
    "updateLocationWebexCallingDetails",
    Lane::Free,
)
.shown("updateroutingprefix", "STARTED");

/// Devices of an organisation or a location have other settings.
pub const CALL_DEVICE_SETTINGS: JobRow = JobRow::new(
    "callDeviceSettings",
    "changeDeviceSettingsAcrossOrganizationOrLocationJob",
    Lane::Devices,
)
.shown("calldevicesettings", "STARTING");
/// They have other tags.
pub const DYNAMIC_DEVICE_SETTINGS: JobRow = JobRow::new(
    "dynamicDeviceSettings",
    "updateDeviceDynamicSettingsAcrossOrganizationOrLocation",
    Lane::Devices,
)
.shown("dynamicdevicesettings", "STARTED");
/// Phones of a location get their configuration anew.
pub const REBUILD_PHONES: JobRow =
    JobRow::new("rebuildPhones", "rebuildPhonesConfiguration", Lane::Devices)
        .shown("rebuildphones", "STARTED");
/// Phones get other line keys.
pub const APPLY_LINE_KEY_TEMPLATE: JobRow = JobRow::new(
    "applyLineKeyTemplate",
    "applyALineKeyTemplate",
    Lane::Devices,
)
.shown("applyphonelinekeytemplates", "STARTED");

/// The most numbers of a request.
pub const NUMBERS_MAX: usize = 1000;
/// The most users that a request moves (contract: Validate or Initiate Move Users Job).
pub const USERS_MAX: usize = 100;

/// What the public API tells of a job, also when it is done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct About {
    /// `MOVE` or `NUMBER_USAGE_CHANGE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The location that numbers leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Uuid>,
    /// The location to which they go, or which the job is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Uuid>,
    /// Its name when the job was started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_name: Option<String>,
    /// Whether the devices of a location have settings of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customized: Option<bool>,
}

/// A job, and what is told of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Telephony {
    /// What is told of it.
    pub about: About,
    /// What it does.
    pub work: Work,
}

/// What a job does.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Work {
    /// Moves numbers, or changes their use.
    ManageNumbers(ManageNumbers),
    /// Moves users.
    MoveUsers(MoveUsers),
    /// Takes Calling from a location.
    DisableLocation(DisableLocation),
    /// Puts another routing prefix before extensions.
    RoutingPrefix(RoutingPrefix),
    /// Changes settings of devices.
    Devices(DeviceJob),
}

impl Telephony {
    /// The name of its kind.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match &self.work {
            Work::ManageNumbers(_) => MANAGE_NUMBERS.name,
            Work::MoveUsers(_) => MOVE_USERS.name,
            Work::DisableLocation(_) => DISABLE_CALLING_LOCATION.name,
            Work::RoutingPrefix(_) => UPDATE_ROUTING_PREFIX.name,
            Work::Devices(work) => work.name(),
        }
    }

    /// How many items there are to do.
    #[must_use]
    pub fn total(&self) -> usize {
        match &self.work {
            Work::ManageNumbers(work) => work.numbers.len(),
            Work::MoveUsers(work) => work.moves.len(),
            Work::DisableLocation(_) => 1,
            Work::RoutingPrefix(work) => work.holders.len(),
            Work::Devices(work) => work.devices.len(),
        }
    }

    pub(super) fn run(&self, tx: &mut Tx, items: Range<usize>, step: &mut Step) {
        match &self.work {
            Work::ManageNumbers(work) => work.run(tx, items, step),
            Work::MoveUsers(work) => work.run(tx, items, step),
            Work::DisableLocation(work) => work.run(tx, items, step),
            Work::RoutingPrefix(work) => work.run(tx, items, step),
            Work::Devices(work) => work.run(tx, items, step),
        }
    }
}
