//! Schedules of people, with events (`/people/{personId}/features/schedules`).
//!
//! A schedule's id is made of its name, so renaming gives it a new id; every PUT answers the id
//! that counts from then on (api-surface.md 1.2).

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{invalid, kinds};
use crate::model::number::shorten;
use crate::model::{Holder, ids};
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::criteria;
use crate::settings::family::{
    Asked, Family, FamilyDef, FamilyRoute, ItemId, Paths, Run, Step, Verb, change, to_json, to_raw,
};
use crate::world::{Kind, Tx};

pub mod event;
mod events;
pub mod recurrence;

use event::{Event, EventView, EventWrite};

/// The schedules of a person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Schedules {
    /// All of them.
    pub schedules: Vec<Schedule>,
}

/// One schedule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// Its name, unique among the person's schedules of its type.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: ScheduleType,
    /// When it is open or closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
}

/// The types of schedules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ScheduleType {
    /// When business is done.
    BusinessHours,
    /// When it is not.
    Holidays,
}

impl ScheduleType {
    fn find(text: &str) -> Result<Self, Refusal> {
        match text {
            "businessHours" => Ok(Self::BusinessHours),
            "holidays" => Ok(Self::Holidays),
            _ => {
                let text = shorten(text);
                let detail = format!("\"{text}\" is neither businessHours nor holidays.");
                Err(Refusal::bad_request(detail))
            }
        }
    }
}

/// What the list shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScheduleList<'a> {
    /// The schedules.
    pub schedules: Vec<ScheduleEntry<'a>>,
}

/// What the list shows of one schedule.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScheduleEntry<'a> {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: &'a str,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: ScheduleType,
    /// Always `PEOPLE`: the person's own.
    pub level: &'static str,
}

/// What reading shows of a schedule.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScheduleView<'a> {
    /// Id, name, type and level.
    #[serde(flatten)]
    pub entry: ScheduleEntry<'a>,
    /// Its events.
    pub events: Vec<EventView<'a>>,
}

/// A new schedule, or what a PUT may say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleWrite {
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// Its new name.
    #[serde(default)]
    pub new_name: Option<String>,
    /// Its type.
    #[serde(default, rename = "type")]
    pub kind: Option<ScheduleType>,
    /// Its events; replaces them all.
    #[serde(default)]
    pub events: Option<Vec<EventWrite>>,
}

/// The most schedules of a person, and events of a schedule.
const MAX_ITEMS: usize = 100;
/// The type of schedules' ids.
const ID_TYPE: &str = "USER_SCHEDULE";

impl Family for Schedules {
    const KIND: Kind = kinds::SCHEDULES;
    const KEY: &'static str = "schedules";

    fn bounds(&self, _holder: Holder) -> Result<(), Refusal> {
        let full = self
            .schedules
            .iter()
            .any(|schedule| schedule.events.len() > MAX_ITEMS);
        if full || self.schedules.len() > MAX_ITEMS {
            let detail = format!(
                "There may be at most {MAX_ITEMS} schedules with at most {MAX_ITEMS} events each."
            );
            return Err(invalid(detail));
        }
        for (position, schedule) in self.schedules.iter().enumerate() {
            event::check_name(&schedule.name)?;
            self.check_unique(&schedule.name, schedule.kind, Some(position))?;
            event::check_all(&schedule.events)?;
        }
        Ok(())
    }
}

impl Schedules {
    fn position(&self, kind: &str, id: &str) -> Result<usize, Refusal> {
        let kind = ScheduleType::find(kind)?;
        let name = ids::decode_text(ID_TYPE, id);
        self.schedules
            .iter()
            .position(|schedule| schedule.kind == kind && Some(&schedule.name) == name.as_ref())
            .ok_or_else(|| Refusal::not_found("Schedule", id))
    }

    fn add(&mut self, write: ScheduleWrite) -> Result<String, Refusal> {
        let name = event::required_name(write.name)?;
        let kind = write
            .kind
            .ok_or_else(|| super::missing("type is required."))?;
        self.check_unique(&name, kind, None)?;
        let events = event::read_all(write.events.unwrap_or_default())?;
        let id = ids::encode_text(ID_TYPE, &name);
        self.schedules.push(Schedule { name, kind, events });
        Ok(id)
    }

    fn change(&mut self, position: usize, write: ScheduleWrite) -> Result<String, Refusal> {
        let kind = self.schedules[position].kind;
        if write.kind.is_some_and(|wanted| wanted != kind) {
            return Err(invalid("The type of a schedule cannot be changed."));
        }
        if let Some(name) = write.new_name {
            event::check_name(&name)?;
            self.check_unique(&name, kind, Some(position))?;
            self.schedules[position].name = name;
        }
        if let Some(events) = write.events {
            self.schedules[position].events = event::read_all(events)?;
        }
        Ok(ids::encode_text(ID_TYPE, &self.schedules[position].name))
    }

    fn check_unique(
        &self,
        name: &str,
        kind: ScheduleType,
        own: Option<usize>,
    ) -> Result<(), Refusal> {
        let mut others = self.schedules.iter().enumerate();
        if others.any(|(i, other)| Some(i) != own && other.kind == kind && other.name == name) {
            let detail = format!("A schedule named {} exists already.", shorten(name));
            return Err(Refusal::new(ErrorKind::Conflict, detail));
        }
        Ok(())
    }
}

impl Schedule {
    fn entry(&self) -> ScheduleEntry<'_> {
        ScheduleEntry {
            id: ids::encode_text(ID_TYPE, &self.name),
            name: &self.name,
            kind: self.kind,
            level: "PEOPLE",
        }
    }
}

fn list(step: &Step<'_>, asked: &Asked<'_>) -> Result<Vec<Box<RawValue>>, Refusal> {
    let kind = asked.query("type").map(ScheduleType::find).transpose()?;
    let name = asked.query("name").map(str::to_lowercase);
    let stored = step.value::<Schedules>();
    let wanted = stored.schedules.iter().filter(|schedule| {
        kind.is_none_or(|kind| schedule.kind == kind)
            && name
                .as_ref()
                .is_none_or(|name| schedule.name.to_lowercase().contains(name))
    });
    wanted.map(|schedule| to_raw(&schedule.entry())).collect()
}

fn get(step: &Step<'_>, asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let stored = step.value::<Schedules>();
    let position = stored.position(asked.item(0), asked.item(1))?;
    let schedule = &stored.schedules[position];
    let events = schedule.events.iter().map(EventView::from).collect();
    to_json(&ScheduleView {
        entry: schedule.entry(),
        events,
    })
}

fn create(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    let id = change(tx, holder, |all: &mut Schedules, _| all.add(asked.json()?))?;
    to_json(&ItemId { id }).map(Some)
}

fn update(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    let mut names = None;
    let id = change(tx, holder, |all: &mut Schedules, _| {
        let position = all.position(asked.item(0), asked.item(1))?;
        let (kind, old) = (
            all.schedules[position].kind,
            all.schedules[position].name.clone(),
        );
        let id = all.change(position, asked.json()?)?;
        names = Some((kind, old, all.schedules[position].name.clone()));
        Ok(id)
    })?;
    if let Some((kind, old, new)) = names.filter(|(_, old, new)| old != new) {
        criteria::rename(tx, holder, kind, &old, &new)?;
    }
    to_json(&ItemId { id }).map(Some)
}

fn delete(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change(tx, holder, |all: &mut Schedules, step| {
        let position = all.position(asked.item(0), asked.item(1))?;
        let gone = all.schedules.remove(position);
        if let Some(family) = criteria::names(step.world, holder, gone.kind, &gone.name) {
            let name = shorten(&gone.name);
            let detail = format!(
                "The schedule {name} is in use: a criterion of {family} names it. Change or \
                 delete that criterion first."
            );
            return Err(Refusal::new(ErrorKind::Conflict, detail).by("DEC-87"));
        }
        Ok(None)
    })
}

/// What a scenario says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    schedules: Vec<ScheduleWrite>,
}

/// What a scenario says: a schedule that stands there already gets the events that are said, but
/// one that the scenario says twice is refused.
fn configure(tx: &mut Tx, holder: Holder, body: &[u8]) -> Result<(), Refusal> {
    let wanted: Wanted = Asked::of(body).json()?;
    change(tx, holder, |all: &mut Schedules, _| {
        let held = all.schedules.iter();
        let mut held: Vec<_> = held.map(|known| (known.kind, known.name.clone())).collect();
        for write in wanted.schedules {
            let is_named = |kind: ScheduleType, name: &String| {
                (Some(kind), Some(name)) == (write.kind, write.name.as_ref())
            };
            let known = held.iter().position(|(kind, name)| is_named(*kind, name));
            let Some(known) = known else {
                all.add(write)?;
                continue;
            };
            held.remove(known);
            let mut schedules = all.schedules.iter();
            if let Some(place) = schedules.position(|one| is_named(one.kind, &one.name)) {
                all.change(place, write)?;
            }
        }
        Ok(())
    })
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/schedules"],
    workspace: &[],
};

const SCHEDULE_PATHS: Paths = Paths {
    person: &["/people/{personId}/features/schedules/{scheduleType}/{scheduleId}"],
    workspace: &[],
};

/// The family's row.
pub const DEF: FamilyDef = FamilyDef::items::<Schedules>(
    &[
        FamilyRoute::new(Verb::Get, PATHS, 200, Run::List("schedules", list))
            .answering::<ScheduleList<'static>>()
            .queried(&[
                ("type", "Only `businessHours` or `holidays`."),
                ("name", "Only schedules whose names hold this."),
                ("start", "How many schedules to pass over."),
                ("max", "The most schedules of the answer."),
            ]),
        FamilyRoute::new(Verb::Post, PATHS, 201, Run::Write(create))
            .taking::<ScheduleWrite>()
            .answering::<ItemId>(),
        FamilyRoute::new(Verb::Get, SCHEDULE_PATHS, 200, Run::Read(get))
            .answering::<ScheduleView<'static>>(),
        FamilyRoute::new(Verb::Put, SCHEDULE_PATHS, 200, Run::Write(update))
            .taking::<ScheduleWrite>()
            .requiring(&["newName", "name", "type"])
            .answering::<ItemId>(),
        FamilyRoute::new(Verb::Delete, SCHEDULE_PATHS, 204, Run::Write(delete)),
        events::CREATE,
        events::GET,
        events::UPDATE,
        events::DELETE,
    ],
    Some(configure),
);
