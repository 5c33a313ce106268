//! Executives and their assistants (`/people/{personId}/features/executiveAssistant`, and
//! `/telephony/config/people/{personId}/executive/…`); people only.
//!
//! What a person is decides which of the parts they have: an executive a pool of assistants, how
//! these are called and for which calls, and an assistant where those calls go on to. So one value
//! holds all of it, and whoever is something else from now on has nothing of what was before
//! (DEC-89). Only executives store the pairs; an assistant's executives are looked up.

mod alert;
mod filtering;
mod pool;
mod scenario;
mod screening;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kinds;
use crate::model::Holder;
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::criteria;
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, Paths, Run, Step, Verb, change, keep, stored, to_json,
};
use crate::settings::members::{Member, MemberList, leave};
use crate::settings::services::CallingService;
use crate::world::{Kind, Tx};

pub use alert::Alert;
pub use filtering::CallFiltering;
pub use pool::{AssistantList, AssistantPart, available};
pub use screening::Screening;

/// What a person is, and what comes with it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExecutiveAssistant {
    /// What the person is.
    #[serde(rename = "type")]
    pub kind: ExecutiveType,
    /// How an executive's assistants are called.
    pub alert: Alert,
    /// For which calls.
    pub call_filtering: CallFiltering,
    /// How an executive's own phones tell of these calls.
    pub screening: Screening,
    /// An executive's assistants.
    pub assistants: Vec<Member>,
    /// Those of them who do not take calls at the moment.
    pub opted_out: Vec<Member>,
    /// Where an assistant lets calls go.
    pub assistant: AssistantPart,
}

/// What a person is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExecutiveType {
    /// Neither.
    #[default]
    Unassigned,
    /// Somebody whose calls are taken.
    Executive,
    /// Somebody who takes them.
    ExecutiveAssistant,
}

impl ExecutiveType {
    const fn name(self) -> &'static str {
        match self {
            Self::Unassigned => "UNASSIGNED",
            Self::Executive => "EXECUTIVE",
            Self::ExecutiveAssistant => "EXECUTIVE_ASSISTANT",
        }
    }
}

/// What a person is, to read and to write.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ExecutiveTypeView {
    /// What the person is.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<ExecutiveType>,
}

impl Family for ExecutiveAssistant {
    const KIND: Kind = kinds::EXECUTIVE_ASSISTANT;
    const KEY: &'static str = "executiveAssistant";

    fn bounds(&self, holder: Holder) -> Result<(), Refusal> {
        self.check_parts()?;
        self.alert.bounds()?;
        self.assistant.bounds()?;
        criteria::bounds(self, holder)?;
        pool::bounds(self, holder)
    }

    fn members(&self) -> impl Iterator<Item = Member> {
        self.assistants.iter().copied()
    }
}

impl MemberList for ExecutiveAssistant {
    const FIELD: &'static str = "assistants";

    fn forget(&mut self, member: Member) {
        self.assistants.retain(|one| *one != member);
        self.opted_out.retain(|one| *one != member);
    }
}

impl ExecutiveAssistant {
    /// Refuses parts that only somebody else has.
    fn check_parts(&self) -> Result<(), Refusal> {
        let idle = Self::default();
        let of_executives = (&self.alert, &self.call_filtering, &self.screening)
            == (&idle.alert, &idle.call_filtering, &idle.screening)
            && self.assistants.is_empty()
            && self.opted_out.is_empty();
        if !of_executives {
            self.need(ExecutiveType::Executive)?;
        }
        if self.assistant != idle.assistant {
            self.need(ExecutiveType::ExecutiveAssistant)?;
        }
        Ok(())
    }

    /// Refuses whoever is not what a resource needs.
    fn need(&self, kind: ExecutiveType) -> Result<(), Refusal> {
        if self.kind == kind {
            return Ok(());
        }
        let (needed, found) = (kind.name(), self.kind.name());
        let detail = format!("The person must be of the type {needed}, but is {found}.");
        Err(Refusal::new(ErrorKind::ExecutiveNotAssigned, detail))
    }
}

/// The value of somebody who is what a resource needs.
fn needed<'a>(
    step: &Step<'a>,
    kind: ExecutiveType,
) -> Result<Cow<'a, ExecutiveAssistant>, Refusal> {
    let value = step.value::<ExecutiveAssistant>();
    value.need(kind)?;
    Ok(value)
}

/// Changes the value of somebody who is what a resource needs.
fn change_needed(
    tx: &mut Tx,
    holder: Holder,
    kind: ExecutiveType,
    work: impl FnOnce(&mut ExecutiveAssistant, &Step<'_>) -> Result<(), Refusal>,
) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |value: &mut ExecutiveAssistant, step| {
        value.need(kind)?;
        work(value, step)
    })?;
    Ok(None)
}

fn get(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let kind = Some(step.value::<ExecutiveAssistant>().kind);
    to_json(&ExecutiveTypeView { kind })
}

fn put(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    Step::new(tx, holder)?;
    let write: ExecutiveTypeView = asked.json()?;
    let was = stored::<ExecutiveAssistant>(tx, holder).kind;
    let Some(kind) = write.kind.filter(|kind| *kind != was) else {
        return Ok(None);
    };
    leave::<ExecutiveAssistant>(tx, holder);
    let value = ExecutiveAssistant {
        kind,
        ..ExecutiveAssistant::default()
    };
    tx.by_rule("DEC-89");
    keep(tx, holder, value)?;
    Ok(None)
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/executiveAssistant"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::items::<ExecutiveAssistant>(
    &[
        FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(get)).answering::<ExecutiveTypeView>(),
        FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(put)).taking::<ExecutiveTypeView>(),
        alert::GET,
        alert::PUT,
        pool::GET,
        pool::PUT,
        pool::GET_ASSISTANT,
        pool::PUT_ASSISTANT,
        filtering::GET,
        filtering::PUT,
        filtering::CREATE,
        filtering::GET_ONE,
        filtering::PUT_ONE,
        filtering::DELETE_ONE,
        screening::GET,
        screening::PUT,
    ],
    Some(scenario::configure),
)
.telling(&[
    (CallingService::Executive, |step| {
        step.value::<ExecutiveAssistant>().kind == ExecutiveType::Executive
    }),
    (CallingService::ExecutiveAssistant, |step| {
        step.value::<ExecutiveAssistant>().kind == ExecutiveType::ExecutiveAssistant
    }),
]);
