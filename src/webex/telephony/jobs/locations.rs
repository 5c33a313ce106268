//! Jobs about a location: it loses Webex Calling, or has another routing prefix.

use serde::Deserialize;
use utoipa::ToSchema;

use super::details::{Counts, Details, FeatureCounts, PrefixCounts};
use super::document::JobBody;
use super::{Kind, Paging, TELEPHONY, location_named, started};
use crate::http::{Call, Fidelity, OF_ORG, Reply, Row};
use crate::refusal::Refusal;
pub(super) use crate::resources::calling_locations::disabling::UNSAFE;
use crate::tasks::telephony::disable_location::DisableLocation;
use crate::tasks::telephony::{DISABLE_CALLING_LOCATION, UPDATE_ROUTING_PREFIX};

pub(super) const DISABLING: Kind = Kind {
    base: "/v1/telephony/config/jobs/locations/deleteCallingLocation",
    row: DISABLE_CALLING_LOCATION,
    is_named_in_list: true,
    steps: &[
        "deletecallinglocationInitializer",
        "deletecallinglocationSafeDeleteCheck",
        "deletecallinglocationGetLocationuUserDataFromCpApi",
        "deletecallinglocationGetLocationMachineDataFromCpApi",
        "deletecallinglocationDelLocFromBifrost",
        "deletecallinglocationDelUserAsMachineAcctInCI",
        "deletecallinglocationDelMachineAcctInCI",
    ],
    fails_in: 1,
    code_prefix: "BATCH-",
    paging: Paging {
        default: 20,
        ..TELEPHONY
    },
    details: |_, about| Details {
        location_name: about.location_name.clone(),
        counts: Some(Counts::Features(FeatureCounts::default())),
        ..Details::default()
    },
};

pub(super) const ROUTING_PREFIX: Kind = Kind {
    base: "/v1/telephony/config/jobs/updateRoutingPrefix",
    row: UPDATE_ROUTING_PREFIX,
    is_named_in_list: true,
    steps: &[
        "updateroutingprefixPreProcessMemberData",
        "updateroutingprefixGenerateUserReport",
        "updateroutingprefixPreProcessCiUserData",
        "updateroutingprefixGenerateMachineAccountReport",
        "updateroutingprefixPreProcessCiMachineAccountData",
        "updateroutingprefixFetchVONExtensions",
        "updateroutingprefixUpdateRoutingPrefix",
    ],
    fails_in: 6,
    code_prefix: "",
    paging: TELEPHONY,
    details: |task, _| Details {
        counts: Some(Counts::Prefixes(PrefixCounts {
            routing_prefix_updated: task.succeeded,
            routing_prefix_failed: task.failed,
        })),
        ..Details::default()
    },
};

pub(super) const DISABLE: Row = Row::post(DISABLING.base, disable)
    .fidelity(Fidelity::F4)
    .queries(OF_ORG)
    .takes::<DisableRequest>()
    .answers::<JobBody>()
    .status(202);

/// The location that is to lose Calling.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DisableRequest {
    /// The location.
    location_id: String,
    /// Its name; the job tells the one that it has.
    #[serde(rename = "locationName")]
    _location_name: Option<String>,
    /// Whether features and unused trunks go, too; hubsim's locations have neither.
    #[serde(rename = "forceDelete")]
    _force_delete: Option<bool>,
}

fn disable(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<DisableRequest>()?;
    let location = location_named(&request.location_id)?;
    let body = started(call, |tx, organization| {
        DisableLocation::prepare(tx, organization, location)
    })?;
    Reply::json(202, &body)
}
