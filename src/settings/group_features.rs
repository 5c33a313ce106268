//! What a person has through call queues, hunt groups and auto attendants: caller IDs as their
//! agent, and those whose modes the person may switch.
//!
//! hubsim holds none of these features. So there is nothing to choose, the choice of nothing is
//! taken, and every other is refused (DEC-94).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::family::{Asked, FamilyRoute, Paths, Run, Step, Verb, to_json};
use crate::model::Holder;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};
use crate::world::Tx;

/// The most features of one person (the operation's description).
const MAX_FEATURES: usize = 50;

/// A call queue, a hunt group or an auto attendant.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Feature {
    /// Its id; null where none is chosen.
    pub id: Option<String>,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its number.
    pub phone_number: Option<String>,
    /// Its extension.
    pub extension: Option<String>,
}

/// Caller IDs that an agent may choose.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AvailableCallerIds {
    /// Of which call queues and hunt groups.
    pub available_caller_ids: Vec<Feature>,
}

/// The caller ID of an agent.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgentCallerId {
    /// Of which call queue or hunt group; all is null while it is the agent's own.
    pub selected_caller_id: Feature,
}

/// What a PUT of the caller ID may say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgentCallerIdWrite {
    /// The id of a call queue or hunt group; null for the agent's own caller ID.
    pub selected_caller_id: Option<String>,
}

/// Features of which a person may switch the mode.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Features {
    /// The features.
    pub features: Vec<Feature>,
}

/// What a PUT of these features may say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeaturesWrite {
    /// Their ids; replaces the list.
    pub feature_ids: Vec<String>,
}

/// The refusal of an id that names no feature.
fn unknown(field: &str, id: &str, what: &str) -> Refusal {
    let detail = format!(
        "{field}: {} is no {what} of this organization; hubsim holds none.",
        shorten(id)
    );
    Refusal::new(ErrorKind::InvalidSetting, detail).by("DEC-94")
}

fn caller_ids(_step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    to_json(&AvailableCallerIds::default())
}

fn caller_id(_step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    to_json(&AgentCallerId::default())
}

fn put_caller_id(
    tx: &mut Tx,
    holder: Holder,
    asked: &Asked<'_>,
) -> Result<Option<Vec<u8>>, Refusal> {
    Step::new(tx, holder)?;
    match asked.json::<AgentCallerIdWrite>()?.selected_caller_id {
        Some(id) => Err(unknown("selectedCallerId", &id, "call queue or hunt group")),
        None => Ok(None),
    }
}

fn features(_step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    to_json(&Features::default())
}

fn put_features(
    tx: &mut Tx,
    holder: Holder,
    asked: &Asked<'_>,
) -> Result<Option<Vec<u8>>, Refusal> {
    Step::new(tx, holder)?;
    let ids = asked.json::<FeaturesWrite>()?.feature_ids;
    if ids.len() > MAX_FEATURES {
        let count = ids.len();
        let detail =
            format!("featureIds must not have more than {MAX_FEATURES} items, but it has {count}.");
        return Err(Refusal::new(ErrorKind::InvalidSetting, detail));
    }
    match ids.first() {
        Some(id) => Err(unknown(
            "featureIds[0]",
            id,
            "call queue, hunt group or auto attendant",
        )),
        None => Ok(None),
    }
}

const fn of_people(path: &'static [&'static str]) -> Paths {
    Paths {
        person: path,
        workspace: &[],
    }
}

const AVAILABLE_CALLER_IDS: Paths =
    of_people(&["/telephony/config/people/{personId}/agent/availableCallerIds"]);
const CALLER_ID: Paths = of_people(&["/telephony/config/people/{personId}/agent/callerId"]);
const FEATURES: Paths = of_people(&["/telephony/config/people/{personId}/modeManagement/features"]);

/// The routes, which belong to no family.
pub static ROUTES: &[FamilyRoute] = &[
    FamilyRoute::new(Verb::Get, AVAILABLE_CALLER_IDS, 200, Run::Read(caller_ids))
        .answering::<AvailableCallerIds>(),
    FamilyRoute::new(Verb::Get, CALLER_ID, 200, Run::Read(caller_id)).answering::<AgentCallerId>(),
    FamilyRoute::new(Verb::Put, CALLER_ID, 204, Run::Write(put_caller_id))
        .taking::<AgentCallerIdWrite>()
        .naming(&["selectedCallerId"]),
    FamilyRoute::new(Verb::Get, FEATURES, 200, Run::Read(features)).answering::<Features>(),
    FamilyRoute::new(Verb::Put, FEATURES, 200, Run::Write(put_features))
        .taking::<FeaturesWrite>()
        .requiring(&["featureIds"]),
];
