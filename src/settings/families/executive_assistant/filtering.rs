//! Which of an executive's calls go to the assistants.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ExecutiveType::Executive;
use super::{ExecutiveAssistant, change_needed, needed};
use crate::model::Holder;
use crate::model::number::shorten;
use crate::refusal::Refusal;
use crate::settings::criteria::{
    CallsFrom, Criteria, Criterion, Entry, FilterCriterion, FilterEntry, Shape, routes,
};
use crate::settings::families::invalid;
use crate::settings::family::{Asked, FamilyRoute, Paths, Run, Step, Verb, to_json};
use crate::world::Tx;

/// Which of an executive's calls go to the assistants.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CallFiltering {
    /// Whether any do.
    pub enabled: bool,
    /// Which ones.
    pub filter_type: FilterType,
    /// Which ones, where criteria say so.
    pub criteria: Vec<Criterion>,
}

/// Which calls go to the assistants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FilterType {
    /// Those of the criteria.
    CustomCallFilters,
    /// All of them.
    #[default]
    AllCalls,
    /// Those from within the organisation.
    AllInternalCalls,
    /// Those from outside.
    AllExternalCalls,
}

/// What reading shows.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallFilteringView {
    /// Whether any calls go to the assistants.
    pub enabled: bool,
    /// Which ones.
    pub filter_type: FilterType,
    /// The criteria in short.
    pub criteria: Vec<FilterEntry>,
}

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallFilteringWrite {
    /// Whether any calls go to the assistants.
    pub enabled: Option<bool>,
    /// Which ones.
    pub filter_type: Option<FilterType>,
    /// Which criteria are looked at.
    pub criteria_activation: Option<Vec<Activation>>,
}

/// Whether a criterion is looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Activation {
    /// The criterion's id.
    pub id: String,
    /// Whether it is looked at.
    pub activation_enabled: bool,
}

impl Criteria for ExecutiveAssistant {
    fn shape(_holder: Holder) -> Shape {
        Shape {
            has_name: true,
            ..Shape::OF_PEOPLE.about(&[
                CallsFrom::AnyPhoneNumber,
                CallsFrom::SelectPhoneNumbers,
                CallsFrom::AnyInternal,
                CallsFrom::AnyExternal,
            ])
        }
    }

    fn criteria(&self) -> &[Criterion] {
        &self.call_filtering.criteria
    }

    fn criteria_mut(&mut self) -> &mut Vec<Criterion> {
        &mut self.call_filtering.criteria
    }

    fn reachable(&self) -> Result<(), Refusal> {
        self.need(Executive)
    }
}

impl CallFiltering {
    pub(super) fn merge(&mut self, write: CallFilteringWrite) -> Result<(), Refusal> {
        self.enabled = write.enabled.unwrap_or(self.enabled);
        self.filter_type = write.filter_type.unwrap_or(self.filter_type);
        let wanted = write.criteria_activation.unwrap_or_default();
        // None is named twice, so no more are looked for than there are.
        let mut named = BTreeSet::new();
        for (position, one) in wanted.into_iter().enumerate() {
            let id = shorten(&one.id);
            let mut all = self.criteria.iter_mut().enumerate();
            let Some((place, criterion)) = all.find(|(_, it)| it.is(&one.id)) else {
                return Err(invalid(format!(
                    "criteriaActivation[{position}].id must be a criterion of this person, but \
                     \"{id}\" is none."
                )));
            };
            if !named.insert(place) {
                let detail = format!("criteriaActivation[{position}]: {id} is named twice.");
                return Err(invalid(detail).by("DEC-142"));
            }
            criterion.passed_over = !one.activation_enabled;
        }
        Ok(())
    }
}

fn get(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let value = needed(step, Executive)?;
    let filtering = &value.call_filtering;
    to_json(&CallFilteringView {
        enabled: filtering.enabled,
        filter_type: filtering.filter_type,
        criteria: filtering.criteria.iter().map(FilterEntry::of).collect(),
    })
}

fn put(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change_needed(tx, holder, Executive, |value, _| {
        value.call_filtering.merge(asked.json()?)
    })
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/executive/callFiltering"],
    workspace: &[],
};

const CRITERIA: Paths = Paths {
    person: &["/telephony/config/people/{personId}/executive/callFiltering/criteria"],
    workspace: &[],
};

const CRITERION: Paths = Paths {
    person: &["/telephony/config/people/{personId}/executive/callFiltering/criteria/{id}"],
    workspace: &[],
};

type Own = ExecutiveAssistant;

pub(super) const GET: FamilyRoute =
    FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(get)).answering::<CallFilteringView>();

pub(super) const PUT: FamilyRoute =
    FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(put)).taking::<CallFilteringWrite>();

// Upstream answers 200 where the other criteria answer 201.
pub(super) const CREATE: FamilyRoute = routes::post::<Own, FilterCriterion>(CRITERIA)
    .requiring(&["filterName", "callsFrom", "filterEnabled"])
    .with_status(200);

pub(super) const GET_ONE: FamilyRoute = routes::get::<Own, FilterCriterion>(CRITERION);

pub(super) const PUT_ONE: FamilyRoute = routes::put::<Own, FilterCriterion>(CRITERION);

pub(super) const DELETE_ONE: FamilyRoute = routes::delete::<Own>(CRITERION);
