//! How a holder's numbers look and ring (`/people/{personId}/features/numbers`). The numbers
//! themselves belong to the holder's Calling and to the location's inventory; assigning them is
//! the business of the room above.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kinds;
use crate::model::{Calling, Holder, Location, Organization, WebexId};
use crate::refusal::Refusal;
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, ItemId, Paths, Run, Step, Verb, change, to_json,
};
use crate::settings::members::{NumberView, national, numbers};
use crate::settings::services::CallingService;
use crate::world::{Kind, Tx};

/// How a holder's numbers ring.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Numbers {
    /// Whether each number may ring in its own way.
    pub distinctive_ring_enabled: bool,
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            distinctive_ring_enabled: true,
        }
    }
}

impl Family for Numbers {
    const KIND: Kind = kinds::NUMBERS;
    const KEY: &'static str = "numbers";
}

/// A person's numbers.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonNumbers {
    /// Whether each number may ring in its own way.
    pub distinctive_ring_enabled: bool,
    /// The primary number, then the alternates.
    pub phone_numbers: Vec<AssignedNumber>,
}

/// A workspace's numbers.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceNumbers {
    /// Whether each number may ring in its own way.
    pub distinctive_ring_enabled: bool,
    /// The primary number, then the alternates.
    pub phone_numbers: Vec<AssignedNumber>,
    /// The workspace.
    pub workspace: ItemId,
    /// Its location.
    pub location: IdAndName,
    /// Its organisation.
    pub organization: IdAndName,
}

/// An id and a name.
#[derive(Debug, Serialize, ToSchema)]
pub struct IdAndName {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// An assigned number.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssignedNumber {
    /// The number, extension and prefix.
    #[serde(flatten)]
    pub number: NumberView,
    /// The number in the form that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_number: Option<String>,
    /// How it rings; alternates only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ring_pattern: Option<String>,
}

fn assigned(step: &Step<'_>, e164: bool) -> Vec<AssignedNumber> {
    let rings: &Calling = step.calling;
    let ring = |number: &NumberView| {
        let own = rings.alternates.iter().find(|alternate| {
            !number.primary && number.external.as_deref() == Some(alternate.number.as_str())
        })?;
        Some(own.ring_pattern.clone())
    };
    let form = |external: &String| match e164 {
        true => external.clone(),
        false => national(external).to_owned(),
    };
    let views = numbers(step.world, step.calling).into_iter();
    views
        .map(|number| AssignedNumber {
            direct_number: number.external.as_ref().map(form),
            ring_pattern: ring(&number),
            number,
        })
        .collect()
}

fn of_person(step: &Step<'_>, asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let e164 = asked.query("preferE164Format");
    let e164 = e164.is_some_and(|it| it.eq_ignore_ascii_case("true"));
    let mut phone_numbers = assigned(step, e164);
    for number in &mut phone_numbers {
        number.number.external = None;
    }
    to_json(&PersonNumbers {
        distinctive_ring_enabled: step.value::<Numbers>().distinctive_ring_enabled,
        phone_numbers,
    })
}

fn of_workspace(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let location = step.world.get::<Location>(step.calling.location);
    let organization = step.world.get::<Organization>(step.organization);
    // A workspace's numbers stand in `external` and show no pattern: strict clients refuse both.
    let mut phone_numbers = assigned(step, true);
    for number in &mut phone_numbers {
        (number.direct_number, number.ring_pattern) = (None, None);
    }
    to_json(&WorkspaceNumbers {
        distinctive_ring_enabled: step.value::<Numbers>().distinctive_ring_enabled,
        phone_numbers,
        workspace: ItemId {
            id: step.holder.webex_id(),
        },
        location: IdAndName {
            id: WebexId::Location.encode(step.calling.location),
            name: location.map(|l| l.name.clone()).unwrap_or_default(),
        },
        organization: IdAndName {
            id: WebexId::Organization.encode(step.organization),
            name: organization.map(|o| o.name.clone()).unwrap_or_default(),
        },
    })
}

/// What a scenario may say.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wanted {
    #[serde(alias = "enableDistinctiveRingPattern")]
    distinctive_ring_enabled: Option<bool>,
}

fn configure(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    let wanted: Wanted = Asked::of(body).json()?;
    change(tx, holder, |stored: &mut Numbers, _| {
        if let Some(enabled) = wanted.distinctive_ring_enabled {
            stored.distinctive_ring_enabled = enabled;
        }
        Ok(())
    })
}

const PERSON_PATHS: Paths = Paths {
    person: &["/people/{personId}/features/numbers"],
    workspace: &[],
};

const WORKSPACE_PATHS: Paths = Paths {
    person: &[],
    workspace: &["/workspaces/{workspaceId}/features/numbers"],
};

/// The family's row. Its PUT stands with the numbers themselves, in `belongings/numbers`.
pub const DEF: FamilyDef = FamilyDef::items::<Numbers>(
    &[
        FamilyRoute::new(Verb::Get, PERSON_PATHS, 200, Run::Read(of_person))
            .answering::<PersonNumbers>()
            .queried(&[(
                "preferE164Format",
                "Whether numbers begin with + and the country.",
            )]),
        FamilyRoute::new(Verb::Get, WORKSPACE_PATHS, 200, Run::Read(of_workspace))
            .answering::<WorkspaceNumbers>(),
    ],
    Some(configure),
)
.telling(&[(CallingService::AlternateNumbers, |step| {
    !step.calling.alternates.is_empty()
})]);
