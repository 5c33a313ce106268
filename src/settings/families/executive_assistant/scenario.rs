//! What a scenario says of executives and assistants, in one document.

use serde::Deserialize;

use super::alert::AlertPatch;
use super::filtering::{CallFilteringWrite, FilterType};
use super::pool::AssistantPartPatch;
use super::screening::ScreeningPatch;
use super::{ExecutiveAssistant, put};
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::settings::criteria::{FilterCriterion, routes};
use crate::settings::family::{Asked, change};
use crate::settings::patch::Patch;
use crate::world::Tx;

/// What a scenario says beside the type.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Said {
    alert: AlertPatch,
    call_filtering: SaidFiltering,
    screening: ScreeningPatch,
    assistant: AssistantPartPatch,
    assistant_ids: Option<Vec<String>>,
}

/// What it says of call filtering.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct SaidFiltering {
    enabled: Option<bool>,
    filter_type: Option<FilterType>,
    criteria: Option<Vec<FilterCriterion>>,
}

/// The type first, then what comes with it: the rules are those of the routes.
pub(super) fn configure(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    put(tx, holder, &Asked::of(body))?;
    let said: Said = Asked::of(body).json()?;
    let filtering = CallFilteringWrite {
        enabled: said.call_filtering.enabled,
        filter_type: said.call_filtering.filter_type,
        criteria_activation: None,
    };
    routes::replace::<ExecutiveAssistant, _>(tx, holder, said.call_filtering.criteria)?;
    change(tx, holder, |value: &mut ExecutiveAssistant, step| {
        value.alert.merge(said.alert);
        value.call_filtering.merge(filtering)?;
        value.screening.apply(said.screening);
        value.assistant.merge(said.assistant);
        match said.assistant_ids {
            Some(ids) => value.assign(step, &ids),
            None => Ok(()),
        }
    })
}
