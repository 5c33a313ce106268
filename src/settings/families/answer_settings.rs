//! Which device or application answers calls, and whether by itself
//! (`/telephony/config/people/{personId}/answerSettings`). People see the same choice at
//! `/preferredAnswerEndpoint`, too.

mod endpoint;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

pub use endpoint::{Endpoint, EndpointKind};

use super::applications::Client;
use super::{invalid, kinds};
use crate::model::number::shorten;
use crate::model::{Device, Holder};
use crate::refusal::Refusal;
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, Paths, Run, Setting, Step, Verb, change, keep, stored,
    to_json,
};
use crate::settings::patch::Maybe;
use crate::world::{Kind, Tx, World};
use endpoint::{Available, available};

/// Which device or application answers, and whether by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AnswerSettings {
    /// Whether calls are answered without anybody's doing.
    pub auto_answer_enabled: bool,
    /// Whether people may clear the choice themselves.
    pub is_preferred_endpoint_clearable_by_person: bool,
    /// The choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_answer_endpoint_id: Option<Endpoint>,
}

/// What reading shows of the answer settings.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnswerSettingsView {
    /// The endpoint's id; null while none is chosen.
    pub preferred_answer_endpoint_id: Option<String>,
    /// How the endpoint behaves.
    pub preferred_answer_endpoint_type: EndpointType,
    /// What the id names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_answer_endpoint_id_type: Option<EndpointKind>,
    /// Whether calls are answered by themselves only once an endpoint is chosen.
    pub preferred_answer_endpoint_required: bool,
    /// Whether calls are answered without anybody's doing.
    pub auto_answer_enabled: bool,
    /// Whether people may clear the choice themselves.
    pub is_preferred_endpoint_clearable_by_person: bool,
}

/// How an endpoint behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EndpointType {
    /// The Webex application of a desktop.
    WebexAppDesktop,
    /// The holder's first device.
    PrimaryDevice,
    /// Another device.
    NonPrimaryDevice,
    /// None is chosen.
    None,
}

/// What a PUT may say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnswerSettingsWrite {
    /// Whether calls are answered without anybody's doing.
    pub auto_answer_enabled: Option<bool>,
    /// Whether people may clear the choice themselves.
    pub is_preferred_endpoint_clearable_by_person: Option<bool>,
    /// The endpoint's id; null clears the choice.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub preferred_answer_endpoint_id: Maybe<String>,
}

/// What a PUT of the choice alone says.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreferredWrite {
    /// The endpoint's id; null clears the choice.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub preferred_answer_endpoint_id: Maybe<String>,
}

/// What reading shows of the choice alone.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreferredView {
    /// The endpoint's id; null while none is chosen.
    pub preferred_answer_endpoint_id: Option<String>,
    /// What can be chosen.
    pub endpoints: Vec<PreferredEndpoint>,
}

/// What reading shows of an endpoint beside the choice.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreferredEndpoint {
    /// Its id.
    pub id: String,
    /// `DEVICE` or `APPLICATION`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its name.
    pub name: String,
}

/// What reading shows of what can be chosen.
#[derive(Debug, Serialize, ToSchema)]
pub struct AvailableView {
    /// The endpoints.
    pub endpoints: Vec<AvailableEndpoint>,
}

/// What reading shows of one of them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AvailableEndpoint {
    /// Its id.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EndpointKind,
    /// Its name.
    pub name: String,
    /// Whether it is the choice.
    pub is_preferred_answer_endpoint: bool,
}

impl Default for AnswerSettings {
    fn default() -> Self {
        Self {
            auto_answer_enabled: false,
            is_preferred_endpoint_clearable_by_person: true,
            preferred_answer_endpoint_id: None,
        }
    }
}

impl Family for AnswerSettings {
    const KIND: Kind = kinds::ANSWER_SETTINGS;
    const KEY: &'static str = "answerSettings";

    fn dangling(&self, world: &World, holder: Holder) -> Option<String> {
        let chosen = self.preferred_answer_endpoint_id?;
        let is_own = match chosen {
            Endpoint::Device(id) => {
                let device = world.get::<Device>(id);
                device.is_some_and(|device| device.holder == holder)
            }
            Endpoint::Application(id) => id == Client::Desktop.id(holder),
        };
        let id = String::from(chosen);
        (!is_own).then(|| {
            format!("preferredAnswerEndpointId names {id}, which the holder does not have")
        })
    }
}

impl AnswerSettings {
    fn choose(&mut self, wanted: Maybe<String>, step: &Step<'_>) -> Result<(), Refusal> {
        match wanted {
            Maybe::Keep => {}
            Maybe::Clear => self.preferred_answer_endpoint_id = None,
            Maybe::Set(id) => {
                let mut known = available(step).into_iter();
                let found = known.find(|one| one.endpoint.is_named(&id));
                let found = found.ok_or_else(|| {
                    let id = shorten(&id);
                    invalid(format!(
                        "preferredAnswerEndpointId: {id} is no endpoint of {}; \
                         availablePreferredAnswerEndpoints lists them.",
                        step.name()
                    ))
                    .by("DEC-95")
                })?;
                self.preferred_answer_endpoint_id = Some(found.endpoint);
            }
        }
        Ok(())
    }

    /// The choice, while it can answer: an application that is turned off cannot.
    fn chosen(&self, known: &[Available]) -> Option<Endpoint> {
        let chosen = self.preferred_answer_endpoint_id?;
        known
            .iter()
            .any(|one| one.endpoint == chosen)
            .then_some(chosen)
    }
}

impl Setting for AnswerSettings {
    type View = AnswerSettingsView;
    type Write = AnswerSettingsWrite;

    fn view(&self, step: &Step<'_>) -> AnswerSettingsView {
        let known = available(step);
        let chosen = self.chosen(&known);
        let first = known.iter().find(|one| one.endpoint.is_device());
        let first = first.map(|one| one.endpoint);
        AnswerSettingsView {
            preferred_answer_endpoint_id: chosen.map(String::from),
            preferred_answer_endpoint_type: match chosen {
                None => EndpointType::None,
                Some(Endpoint::Application(_)) => EndpointType::WebexAppDesktop,
                device if device == first => EndpointType::PrimaryDevice,
                Some(Endpoint::Device(_)) => EndpointType::NonPrimaryDevice,
            },
            preferred_answer_endpoint_id_type: chosen.map(Endpoint::kind),
            // Of several endpoints none answers by itself before one is chosen.
            preferred_answer_endpoint_required: known.len() > 1,
            auto_answer_enabled: self.auto_answer_enabled,
            is_preferred_endpoint_clearable_by_person: self
                .is_preferred_endpoint_clearable_by_person,
        }
    }

    fn merge(&mut self, write: AnswerSettingsWrite, step: &Step<'_>) -> Result<(), Refusal> {
        let (auto, clearable) = (
            write.auto_answer_enabled,
            write.is_preferred_endpoint_clearable_by_person,
        );
        self.auto_answer_enabled = auto.unwrap_or(self.auto_answer_enabled);
        self.is_preferred_endpoint_clearable_by_person =
            clearable.unwrap_or(self.is_preferred_endpoint_clearable_by_person);
        self.choose(write.preferred_answer_endpoint_id, step)
    }
}

/// A device that goes is nobody's choice any more.
pub fn forget(tx: &mut Tx, holder: Holder, device: Uuid) {
    let own = stored::<AnswerSettings>(tx, holder);
    if own.preferred_answer_endpoint_id != Some(Endpoint::Device(device)) {
        return;
    }
    let mut own = own.into_owned();
    own.preferred_answer_endpoint_id = None;
    // The family has no unique values, so nothing can stand in the way.
    keep(tx, holder, own).unwrap_or_default();
}

fn list(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let known = available(step);
    let chosen = step.value::<AnswerSettings>().chosen(&known);
    let shown = |one: Available| AvailableEndpoint {
        id: one.endpoint.into(),
        kind: one.endpoint.kind(),
        name: one.name,
        is_preferred_answer_endpoint: Some(one.endpoint) == chosen,
    };
    to_json(&AvailableView {
        endpoints: known.into_iter().map(shown).collect(),
    })
}

fn read_choice(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let known = available(step);
    let chosen = step.value::<AnswerSettings>().chosen(&known);
    let shown = |one: Available| PreferredEndpoint {
        id: one.endpoint.into(),
        kind: match one.endpoint {
            Endpoint::Device(_) => "DEVICE",
            Endpoint::Application(_) => "APPLICATION",
        },
        name: one.name,
    };
    to_json(&PreferredView {
        preferred_answer_endpoint_id: chosen.map(String::from),
        endpoints: known.into_iter().map(shown).collect(),
    })
}

fn write_choice(
    tx: &mut Tx,
    holder: Holder,
    asked: &Asked<'_>,
) -> Result<Option<Vec<u8>>, Refusal> {
    Step::new(tx, holder)?;
    let wanted: PreferredWrite = asked.json()?;
    change(tx, holder, |settings: &mut AnswerSettings, step| {
        settings.choose(wanted.preferred_answer_endpoint_id, step)?;
        Ok(None)
    })
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/answerSettings"],
    workspace: &["/workspaces/{workspaceId}/answerSettings"],
};

const AVAILABLE_PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/availablePreferredAnswerEndpoints"],
    workspace: &["/workspaces/{workspaceId}/availablePreferredAnswerEndpoints"],
};

const CHOICE_PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/preferredAnswerEndpoint"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::setting::<AnswerSettings>(&[
    FamilyRoute::get::<AnswerSettings>(PATHS),
    FamilyRoute::put::<AnswerSettings>(PATHS).taking::<AnswerSettingsWrite>(),
    FamilyRoute::new(Verb::Get, AVAILABLE_PATHS, 200, Run::Read(list)).answering::<AvailableView>(),
    FamilyRoute::new(Verb::Get, CHOICE_PATHS, 200, Run::Read(read_choice))
        .answering::<PreferredView>(),
    FamilyRoute::new(Verb::Put, CHOICE_PATHS, 204, Run::Write(write_choice))
        .taking::<PreferredWrite>()
        .naming(&["preferredAnswerEndpointId"]),
]);
