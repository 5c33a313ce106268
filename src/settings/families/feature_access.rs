//! Which of their own call settings a person may change
//! (`/telephony/config/people/{personId}/settings/permissions`). Where nothing was set for the
//! person, the organisation's default counts.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

use super::kinds;
use crate::model::feature_access::{FeatureAccess, FeatureChange, Features};
use crate::model::{Holder, Organization};
use crate::refusal::Refusal;
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, Paths, Run, Step, Verb, change, keep, to_json,
};
use crate::world::{Kind, Tx};

/// What reading shows of the features of a person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeatureAccessView<'a> {
    /// Whether the organisation's default counts for all of them.
    pub user_org_settings_permission_enabled: bool,
    /// Every feature.
    #[schema(value_type = Features<'_>)]
    pub user_settings_permissions: Features<'a>,
}

impl Family for FeatureAccess {
    const KIND: Kind = kinds::FEATURE_ACCESS;
    const KEY: &'static str = "featureAccess";
}

fn read(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let organization = step.world.get::<Organization>(step.organization);
    let default = organization.map_or_else(Cow::default, |it| Cow::Borrowed(&it.feature_access));
    let own = step.value::<FeatureAccess>();
    to_json(&FeatureAccessView {
        user_org_settings_permission_enabled: own.is_empty(),
        user_settings_permissions: own.over(&default),
    })
}

fn update(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    Step::new(tx, holder)?;
    let wanted: FeatureChange = asked.json()?;
    change(tx, holder, |own: &mut FeatureAccess, _| {
        own.apply(wanted);
        Ok(None)
    })
}

fn reset(tx: &mut Tx, holder: Holder, _asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    Step::new(tx, holder)?;
    keep(tx, holder, FeatureAccess::default())?;
    Ok(None)
}

fn configure(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    update(tx, holder, &Asked::of(body)).map(drop)
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/settings/permissions"],
    workspace: &[],
};

const RESET_PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/settings/permissions/actions/reset/invoke"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::items::<FeatureAccess>(
    &[
        FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(read))
            .answering::<FeatureAccessView<'_>>(),
        FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(update)).taking::<FeatureChange>(),
        FamilyRoute::new(Verb::Post, RESET_PATHS, 204, Run::Write(reset)),
    ],
    Some(configure),
);
