//! Executives and assistants as pairs: the pool of an executive, and an assistant's own view of
//! the executives.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::ExecutiveType::{self, Executive};
use super::{ExecutiveAssistant, change_needed, needed};
use crate::model::number::shorten;
use crate::model::{Holder, Person, WebexId};
use crate::patched;
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::families::{invalid, tidy, values};
use crate::settings::family::{Asked, FamilyRoute, Paths, Run, Step, Verb, change, keep, to_json};
use crate::settings::members::Member;
use crate::settings::patch::{Maybe, Patch};
use crate::world::{Tx, World};

patched! {
    /// Where an assistant lets the calls of executives go.
    #[derive(Default)]
    pub struct AssistantPart by AssistantPartPatch {
        /// Whether they go on.
        forward_filtered_calls_enabled: bool,
        /// To which number.
        #[serde(skip_serializing_if = "Option::is_none")]
        forward_to_phone_number: Option<String>,
    }
}

impl AssistantPart {
    pub(super) fn bounds(&self) -> Result<(), Refusal> {
        let (on, number) = (
            self.forward_filtered_calls_enabled,
            self.forward_to_phone_number.as_deref(),
        );
        let field = "forwardToPhoneNumber";
        values::goal(on, "forwardFilteredCallsEnabled", field, number)?;
        values::phone(field, number)
    }

    pub(super) fn merge(&mut self, write: AssistantPartPatch) {
        self.apply(write);
        tidy(&mut self.forward_to_phone_number);
    }
}

/// One of a pair, as the other sees them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PairView {
    /// The person's id.
    pub id: String,
    /// First name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_number: Option<String>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// Whether the assistant takes the executive's calls at the moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opt_in_enabled: Option<bool>,
    /// Where the assistant is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<PlaceView>,
}

/// A location.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceView {
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
}

/// Assistants.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssistantList {
    /// The assistants.
    pub assistants: Vec<PairView>,
}

/// What the PUT of an executive's assistants may say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssignedWrite {
    /// Ids of people; replaces the list. `null` empties it.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    pub assistant_ids: Maybe<Vec<String>>,
}

/// What an assistant sees.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssistantView {
    /// Where calls go.
    #[serde(flatten)]
    pub part: AssistantPart,
    /// The executives.
    pub executives: Vec<PairView>,
}

/// What an assistant may change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssistantWrite {
    /// Whether calls go on.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub forward_filtered_calls_enabled: Maybe<bool>,
    /// To which number.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub forward_to_phone_number: Maybe<String>,
    /// Whose calls the assistant takes at the moment; those left out stay as they are.
    pub executives: Option<Vec<OptIn>>,
}

/// Whether the calls of an executive are taken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OptIn {
    /// The executive.
    pub person_id: String,
    /// Whether their calls are taken.
    pub opt_in_enabled: bool,
}

/// The most assistants of an executive (hubsim's own bound).
const MOST: usize = 100;

pub(super) fn bounds(value: &ExecutiveAssistant, holder: Holder) -> Result<(), Refusal> {
    let assistants = &value.assistants;
    Member::check_all("assistantIds", assistants, MOST)?;
    Member::check_all("optedOut", &value.opted_out, MOST)?;
    let strays = value.opted_out.iter().any(|one| !assistants.contains(one));
    let is_person = |member: &Member| matches!(member.0, Holder::Person(_));
    if strays || !assistants.iter().all(is_person) {
        return Err(invalid(
            "assistantIds must name people, and only they can opt out.",
        ));
    }
    match assistants.contains(&Member(holder)) {
        true => {
            let detail = "assistantIds: nobody is their own assistant.";
            Err(Refusal::new(ErrorKind::MemberNotAllowed, detail))
        }
        false => Ok(()),
    }
}

/// How a person of a pair is shown.
fn view(world: &World, id: Uuid) -> Option<PairView> {
    let person = world.get::<Person>(id)?;
    let calling = person.calling.as_ref()?;
    let (first, last) = person.names();
    let shown =
        |name: &str| Some(name.to_owned()).filter(|name| !matches!(&**name, "" | "." | "-"));
    Some(PairView {
        id: WebexId::Person.encode(id),
        first_name: shown(first),
        last_name: shown(last),
        direct_number: calling.number.as_ref().map(|own| own.as_str().to_owned()),
        extension: calling
            .extension
            .as_ref()
            .map(|own| own.as_str().to_owned()),
        opt_in_enabled: None,
        location: None,
    })
}

fn get(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let value = needed(step, Executive)?;
    let assistants = value.assistants.iter().filter_map(|member| {
        let (id, location) = member.location(step.world)?;
        Some(PairView {
            opt_in_enabled: Some(!value.opted_out.contains(member)),
            location: Some(PlaceView {
                name: location.name.clone(),
                id: WebexId::Location.encode(id),
            }),
            ..view(step.world, member.0.id())?
        })
    });
    to_json(&AssistantList {
        assistants: assistants.collect(),
    })
}

fn put(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change_needed(tx, holder, Executive, |value, step| {
        match asked.json::<AssignedWrite>()?.assistant_ids {
            Maybe::Keep => Ok(()),
            Maybe::Clear => value.assign(step, &[]),
            Maybe::Set(ids) => value.assign(step, &ids),
        }
    })
}

impl ExecutiveAssistant {
    /// Makes people the assistants; those who had opted out and stay do not take calls still.
    pub(super) fn assign(&mut self, step: &Step<'_>, ids: &[String]) -> Result<(), Refusal> {
        let members = Member::find_all(step, "assistantIds", ids, MOST)?;
        for (position, member) in members.iter().enumerate() {
            let other = step.world.get::<Self>(member.0.id());
            if other.is_none_or(|other| other.kind != ExecutiveType::ExecutiveAssistant) {
                let id = shorten(&ids[position]);
                let detail = format!(
                    "assistantIds[{position}]: {id} is no executive assistant; make them one by \
                     PUT /v1/people/{{personId}}/features/executiveAssistant first."
                );
                return Err(Refusal::new(ErrorKind::MemberNotAllowed, detail));
            }
        }
        self.opted_out.retain(|member| members.contains(member));
        self.assistants = members;
        Ok(())
    }
}

/// The executives who have somebody as an assistant, in the order of their names.
fn executives(world: &World, assistant: Uuid) -> Vec<Uuid> {
    let mut found: Vec<Uuid> = world.naming::<ExecutiveAssistant>(assistant).collect();
    let name = |id: &Uuid| world.get::<Person>(*id).map(|it| it.display_name.clone());
    found.sort_by_key(|id| (name(id), *id));
    found
}

fn get_assistant(step: &Step<'_>, _asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let value = needed(step, ExecutiveType::ExecutiveAssistant)?;
    let all = executives(step.world, step.holder.id());
    let shown = all.into_iter().filter_map(|id| {
        let pool = step.world.get::<ExecutiveAssistant>(id)?;
        let mut view = view(step.world, id)?;
        // Upstream's schema has both always.
        view.direct_number.get_or_insert_default();
        view.extension.get_or_insert_default();
        view.opt_in_enabled = Some(!pool.opted_out.contains(&Member(step.holder)));
        Some(view)
    });
    to_json(&AssistantView {
        part: value.assistant.clone(),
        executives: shown.collect(),
    })
}

fn put_assistant(
    tx: &mut Tx,
    holder: Holder,
    asked: &Asked<'_>,
) -> Result<Option<Vec<u8>>, Refusal> {
    let mut wanted = Vec::new();
    change(tx, holder, |value: &mut ExecutiveAssistant, _| {
        value.need(ExecutiveType::ExecutiveAssistant)?;
        let write: AssistantWrite = asked.json()?;
        value.assistant.merge(AssistantPartPatch {
            forward_filtered_calls_enabled: write.forward_filtered_calls_enabled,
            forward_to_phone_number: write.forward_to_phone_number,
        });
        wanted = write.executives.unwrap_or_default();
        Ok(())
    })?;
    // None is named twice, so no more are changed than there are.
    let mut named = BTreeSet::new();
    for (position, one) in wanted.iter().enumerate() {
        let executive = opt(tx, holder, position, one)?;
        if !named.insert(executive) {
            let id = shorten(&one.person_id);
            let detail = format!("executives[{position}].personId: {id} is named twice.");
            return Err(invalid(detail).by("DEC-142"));
        }
    }
    Ok(None)
}

/// Lets an assistant take an executive's calls, or not. Answers the executive.
fn opt(tx: &mut Tx, assistant: Holder, position: usize, wanted: &OptIn) -> Result<Uuid, Refusal> {
    let member = Member(assistant);
    let id = WebexId::Person.decode(&wanted.person_id);
    let pool = id.and_then(|id| Some((id, tx.get::<ExecutiveAssistant>(id)?)));
    let pool = pool.filter(|(_, pool)| pool.assistants.contains(&member));
    let Some((id, mut pool)) = pool.map(|(id, pool)| (id, pool.clone())) else {
        let id = shorten(&wanted.person_id);
        let detail = format!(
            "executives[{position}].personId: {id} has not assigned this person as an assistant."
        );
        return Err(Refusal::new(ErrorKind::MemberNotAllowed, detail));
    };
    pool.opted_out.retain(|one| *one != member);
    if !wanted.opt_in_enabled {
        pool.opted_out.push(member);
    }
    keep(tx, Holder::Person(id), pool)?;
    Ok(id)
}

/// Who can become an assistant of an executive: assistants of the organisation whom the executive
/// has not yet and the caller may see, in the order of their names.
///
/// # Errors
/// 400 (4410) for whoever is no executive.
pub fn available(
    step: &Step<'_>,
    name: Option<&str>,
    number: Option<&str>,
    is_seen: impl Fn(Holder) -> bool,
) -> Result<Vec<PairView>, Refusal> {
    let value = needed(step, Executive)?;
    let name = name.map(str::to_lowercase);
    let mut found = Vec::new();
    for (id, other) in step.world.list::<ExecutiveAssistant>() {
        let Some(person) = step.world.get::<Person>(id) else {
            continue;
        };
        let is_free = other.kind == ExecutiveType::ExecutiveAssistant
            && person.organization == step.organization
            && is_seen(Holder::Person(id))
            && !value.assistants.contains(&Member(Holder::Person(id)));
        let display = person.display_name.to_lowercase();
        if !is_free || name.as_ref().is_some_and(|name| !display.contains(name)) {
            continue;
        }
        let Some(view) = view(step.world, id) else {
            continue;
        };
        let own = [view.direct_number.as_deref(), view.extension.as_deref()];
        let has = |number: &str| own.iter().flatten().any(|own| own.contains(number));
        if number.is_none_or(has) {
            found.push((display, id, view));
        }
    }
    found.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
    Ok(found.into_iter().map(|(_, _, view)| view).collect())
}

const PATHS: Paths = Paths {
    person: &["/telephony/config/people/{personId}/executive/assignedAssistants"],
    workspace: &[],
};

const ASSISTANT: Paths = Paths {
    person: &["/telephony/config/people/{personId}/executive/assistant"],
    workspace: &[],
};

pub(super) const GET: FamilyRoute =
    FamilyRoute::new(Verb::Get, PATHS, 200, Run::Read(get)).answering::<AssistantList>();

pub(super) const PUT: FamilyRoute =
    FamilyRoute::new(Verb::Put, PATHS, 204, Run::Write(put)).taking::<AssignedWrite>();

pub(super) const GET_ASSISTANT: FamilyRoute =
    FamilyRoute::new(Verb::Get, ASSISTANT, 200, Run::Read(get_assistant))
        .answering::<AssistantView>();

pub(super) const PUT_ASSISTANT: FamilyRoute =
    FamilyRoute::new(Verb::Put, ASSISTANT, 204, Run::Write(put_assistant))
        .taking::<AssistantWrite>();
