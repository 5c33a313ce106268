//! The rows of all jobs: what starts them, and what everybody may watch and stop alike.

use super::{
    abandon, acting, failing, listing, locations, move_users, numbers, pause, resume, showing,
};
use crate::http::Row;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    numbers::INITIATE,
    listing("/v1/telephony/config/jobs/numbers/manageNumbers"),
    showing("/v1/telephony/config/jobs/numbers/manageNumbers/{jobId}"),
    failing("/v1/telephony/config/jobs/numbers/manageNumbers/{jobId}/errors"),
    acting(Row::post("/v1/telephony/config/jobs/numbers/manageNumbers/{jobId}/actions/pause/invoke", pause), 204),
    acting(Row::post("/v1/telephony/config/jobs/numbers/manageNumbers/{jobId}/actions/resume/invoke", resume), 204),
    acting(Row::post("/v1/telephony/config/jobs/numbers/manageNumbers/{jobId}/actions/abandon/invoke", abandon), 204),
    move_users::INITIATE,
    listing("/v1/telephony/config/jobs/person/moveLocation"),
    showing("/v1/telephony/config/jobs/person/moveLocation/{jobId}"),
    failing("/v1/telephony/config/jobs/person/moveLocation/{jobId}/errors"),
    acting(Row::post("/v1/telephony/config/jobs/person/moveLocation/{jobId}/actions/pause/invoke", pause), 202),
    acting(Row::post("/v1/telephony/config/jobs/person/moveLocation/{jobId}/actions/resume/invoke", resume), 202),
    acting(Row::post("/v1/telephony/config/jobs/person/moveLocation/{jobId}/actions/abandon/invoke", abandon), 204),
    locations::DISABLE,
    listing("/v1/telephony/config/jobs/locations/deleteCallingLocation"),
    showing("/v1/telephony/config/jobs/locations/deleteCallingLocation/{jobId}"),
    failing("/v1/telephony/config/jobs/locations/deleteCallingLocation/{jobId}/errors"),
    acting(Row::post("/v1/telephony/config/jobs/locations/deleteCallingLocation/{jobId}/actions/pause/invoke", pause), 202),
    acting(Row::post("/v1/telephony/config/jobs/locations/deleteCallingLocation/{jobId}/actions/resume/invoke", resume), 202),
    listing("/v1/telephony/config/jobs/updateRoutingPrefix"),
    showing("/v1/telephony/config/jobs/updateRoutingPrefix/{jobId}"),
    failing("/v1/telephony/config/jobs/updateRoutingPrefix/{jobId}/errors"),
    // Nothing that is simulated changes the provider of call recording, which alone starts them.
    listing("/v1/telephony/config/jobs/callRecording"),
    listing("/v1/telephony/config/jobs/callRecording/jobs/callRecording"),
    showing("/v1/telephony/config/jobs/callRecording/{jobId}"),
    failing("/v1/telephony/config/jobs/callRecording/{jobId}/errors"),
];
