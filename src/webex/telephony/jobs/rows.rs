//! The rows of all jobs: what starts those of a kind, and where everybody watches and stops them.

use super::{
    abandon, acting, devices, failing, listing, locations, move_users, numbers, pause, resume,
    showing,
};
use crate::http::Row;

/// The rows of each kind of job: those of its own, where its jobs are, and what may be done to one,
/// with the status that answers it.
macro_rules! rows {
    ($([$($own:expr)?] $base:literal [$($act:ident $status:literal),*])*) => {
        &[$(
            $($own,)?
            listing($base),
            showing(concat!($base, "/{jobId}")),
            failing(concat!($base, "/{jobId}/errors")),
            $(acting(
                Row::post(concat!($base, "/{jobId}/actions/", stringify!($act), "/invoke"), $act),
                $status,
            ),)*
        )*]
    };
}

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = rows! {
    [numbers::INITIATE] "/v1/telephony/config/jobs/numbers/manageNumbers"
        [pause 204, resume 204, abandon 204]
    [move_users::INITIATE] "/v1/telephony/config/jobs/person/moveLocation"
        [pause 202, resume 202, abandon 204]
    [locations::DISABLE] "/v1/telephony/config/jobs/locations/deleteCallingLocation"
        [pause 202, resume 202]
    [] "/v1/telephony/config/jobs/updateRoutingPrefix" []
    [devices::SET] "/v1/telephony/config/jobs/devices/callDeviceSettings" []
    [devices::SET_DYNAMIC] "/v1/telephony/config/jobs/devices/dynamicDeviceSettings" []
    [devices::REBUILD] "/v1/telephony/config/jobs/devices/rebuildPhones" []
    [devices::APPLY] "/v1/telephony/config/jobs/devices/applyLineKeyTemplate" []
    // Nothing that is simulated changes the provider of call recording, which alone starts them.
    [listing("/v1/telephony/config/jobs/callRecording/jobs/callRecording")]
        "/v1/telephony/config/jobs/callRecording" []
};
