//! `/v1/telephony/config/people/settings/permissions`: which of their own call settings people may
//! change where nothing else is set for them.

use crate::http::{Call, Fidelity, OF_ORG, Reply, Row};
use crate::model::feature_access::{FeatureAccess, FeatureChange, Features};
use crate::refusal::Refusal;
use crate::resources::organizations;

const PATH: &str = "/v1/telephony/config/people/settings/permissions";

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get(PATH, get)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .answers::<Features<'_>>(),
    Row::put(PATH, update)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .takes::<FeatureChange>()
        .status(204),
];

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.own_organization()?;
    let world = call.tenant.sandbox.peek();
    let default = organizations::get(&world, organization)?;
    let beneath = FeatureAccess::default();
    Reply::json(200, &default.feature_access.over(&beneath))
}

fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.own_organization()?;
    let wanted: FeatureChange = call.json()?;
    call.write(|tx| organizations::change_feature_access(tx, organization, wanted))?;
    Ok(Reply::empty(204))
}
