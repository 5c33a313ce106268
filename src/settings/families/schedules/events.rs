//! The routes of events.

use super::Schedules;
use super::event::{self, Event, EventView, EventWrite, ID_TYPE};
use crate::model::number::shorten;
use crate::model::{Holder, ids};
use crate::refusal::{ErrorKind, Refusal};
use crate::settings::family::{
    Asked, FamilyRoute, ItemId, Paths, Run, Step, Verb, change, to_json,
};
use crate::world::Tx;

fn find(events: &[Event], id: &str) -> Result<usize, Refusal> {
    let name = ids::decode_text(ID_TYPE, id);
    events
        .iter()
        .position(|event| Some(&event.name) == name.as_ref())
        .ok_or_else(|| Refusal::not_found("Event", id))
}

fn check_unique(events: &[Event], name: &str, own: Option<usize>) -> Result<(), Refusal> {
    if events
        .iter()
        .enumerate()
        .any(|(i, other)| Some(i) != own && other.name == name)
    {
        let detail = format!("An event named {} exists already.", shorten(name));
        return Err(Refusal::new(ErrorKind::Conflict, detail));
    }
    Ok(())
}

/// Changes the events of the schedule that the path names.
fn change_events<R>(
    tx: &mut Tx,
    holder: Holder,
    asked: &Asked<'_>,
    work: impl FnOnce(&mut Vec<Event>) -> Result<R, Refusal>,
) -> Result<R, Refusal> {
    change(tx, holder, |all: &mut Schedules, _| {
        let position = all.position(asked.item(0), asked.item(1))?;
        work(&mut all.schedules[position].events)
    })
}

fn get(step: &Step<'_>, asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let stored = step.value::<Schedules>();
    let position = stored.position(asked.item(0), asked.item(1))?;
    let events = &stored.schedules[position].events;
    to_json(&EventView::from(&events[find(events, asked.item(2))?]))
}

fn create(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    let id = change_events(tx, holder, asked, |events| {
        let event = event::read(asked.json()?)?;
        check_unique(events, &event.name, None)?;
        let id = ids::encode_text(ID_TYPE, &event.name);
        events.push(event);
        Ok(id)
    })?;
    to_json(&ItemId { id }).map(Some)
}

fn update(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    let id = change_events(tx, holder, asked, |events| {
        let position = find(events, asked.item(2))?;
        let event = event::replace(&events[position], asked.json()?)?;
        check_unique(events, &event.name, Some(position))?;
        let id = ids::encode_text(ID_TYPE, &event.name);
        events[position] = event;
        Ok(id)
    })?;
    to_json(&ItemId { id }).map(Some)
}

fn delete(tx: &mut Tx, holder: Holder, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    change_events(tx, holder, asked, |events| {
        let position = find(events, asked.item(2))?;
        events.remove(position);
        Ok(None)
    })
}

const PATHS: Paths = Paths {
    person: &["/people/{personId}/features/schedules/{scheduleType}/{scheduleId}/events"],
    workspace: &[],
};

const EVENT_PATHS: Paths = Paths {
    person: &["/people/{personId}/features/schedules/{scheduleType}/{scheduleId}/events/{eventId}"],
    workspace: &[],
};

/// A new event.
pub const CREATE: FamilyRoute = FamilyRoute::new(Verb::Post, PATHS, 201, Run::Write(create))
    .taking::<EventWrite>()
    .answering::<ItemId>();

/// One event.
pub const GET: FamilyRoute =
    FamilyRoute::new(Verb::Get, EVENT_PATHS, 200, Run::Read(get)).answering::<EventView<'static>>();

/// A changed event, with the id that counts from then on.
pub const UPDATE: FamilyRoute = FamilyRoute::new(Verb::Put, EVENT_PATHS, 200, Run::Write(update))
    .taking::<EventWrite>()
    .requiring(&["newName", "name", "startDate", "endDate"])
    .answering::<ItemId>();

/// An event that goes.
pub const DELETE: FamilyRoute =
    FamilyRoute::new(Verb::Delete, EVENT_PATHS, 204, Run::Write(delete));
