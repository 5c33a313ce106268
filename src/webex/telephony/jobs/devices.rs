//! Jobs about devices, and about call recording.

use super::body::Details;
use super::{Kind, TELEPHONY};

/// No operation that is simulated changes the provider of call recording, so there are no such
/// jobs: the lists are empty, and every id is unknown.
pub(super) const CALL_RECORDING: Kind = Kind {
    base: "/v1/telephony/config/jobs/callRecording",
    task: "callRecording",
    name: "managecallrecordingprovider",
    is_named_in_list: true,
    queued: "STARTED",
    steps: &[],
    fails_in: 0,
    code_prefix: "",
    paging: TELEPHONY,
    details: |_, _| Details::default(),
};
